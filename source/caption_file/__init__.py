"""Caption files, read as players read them and held against what their format allows."""

from __future__ import annotations

from .model import CaptionFile, CueColour, Fault, FileFormat, ReadCue
from .reader import parse_caption_file, read_caption_file

__all__ = [
    "CaptionFile",
    "CueColour",
    "Fault",
    "FileFormat",
    "ReadCue",
    "parse_caption_file",
    "read_caption_file",
]
