"""When an interview's words are said, and what gave them their times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..source import (
    Interview,
    Notice,
    Recording,
    Timeline,
    Translation,
    UnavailableTool,
    UnreadableSource,
    VivavozError,
    Wording,
    keep_times,
)
from .difference import note_all
from .hearing import Hearing, hear_wording
from .plan import NarrationPlan

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


def find_readers(interview: Interview, plan: NarrationPlan, *, pictures_only: bool) -> Readers:
    """Choose who reads an interview, or its pictures only. Raises UnavailableTool."""
    from ..audio import build_lexicon, cast_narrator, cast_voices  # noqa: PLC0415

    lexicon = build_lexicon(interview, plan.pronounce)
    if pictures_only:
        cast = cast_narrator(interview.language, plan.narrator or plan.voice)
    else:
        cast = cast_voices(interview, plan.voice, plan.narrator, plan.voices)
    return Readers(cast, lexicon)


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

    def note_recording(self) -> Sequence[Notice]:
        """Return what the recording gives to think about."""
        return note_all(self.hearing) if self.hearing else ()

    def note_voices(self) -> Sequence[Notice]:
        """Return what the voices do."""
        told = self.readers.list_notices() if self.readers else ()
        return [Notice(None, sentence) for sentence in told]


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


def time_by_original(
    translation: Translation,
    wording: Wording,
    readers: Readers | None,
    original: Timing,
    step: Say,
) -> Timing:
    """Time a translation by its original, and have it read aloud if that was.

    Where a voice fails it has its times all the same.
    """
    timeline = translation.timeline
    if not readers or not original.reading:
        return Timing(wording, timeline, readers, original.hearing if readers else None)

    from ..audio import speak_in_time  # noqa: PLC0415

    try:
        reading = speak_in_time(
            timeline,
            translation.switches_ms,
            readers.cast,
            lambda done, of: step(f"speaking {done}/{of}"),
            readers.lexicon,
        )
    except UnavailableTool as error:
        return Timing(wording, timeline, failure=error)
    return Timing(wording, timeline, readers, reading=reading)


def time_by_estimate(wording: Wording, failure: VivavozError | None = None) -> Timing:
    """Time an interview by its own time stamps, and by how long words take between them."""
    from ..captions import estimate_timeline  # noqa: PLC0415

    return Timing(wording, estimate_timeline(wording), failure=failure)
