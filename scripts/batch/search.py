"""The search for transcripts: those that are named, and those in a folder and all below it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath

from ...source import (
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
from .shelf import Shelf


@dataclass(frozen=True, slots=True)
class Found:
    """A transcript that is to be built."""

    path: Path
    folder: Folder
    """The one that it is in."""
    home: Home
    name: str
    """Its path from its home, without its ending, with slashes: what its results are called."""
    translations: Sequence[Path] = ()


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
        """Return a transcript that is named, or whose translation is.

        Without a home that is given, its home is the nearest upward.
        """
        home = home or self._homes.find(path.parent)
        alone = home is None
        home = home or self._homes.stand_alone(path.parent)
        prefix = "" if alone else _lead(home.path, path.parent)
        shelf = Shelf(self._list(path.parent), home, prefix)
        path = shelf.find_original(path.name) or path
        stem = split_ending(path.name)[0]
        # What is called as the records' folder must not write to it.
        name = path.name if stem.casefold() == HIDDEN else stem
        translations = shelf.find_translations(path.name)
        return Found(path, shelf.folder, home, prefix + name, translations)

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
            yield from _find_on(Shelf(folder, home, prefix))
            pending += [
                (path / name, home, f"{prefix}{name}/")
                for name in folder.folders
                if path / name not in results and not home.excludes(f"{prefix}{name}/")
            ]


def _find_on(shelf: Shelf) -> Iterator[Found]:
    for name in shelf.find_interviews():
        place = shelf.prefix + split_ending(name)[0]
        path, translations = shelf.folder.path / name, shelf.find_translations(name)
        yield Found(path, shelf.folder, shelf.home, place, translations)


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
