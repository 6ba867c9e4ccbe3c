"""Every error that Vivavoz raises on purpose.

VivavozError
├── UsageError             what was asked for can't be done as asked      (exit 2)
├── UnreadableSource       a transcript or media file can't be read       (exit 3)
├── UnavailableTool        a voice or a media tool is missing or failed   (exit 4)
├── UnwritableOutput       a result can't be written where it was wanted  (exit 1)
└── Breakdown              Vivavoz itself broke down at its work          (exit 1)
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Self

from .quotation import tame


class VivavozError(Exception):
    """Say in one sentence what went wrong, where, and what to do about it.

    `exit_code` is what the command returns when nothing but this error happened.
    """

    exit_code = 1

    def __init__(
        self, message: str, *, file: str | PurePath | None = None, line: int | None = None
    ) -> None:
        message = tame(message)  # it may quote what came from elsewhere
        super().__init__(message, file, line)
        self.message = message
        self.file = None if file is None else str(file)
        self.line = line

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way back from a worker process, keyword arguments and all."""
        return _rebuild, (type(self), self.message, self.file, self.line)

    def blame(self, file: PurePath | None) -> Self:
        """Name the file that it is about, unless one is named already."""
        if self.file is None and file is not None:
            self.file = str(file)
        return self

    def without_folder(self) -> VivavozError:
        """Return the same as results tell it, whose bytes say nothing of where they are made."""
        file = self.file and PurePath(self.file).name
        return _rebuild(type(self), self.message, file, self.line)

    def __str__(self) -> str:
        file = tame(self.file or "")
        line = "" if self.line is None else f"line {self.line}"
        place = ", ".join(filter(None, (file, line)))
        return f"{place}: {self.message}" if place else self.message


def _rebuild(
    kind: type[VivavozError], message: str, file: str | None, line: int | None
) -> VivavozError:
    return kind(message, file=file, line=line)


class UsageError(VivavozError):
    """What was asked for can't be done as it was asked."""

    exit_code = 2


class UnreadableSource(VivavozError):  # noqa: N818 - named for what it is, as the tree reads
    """A transcript or a media file can't be read."""

    exit_code = 3


class UnavailableTool(VivavozError):  # noqa: N818
    """A voice or a media tool is missing, or failed at its work."""

    exit_code = 4


class UnwritableOutput(VivavozError):  # noqa: N818
    """A result can't be written where it was wanted."""


class Breakdown(VivavozError):  # noqa: N818
    """Vivavoz itself broke down at its work: a defect, or its process was killed."""
