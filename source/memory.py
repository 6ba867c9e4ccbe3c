"""A bound on the memory that a library may take when a file asks it to."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

_DATA = 5
"""The place of a process's own memory, in pages, among the figures of `/proc/self/statm`."""


@dataclass(slots=True)
class _Bound:
    """The bound that is in force, for however many threads of the process."""

    lock: Lock = field(default_factory=Lock)
    blocks: int = 0
    """That are within it."""
    before: tuple[int, int] = (0, 0)
    """What the last of them to end puts back."""


_BOUND = _Bound()


def measure_memory() -> int:
    """Return the bytes that this process has for itself; 0 where the system does not count them."""
    if sys.platform != "linux":
        return 0
    import resource  # noqa: PLC0415 - there is none on Windows

    try:
        figures = Path("/proc/self/statm").read_text(encoding="ascii").split()
    except OSError:
        return 0  # some sandboxes have no /proc
    return int(figures[_DATA]) * resource.getpagesize()


@contextmanager
def limit_memory(more: int, *, than: int) -> Generator[None]:
    """Refuse the block memory beyond so many bytes more than the process had, as it was measured.

    What is in C then says that it has no memory, long before the machine ends a process.
    Only Linux counts what a process took itself; elsewhere nothing is refused. Of blocks in
    several threads the first says how much there is.
    """
    if sys.platform != "linux" or not than:
        yield
        return
    _bound(more + than)
    try:
        yield
    finally:
        _release()


def _bound(most: int) -> None:
    import resource  # noqa: PLC0415 - there is none on Windows

    with _BOUND.lock:
        if not _BOUND.blocks:
            soft, hard = _BOUND.before = resource.getrlimit(resource.RLIMIT_DATA)
            bounds = [bound for bound in (soft, hard) if bound != resource.RLIM_INFINITY]
            resource.setrlimit(resource.RLIMIT_DATA, (min([most, *bounds]), hard))
        _BOUND.blocks += 1


def _release() -> None:
    import resource  # noqa: PLC0415 - there is none on Windows

    with _BOUND.lock:
        _BOUND.blocks -= 1
        if not _BOUND.blocks:
            resource.setrlimit(resource.RLIMIT_DATA, _BOUND.before)
