"""The folders that interviews belong to: where their settings are, and where their results go."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ...source import (
    FOLDER_FILE,
    FolderSettings,
    Settings,
    UsageError,
    load_folder_settings,
)

_OUT = "out"


@dataclass(frozen=True, slots=True, eq=False)
class Home:
    """A folder with settings, or one that was named.

    All below it belongs to it, but for what belongs to a further folder with settings.
    """

    path: Path
    settings: Settings
    out: Path
    """The folder that the results of all interviews are in."""
    includes: Callable[[str], bool]
    """Whether a file is a transcript whatever its name, by its path from here, with slashes."""
    excludes: Callable[[str], bool]
    """Whether a file, or a folder if a slash ends its path, is passed over."""


class Homes:
    """All homes of a batch, each opened once. `out` is the results' folder, if it was named."""

    def __init__(self, out: Path | None) -> None:
        self._out = out
        self.open = cache(self._open)
        self.find = cache(self._find)
        self.stand_alone = cache(self._stand_alone)

    def _open(self, path: Path) -> Home:
        """Open a folder as a home. Raises UsageError or UnreadableSource for its settings."""
        file = path / FOLDER_FILE
        if self._out and os.path.realpath(self._out) == os.path.realpath(path):
            raise UsageError("The results need a folder of their own; name another.", file=path)
        said = load_folder_settings(file) if file.is_file() else FolderSettings()
        return Home(
            path,
            said.settings,
            self._out or said.out or path / _OUT,
            _compile(said.include, "include", file),
            _compile(said.exclude, "exclude", file),
        )

    def _find(self, folder: Path) -> Home | None:
        """Find the home of what is in a folder: the nearest upward that has settings, if any."""
        absolute = Path(os.path.abspath(folder))  # noqa: PTH100 - it takes `..` away
        for place in (absolute, *absolute.parents):
            if (place / FOLDER_FILE).is_file() and _is_trusted(place):
                return self.open(place if folder.is_absolute() else Path(os.path.relpath(place)))
        return None

    def _stand_alone(self, folder: Path) -> Home:
        """Return the home of a transcript that has none: its results go where the user is."""
        return Home(folder, Settings(), self._out or Path(_OUT), _never, _never)


def _is_trusted(place: Path) -> bool:
    """Say whether a folder's settings are its owners': where everybody may write, as in `/tmp`,
    a stranger's could choose a voice that sends the text away.
    """
    if os.name == "nt":
        return True
    open_to_all = place.stat().st_mode & stat.S_IWOTH
    return not open_to_all or (place / FOLDER_FILE).stat().st_uid == os.getuid()


def _never(_: str) -> bool:
    return False


def _compile(patterns: Sequence[str], key: str, file: Path) -> Callable[[str], bool]:
    if not patterns:
        return _never
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - slow, and few folders need it

    try:
        return GitIgnoreSpec.from_lines(patterns).match_file
    except ValueError as error:
        raise UsageError(f"{key}: {error}; patterns are as in .gitignore.", file=file) from None
