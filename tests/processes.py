"""Processes on this machine: which descend from which, whether they are at work, what they hold."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")


def list_family(parent: int) -> list[int]:
    """Return the processes that descend from one."""
    children: dict[int, list[int]] = {}
    for path in _PROC.glob("[0-9]*/stat"):
        with suppress(OSError):
            above = int(_read_fields(path)[1])
            children.setdefault(above, []).append(int(path.parent.name))
    found, waiting = [], [parent]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def is_alive(pid: int) -> bool:
    """Say whether a process is at work; one that nobody has buried is not."""
    try:
        return _read_fields(_PROC / str(pid) / "stat")[0] != "Z"
    except OSError:
        return False


def wait_for_ends(pids: Iterable[int], seconds: float) -> None:
    """Wait until processes have ended, but not for longer than that."""
    end_s = time.monotonic() + seconds
    while any(map(is_alive, pids)):
        assert time.monotonic() < end_s, "a process has outlived its time"
        time.sleep(0.02)


def measure_resident(pid: int) -> float:
    """Return the MiB of memory that a process holds and shares with no other. Raises OSError."""
    rollup = (_PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii")
    private = [line.split() for line in rollup.splitlines() if line.startswith("Private")]
    return sum(int(fields[1]) for fields in private) / 1024


def _read_fields(path: Path) -> list[str]:
    """Read what follows a process's name, which may hold anything."""
    return path.read_text(encoding="utf-8", errors="replace").rsplit(")", 1)[1].split()
