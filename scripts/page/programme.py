"""What a page plays: the recording, as far as browsers can, or the voices that read the interview.

A file that is described has the mix as one track of several, of which browsers play but the first:
so there is another of that alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...source import Clock, Notice, VivavozError, open_recording
from ..output import OutputFolder
from ..plan import Plan
from ..speaking import VOICED
from ..timing import Say, Timing
from .content import Media

if TYPE_CHECKING:
    from ...audio.step_store import StepStore


@dataclass(slots=True)
class Programme:
    """What is played, as far as it is there."""

    media: Media | None = None
    described: str | None = None
    """The same with the descriptions in the mix."""
    notices: list[Notice] = field(default_factory=list[Notice])
    failure: VivavozError | None = None
    """Why something of it is not there."""


def stage_programme(
    plan: Plan, timing: Timing, store: StepStore | None, output: OutputFolder, step: Say
) -> Programme:
    """Stage what the page plays. What fails costs nothing else: it is taken back, and told."""
    if output.names.get("narration") == VOICED:
        return Programme(Media(VOICED, is_video=False, is_voiced=True))
    # Captions that had to be timed by an estimate have nothing to do with what is played.
    if not plan.media or not store or timing.timeline.clock not in {Clock.RECORDING, Clock.FILE}:
        return Programme()

    from .booth import Booth  # noqa: PLC0415 - it brings numpy with it

    programme, booth = Programme(), None
    with output.attempt() as attempt:
        booth = Booth(open_recording(plan.media), store, output, step)
        programme.media = booth.stage_recording()
        programme.notices += booth.note_loss()
    programme.failure = attempt.failure
    if booth and programme.media and "described" in output.names:
        with output.attempt() as attempt:
            programme.described = booth.stage_described()
        programme.failure = attempt.failure
    return programme
