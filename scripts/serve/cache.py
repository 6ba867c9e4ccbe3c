"""What was read of files, for as long as they don't change."""

from __future__ import annotations

import stat
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

_Read = TypeVar("_Read")
_Stamp = tuple[int, int, int]


class FileCache(Generic[_Read]):
    """Reads each file once, and again when its time, its size or its place has changed.

    A link is no file: it could lead to what is not to be shown, and a pipe would never end. `read`
    returns None for a file that it can't read.
    """

    def __init__(self, read: Callable[[Path], _Read | None]) -> None:
        self._read = read
        self._known: dict[Path, tuple[_Stamp, _Read | None]] = {}
        self._lock = Lock()

    @contextmanager
    def renew(self) -> Generator[Callable[[Path], _Read | None]]:
        """Give what looks at a file and returns what it says, or None where there is none.

        What the block doesn't look at is forgotten.
        """
        seen: dict[Path, tuple[_Stamp, _Read | None]] = {}

        def look(file: Path) -> _Read | None:
            try:
                status = file.lstat()
            except OSError:
                return None
            if not stat.S_ISREG(status.st_mode):
                return None
            stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
            known = self._known.get(file)
            seen[file] = known if known and known[0] == stamp else (stamp, self._read(file))
            return seen[file][1]

        with self._lock:  # whoever asks at the same time waits, and reads nothing twice
            yield look
            self._known = seen
