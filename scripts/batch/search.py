"""The search for transcripts: those that are named, and those in a folder and all below it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath

from ...source import (
    CAPTIONS,
    EDITS,
    FOLDER_FILE,
    TRANSCRIPTS,
    Folder,
    UnreadableSource,
    UsageError,
    VivavozError,
    list_folder,
    split_ending,
)
from ..record import HIDDEN, list_recorded
from .home import Home, Homes

_ABOUT_FILES = re.compile(
    r"read[ _-]?me\b.*|licen[cs]e(-(mit|apache|bsd|gpl|cc).*)?|copying|changelog|contributing"
    r"|code[_-]of[_-]conduct",
    re.IGNORECASE,
)
"""What tells of a folder's other files is no interview; a podcast may well be `changelog-12`."""


@dataclass(frozen=True, slots=True)
class Found:
    """A transcript that is to be built."""

    path: Path
    folder: Folder
    """The one that it is in."""
    home: Home
    name: str
    """Its path from its home, without its ending, with slashes: what its results are called."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An interview that can't be planned, and why."""

    transcript: Path
    error: VivavozError


class Search:
    """A search; each folder is listed once."""

    def __init__(self, homes: Homes) -> None:
        self._homes = homes
        self._list = cache(_list_quietly)

    def find(self, path: Path) -> Iterator[Found | Refusal]:
        """Yield the transcript that is named, or those in a folder that is, in order.

        Raises UsageError where a folder has none, or has settings that can't be understood.
        """
        if not _is_folder(path):
            yield self.find_file(path)
            return
        found = list(self._walk(path))
        if not found:
            endings = ", ".join(sorted(TRANSCRIPTS))
            raise UsageError(
                f"There is no transcript in this folder: none of its files ends in {endings}. Name "
                f"the files, or `include` them in {FOLDER_FILE}.",
                file=path,
            )
        yield from sorted(found, key=_sort_key)

    def find_file(self, path: Path, home: Home | None = None) -> Found:
        """Return a transcript that is named; without a home that is given, the nearest upward."""
        home = home or self._homes.find(path.parent)
        alone = home is None
        home = home or self._homes.stand_alone(path.parent)
        prefix = "" if alone else _lead(home.path, path.parent)
        stem = split_ending(path.name)[0]
        # What is called as the records' folder must not write to it.
        name = path.name if stem.casefold() == HIDDEN else stem
        return Found(path, self._list(path.parent), home, prefix + name)

    def _walk(self, top: Path) -> Iterator[Found | Refusal]:
        """Yield what is in a folder and below it; links to folders are not followed."""
        home = self._homes.find(top) or self._homes.open(top)
        pending = [(top, home, _lead(home.path, top))]
        results: set[Path] = set()
        while pending:
            path, home, prefix = pending.pop()
            try:
                folder = list_folder(path)
            except OSError as error:
                sentence = f"This folder can't be looked into ({error.strerror})."
                yield Refusal(path, UnreadableSource(sentence, file=path))
                continue
            if path != top and FOLDER_FILE in folder.find_beside(FOLDER_FILE):
                try:
                    home, prefix = self._homes.open(path), ""
                except VivavozError as error:  # what lies elsewhere can be built
                    yield Refusal(path, error)
                    continue
            results |= {_see_from(top, home.out), *list_recorded(path)}
            yield from _find_in(folder, home, prefix)
            pending += [
                (path / name, home, f"{prefix}{name}/")
                for name in folder.folders
                if path / name not in results and not home.excludes(f"{prefix}{name}/")
            ]


def _find_in(folder: Folder, home: Home, prefix: str) -> Iterator[Found]:
    for names in folder.files.values():
        for name in names:
            stem, ending = split_ending(name)
            known = ending in TRANSCRIPTS and not _ABOUT_FILES.fullmatch(stem)
            known = known and not (ending in CAPTIONS and _has_text(folder, stem))
            place = prefix + name
            taken = known or (home.includes(place) and not name.endswith(EDITS))
            if taken and not home.excludes(place):
                yield Found(folder.path / name, folder, home, prefix + stem)


def _has_text(folder: Folder, stem: str) -> bool:
    """Say whether captions stand beside a transcript that they were made of: `talk.srt` or
    `talk.en.srt` beside `talk.txt`.
    """
    beside = (*folder.find_beside(f"{stem}.srt"), *folder.find_beside(stem))
    return any(split_ending(name)[1] in TRANSCRIPTS - CAPTIONS for name in beside)


def _lead(home: Path, folder: Path) -> str:
    """Return the way from a home to a folder in it, with a slash behind each name."""
    way = PurePath(os.path.relpath(folder, home)).as_posix()
    return "" if way == "." else f"{way}/"


def _see_from(top: Path, folder: Path) -> Path:
    """Return a folder's path as a walk from the top comes to it, whatever links lead there."""
    return top / os.path.relpath(os.path.realpath(folder), os.path.realpath(top))


def _sort_key(found: Found | Refusal) -> tuple[str, ...]:
    return found.path.parts if isinstance(found, Found) else found.transcript.parts


def _list_quietly(path: Path) -> Folder:
    """List the folder of a file that is named; it can be read even where the folder can't."""
    try:
        return list_folder(path)
    except (OSError, ValueError):
        return Folder(path)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # reading it will say why
        return False
