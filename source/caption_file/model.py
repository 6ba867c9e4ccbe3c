"""What a caption file holds. Lines of the file are numbered from 1."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ..track import Line, Place


class FileFormat(StrEnum):
    """The formats that are read."""

    WEBVTT = "WebVTT"
    SRT = "SubRip"


@dataclass(frozen=True, slots=True)
class ReadCue:
    """A cue as viewers see it."""

    line: int
    """The file's line that holds its times."""
    start_ms: int
    end_ms: int
    """Before `start_ms` where the file says so."""
    lines: tuple[str, ...]
    """What is seen, without tags and with references resolved; none is blank."""
    voices: tuple[tuple[str, ...], ...]
    """For each line, who speaks on it; empty where the file doesn't say."""
    settings: str
    """As written behind the times."""
    rows: tuple[Line, ...]
    """The same lines, with how they look and when they are said."""
    place: Place | None


@dataclass(frozen=True, slots=True)
class Fault:
    """What a format does not allow. Players may show the rest all the same."""

    line: int
    cue: int | None
    """The index of the cue that has it; None where no cue was made of it."""
    rule: str
    message: str
    section: str
    """Of the format's own rules."""


@dataclass(frozen=True, slots=True)
class CueColour:
    """A text colour that the file asks for, and what it stands on, both as #rrggbb."""

    line: int
    selector: str
    text: str
    background: str


@dataclass(frozen=True, slots=True)
class CaptionFile:
    """A caption file, its cues in the order in which they stand in it."""

    path: Path
    format: FileFormat
    cues: tuple[ReadCue, ...]
    colours: tuple[CueColour, ...]
    faults: tuple[Fault, ...]
    language: str = ""
    """A BCP 47 tag; empty where the file doesn't say."""
