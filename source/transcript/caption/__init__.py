"""Caption files (WebVTT, SubRip, SBV) as transcripts: whose cue it is, what was said only once."""

from .reader import read_captions

__all__ = ["read_captions"]
