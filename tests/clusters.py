"""A scheduler and its workers, as processes on this machine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import vivavoz

_QUIET = ["--no-dashboard"]
_PACKAGE = Path(vivavoz.__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Cluster:
    """A scheduler with its address, and its workers' processes."""

    address: str
    scheduler: subprocess.Popen[str]
    workers: list[subprocess.Popen[str]]


@contextmanager
def open_scheduler(count: int) -> Iterator[Cluster]:
    """Start a scheduler on this machine with so many workers of one thread, and end them."""
    with ExitStack() as stack:
        options = ["--host", "127.0.0.1", "--port", "0", *_QUIET]
        scheduler = stack.enter_context(_start("scheduler", *options, stderr=subprocess.PIPE))
        address = _find_address(scheduler)
        one = ["--nthreads", "1", "--no-nanny", "--memory-limit", "0", *_QUIET]
        starting = [_start("worker", address, *one) for _ in range(count)]
        yield Cluster(address, scheduler, [stack.enter_context(worker) for worker in starting])


@contextmanager
def _start(
    kind: str, *words: str, stderr: int = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[str]]:
    folders = [str(_PACKAGE), os.environ.get("PYTHONPATH", "")]
    with subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{kind}", *words],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, folders))},
        stderr=stderr,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _find_address(scheduler: subprocess.Popen[str]) -> str:
    for line in scheduler.stderr or ():
        if found := re.search(r"Scheduler at:\s+(tcp://\S+)", line):
            return found[1]
    raise AssertionError("the scheduler did not start")
