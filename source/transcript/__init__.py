"""Every form of transcript, read into one Interview."""

from .reader import read_interview

__all__ = ["read_interview"]
