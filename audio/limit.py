"""What ffmpeg may take at most: time, memory, and room for its result.

Each limit is far beyond what any recording needs, and is met by those alone that are damaged or
were made to do harm.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

_LEAST_MEMORY = 4 << 30
"""Bytes. To copy an hour takes 133 MB, and to compress 4K pictures anew two thirds of this."""
_WAITING_S = 120
"""For so long packets may wait for those of other streams, twice what ffmpeg is told."""
_LEAST_OUTPUT = 64 << 20
_GROWTH = 4
"""Pictures of an old codec may become larger as they are compressed anew."""

_LEAST_S = 600.0
_TIMES_AS_LONG = 20.0
"""The slowest work, compressing pictures anew, takes as long as they last; a slow machine more."""
_LEAST_IDLE_S = 120.0
_SLOWEST_DISK = 5e6
"""Bytes a second. At the end a file is written once more, for its index to stand first."""

_SIGNS = ("out_time_us=", "total_size=")
"""Lines of ffmpeg's report of which one changes as long as it gets on."""


@dataclass(frozen=True, slots=True)
class Work:
    """How much there is to do."""

    size: int
    """Bytes of all that goes in."""
    lasts_s: float
    """How long the result lasts."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What one ffmpeg may take."""

    memory: int
    """Bytes."""
    output: int
    """Bytes of the result."""
    idle_s: float
    """How long nothing may happen."""
    total_s: float

    @classmethod
    def of(cls, work: Work) -> Limit:
        """Return the most that a work can need."""
        moving_s = work.size / _SLOWEST_DISK
        waiting = work.size * min(1.0, _WAITING_S / work.lasts_s) if work.lasts_s else work.size
        return cls(
            memory=_LEAST_MEMORY + round(waiting),
            output=_LEAST_OUTPUT + _GROWTH * work.size,
            idle_s=_LEAST_IDLE_S + moving_s,
            total_s=_LEAST_S + _TIMES_AS_LONG * work.lasts_s + moving_s,
        )


def limit_process(number: int, limit: Limit) -> None:
    """Hold a process that was just started to its memory and output; where Linux is not, don't."""
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    for kind, most in ((resource.RLIMIT_DATA, limit.memory), (resource.RLIMIT_FSIZE, limit.output)):
        try:
            bounds = resource.prlimit(number, kind)
            bound = min([most, *(one for one in bounds if one != resource.RLIM_INFINITY)])
            resource.prlimit(number, kind, (bound, bound))
        except (ProcessLookupError, PermissionError):
            return  # it has ended already, or the system lets nobody limit another process


class Watch:
    """Ends a process that takes too long, or does not get on."""

    def __init__(
        self, process: subprocess.Popen[str] | subprocess.Popen[bytes], limit: Limit
    ) -> None:
        self._process = process
        self._limit = limit
        self._idle_s = self._total_s = 0.0
        self._signs: dict[str, str] = {}
        self._ended = threading.Event()
        self.overstepped = False
        """Whether the process was ended."""

    def notice(self, line: str) -> None:
        """Take a line of its report."""
        sign, _, value = line.partition("=")
        if line.startswith(_SIGNS) and self._signs.get(sign) != value:
            self._signs[sign] = value
            self._idle_s = 0.0

    @contextmanager
    def keep(self) -> Generator[None]:
        """Watch for as long as the block lasts."""
        thread = threading.Thread(target=self._watch, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._ended.set()
            thread.join()

    def _watch(self) -> None:
        tick_s = min(1.0, self._limit.idle_s / 4)
        looked_s = time.monotonic()
        while not self._ended.wait(tick_s):
            now_s = time.monotonic()
            # Whoever pauses us pauses ffmpeg too: of such a time no more counts than two ticks.
            passed_s = min(now_s - looked_s, 2 * tick_s)
            looked_s = now_s
            self._idle_s += passed_s
            self._total_s += passed_s
            if self._idle_s > self._limit.idle_s or self._total_s > self._limit.total_s:
                self.overstepped = True
                self._process.kill()
                return
