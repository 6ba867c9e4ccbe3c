"""Many interviews through one executor; one that fails never stops the rest."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from pathlib import Path

from ...source import UnavailableTool, VivavozError
from .board import Board, Slip
from .job import Job, do_job
from .outcome import Outcome, State

_AHEAD = 2
"""Jobs that wait for a worker, so that none waits for us; memory has no more than these."""


def do_all(
    jobs: Sequence[Job], executor: Executor, board: Board, workers: int
) -> Iterator[Outcome]:
    """Yield each job's outcome as it comes, in whatever order.

    A job whose worker dies is done once more; one that kills its worker twice has failed.
    """
    window = workers + _AHEAD if workers else 1
    left = deque(enumerate(jobs))
    again: deque[tuple[int, Job]] = deque()
    running: dict[Future[Outcome], tuple[int, Job]] = {}
    lost: set[int] = set()
    while left or again or running:
        while (left or again) and len(running) < window:
            number, job = (again or left).popleft()
            running[executor.submit(work, job, board.place(number))] = number, job
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            number, job = running.pop(future)
            error = future.exception()
            Slip(board.place(number)).remove()
            if error is None:
                yield future.result()
            elif number in lost:
                yield Outcome(job.plan.transcript, State.FAILED, failure=_explain(error, job))
            else:
                lost.add(number)
                again.append((number, job))


def work(job: Job, place: Path) -> Outcome:
    """Do a job in a worker, and tell the board."""
    slip = Slip(place)
    return do_job(job, slip.write)


def _explain(error: BaseException, job: Job) -> VivavozError:
    """Say in a sentence why nothing came back of a job."""
    code = getattr(error, "exitcode", None)
    why = f"exit code {code}" if code is not None else f"{type(error).__name__}: {error}"
    return UnavailableTool(
        f"The process that built it ended twice before it was done ({why}); build it by itself to "
        "see why.",
        file=job.plan.transcript,
    )
