"""A person's edits in captions that are built, and what a build tells of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from msgspec import structs

from ..source import Notice
from ..source.folder import is_file
from .ingredient import EDITS, name_edits
from .ledger import Ledger
from .plan import Plan
from .proof import Proof, Proofs, write_proofs

if TYPE_CHECKING:
    from ..audio.describe import ExtendedClock
    from ..captions import Captions, Conflict, Edit, EditedCue, Finding
    from .delivery import Delivery


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
        """Yield what could not be applied."""
        for conflict in self.conflicts.values():
            place = f"{self.plan.edits.name}, line {conflict.edit.line}: "
            place = place if conflict.edit.line else f"{self.plan.edits.name}: "
            yield Notice(None, place + conflict.message)

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


def keep_proofs(
    original: Delivery, translations: Iterable[Delivery], before: Proofs, ledger: Ledger
) -> None:
    """Keep what tells what a person changes in these captions from now on. Raises OSError."""
    known: dict[str, Proofs] = {}
    for each in translations:
        language, source = each.interview.language, name_edits(original.plan, each.plan)
        known[language] = _prove(each, before.take(language), source, ledger)
    proofs = _prove(original, before, EDITS, ledger)
    proofs = structs.replace(proofs, translations={**before.translations, **known})
    write_proofs(proofs, original.plan)


def _prove(delivery: Delivery, before: Proofs, source: str, ledger: Ledger) -> Proofs:
    """Say what one language's captions are; `source` is what its edits file is to the build."""
    from ..captions import write_captions  # noqa: PLC0415

    editing, shown = delivery.editing, delivery.tracks.text
    base = write_captions(editing.base) if editing.count else shown
    own = f"captions.{delivery.interview.language}."
    names = [name for name in delivery.output.names.values() if name.startswith(own)]
    return Proofs(
        latest=Proof(base, shown if editing.count else None, ledger.find_digest(source)),
        names=tuple(name for name in names if name not in ledger.kept),
        older={
            name: proof for name in names if name in ledger.kept and (proof := before.find(name))
        },
        conflicts={place: conflict.message for place, conflict in editing.conflicts.items()},
        settled=editing.settled,
    )
