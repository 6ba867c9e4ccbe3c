"""The audio description of a programme: what is spoken when, and how soft the programme is then."""

from __future__ import annotations

from dataclasses import dataclass

from ...source import Picture
from ..speak.store import ShelvedClip
from ..speak.voice import Clip
from .gain import GainTimeline
from .hold import Hold


@dataclass(frozen=True, slots=True)
class Description:
    """A picture as it is spoken over the programme."""

    picture: Picture
    text: str
    """What is said: the picture's text, or its author's short form."""
    clip: Clip | ShelvedClip
    """Trimmed: it begins and ends with sound."""
    start_ms: int
    gain_db: float = 0.0
    """What brings the clip to the level of the speech around it."""
    hold: Hold | None = None
    """In a script, where the programme stands still at `start_ms` while this is said."""

    @property
    def end_ms(self) -> int:
        """When it has been said."""
        return self.start_ms + self.clip.duration_ms


@dataclass(frozen=True, slots=True)
class Narration:
    """The descriptions in order, none overlapping the next, and the programme's gain under them."""

    descriptions: tuple[Description, ...]
    gains: GainTimeline
