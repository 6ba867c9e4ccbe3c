"""Edits: what a person made of some of the captions' words."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ...source.track import Line, Place


@dataclass(frozen=True, slots=True)
class EditedCue:
    """A cue as a person left it; what they left alone follows every new build."""

    lines: tuple[str, ...] = ()
    """Nothing where only its times were moved."""
    voices: tuple[str, ...] = ()
    """Who says each line, where the person says otherwise than the words; or else nothing."""
    marked: tuple[Line, ...] = ()
    """The lines with their looks, where the person made letters look otherwise; or else nothing."""
    place: Place | None = None
    """Where it stands, if the person put it somewhere."""
    start_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of the captions, and the cues that a person put in their place."""

    at_ms: int
    """When these words began; it tells readers where to look, and never where the words are."""
    was: str
    """Nothing where cues were added."""
    follows: str
    """The words before it, as many as tell it apart, …"""
    precedes: str
    """… and those behind it."""
    cues: tuple[EditedCue, ...]
    """None where the words were taken out."""
    repeated: bool = False
    """Whether the words it replaces stood elsewhere, too: then they are not found by themselves."""
    line: int | None = field(default=None, compare=False)
    """Where it stands in its file."""

    @property
    def makes(self) -> str:
        """The words that it puts there: the same ones where it only moves their cue."""
        lines = " ".join(line for cue in self.cues for line in cue.lines)
        return self.was if self.cues and not lines else lines


@dataclass(frozen=True, slots=True)
class Edits:
    """All edits of an interview's captions, in the order of the programme."""

    edits: tuple[Edit, ...]
    path: Path | None = field(default=None, compare=False)
