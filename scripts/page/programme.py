"""What a page plays: the recording, as far as browsers can, or the voices that read the interview.

A file that is described has the mix as one track of several, of which browsers play but the first:
so there is another of that alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...source import Clock, Notice, VivavozError, open_recording
from ..delivery import Delivery
from ..speaking import VOICED
from ..timing import Say
from .content import Media

if TYPE_CHECKING:
    from ...audio.step_store import StepStore
    from .booth import Booth


@dataclass(slots=True)
class Programme:
    """What is played, as far as it is there."""

    media: Media | None = None
    described: dict[str, str] = field(default_factory=dict[str, str])
    """The same with the descriptions in the mix, by their language."""
    notices: list[Notice] = field(default_factory=list[Notice])
    failure: VivavozError | None = None
    """Why something of it is not there."""


def stage_programme(
    original: Delivery, others: Iterable[Delivery], store: StepStore | None, step: Say
) -> Programme:
    """Stage what the page plays, with descriptions in the language of the original and in others.

    What fails costs nothing else: it is taken back, and told.
    """
    plan, output = original.plan, original.output
    if output.names.get("narration") == VOICED:
        return Programme(Media(VOICED, is_video=False, is_voiced=True))
    # Captions that had to be timed by an estimate have nothing to do with what is played.
    clock = original.timing.timeline.clock
    if not plan.media or not store or clock not in {Clock.RECORDING, Clock.FILE}:
        return Programme()

    from .booth import Booth  # noqa: PLC0415 - it brings soundfile and langcodes with it

    programme, booth = Programme(), None
    with output.attempt() as attempt:
        booth = Booth(open_recording(plan.media), store, output, step)
        programme.media = booth.stage_recording()
        programme.notices += booth.note_loss()
    programme.failure = attempt.failure
    if booth and programme.media:
        for delivery in (original, *others):
            _stage_described(delivery, booth, programme)
    return programme


def _stage_described(delivery: Delivery, booth: Booth, programme: Programme) -> None:
    output = delivery.output
    described = output.find_name("described")
    if not described:
        return
    with output.attempt() as attempt:
        name = booth.stage_described(described, output)
        programme.described[delivery.interview.language] = name
    programme.failure = programme.failure or attempt.failure
