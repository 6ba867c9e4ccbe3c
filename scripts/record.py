"""What is remembered of an interview's last build: what it was made of, and what it made.

A record is a small JSON file in the hidden folder `.vivavoz` of the results' folder; without it
everything is built anew, and files that stand there are taken for somebody else's.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from .disk import write_whole
from .plan import Plan

HIDDEN = ".vivavoz"
"""The folder, beside the results of all interviews, of what is remembered of them."""

REPORT = "report.json"
"""What tells people and programs of a build, beside its results."""

_FORMAT = 1
_TICK_NS = 10_000_000
"""What changed later than that may change again and look the same: a clock has its steps."""
_COARSE_TICK_NS = 2_000_000_000
"""The steps of file systems that count no fractions of a second."""
_SECOND_NS = 1_000_000_000


class Mark(Struct, frozen=True, array_like=True):
    """A file as it stood when it was looked at."""

    digest: str
    """SHA-256 of its bytes."""
    size: int
    """Bytes; -1 where the file was too new for its times to tell."""
    mtime_ns: int
    ctime_ns: int

    def fits(self, status: os.stat_result) -> bool:
        """Say whether a file is what it was, by its size and times alone."""
        now = (status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        return now == (self.size, self.mtime_ns, self.ctime_ns)

    def stays(self, path: Path) -> bool:
        """Say whether nobody has touched a file since it was looked at."""
        try:
            status = path.stat()
        except OSError:
            return False
        return (status.st_mtime_ns, status.st_ctime_ns) == (self.mtime_ns, self.ctime_ns)


class Record(Struct, frozen=True, kw_only=True):
    """One interview's last build."""

    format: int = _FORMAT
    made_of: dict[str, str] = {}
    """Everything that decides about the results, by name: options, steps, engines, digests."""
    inputs: dict[str, Mark] = {}
    """By what they are to the build."""
    outputs: dict[str, Mark] = {}
    """By file name, as Vivavoz made them: a person may have edited them since."""
    kept: dict[str, Mark] = {}
    """Those of them that a person edited, as they stood when they were looked at."""
    refused: dict[str, str] = {}
    """The digests of captions that a person edited and that could not be read back."""
    former: dict[str, Mark] = {}
    """What earlier builds made and the last one did not."""
    moving: dict[str, list[str]] = {}
    """File name → digests of what builds were putting there that did not come to their end."""
    parts: dict[str, dict[str, str]] = {}
    """File name → part → the hash of what made it, where making it takes long."""
    told: dict[str, Any] = {}
    """What `--json` said of it."""
    lacking: str | None = None
    """Why some of the results are not there."""

    def made(self, name: str, digest: str) -> bool:
        """Say whether a result with this content was made here, and not by a person."""
        mark = self.outputs.get(name) or self.former.get(name)
        return digest in self.moving.get(name, ()) or (mark is not None and digest == mark.digest)


NOTHING = Record()
"""Of an interview that was never built."""


def locate_record(plan: Plan) -> Path:
    """Return where an interview's record is."""
    return plan.out / HIDDEN / "records" / f"{plan.name}.json"


def locate_lock(plan: Plan) -> Path:
    """Return the file that whoever builds an interview holds a lock on."""
    return plan.out / HIDDEN / "locks" / f"{plan.name}.lock"


def list_recorded(out: Path) -> Iterator[Path]:
    """Yield the folders in `out`, at any depth, that results were written to."""
    records = out / HIDDEN / "records"
    for path in records.rglob("*.json"):
        yield out / path.relative_to(records).with_suffix("")


def read_record(path: Path) -> Record:
    """Read a record: `NOTHING` where there is none, or one of another kind."""
    try:
        record = msgspec.convert(json.loads(path.read_bytes()), Record)
    except (OSError, ValueError, RecursionError):
        return NOTHING
    return record if record.format == _FORMAT else NOTHING


def write_record(record: Record, path: Path) -> None:
    """Write a record, whole and flushed to disk. Raises OSError."""
    # A file's name may hold bytes that are no text: msgspec's own JSON can't say them.
    text = json.dumps(msgspec.to_builtins(record), indent=1)
    write_whole(path, f"{text}\n".encode("ascii"))


def mark_file(path: Path, known: Mark | None = None) -> Mark:
    """Look at a file; one that still is as it was known is not read again. Raises OSError."""
    status = path.stat()
    if known and known.fits(status):
        return known
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    newest_ns = max(status.st_mtime_ns, status.st_ctime_ns)
    tick_ns = _COARSE_TICK_NS if _is_coarse(status) else _TICK_NS
    return _compose_mark(digest, status, sure=time.time_ns() - newest_ns > tick_ns)


def mark_made(path: Path, digest: str) -> Mark:
    """Mark a file that was put there just now. Raises OSError."""
    status = path.stat()
    return _compose_mark(digest, status, sure=not _is_coarse(status))


def _compose_mark(digest: str, status: os.stat_result, *, sure: bool) -> Mark:
    size = status.st_size if sure else -1
    return Mark(digest, size, status.st_mtime_ns, status.st_ctime_ns)


def _is_coarse(status: os.stat_result) -> bool:
    """Say whether a file's times have whole seconds only."""
    return status.st_mtime_ns % _SECOND_NS == 0


def is_same(path: Path, other: Path | None) -> bool:
    """Say whether two names are of one file."""
    try:
        return other is not None and path.samefile(other)
    except OSError:
        return False


def fit_all(marks: Mapping[Path, Mark]) -> bool:
    """Say whether all files are as they were known, by their sizes and times alone."""
    try:
        return all(mark.fits(path.stat()) for path, mark in marks.items())
    except OSError:
        return False
