"""The interviews that were built into a folder, at any depth, as they are now."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import msgspec
from msgspec import Meta, Struct

from ...source import UsageError
from ..record import REPORT
from .cache import FileCache

PAGE = "index.html"

_CAPTIONS = re.compile(r"captions\.([A-Za-z0-9-]+)\.vtt")
_Count = Annotated[int, Meta(ge=0, lt=1 << 53)]
"""As large as a number of JSON may be everywhere (RFC 8259, 6)."""


class _Failure(Struct):
    message: str


class _Report(Struct):
    """What is shown of a `report.json`."""

    vivavoz: str
    title: str
    language: str
    outputs: dict[str, str]
    duration_ms: _Count
    cues: _Count
    findings: _Count
    pictures: _Count
    error: _Failure | None = None


@dataclass(frozen=True, slots=True)
class BuiltInterview:
    """A built interview."""

    name: str
    """Its folder's path from the shelf's, with slashes."""
    folder: Path
    title: str
    language: str
    duration_ms: int
    cues: int
    findings: int
    pictures: int
    is_described: bool
    failure: str
    """Why some of its results are not there, or nothing."""
    built_ns: int
    """When, in nanoseconds since 1970."""
    outputs: tuple[str, ...]
    """The names of its files."""
    captions: tuple[tuple[str, Path], ...]
    """Their languages and files."""

    @property
    def address(self) -> str:
        """Where its page is, on the server."""
        return write_address(f"{self.name}/{PAGE}")


class Shelf:
    """A folder, or one interview's own; each report is read once."""

    def __init__(self, top: Path) -> None:
        self.top = Path(os.path.realpath(top))
        is_interview = (self.top / REPORT).is_file()
        self.root = self.top.parent if is_interview else self.top
        """What the names of the interviews start from."""
        self._interviews = FileCache(self._read_interview)

    def list_interviews(self) -> list[BuiltInterview]:
        """Return those that are there now, by name."""
        with self._interviews.renew() as read:
            found = [read(folder / REPORT) for folder in sorted(_find_folders(self.top))]
        return [interview for interview in found if interview]

    def has_interview(self, folder: Path) -> bool:
        """Say whether a folder has results, and they are on the shelf wherever links lead."""
        report = Path(os.path.realpath(folder / REPORT))
        return report.is_relative_to(self.top) and report.is_file()

    def find_interview(self, folder: Path) -> BuiltInterview | None:
        """Return the interview whose results are in a folder on the shelf, if there is one."""
        return self._read_interview(folder / REPORT)

    def _read_interview(self, file: Path) -> BuiltInterview | None:
        """Read a report; there is none in a file of that name that something else wrote."""
        try:
            built_ns = file.stat().st_mtime_ns
            # A file's name may hold bytes that are no text: msgspec's own JSON can't say them.
            report = msgspec.convert(json.loads(file.read_bytes()), _Report)
        except (OSError, ValueError, RecursionError):
            return None
        name = file.parent.relative_to(self.root).as_posix()
        return BuiltInterview(
            name=name,
            folder=file.parent,
            title=report.title or name,
            language=report.language,
            duration_ms=report.duration_ms,
            cues=report.cues,
            findings=report.findings,
            pictures=report.pictures,
            is_described=not {"descriptions", "described"}.isdisjoint(report.outputs),
            failure=report.error.message if report.error else "",
            built_ns=built_ns,
            outputs=tuple(filter(is_plain, report.outputs.values())),
            captions=tuple(_find_captions(file.parent, report.outputs.values())),
        )


def open_shelf(folder: Path) -> Shelf:
    """Open a folder of results, or one that such a folder is in.

    Raises UsageError where it is no folder, or where nothing has been built in it.
    """
    if not folder.is_dir():
        raise UsageError("This is no folder; name one that interviews were built in.", file=folder)
    shelf = Shelf(folder)
    if not shelf.list_interviews():
        raise UsageError(
            "No interview has been built in this folder; build it first, with `vivavoz build`, or "
            "name the folder that the results are in.",
            file=folder,
        )
    return shelf


def write_address(name: str) -> str:
    """Return the address of what has this path from the shelf's folder, whatever its bytes."""
    return "/" + quote(os.fsencode(name))


def is_plain(name: str) -> bool:
    """Say whether a name is one name on this system, and not hidden."""
    plain = name and not name.startswith(".") and "\0" not in name
    return bool(plain) and os.path.basename(name) == name  # noqa: PTH119 - a name, no path


def _find_folders(top: Path) -> Iterator[Path]:
    """Yield the folders that have a report; hidden ones and links are passed over."""
    pending = [str(top)]
    while pending:
        folder = pending.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:  # gone meanwhile, or not ours to look into
            continue
        if any(entry.name == REPORT for entry in entries):
            yield Path(folder)
        pending += [
            entry.path
            for entry in entries
            if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)
        ]


def _find_captions(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Yield the languages and the files of the captions that a build made."""
    for name in names:
        found = _CAPTIONS.fullmatch(name)
        if found:
            yield found[1], folder / name
