"""What a person or a script sees of a build: progress, results, warnings, failures."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ..source import Notice
from .batch.outcome import Outcome
from .listing import describe_error
from .terminal import say, tame, write_json

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_KEPT = (
    "was edited, or was not made by Vivavoz, and is kept as it is; --force builds it anew in its "
    "place."
)


class Display:
    """Results go to stdout, all else to stderr; progress only where stderr is a terminal.

    With `as_json`, stdout has one JSON object a line for each interview and nothing else.
    """

    def __init__(self, total: int, *, as_json: bool) -> None:
        self._total = total
        self._as_json = as_json
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._name = ""

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._progress, self._task = _start_progress(self._total)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._progress:
            self._progress.stop()

    def begin(self, transcript: Path) -> None:
        """Show which interview is at work."""
        self._name = transcript.name
        self.step("")

    def step(self, step: str) -> None:
        """Show what is being done to it."""
        if self._progress and self._task is not None:
            self._progress.update(self._task, description=tame(f"{self._name} {step}".rstrip()))

    def show(self, outcome: Outcome) -> None:
        """Show what became of an interview."""
        self._advance()
        if self._as_json:
            self._say(write_json(_describe(outcome)))
        elif outcome.summary:
            self._say(outcome.summary)
            for notice in outcome.notices:
                self._say(tame(_word_notice(outcome.transcript, notice)), err=True)
        for name in outcome.kept:
            self._say(tame(f"{outcome.transcript}: {name} {_KEPT}"), err=True)
        if outcome.failure:
            self._say(tame(f"vivavoz: {outcome.failure}"), err=True)

    def _advance(self) -> None:
        if self._progress and self._task is not None:
            self._progress.advance(self._task)

    def _say(self, text: str, *, err: bool = False) -> None:
        if self._progress is None:
            say(text, err=err)
            return
        # The bar is wiped and drawn again below the text, wherever the text goes.
        self._progress.stop()
        say(text, err=err)
        self._progress.start()


def _start_progress(total: int) -> tuple[Progress, TaskID]:
    from rich.console import Console  # noqa: PLC0415 - only on a terminal
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    progress = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    progress.start()
    return progress, progress.add_task("", total=total)


def _describe(outcome: Outcome) -> dict[str, object]:
    """Return what `--json` says of an interview."""
    kept = {"kept": list(outcome.kept)} if outcome.kept else {}
    if outcome.failure and not outcome.told:
        told = {"interview": str(outcome.transcript), "error": describe_error(outcome.failure)}
    else:
        told = dict(outcome.told)
    return {**told, "state": outcome.state.value, **kept}


def _word_notice(transcript: Path, notice: Notice) -> str:
    place = f"{transcript}, line {notice.line}" if notice.line else str(transcript)
    return f"{place}: {notice.message}"
