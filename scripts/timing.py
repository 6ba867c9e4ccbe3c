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
    keep_times,
)
from .difference import note_all
from .hearing import Hearing, hear_wording

if TYPE_CHECKING:
    from ..audio import Cast, Lexicon, Reading
    from ..audio.step_store import StepStore

Say = Callable[[str], None]
"""Told something in a few words."""


@dataclass(frozen=True, slots=True)
class Readers:
    """Who speaks, the interview itself or over a recording its pictures, and how they say it."""

    cast: Cast
    lexicon: Lexicon

    def name_voices(self) -> dict[str, str]:
        """Return who is read by which voice."""
        voices = {speaker: voice.name for speaker, voice in self.cast.speakers.items()}
        return {"narrator": self.cast.narrator.name, **voices}

    def list_notices(self) -> Sequence[str]:
        """Return what the user should know before anything is read, a sentence each."""
        return (*self.cast.notices, *self.lexicon.find_doubts(self.cast))


@dataclass(frozen=True, slots=True)
class Timing:
    """An interview's words in time, and what gave them their times."""

    wording: Wording
    timeline: Timeline
    readers: Readers | None = None
    hearing: Hearing | None = None
    reading: Reading | None = None
    failure: VivavozError | None = None
    """Why a lesser clock had to do."""

    def note_sources(self) -> Sequence[Notice]:
        """Return what the recording and the voices give to think about."""
        told = self.readers.list_notices() if self.readers else ()
        heard = note_all(self.hearing) if self.hearing else ()
        return [*heard, *(Notice(None, sentence) for sentence in told)]


def time_by_recording(
    wording: Wording, recording: Recording, store: StepStore, readers: Readers | None, step: Say
) -> Timing:
    """Time an interview by its recording; by an estimate where that has no sound."""
    if not recording.tracks:
        mute = UnreadableSource(
            "This video has no sound, so nothing can be timed to it or described over it, and the "
            "captions' times are not its own; name the recording that has the sound.",
            file=recording.path,
        )
        return time_by_estimate(wording, mute)

    from ..audio import time_alignment  # noqa: PLC0415

    hearing = hear_wording(wording, recording, store, step)
    return Timing(wording, time_alignment(hearing.alignment), readers, hearing=hearing)


def time_by_file(
    wording: Wording, recording: Recording, store: StepStore, readers: Readers | None, step: Say
) -> Timing:
    """Time an interview as its file does; who describes the recording still has to hear it."""
    described = readers and recording.tracks
    hearing = hear_wording(wording, recording, store, step) if described else None
    return Timing(wording, keep_times(wording), readers, hearing=hearing)


def time_by_voices(wording: Wording, readers: Readers, step: Say) -> Timing:
    """Time an interview by the voices that read it; by an estimate where one of them fails."""
    from ..audio import speak_wording  # noqa: PLC0415

    step("speaking")
    try:
        reading = speak_wording(
            wording,
            readers.cast,
            lambda done, of: step(f"speaking {done}/{of}"),
            lexicon=readers.lexicon,
        )
    except UnavailableTool as error:
        return time_by_estimate(wording, error)
    return Timing(wording, reading.timeline, readers, reading=reading)


def time_by_estimate(wording: Wording, failure: VivavozError | None = None) -> Timing:
    """Time an interview by its own time stamps, and by how long words take between them."""
    from ..captions import estimate_timeline  # noqa: PLC0415

    return Timing(wording, estimate_timeline(wording), failure=failure)
