"""The board on which workers, wherever they are, write what they are doing."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from uuid import uuid4

from ..record import HIDDEN

_OFTEN_S = 0.25
"""Nobody reads faster, and each writing is a file's."""


class Slip:
    """One interview's place on the board: a small file, named by the interview's number."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._written_s = 0.0

    def write(self, step: str) -> None:
        """Say what is being done, unless something was said a moment ago."""
        now_s = time.monotonic()
        if now_s - self._written_s < _OFTEN_S:
            return
        self._written_s = now_s
        with suppress(OSError):  # the work matters, and not what is told of it
            self._path.write_text(step, encoding="utf-8")

    def remove(self) -> None:
        """Take it off."""
        with suppress(OSError):
            self._path.unlink()


class Board:
    """A folder with a slip for each interview that is at work."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, number: int) -> Path:
        """Return where an interview's slip is."""
        return self.folder / str(number)

    def read(self) -> Iterator[tuple[int, str]]:
        """Yield the number of each interview that is at work, and what is being done to it."""
        for path in sorted(self.folder.iterdir(), key=lambda path: int(path.name)):
            with suppress(OSError):  # it was taken off just now
                yield int(path.name), path.read_text(encoding="utf-8", errors="replace")


@contextmanager
def put_up_board(out: Path) -> Generator[Board]:
    """Put up a board beside the results, where every worker can reach it. Raises OSError."""
    folder = out / HIDDEN / f"board-{uuid4().hex}"
    folder.mkdir(parents=True)
    try:
        yield Board(folder)
    finally:
        rmtree(folder, ignore_errors=True)
        with suppress(OSError):  # only where they are empty: nothing could be built
            folder.parent.rmdir()
            out.rmdir()
