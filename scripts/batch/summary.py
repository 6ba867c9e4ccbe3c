"""What became of a batch, in figures and names."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..listing import explain_failure
from ..terminal import tame
from .outcome import Outcome, State

_NAMED = 20
"""Of each kind; what is more was told when it happened."""


@dataclass(slots=True)
class Summary:
    """Counts outcomes, and remembers those that a person should look at."""

    total: int
    counts: Counter[State] = field(default_factory=Counter[State])
    codes: set[int] = field(default_factory=set[int])
    """Exit codes; 0 for what did not fail."""
    failed: list[tuple[Path, str]] = field(default_factory=list[tuple[Path, str]])
    """Transcripts, and why."""
    again: list[Path] = field(default_factory=list[Path])
    """Built at the second attempt, for the first one's worker died."""
    kept: list[tuple[Path, str]] = field(default_factory=list[tuple[Path, str]])
    """Transcripts, and results of theirs that a person edited."""
    waiting: list[tuple[Path, int]] = field(default_factory=list[tuple[Path, int]])
    """Texts, transcripts or translations, and how many edits of each could not be applied."""
    notices: int = 0
    began_s: float = field(default_factory=time.monotonic)

    @property
    def took_s(self) -> float:
        """How long it has taken."""
        return time.monotonic() - self.began_s

    @property
    def unapplied(self) -> int:
        """How many edits wait."""
        return sum(count for _, count in self.waiting)

    @property
    def done(self) -> int:
        """How many have ended."""
        return self.counts.total()

    def count(self, outcome: Outcome) -> None:
        """Count an interview in."""
        self.counts[outcome.state] += 1
        self.notices += len(outcome.notices)
        failure = outcome.failure
        self.codes.add(failure.exit_code if failure else 0)
        if failure:
            self.failed.append((outcome.transcript, explain_failure(outcome.transcript, failure)))
        elif outcome.attempts > 1:
            self.again.append(outcome.transcript)
        self.kept += [(outcome.transcript, name) for name in outcome.kept]
        folder = outcome.transcript.parent
        self.waiting += [(folder / name, count) for name, count in outcome.unapplied.items()]

    def describe(self) -> dict[str, object]:
        """Return what `--json` says of it."""
        return {
            **{state.value: self.counts[state] for state in State},
            "second_attempt": [str(transcript) for transcript in self.again],
            "kept": [f"{transcript}: {name}" for transcript, name in self.kept],
            "unapplied": self.unapplied,
            "warnings": self.notices,
            "took_s": round(self.took_s, 3),
        }

    def list_rows(self) -> Iterator[tuple[str, int, str]]:
        """Yield rows of what happened: what, how often, and which interviews, line by line."""
        yield "built", self.counts[State.BUILT], self._word_warnings()
        yield "unchanged", self.counts[State.UNCHANGED], ""
        if self.failed:
            told = [f"{path}: {why}" for path, why in self.failed]
            yield "failed", len(told), _name(told)
        if self.again:
            yield "second attempt", len(self.again), _name([str(path) for path in self.again])
        if self.kept:
            told = [f"{path}: {name} was edited" for path, name in self.kept]
            yield "kept", len(told), _name(told)
        if self.waiting:
            told = [f"{path}: {count}" for path, count in self.waiting]
            yield "edits waiting", self.unapplied, f"{_name(told)}\n`vivavoz edits` says why"

    def _word_warnings(self) -> str:
        if not self.notices:
            return ""
        return f"{self.notices} warning{'s' * (self.notices > 1)}: see report.json in each folder"


def _name(told: list[str]) -> str:
    left = len(told) - _NAMED
    more = [f"and {left} more, named above"] if left > 0 else []
    return "\n".join([*map(tame, told[:_NAMED]), *more])
