"""The JSON exports of transcription services, each as speech."""

from .reader import read_export

__all__ = ["read_export"]
