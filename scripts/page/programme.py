"""What a page plays: the recording, as far as browsers can, or the voices that read the interview.

A file that is described has the mix as one track of several, of which browsers play but the first:
so there is another of that alone.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...source import Clock, Notice, VivavozError, open_recording
from ..delivery import Delivery
from ..speaking import VOICED
from ..timing import Say
from ..translation import Translated
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
    failures: list[VivavozError] = field(default_factory=list[VivavozError])
    """Why something of it is not there."""


def stage_programme(
    original: Delivery, translations: Iterable[Translated], store: StepStore | None, step: Say
) -> Programme:
    """Stage what the page plays, if there is to be one, with descriptions in each language.

    What fails costs nothing else: it is taken back, and told.
    """
    plan, output = original.plan, original.output
    if not plan.page:
        return Programme()
    if output.names.get("narration") == VOICED:
        return Programme(Media(VOICED, is_video=False, is_voiced=True))
    # Captions that had to be timed by an estimate have nothing to do with what is played.
    clock = original.timing.timeline.clock
    if not plan.media or not store or clock not in {Clock.RECORDING, Clock.FILE}:
        return Programme()

    from .booth import Booth  # noqa: PLC0415 - it brings soundfile and langcodes with it

    programme, booth = Programme(), None
    with _attempt(original, programme):
        booth = Booth(open_recording(plan.media), store, output, step)
        programme.media = booth.stage_recording()
        programme.notices += booth.note_loss()
    if booth and programme.media:
        for delivery in (original, *(translated.delivery for translated in translations)):
            _stage_described(delivery, booth, programme)
    return programme


def _stage_described(delivery: Delivery, booth: Booth, programme: Programme) -> None:
    output = delivery.output
    described = output.find_name("described")
    if not described:
        return
    with _attempt(delivery, programme):
        name = booth.stage_described(described, output)
        programme.described[delivery.interview.language] = name


@contextmanager
def _attempt(delivery: Delivery, programme: Programme) -> Generator[None]:
    with delivery.output.attempt() as attempt:
        yield
    if attempt.failure:
        programme.failures.append(attempt.failure.blame(delivery.plan.transcript))
