"""When an interview's words are said, and what gave them their times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..source import (
    Notice,
    Recording,
    Timeline,
    UnavailableTool,
    UnreadableSource,
    VivavozError,
    Wording,
)
from .difference import note_all
from .hearing import Hearing, hear_wording

if TYPE_CHECKING:
    from ..audio import Cast, Reading

Say = Callable[[str], None]
"""Told something in a few words."""


@dataclass(frozen=True, slots=True)
class Timing:
    """An interview's words in time, and what gave them their times."""

    wording: Wording
    timeline: Timeline
    cast: Cast | None = None
    """Who speaks: the interview itself, or over a recording its pictures."""
    hearing: Hearing | None = None
    reading: Reading | None = None
    failure: VivavozError | None = None
    """Why a lesser clock had to do."""

    def name_voices(self) -> dict[str, str]:
        """Return who is read by which voice."""
        if not self.cast:
            return {}
        voices = {speaker: voice.name for speaker, voice in self.cast.speakers.items()}
        return {"narrator": self.cast.narrator.name, **voices}

    def note_sources(self) -> Sequence[Notice]:
        """Return what the recording and the voices give to think about."""
        voices = [Notice(None, notice) for notice in self.cast.notices] if self.cast else []
        return [*(note_all(self.hearing) if self.hearing else ()), *voices]


def time_by_recording(
    wording: Wording, recording: Recording, cast: Cast | None, step: Say
) -> Timing:
    """Time an interview by its recording; by an estimate where that has no sound."""
    if not recording.tracks:
        mute = UnreadableSource(
            "This video has no sound, so nothing can be timed to it or described over it; the "
            "captions have estimated times. Name the recording that has the sound.",
            file=recording.path,
        )
        return time_by_estimate(wording, mute)

    from ..audio import time_alignment  # noqa: PLC0415

    hearing = hear_wording(wording, recording, step)
    return Timing(wording, time_alignment(hearing.alignment), cast, hearing=hearing)


def time_by_voices(wording: Wording, cast: Cast, step: Say) -> Timing:
    """Time an interview by the voices that read it; by an estimate where one of them fails."""
    from ..audio import speak_wording  # noqa: PLC0415

    step("speaking")
    try:
        reading = speak_wording(wording, cast, lambda done, of: step(f"speaking {done}/{of}"))
    except UnavailableTool as error:
        return time_by_estimate(wording, error)
    return Timing(wording, reading.timeline, cast, reading=reading)


def time_by_estimate(wording: Wording, failure: VivavozError | None = None) -> Timing:
    """Time an interview by its own time stamps, and by how long words take between them."""
    from ..captions import estimate_timeline  # noqa: PLC0415

    return Timing(wording, estimate_timeline(wording), failure=failure)
