"""A bound on the memory that a library may take when a file asks it to."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

_DATA = 5
"""The place of a process's own memory, in pages, among the figures of `/proc/self/statm`."""


def measure_memory() -> int:
    """Return the bytes that this process has for itself; 0 where the system does not count them."""
    if sys.platform != "linux":
        return 0
    import resource  # noqa: PLC0415 - there is none on Windows

    return int(Path("/proc/self/statm").read_text().split()[_DATA]) * resource.getpagesize()


@contextmanager
def limit_memory(most: int) -> Generator[None]:
    """Refuse the block memory beyond so many bytes of the whole process.

    What is in C then says that it has no memory, long before the machine ends a process.
    Only Linux counts what a process took itself; elsewhere nothing is refused.
    """
    if sys.platform != "linux":
        yield
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    bounds = [bound for bound in (soft, hard) if bound != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min([most, *bounds]), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
