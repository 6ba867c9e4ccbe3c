"""Many interviews through one executor; one that fails never stops the rest."""

from __future__ import annotations

import signal
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from queue import Empty, SimpleQueue

from ...source import Breakdown, UnavailableTool
from .attempt import attempt_job, explain_defect
from .board import Board, Note, Slip
from .job import Job
from .outcome import Outcome, State
from .pool import Crew, WorkerDied

_ATTEMPTS = 2
_TICK_S = 0.2
"""Where nothing can interrupt a wait (Windows), Ctrl-C is noticed between two."""


def do_all(jobs: Sequence[Job], crew: Crew, board: Board) -> Iterator[Outcome]:
    """Yield each job's outcome as it comes, in whatever order.

    One whose worker dies is done once more; one that kills its worker twice has failed. Raises
    UnavailableTool where nobody is left to do them.
    """
    waiting = deque(range(len(jobs)))
    running: dict[Future[Outcome], int] = {}
    losses: Counter[int] = Counter()
    ended: SimpleQueue[Future[Outcome]] = SimpleQueue()
    while waiting or running:
        while waiting and len(running) < crew.window:
            number = waiting.popleft()
            place = board.place(number)
            future = crew.executor.submit(attempt_job, jobs[number], place, crew.cache)
            running[future] = number
            future.add_done_callback(ended.put)
        future = _await(ended)
        number = running.pop(future)
        slip = Slip(board.place(number))
        note = slip.read()
        if future.cancelled():  # by nobody here
            raise UnavailableTool("The cluster went away; the same command does the rest.")
        error = future.exception()
        if isinstance(error, crew.losses):
            losses[number] += 1
            if max(losses[number], note.attempt) < _ATTEMPTS:
                waiting.appendleft(number)
                continue
        slip.remove()
        outcome = _explain(error, note, jobs[number], crew) if error else future.result()
        yield replace(outcome, attempts=max(1, note.attempt))


def _await(ended: SimpleQueue[Future[Outcome]]) -> Future[Outcome]:
    while True:
        try:
            return ended.get(timeout=_TICK_S)
        except Empty:
            continue


def _explain(error: BaseException, note: Note, job: Job, crew: Crew) -> Outcome:
    """Say in a sentence why nothing came back of a job."""
    if not isinstance(error, crew.losses):
        return explain_defect(job, error)
    at = f" while it was {note.step}" if note.step else ""
    failure = Breakdown(
        f"The process that built it ended twice before it was done, the last time{at} "
        f"({_name_end(error)}). Build it by itself, with --jobs 1; the others are not concerned.",
        file=job.plan.transcript,
    )
    return Outcome(job.plan.transcript, State.FAILED, failure=failure)


def _name_end(error: Exception) -> str:
    if not isinstance(error, WorkerDied):
        return f"{type(error).__name__}: {error}"
    code = error.exit_code
    if code is None or code >= 0:
        return f"exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    return f"{name}, perhaps for too little memory" if name == "SIGKILL" else name
