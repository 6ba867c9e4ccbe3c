"""Files that outlive a power cut: whole, and flushed to disk."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_AT_ONCE = 16


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place, flush it to disk and move it there. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Always the same name, so that what a killed process left is written over; and a short one.
    part = path.with_name(f".{hashlib.sha256(os.fsencode(path.name)).hexdigest()[:16]}.part")
    try:
        part.write_bytes(data)
        _flush(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    flush_folder(path.parent)


def lend_file(source: Path, path: Path) -> None:
    """Give a file a second name, or where the system can't, a copy on disk. Raises OSError."""
    try:
        path.hardlink_to(source.resolve())
    except OSError:
        shutil.copyfile(source, path)
        _flush(path)


def flush_files(paths: Sequence[Path]) -> None:
    """Wait until all files' bytes are on disk. Raises OSError."""
    if not paths:
        return
    # A disk takes as long for one as for all that wait at the same time.
    with ThreadPoolExecutor(min(len(paths), _AT_ONCE)) as threads:
        deque(threads.map(_flush, paths), maxlen=0)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until the names in a folder are on disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
