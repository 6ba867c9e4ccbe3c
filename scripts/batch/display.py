"""What a person or a script sees of a batch: progress, results, warnings, failures, a summary."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ..aside import is_worked_on
from ..listing import describe_error, say_where
from ..terminal import say, say_above, show_table, tame, write_json
from .duration import word_span
from .outcome import Outcome, State
from .summary import Summary

if TYPE_CHECKING:
    from rich.live import Live

    from .board import Board
    from .job import Job
    from .progress import Progress

_EDITED = "was edited, or was not made by Vivavoz, and is"


class Display:
    """Results go to stdout, all else to stderr; progress only where stderr is a terminal.

    Of a single interview all is told; of each of several, a line when it ends. A summary follows
    where it `sums_up`. With `as_json`, stdout has one JSON object a line for each interview, and
    one for the summary, and nothing else.
    """

    def __init__(self, total: int, *, as_json: bool, sums_up: bool = False) -> None:
        self.summary = Summary(total)
        self._as_json = as_json
        self._sums_up = sums_up
        self._progress: Progress | None = None
        self._live: Live | None = None
        self._warned: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            if self._sums_up and (self._as_json or self.summary.total > 1):
                self._sum_up()
        elif not isinstance(error, Exception) and self.summary.total > 1:
            done, total = self.summary.done, self.summary.total
            error.add_note(
                f"{done} of {total} interviews are done; the same command does the rest."
            )

    @contextmanager
    def follow(self, jobs: Sequence[Job], board: Board, workers: int) -> Generator[None]:
        """Show how jobs go while they are done."""
        if not sys.stderr.isatty():
            yield
            return

        from .progress import Progress, show_progress  # noqa: PLC0415 - only on a terminal

        progress = Progress(jobs, board, workers)
        with show_progress(progress) as live:
            self._progress, self._live = progress, live
            try:
                yield
            finally:
                self._progress = self._live = None

    def warn(self, sentence: str) -> None:
        """Tell a person something before it happens."""
        self._warned.add(sentence)
        self._say(tame(f"vivavoz: {sentence}"), err=True)

    def show(self, outcome: Outcome) -> None:
        """Show what became of an interview."""
        self.summary.count(outcome)
        if self._progress:
            self._progress.count(outcome)
        if self._as_json:
            self._say(write_json(_describe(outcome)))
        elif self.summary.total > 1:
            self._show_briefly(outcome)
        else:
            self._show_whole(outcome)
        for sentence in self._list_edited(outcome):
            self._say(tame(f"{outcome.transcript}: {sentence}"), err=True)
        if outcome.failure:
            self._say(tame(f"vivavoz: {outcome.failure}"), err=True)

    def _list_edited(self, outcome: Outcome) -> Iterator[str]:
        """Say what became of what a person edited, unless notices that are shown do."""
        whole = not self._as_json and self.summary.total == 1
        if not (whole and outcome.notices):
            yield from _word_waiting(outcome)
        known = outcome.explained if whole else frozenset[str]()
        yield from (_word_kept(name, outcome) for name in outcome.kept if name not in known)
        for name, place in outcome.aside.items():
            if name not in known:
                yield f"{name} {_EDITED} set aside as {place}."

    def _show_briefly(self, outcome: Outcome) -> None:
        if outcome.summary:
            count = len(outcome.notices)
            warnings = f", {count} warning{'s' * (count > 1)}" if count else ""
            self._say(tame(outcome.summary.splitlines()[0]) + warnings)

    def _show_whole(self, outcome: Outcome) -> None:
        if not outcome.summary and not outcome.failure:
            self._say(tame(f"{outcome.transcript}: nothing has changed since it was built."))
        elif outcome.summary:
            self._say("\n".join(map(tame, outcome.summary.splitlines())))
        for notice in outcome.notices:
            if notice.message in self._warned:
                continue
            self._say(
                tame(say_where(str(outcome.transcript), notice.line, notice.message)), err=True
            )

    def _sum_up(self) -> None:
        summary = self.summary
        if self._as_json:
            self._say(write_json({"summary": summary.describe()}))
        elif sys.stdout.isatty():
            rows = ((what, str(count), names) for what, count, names in summary.list_rows())
            show_table(_word_end(summary), rows)
        else:
            self._say(_write_table(summary))

    def _say(self, text: str, *, err: bool = False) -> None:
        if self._live and (err or sys.stdout.isatty()):
            say_above(text, self._live)
        else:
            say(text, err=err)


def _write_table(summary: Summary) -> str:
    """Return the summary as plain lines."""
    lines: list[str] = []
    for what, count, names in summary.list_rows():
        first, *more = names.split("\n")
        lines += [f"{what:<15}{count:>7}  {first}".rstrip(), *(f"{'':24}{name}" for name in more)]
    return "\n".join([*lines, _word_end(summary)])


def _word_end(summary: Summary) -> str:
    return f"{summary.total} interviews in {word_span(summary.took_s)}"


def _describe(outcome: Outcome) -> dict[str, object]:
    """Return what `--json` says of an interview."""
    kept = {"kept": list(outcome.kept)} if outcome.kept else {}
    if outcome.failure and not outcome.told:
        told = {"interview": str(outcome.transcript), "error": describe_error(outcome.failure)}
    else:
        told = dict(outcome.told)
    aside = {"aside": dict(outcome.aside)} if outcome.aside else {}
    return {**told, "state": outcome.state.value, **kept, **aside}


def _word_waiting(outcome: Outcome) -> Iterator[str]:
    """Yield a sentence for each text that has edits that wait."""
    for name, count in outcome.unapplied.items():
        own = "" if name == outcome.transcript.name else f" of {name}"
        edits = f"{count} edits{own} wait" if count > 1 else f"1 edit{own} waits"
        yield f"{edits}; `vivavoz edits {outcome.transcript}` says why."


def _word_kept(name: str, outcome: Outcome) -> str:
    """Say that a result stays as a person left it, and how to have a new one."""
    if name in outcome.unread:
        return (
            f"{name} was edited while it was built, and is kept as it is; build again to read it."
        )
    aside = "sets it aside and " if is_worked_on(name) else ""
    though, anew = ", though this build has another", "puts that"
    if outcome.state is State.UNCHANGED:
        though, anew = "", "builds it anew"
    return f"{name} {_EDITED} kept as it is{though}; --force {aside}{anew} in its place."
