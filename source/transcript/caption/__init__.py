"""Caption files (WebVTT, SubRip) as transcripts: whose cue it is, and what was said only once."""

from .reader import read_captions

__all__ = ["read_captions"]
