"""The proofs of a build: what will tell what people change in its captions from now on."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from .delivery import Delivery
from .ingredient import EDITS, name_edits
from .ledger import Ledger
from .proof import Proof, Proofs, write_proofs


def keep_proofs(
    original: Delivery, translations: Iterable[Delivery], before: Proofs, ledger: Ledger
) -> None:
    """Write down the captions of every language as they are. Raises OSError."""
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
        count=editing.count,
        conflicts={place: conflict.message for place, conflict in editing.conflicts.items()},
        settled=editing.settled,
    )
