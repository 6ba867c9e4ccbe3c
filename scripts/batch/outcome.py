"""What became of one interview in a batch; small, for it comes back from a worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import cast

from ...source import Notice, VivavozError

_SOME_FAILED = 1


class State(StrEnum):
    """How an interview ended."""

    BUILT = "built"
    UNCHANGED = "unchanged"
    """Nothing had to be done."""
    FAILED = "failed"
    """Nothing could be made, or not all of it: `Outcome.told` has what was made."""


def join_codes(codes: AbstractSet[int]) -> int:
    """Return a batch's exit code, from those of its interviews: theirs if all have one, or 1."""
    return next(iter(codes)) if len(codes) == 1 else _SOME_FAILED


@dataclass(frozen=True, slots=True)
class Outcome:
    """One interview's end."""

    transcript: Path
    state: State
    told: Mapping[str, object] = field(default_factory=dict[str, object])
    """What `--json` says of its results; empty where nothing was made."""
    summary: str = ""
    """The same for a person's eyes, in a few lines."""
    notices: Sequence[Notice] = ()
    kept: Sequence[str] = ()
    """Results that a person edited, which were left as they are."""
    aside: Mapping[str, str] = field(default_factory=dict[str, str])
    """Captions that a person edited and that were replaced, and what these are called now."""
    explained: AbstractSet[str] = frozenset()
    """Those of both of which the notices say why."""
    unread: AbstractSet[str] = frozenset()
    """Those kept that were edited during the build; the next one reads their edits."""
    failure: VivavozError | None = None
    took_ms: int = 0
    """In the worker, so that of several at once each has its own."""
    attempts: int = 1
    """More where a worker died at it."""

    @property
    def unapplied(self) -> Mapping[str, int]:
        """How many edits wait, by the text that they are of."""
        told = self.told.get("unapplied")
        return cast("Mapping[str, int]", told) if told else {}
