"""Caption files, read as players read them and held against what their format allows."""

from __future__ import annotations

from .model import CaptionFile, Fault, FileFormat, ReadCue, SpeakerColour
from .reader import parse_caption_file, read_caption_file

__all__ = [
    "CaptionFile",
    "Fault",
    "FileFormat",
    "ReadCue",
    "SpeakerColour",
    "parse_caption_file",
    "read_caption_file",
]
