"""The cache folder: what builds on this machine share, and none of them needs."""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from uuid import uuid4

from platformdirs import user_cache_dir

_DAY_S = 24 * 3600
_UNUSED_S = 90 * _DAY_S
"""What nobody used for so long is removed, …"""
_LARGEST = 20 * 10**9
"""… and beyond so many bytes what was not used for longest."""
_SWEPT = "swept"
"""The file whose time tells when the folder was last looked through."""
_OURS = re.compile(
    r"(?:clips/[0-9a-f]{2}/[0-9a-f]{64}\.flac|steps/[0-9a-f]{2}/[0-9a-f]{64})"
    r"(?:\.[0-9a-f]{32}\.part)?"
)
"""What we write into the folder: nothing else in it is ever removed, whoever's folder it is."""


def find_cache() -> Path:
    """Return the user's cache folder, or that in `$VIVAVOZ_CACHE`."""
    chosen = os.environ.get("VIVAVOZ_CACHE")
    return Path(chosen or user_cache_dir("vivavoz", appauthor=False))


@contextmanager
def stage_file(path: Path) -> Generator[Path]:
    """Give the block a name beside a file's place, to write under and to move from.

    Whoever writes the same file at the same time has another; nothing is left under it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{uuid4().hex}.part")
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


def note_use(path: Path) -> None:
    """Keep a file from being swept away, for it is of use; its time is exact to a day."""
    with suppress(OSError):
        if time.time() - path.stat().st_mtime > _DAY_S:
            os.utime(path)


def sweep_cache(
    folder: Path | None = None, *, unused_s: float = _UNUSED_S, largest: int = _LARGEST
) -> None:
    """Remove what is old, or too much; at most once a day.

    Other processes may read, write and sweep meanwhile: what they miss they make anew.
    """
    folder = folder or find_cache()
    swept = folder / _SWEPT
    now = time.time()
    with suppress(OSError):
        if swept.exists() and now - swept.stat().st_mtime < _DAY_S:
            return
        swept.touch()
        _remove_entries(folder, now - unused_s, largest)


def _remove_entries(folder: Path, oldest_s: float, largest: int) -> None:
    entries = sorted(_list_entries(folder))
    size = sum(entry[1] for entry in entries)
    for used_s, bytes_, path in entries:
        if used_s > oldest_s and size <= largest:
            return
        with suppress(OSError):  # another program has it open, or it may not be removed
            path.unlink(missing_ok=True)
            size -= bytes_


def _list_entries(folder: Path) -> Iterator[tuple[float, int, Path]]:
    """Yield when each file was last used, its size and its place."""
    for path in chain(folder.glob("clips/??/*"), folder.glob("steps/??/*")):
        if not _OURS.fullmatch(path.relative_to(folder).as_posix()):
            continue
        with suppress(OSError):
            status = path.lstat()
            if stat.S_ISREG(status.st_mode):
                yield status.st_mtime, status.st_size, path
