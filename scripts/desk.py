"""Where the descriptions of one recording are made."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from ..source import Timeline
from .editing import Editing
from .hearing import Hearing
from .output import OutputFolder
from .plan import NarrationPlan, Plan
from .timing import Say


@dataclass(frozen=True, slots=True)
class Desk:
    """What every file is made from, and where."""

    hearing: Hearing
    editing: Editing
    switches_ms: AbstractSet[int]
    """When captions in another language switch, on the recording's clock."""
    output: OutputFolder
    folder: Path
    """For what is only on the way."""
    step: Say

    @property
    def plan(self) -> Plan:
        return self.editing.plan

    @property
    def narration(self) -> NarrationPlan:
        return self.plan.narration

    @property
    def timeline(self) -> Timeline:
        return self.editing.captions.timeline

    @property
    def language(self) -> str:
        return self.timeline.interview.language

    def tell(self, what: str) -> Callable[[float], None]:
        """Return what is told which share of a file is made."""
        return lambda done: self.step(f"{what} {done:.0%}")
