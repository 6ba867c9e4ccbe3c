"""A person's edits in captions that are built, and what a build tells of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from ..source import Notice
from ..source.folder import is_file
from .listing import say_where
from .plan import Plan

if TYPE_CHECKING:
    from ..audio.describe import ExtendedClock
    from ..captions import Captions, Conflict, Edit, EditedCue, Finding

_NOTED = 10
"""Conflicts that are worth a sentence each."""


@dataclass(frozen=True, slots=True)
class Editing:
    """Captions before and after the edits."""

    plan: Plan
    base: Captions
    captions: Captions
    edits: Sequence[Edit]
    """All that there are, as their file has them."""
    conflicts: Mapping[int, Conflict]
    """Those that could not be applied, by their place in the edits file, from 0."""
    settled: tuple[int, ...] = ()
    """The places of those whose words the transcript has by now."""
    changed: frozenset[int] = frozenset()
    """The indexes of the cues that are not as they were built."""

    @property
    def count(self) -> int:
        """How many edits there are."""
        return len(self.edits)

    def list_exceptions(self) -> list[Finding]:
        """Return where speech, and no person, leaves captions too little time."""
        return [found for found in self.captions.exceptions if found.cue not in self.changed]

    def note(self) -> Iterator[Notice]:
        """Yield what could not be applied; of much, how much more there is."""
        for conflict in islice(self.conflicts.values(), _NOTED):
            told = say_where(self.plan.edits.name, conflict.edit.line, conflict.message)
            yield Notice(None, told)
        more = len(self.conflicts) - _NOTED
        if more > 0:
            told = f"{more} more edit{'s' * (more > 1)} could not be applied"
            yield Notice(None, f"{self.plan.edits.name}: {told}; `vivavoz edits` lists all.")

    def describe(self) -> dict[str, object]:
        """Return what `report.json` has of the edits."""
        return {
            "applied": self.count - len(self.conflicts),
            "conflicts": [
                {
                    "line": conflict.edit.line,
                    "was": conflict.edit.was,
                    "now": conflict.now,
                    "kind": conflict.kind.value,
                    "message": conflict.message,
                }
                for conflict in self.conflicts.values()
            ],
        }

    def summarise(self) -> str:
        """Return the same in one line."""
        applied = self.count - len(self.conflicts)
        told = f"{applied} of {self.count} edit{'s' * (self.count > 1)} applied"
        return f"{self.plan.edits.name}: {told}"

    def repeat(self, captions: Captions, clock: ExtendedClock) -> Captions:
        """Apply the same edits to captions of the extended edition, at the times of its clock."""
        from ..captions import Edits, apply_edits  # noqa: PLC0415

        moved = tuple(
            replace(
                edit,
                at_ms=clock.move_start(edit.at_ms),
                cues=tuple(_move_cue(cue, clock) for cue in edit.cues),
            )
            for place, edit in enumerate(self.edits)
            if place not in self.conflicts
        )
        return apply_edits(captions, Edits(moved)).captions


def _move_cue(cue: EditedCue, clock: ExtendedClock) -> EditedCue:
    """Move the times that a person set."""
    start_ms = None if cue.start_ms is None else clock.move_start(cue.start_ms)
    end_ms = None if cue.end_ms is None else clock.move_end(cue.end_ms)
    return replace(cue, start_ms=start_ms, end_ms=end_ms)


def edit_captions(captions: Captions, plan: Plan) -> Editing:
    """Apply the edits that stand beside the transcript, if there are any.

    Raises UsageError or UnreadableSource for a file of them that can't be understood.
    """
    if not is_file(plan.edits):
        return Editing(plan, captions, captions, (), {})

    from ..captions import apply_edits, read_edits  # noqa: PLC0415

    edits = read_edits(plan.edits)
    edited = apply_edits(captions, edits)
    places = {id(edit): number for number, edit in enumerate(edits.edits)}
    conflicts = {places[id(conflict.edit)]: conflict for conflict in edited.conflicts}
    built = frozenset(captions.cues)
    changed = (number for number, cue in enumerate(edited.captions.cues) if cue not in built)
    return Editing(
        plan,
        captions,
        edited.captions,
        edits.edits,
        conflicts,
        settled=tuple(places[id(edit)] for edit in edited.settled),
        changed=frozenset(changed),
    )
