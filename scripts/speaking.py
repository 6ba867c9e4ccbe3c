"""What is spoken of an interview: the voiced edition, or its pictures over a recording."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ..audio.step import EDITION
from ..source import Notice, Timeline, VivavozError
from .desk import Desk
from .editing import Editing
from .output import OutputFolder
from .timing import Readers, Say, Timing

if TYPE_CHECKING:
    from ..audio import Reading
    from .described import Described

VOICED = "narration.mp3"


@dataclass(frozen=True, slots=True)
class Spoken:
    """What came of it."""

    described: Described | None = None
    failure: VivavozError | None = None
    """Why what should have been spoken is not there."""

    def choose_pictures(self, timeline: Timeline) -> Timeline:
        """Return a timeline with the pictures' times: those of the voice, where it speaks."""
        return self.described.timeline if self.described else timeline

    @property
    def notices(self) -> Sequence[Notice]:
        """What to look at."""
        return tuple(self.described.note()) if self.described else ()


def speak_results(
    timing: Timing,
    editing: Editing,
    output: OutputFolder,
    step: Say,
    switches_ms: AbstractSet[int] = frozenset(),
) -> Spoken:
    """Stage what is spoken. What fails costs nothing else: it is taken back, and told."""
    described = None
    with output.attempt() as attempt:
        if timing.reading:
            _render(timing.reading, editing.captions.timeline, output, step)
        elif timing.hearing and timing.readers:
            with TemporaryDirectory(prefix="mix-", dir=output.staging) as folder:
                desk = Desk(timing.hearing, editing, switches_ms, output, Path(folder), step)
                described = _describe(desk, timing.readers)
    return Spoken(described, attempt.failure)


def find_heard(timeline: Timeline, reading: Reading | None) -> Timeline:
    """Return when words are heard that have these times in the captions.

    Voices are late where the captions don't wait for them.
    """
    return reading.timeline if reading and not timeline.clock.waits else timeline


def _render(reading: Reading, timeline: Timeline, output: OutputFolder, step: Say) -> None:
    from ..audio import list_edition, render_edition  # noqa: PLC0415

    timeline = find_heard(timeline, reading)
    name = output.tell_apart(VOICED)
    made_of = EDITION.name_result(*list_edition(reading, timeline))
    if output.reuse("narration", name, {"sound": made_of}):
        return
    step("encoding")
    render_edition(reading, timeline, output.stage("narration", name))


def _describe(desk: Desk, readers: Readers) -> Described:
    # It brings the mixer with it, which other builds need not wait for.
    from .describing import describe_recording  # noqa: PLC0415

    return describe_recording(desk, readers)
