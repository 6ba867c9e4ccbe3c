"""Captions: cues in time, and the words that they show."""

from __future__ import annotations

from dataclasses import dataclass

from ..source import Timeline
from .style import Style


@dataclass(frozen=True, slots=True)
class Cue:
    """What stands on the screen at once."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]
    speaker: str | None
    """None where no person speaks: a sound of its own."""
    part: int
    """The index of the timeline's part whose words these are."""
    first_word: int
    last_word: int
    """Indexes into that part's words, both included. Pieces of a wide word are in several cues."""


@dataclass(frozen=True, slots=True)
class Captions:
    """An interview's cues in a house style, and the timeline that leaves time to read them."""

    cues: tuple[Cue, ...]
    timeline: Timeline
    style: Style
