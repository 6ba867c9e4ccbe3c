"""Words in time: what every clock makes, and all that captions and audio share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .interview import Interview, Part
from .wording import Token


class Clock(StrEnum):
    """What gave the words their times, best first."""

    RECORDING = "recording"
    FILE = "file"
    """The transcript's file, which says of each word or cue when it is said."""
    STAMPS = "stamps"
    """The transcript's own time stamps; between them, an estimate."""
    VOICES = "voices"
    """The word marks of the voices that read the interview."""
    ESTIMATE = "estimate"
    ORIGINAL = "original"
    """What this is a translation of, whatever gave that its times."""

    @property
    def waits(self) -> bool:
        """Whether it is our own making, and can wait for readers. A recording can't, nor can one
        that is not here, but whose times the file has, nor a translation beside its original.
        """
        return self not in {Clock.RECORDING, Clock.FILE, Clock.ORIGINAL}


@dataclass(frozen=True, slots=True)
class Word:
    """A token and when it is said. `start_ms <= end_ms`; words of a part never go back in time."""

    token: Token
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class TimedPart:
    """A part in time. What is neither turn nor sound has words only where a voice reads it."""

    part: Part
    start_ms: int
    end_ms: int
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """An interview in time: its parts in order, none starting before the one that precedes it."""

    interview: Interview
    clock: Clock
    parts: tuple[TimedPart, ...]
    duration_ms: int
