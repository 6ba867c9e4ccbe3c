"""A bound on the memory that a library may take when a file asks it to."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

_DATA = 5
"""The place of a process's own memory, in pages, among the figures of `/proc/self/statm`."""


@contextmanager
def limit_memory(allowance: int) -> Generator[None]:
    """Refuse the block more than that many bytes beyond what this process has.

    What is in C then says that it has no memory, long before the machine ends some process.
    Only Linux counts what a process took itself; elsewhere nothing is refused.
    """
    if sys.platform != "linux":
        yield
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    taken = int(Path("/proc/self/statm").read_text().split()[_DATA]) * resource.getpagesize()
    bounds = [bound for bound in (soft, hard) if bound != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min([taken + allowance, *bounds]), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
