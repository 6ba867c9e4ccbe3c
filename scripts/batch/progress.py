"""How a batch goes, drawn anew a few times a second while it goes."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from enum import Enum, auto

from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from ..plan import Edition, Plan
from ..terminal import tame
from .board import Board
from .duration import word_estimate
from .job import Job
from .outcome import Outcome

_REFRESHES = 4
"""A second."""
_FRAME_LINES = 4
"""Of the terminal, that are not for interviews at work."""
_MOST_LINES = 16
_FIRST_S = 3.0
"""What went before says nothing of what comes: too little went before."""
_SLUGGISH_S = 10.0
"""How long it takes until an estimate is believed."""
_UNDER_WAY = 0.5
"""How much of an interview at work is left, for all that is known."""


class Kind(Enum):
    """Interviews that take about as long as each other."""

    TIMED = auto()
    """To a recording."""
    SPOKEN = auto()
    CAPTIONED = auto()


def tell_kind(plan: Plan) -> Kind:
    """Tell which kind an interview is of."""
    if plan.media:
        return Kind.TIMED
    return Kind.CAPTIONED if plan.narration.edition is Edition.NONE else Kind.SPOKEN


class TimeLeft:
    """How long interviews will take, from what others of their kind took."""

    def __init__(self, jobs: Sequence[Job], workers: int) -> None:
        self._left = Counter(tell_kind(job.plan) for job in jobs)
        self._done: Counter[Kind] = Counter()
        self._took_ms: Counter[Kind] = Counter()
        self._workers = workers
        self._began_s = self._asked_s = time.monotonic()
        self._end_s: float | None = None

    def count(self, kind: Kind, took_ms: int) -> None:
        """Count an interview that has ended."""
        self._left[kind] -= 1
        self._done[kind] += 1
        self._took_ms[kind] += took_ms

    def estimate(self, at_work: int) -> float | None:
        """Return in how many seconds all will be done; None where nobody can say.

        A new estimate is believed little by little, so that the figure does not jump.
        """
        now_s = time.monotonic()
        if now_s - self._began_s < _FIRST_S or any(
            left and not self._done[kind] for kind, left in self._left.items()
        ):
            return None
        left = self._left.total()
        work_ms = sum(
            self._took_ms[kind] / self._done[kind] * count
            for kind, count in self._left.items()
            if count
        )
        share = 1 - _UNDER_WAY * min(at_work, left) / left if left else 0.0
        end_s = now_s + work_ms * share / 1000 / min(self._workers, max(left, 1))
        trust = 1 - math.exp((self._asked_s - now_s) / _SLUGGISH_S)
        self._end_s = end_s if self._end_s is None else self._end_s + trust * (end_s - self._end_s)
        self._asked_s = now_s
        return max(0.0, self._end_s - now_s)


class Progress:
    """What is shown: each interview that is at work with its step, then how far all are."""

    def __init__(self, jobs: Sequence[Job], board: Board, workers: int) -> None:
        self._jobs = jobs
        self._board = board
        self._time_left = TimeLeft(jobs, workers)
        self._kinds = {job.plan.transcript: tell_kind(job.plan) for job in jobs}
        self._done = self._failed = 0

    def count(self, outcome: Outcome) -> None:
        """Count an interview that has ended."""
        self._done += 1
        self._failed += outcome.failure is not None
        self._time_left.count(self._kinds[outcome.transcript], outcome.took_ms)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw it."""
        room = max(0, min(_MOST_LINES, (options.max_height or _MOST_LINES) - _FRAME_LINES))
        at_work = list(self._board.read(room))
        steps = Table.grid(padding=(0, 2))
        steps.add_column(no_wrap=True, overflow="ellipsis", max_width=options.max_width // 2)
        steps.add_column(no_wrap=True, overflow="ellipsis", style="dim")
        for number, step in at_work:
            steps.add_row(Text(tame(self._jobs[number].plan.name)), Text(tame(step)))
        whole = Table.grid(padding=(0, 2))
        total = len(self._jobs)
        bar = ProgressBar(total=total, completed=self._done, width=max(4, options.max_width // 4))
        whole.add_row(bar, Text(self._word(len(at_work))))
        yield Group(steps, whole)

    def _word(self, at_work: int) -> str:
        words = [f"{self._done} of {len(self._jobs)} done"]
        if self._failed:
            words.append(f"{self._failed} failed")
        left_s = self._time_left.estimate(at_work)
        if left_s is not None and self._done < len(self._jobs):
            words.append(f"{word_estimate(left_s)} left")
        return ", ".join(words)


@contextmanager
def show_progress(progress: Progress) -> Generator[Live]:
    """Show it on standard error, which is a terminal, until the block is through."""
    with Live(
        progress,
        console=Console(stderr=True),
        refresh_per_second=_REFRESHES,
        transient=True,
        redirect_stdout=False,  # results go to standard output, wherever that leads
        redirect_stderr=False,
    ) as live:
        yield live
