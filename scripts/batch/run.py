"""A batch of interviews: what is up to date is left, the rest built, and all of it summed up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..display import Display
from ..freshness import is_settled
from ..output import refuse_file, refuse_output
from ..plan import Plan
from ..record import locate_record, read_record
from .board import put_up_board
from .catalogue import Refusal
from .collision import refuse_collisions
from .dispatch import do_all
from .job import Job, recall
from .outcome import Outcome, State
from .pool import open_workers

_SOME_FAILED = 1


@dataclass(frozen=True, slots=True)
class Manner:
    """How a batch is done."""

    workers: int
    """Processes; none means this one."""
    force: bool = False
    """Build what is up to date too, and replace what a person edited."""
    as_json: bool = False


def build_all(found: Iterable[Plan | Refusal], manner: Manner) -> int:
    """Build each interview that has changed, and return the exit code.

    Raises UsageError where the results' folder is a file, UnwritableOutput where nothing can be
    written there.
    """
    listed = refuse_collisions(found)
    codes: Counter[int] = Counter()
    with Display(len(listed), as_json=manner.as_json) as display:
        for outcome in _do_all(listed, manner):
            display.show(outcome)
            codes[outcome.failure.exit_code if outcome.failure else 0] += 1
    if len(codes) == 1:
        return next(iter(codes))
    return _SOME_FAILED


def _do_all(listed: Sequence[Plan | Refusal], manner: Manner) -> Iterator[Outcome]:
    due: list[Job] = []
    for each in listed:
        if isinstance(each, Refusal):
            yield Outcome(each.transcript, State.FAILED, failure=each.error)
            continue
        record = read_record(locate_record(each))
        if not manner.force and is_settled(each, record):
            yield recall(each, record)
        else:
            due.append(Job(each, manner.force))
    if not due:
        return
    out = due[0].plan.out
    refuse_file(out)
    with (
        refuse_output(out),
        put_up_board(out) as board,
        open_workers(manner.workers) as executor,
    ):
        yield from do_all(due, executor, board, manner.workers)
