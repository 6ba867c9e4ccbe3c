"""Workers on other machines, which share a file system with this one: dask.distributed's."""

from __future__ import annotations

import logging
import os
import platform
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ... import __version__
from ...audio import VoiceSpec
from ...source import UnavailableTool, UsageError
from ..record import HIDDEN
from .board import Board
from .job import Job
from .pool import Crew

if TYPE_CHECKING:
    from distributed import Client

_PATIENCE_S = 5
_FEWEST_SENT = 256
"""So that workers that join later find something to do."""


@contextmanager
def open_cluster(address: str, board: Board, out: Path) -> Generator[Crew]:
    """Open an executor on a scheduler's workers; left by an exception, it takes back what was sent.

    Raises UnavailableTool or UsageError where they can't do the work.
    """
    with _silence_logs(), _connect(address) as client:
        from distributed import KilledWorker  # noqa: PLC0415 - an extra, and here it is

        size = _check_workers(client, address, board.folder)
        executor = client.get_executor(pure=False)  # the same job may have another outcome
        finished = False
        try:
            cache = Path(os.environ.get("VIVAVOZ_CACHE") or out / HIDDEN / "cache").absolute()
            window = max(_FEWEST_SENT, 2 * size)
            yield Crew(executor, size, window, cache, (KilledWorker,))
            finished = True
        finally:
            executor.shutdown(wait=finished)


def place_job(job: Job) -> Job:
    """Name every file of a job from the root on: workers stand in other folders."""
    plan, narration = job.plan, job.plan.narration
    placed = replace(
        narration,
        voice=_place_voice(narration.voice),
        narrator=narration.narrator and _place_voice(narration.narrator),
        voices={who: _place_voice(voice) for who, voice in narration.voices.items()},
    )
    plan = replace(
        plan,
        transcript=plan.transcript.absolute(),
        out=plan.out.absolute(),
        media=plan.media and plan.media.absolute(),
        narration=placed,
    )
    return replace(job, plan=plan)


def _place_voice(voice: VoiceSpec) -> VoiceSpec:
    model = Path(voice.choice) if voice.choice else None
    return replace(voice, choice=str(model.absolute())) if model and model.is_file() else voice


def _connect(address: str) -> Client:
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
        from distributed.comm.addressing import get_address_host_port  # noqa: PLC0415
    except ImportError as error:
        raise UnavailableTool(
            "A cluster needs the package distributed, here and on its workers; install "
            "vivavoz[cluster]."
        ) from error
    try:
        get_address_host_port(address)
    except ValueError as error:
        raise UsageError(
            f"“{address}” is no scheduler's address; one looks like tcp://host:8786."
        ) from error
    try:
        return Client(address, timeout=_PATIENCE_S, set_as_default=False)
    except OSError as error:
        raise UnavailableTool(
            f"No scheduler answers at {address} ({type(error).__name__}); start one with `dask "
            "scheduler`, and give the address that it prints."
        ) from error


@contextmanager
def _silence_logs() -> Generator[None]:
    """Say nothing of what we say ourselves in a sentence."""
    before = logging.root.manager.disable
    logging.disable()
    try:
        yield
    finally:
        logging.disable(before)


def _check_workers(client: Client, address: str, folder: Path) -> int:
    """Return how many jobs can be done at a time; raise where a worker can't do them."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE_S)
    except TimeoutError as error:
        raise UnavailableTool(
            f"The scheduler at {address} has no workers; start some with `dask worker {address} "
            "--nthreads 1`."
        ) from error
    ours = __version__, platform.python_version_tuple()[:2]
    found = cast("dict[str, Any]", client.run(_look_around, folder, on_error="return"))
    for worker, told in found.items():
        if isinstance(told, Exception):
            raise UnavailableTool(
                f"The worker {worker} can't run Vivavoz ({type(told).__name__}: {told}); install "
                f"vivavoz[cluster] {__version__} there."
            )
        *theirs, sees_folder = told
        if tuple(theirs) != ours:
            raise UnavailableTool(
                f"The worker {worker} has {_word_versions(*theirs)}, and here is "
                f"{_word_versions(*ours)}; they have to be the same."
            )
        if not sees_folder:
            raise UsageError(
                f"The worker {worker} does not see the results' folder; a cluster works on files "
                "that every machine has under the same path.",
                file=folder.parents[1],
            )
    return sum(cast("dict[str, int]", client.nthreads()).values())


def _look_around(folder: Path) -> tuple[str, tuple[str, ...], bool]:
    """Tell of a worker what decides whether it can do the work."""
    return __version__, platform.python_version_tuple()[:2], folder.is_dir()


def _word_versions(ours: str, python: tuple[str, ...]) -> str:
    return f"Vivavoz {ours} under Python {'.'.join(python)}"
