"""Where the work is done: in this process, in others on this machine, or on a cluster's machines.

All of them are `concurrent.futures.Executor`s, and whoever sends them work can't tell them apart.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Generator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

from pebble import ProcessPool

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")

_LONGEST_S = 6 * 3600.0
"""An interview that takes longer hangs."""


class Here(Executor):
    """Does the work at once, in this process; what it raises comes out where it is sent."""

    def submit(
        self, fn: Callable[_Given, _Result], /, *args: _Given.args, **kwargs: _Given.kwargs
    ) -> Future[_Result]:
        """Do it."""
        done: Future[_Result] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


class Workers(Executor):
    """Processes on this machine. One that dies costs what it was doing, and is replaced."""

    def __init__(self, count: int) -> None:
        context = get_context("spawn")
        self._pool = ProcessPool(count, initializer=_ignore_interrupt, context=context)

    def submit(
        self, fn: Callable[_Given, _Result], /, *args: _Given.args, **kwargs: _Given.kwargs
    ) -> Future[_Result]:
        """Let a worker do it."""
        return self._pool.schedule(fn, args, kwargs, timeout=_LONGEST_S)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - the protocol's
        """End the workers: after what they were sent, or at once."""
        if cancel_futures:
            self._pool.stop()
        else:
            self._pool.close()
        if wait:
            self._pool.join()


def _ignore_interrupt() -> None:
    """Leave Ctrl-C, which goes to every process at the terminal, to the one that has the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def open_workers(count: int) -> Generator[Executor]:
    """Open an executor with so many workers; none means this process."""
    executor = Workers(count) if count else Here()
    finished = False
    try:
        yield executor
        finished = True
    finally:
        executor.shutdown(cancel_futures=not finished)
