"""Where the descriptions of one recording are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..source import Timeline
from .hearing import Hearing
from .output import OutputFolder
from .plan import NarrationPlan, Plan
from .timing import Say

if TYPE_CHECKING:
    from ..captions import Captions


@dataclass(frozen=True, slots=True)
class Desk:
    """What every file is made from, and where."""

    hearing: Hearing
    captions: Captions
    plan: Plan
    output: OutputFolder
    folder: Path
    """For what is only on the way."""
    step: Say

    @property
    def narration(self) -> NarrationPlan:
        return self.plan.narration

    @property
    def timeline(self) -> Timeline:
        return self.captions.timeline

    @property
    def language(self) -> str:
        return self.timeline.interview.language

    def tell(self, what: str) -> Callable[[float], None]:
        """Return what is told which share of a file is made."""
        return lambda done: self.step(f"{what} {done:.0%}")
