"""Where the work is done on this machine: in this process, or in others.

All of them are `concurrent.futures.Executor`s, and whoever sends them work can't tell them, or a
cluster, apart.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Generator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_all_start_methods, get_context, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from ...source.interrupt import hold_signals
from .worker import GRACE_S, serve

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

    _Context = ForkServerContext | SpawnContext

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")

_AHEAD = 2
"""Jobs that wait for a worker, so that none waits for us."""
_WARM = "vivavoz.scripts.batch.preload"
_QUOTA = Path("/sys/fs/cgroup/cpu.max")


class WorkerDied(Exception):  # noqa: N818 - named for what happened
    """A worker ended before its work did; `exit_code` is negative where a signal ended it."""

    def __init__(self, exit_code: int | None) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code


class Here(Executor):
    """Does the work at once, in this process; what it raises comes out where it is sent."""

    def submit(
        self, fn: Callable[_Given, _Result], /, *args: _Given.args, **kwargs: _Given.kwargs
    ) -> Future[_Result]:
        """Do it."""
        done: Future[_Result] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


class Workers(ThreadPoolExecutor):
    """Processes on this machine. One that dies costs what it was doing, and is replaced.

    Each has a thread here that waits for it and a pipe of its own: nothing is shared that one of
    them, killed at the wrong moment, could hold or leave half written. (concurrent.futures' own
    pool is lost with the first process that dies, and so is pebble's, when it dies in the middle of
    a message.) Work that raises ends its worker, as a crash does.
    """

    def __init__(self, count: int) -> None:
        super().__init__(count)
        lock, context = Lock(), _choose_context()
        self._workers = [_Worker(context, lock) for _ in range(count)]
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)

    def submit(
        self, fn: Callable[_Given, _Result], /, *args: _Given.args, **kwargs: _Given.kwargs
    ) -> Future[_Result]:
        """Let a worker do it; WorkerDied comes of it if that dies."""
        return super().submit(self._do, partial(fn, *args, **kwargs))

    def _do(self, work: Callable[[], _Result]) -> _Result:
        worker = self._idle.get()
        try:
            return worker.do(work)
        finally:
            self._idle.put(worker)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - the protocol's
        """End the workers: after what they were sent, or at once."""
        with hold_signals():  # a second Ctrl-C must not leave workers behind
            super().shutdown(wait and not cancel_futures, cancel_futures=cancel_futures)
            for worker in self._workers:
                worker.dismiss()
            deadline_s = time.monotonic() + GRACE_S
            for worker in self._workers:
                worker.end(max(0.0, deadline_s - time.monotonic()))
            super().shutdown(wait)


class _Worker:
    """One process, started when there is work for it."""

    def __init__(self, context: _Context, lock: Lock) -> None:
        self._context = context
        self._lock = lock
        """multiprocessing starts and buries processes from one thread at a time."""
        self._process: BaseProcess | None = None
        self._pipe: Connection[Any, Any] | None = None
        self._dismissed = False

    def do(self, work: Callable[[], _Result]) -> _Result:
        """Send it work and wait. Raises WorkerDied."""
        if self._pipe and self._pipe.poll():  # it died while it had nothing to do
            self._bury()
        pipe = self._pipe or self._start()
        try:
            pipe.send(work)
            return pipe.recv()
        except (EOFError, OSError):
            raise WorkerDied(self._bury()) from None

    def _start(self) -> Connection[Any, Any]:
        with self._lock:
            if self._dismissed:
                raise WorkerDied(None)
            ours, theirs = self._context.Pipe()
            with theirs:
                process = self._context.Process(target=serve, args=(theirs,), daemon=True)
                _block_interrupt()
                process.start()
            self._process, self._pipe = process, ours
            return ours

    def dismiss(self) -> None:
        """Ask it to end, whatever it is doing, and let it have no successor."""
        with self._lock:
            self._dismissed = True
            if self._process:
                self._process.terminate()

    def end(self, patience_s: float) -> None:
        """Wait for its end, or bring it about."""
        with self._lock:
            if self._process:
                self._process.join(patience_s)
                _kill(self._process)

    def _bury(self) -> int | None:
        """Forget a process that is dead, or as good as dead, and return its exit code."""
        with self._lock:
            process, self._process, self._pipe = self._process, None, None
            if process is None:
                return None
            process.join(GRACE_S)
            _kill(process)
            process.join(GRACE_S)
            return process.exitcode


def _kill(process: BaseProcess) -> None:
    """Kill a worker and what it left: an ffmpeg that it ran would write on."""
    if hasattr(os, "killpg") and process.pid:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _choose_context() -> _Context:
    """Fork workers from a process that has loaded what all of them need, where that is safe.

    On macOS, system libraries may break in a process that was forked.
    """
    if "forkserver" not in get_all_start_methods() or sys.platform == "darwin":
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([_WARM])
    return context


def _block_interrupt() -> None:
    """Leave Ctrl-C, which goes to every process at the terminal, to the one that has the others.

    Blocked in this thread, it is blocked from the beginning in what the thread starts.
    """
    if hasattr(signal, "pthread_sigmask"):
        resource_tracker.ensure_running()  # it would lift the block when it is started later
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def count_cores() -> int:
    """Count the cores that this process may use, by its affinity and its container's quota."""
    if hasattr(os, "process_cpu_count"):  # Python 3.13
        cores: int | None = os.process_cpu_count()  # pyright: ignore[reportAttributeAccessIssue]
    elif hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count()
    return max(1, min(cores or 1, _read_quota()))


def _read_quota() -> int:
    """Return how many cores a container has, rounded up (Linux cgroup v2, `cpu.max`)."""
    try:
        quota, period = _QUOTA.read_text(encoding="ascii").split()
        return -(-int(quota) // int(period))
    except (OSError, ValueError):  # no container, or one without a limit: `max`
        return sys.maxsize


@dataclass(frozen=True, slots=True)
class Crew:
    """Who does the work."""

    executor: Executor
    size: int
    """How many do it at a time."""
    window: int
    """How many jobs are sent before one comes back; all others wait here."""
    cache: Path | None = None
    """Where all of them keep clips; None stands for each user's own place."""
    losses: tuple[type[Exception], ...] = (WorkerDied,)
    """What comes of a job whose worker died."""


@contextmanager
def open_workers(count: int) -> Generator[Crew]:
    """Open an executor with so many workers on this machine; none means this process.

    Left by an exception, it ends what they are doing.
    """
    executor = Workers(count) if count else Here()
    finished = False
    try:
        yield Crew(executor, max(1, count), count + _AHEAD if count else 1)
        finished = True
    finally:
        executor.shutdown(cancel_futures=not finished)
