"""A batch of interviews: what is up to date is left, the rest built, and all of it summed up."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from ...source import UnwritableOutput
from ..freshness import is_settled
from ..output import check_folder, refuse_file, refuse_output
from ..plan import Plan
from ..record import HIDDEN, locate_record, read_record
from .board import put_up_board
from .catalogue import Refusal
from .cluster import open_cluster, place_job
from .collision import refuse_collisions
from .dispatch import do_all
from .display import Display
from .job import Job, recall
from .outcome import Outcome, State, join_codes
from .pool import count_cores, open_workers
from .sending import note_receivers


@dataclass(frozen=True, slots=True)
class Manner:
    """How a batch is done."""

    jobs: int | None = None
    """How many interviews are built at a time; None stands for one a core."""
    cluster: str | None = None
    """The address of a scheduler that has others do it."""
    sums_up: bool = False
    """Whether a summary ends it."""
    force: bool = False
    """Build what is up to date too, and replace what a person edited."""
    as_json: bool = False


def build_all(found: Iterable[Plan | Refusal], manner: Manner) -> int:
    """Build each interview that has changed, and return the exit code.

    Raises UsageError where every folder for results is a file, UnwritableOutput where nothing can
    be written to any.
    """
    listed = refuse_collisions(found)
    with (
        Display(len(listed), as_json=manner.as_json, sums_up=manner.sums_up) as display,
        # Whatever happens here, the workers end before anything else does.
        closing(_do_all(listed, manner, display)) as outcomes,
    ):
        for outcome in outcomes:
            display.show(outcome)
    return join_codes(display.summary.codes)


def _do_all(
    listed: Sequence[Plan | Refusal], manner: Manner, display: Display
) -> Generator[Outcome]:
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
    if due:
        for sentence in note_receivers(job.plan for job in due):
            display.warn(sentence)
        # A single one can take nobody down with it, and needs no process of its own.
        workers = 0 if len(listed) == 1 else min(manner.jobs or count_cores(), len(due))
        yield from _build_due(due, workers, manner.cluster, display)


def _build_due(
    due: Sequence[Job], workers: int, cluster: str | None, display: Display
) -> Generator[Outcome]:
    out = _choose_out(due)
    refuse_file(out)
    with refuse_output(out), put_up_board(out) as board:
        if cluster:
            due = [place_job(job) for job in due]
        opened = open_cluster(cluster, board, out) if cluster else open_workers(workers)
        with opened as crew, display.follow(due, board, crew.size):
            yield from do_all(due, crew, board)


def _choose_out(due: Sequence[Job]) -> Path:
    """Return the first results' folder that can be written to; failing that, the first.

    An interview whose own folder can't be is a failure by itself.
    """
    outs = dict.fromkeys(job.plan.out for job in due)
    for out in outs:
        with suppress(UnwritableOutput):
            check_folder(out / HIDDEN)
            return out
    return due[0].plan.out
