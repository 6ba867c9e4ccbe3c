"""What is made of an interview in one language, the original's or a translation's."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..source import Clock, Interview, VivavozError
from .editing import Editing, edit_captions
from .output import OutputFolder
from .plan import Plan
from .speaking import Spoken, speak_results
from .timing import Say, Timing
from .tracks import Tracks, stage_descriptions, stage_tracks

if TYPE_CHECKING:
    from ..captions import Captions


@dataclass(frozen=True, slots=True)
class Delivery:
    """Everything but the page and the report."""

    plan: Plan
    timing: Timing
    editing: Editing
    tracks: Tracks
    spoken: Spoken
    output: OutputFolder

    @property
    def captions(self) -> Captions:
        """As a person wants them."""
        return self.editing.captions

    @property
    def interview(self) -> Interview:
        """What was read, in this language."""
        return self.captions.timeline.interview

    @property
    def failures(self) -> Sequence[VivavozError]:
        """Why some of the results are not there."""
        found = (self.timing.failure, self.spoken.failure)
        return [one.blame(self.plan.transcript) for one in found if one]


def deliver(
    timing: Timing,
    plan: Plan,
    output: OutputFolder,
    step: Say,
    switches_ms: AbstractSet[int] = frozenset(),
) -> Delivery:
    """Stage captions, chapters, descriptions and what is spoken.

    At `switches_ms` a caption begins, where words do. What can't be spoken costs that alone.
    """
    from ..captions import caption  # noqa: PLC0415 - it brings numpy with it

    interview = timing.wording.interview
    translated = timing.timeline.clock is Clock.ORIGINAL
    step(f"captioning {interview.language}" if translated else "captioning")
    editing = edit_captions(caption(timing.timeline, plan.style, switches_ms), plan)
    tracks = stage_tracks(editing.captions, plan, output)
    spoken = speak_results(timing, editing, output, step, switches_ms)
    stage_descriptions(spoken.choose_pictures(editing.captions.timeline), output)
    return Delivery(plan, timing, editing, tracks, spoken, output)
