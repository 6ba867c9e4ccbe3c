"""Interviews that would write to one folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ...source import UsageError
from ..plan import Plan
from .catalogue import Refusal


def refuse_collisions(found: Iterable[Plan | Refusal]) -> list[Plan | Refusal]:
    """Refuse those that would write to one folder; one that is named twice counts once."""
    listed = {each.transcript: each for each in found}.values()
    # Some file systems take `A` and `a` for one name.
    places = [str(each.folder).casefold() for each in listed if isinstance(each, Plan)]
    counts = Counter(places)
    return [
        _refuse(each, count)
        if isinstance(each, Plan) and (count := counts[str(each.folder).casefold()]) > 1
        else each
        for each in listed
    ]


def _refuse(plan: Plan, count: int) -> Refusal:
    error = UsageError(
        f"{count} of these transcripts would write to {plan.folder}; give them different names, or "
        "build them with different --out folders.",
        file=plan.transcript,
    )
    return Refusal(plan.transcript, error)
