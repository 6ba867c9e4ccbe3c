"""The board on which workers, wherever they are, write what they are doing."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from shutil import rmtree
from uuid import uuid4

from filelock import FileLock, Timeout

from ..record import HIDDEN

_OFTEN_S = 0.25
"""Nobody reads faster, and each writing is a file's."""
_BOARD = "board-"
_FIGURES = "0123456789/.% "


@dataclass(frozen=True, slots=True)
class Note:
    """What a slip says."""

    attempt: int
    """From 1; 0 where nobody began."""
    step: str


class Slip:
    """One interview's place on the board: a small file, named by the interview's number.

    Whoever begins finds on it whether somebody began before, and never took it off.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._attempt = 0
        self._step = ""
        self._written_s = 0.0

    def begin(self) -> None:
        """Begin an attempt."""
        self._attempt = self.read().attempt + 1
        self.write("")

    def write(self, step: str) -> None:
        """Say what is being done, unless it is the step of a moment ago with other figures."""
        now_s = time.monotonic()
        known = step.rstrip(_FIGURES) == self._step.rstrip(_FIGURES)
        if known and now_s - self._written_s < _OFTEN_S:
            return
        self._written_s, self._step = now_s, step
        with suppress(OSError):  # the work matters, and not what is told of it
            self._path.write_text(f"{self._attempt}\n{step}", encoding="utf-8")

    def read(self) -> Note:
        """Read it."""
        try:
            attempt, _, step = self._path.read_text("utf-8", errors="replace").partition("\n")
            return Note(int(attempt or 0), step)
        except (OSError, ValueError):
            return Note(0, "")

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

    def read(self, most: int) -> Iterator[tuple[int, str]]:
        """Yield the first interviews that are at work, by number, and what is done to them."""
        try:
            names = [path.name for path in self.folder.iterdir()]
        except OSError:  # a file system that is away for a moment
            return
        # What else there is, a network's file system left: `.nfs0001` for a file still open.
        numbers = sorted(int(name) for name in names if name.isdecimal())
        for number in islice(numbers, most):
            yield number, Slip(self.place(number)).read().step


@contextmanager
def put_up_board(out: Path) -> Generator[Board]:
    """Put up a board beside the results, where every worker can reach it. Raises OSError."""
    hidden = out.absolute() / HIDDEN
    hidden.mkdir(parents=True, exist_ok=True)
    _sweep(hidden)
    folder = hidden / f"{_BOARD}{uuid4().hex}"
    try:
        with _lock(folder):
            folder.mkdir()
            yield Board(folder)
    finally:
        _take_down(folder)
        with suppress(OSError):  # only where they are empty: nothing could be built
            hidden.rmdir()
            out.rmdir()


def _sweep(hidden: Path) -> None:
    """Take down the boards of commands that were killed: nobody holds their locks."""
    for folder in {path.with_suffix("") for path in hidden.glob(f"{_BOARD}*")}:
        with suppress(Timeout, OSError):
            with _lock(folder).acquire(timeout=0):
                pass
            _take_down(folder)


def _lock(folder: Path) -> FileLock:
    """Return a board's lock. It lies beside the board, so that it can be held before that is."""
    return FileLock(folder.with_suffix(".lock"))


def _take_down(folder: Path) -> None:
    rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        folder.with_suffix(".lock").unlink()
