"""The folder of one interview's results: written beside their place, then moved there together."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import uuid4

from ..source import UnwritableOutput, UsageError, VivavozError
from .disk import flush_files, flush_folder, lend_file
from .ledger import Ledger
from .record import mark_file

_STAGING = ".building-"
_MISNAMED = {errno.ENAMETOOLONG, errno.EISDIR}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

_IN_THE_WAY = (
    "This is the recording, and a result would be called the same; move the recording out of the "
    "folder of results, or choose another with --out."
)


@dataclass(slots=True)
class Attempt:
    """What became of a part of the results that the others can do without."""

    failure: VivavozError | None = None


@dataclass(frozen=True, slots=True)
class OutputFolder:
    """Stages files in a hidden folder inside; `stage_outputs` moves them when all are complete."""

    folder: Path
    staging: Path
    _ledger: Ledger
    _mark: str = ""
    """What a translation's kinds end with."""
    names: dict[str, str] = field(default_factory=dict[str, str])
    """Kind → file name; a translation's kinds end with its language: `captions.es`."""
    parts: dict[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    """File name → the hash of what made each of its parts, where making them takes long."""
    _standing: set[str] = field(default_factory=set[str])
    """Names of what an earlier build made and this one keeps."""
    _lent: dict[str, str] = field(default_factory=dict[str, str])
    """Name → digest of what is the recording by another name, or a copy of it."""

    def translate(self, language: str) -> OutputFolder:
        """Return the same folder for the results of a translation.

        What is known of its files is shared, for all of them are moved together.
        """
        return replace(self, _mark=f".{language}")

    def tell_apart(self, name: str) -> str:
        """Put the language into a name that has none, for a translation: `narration.es.mp3`."""
        stem, dot, ending = name.rpartition(".")
        return f"{stem}{self._mark}{dot}{ending}"

    def stage(self, kind: str, name: str) -> Path:
        """Return where to write the result that will be called `name`.

        Raises UnwritableOutput where the recording itself stands there: it is never replaced.
        """
        if self._ledger.is_original(self.folder / name):
            raise UnwritableOutput(_IN_THE_WAY, file=self.folder / name)
        self.names[kind + self._mark] = name
        return self.staging / name

    def reuse(self, kind: str, name: str, made_of: Mapping[str, str]) -> bool:
        """Keep what an earlier build made, if it made all its parts of just that.

        `made_of` has a hash for each part. If something is different, what is staged by that name
        will be known by these.
        """
        self.parts[name] = made_of
        if not self._ledger.recognise(self.folder / name, made_of):
            return False
        self.names[kind + self._mark] = name
        self._standing.add(name)
        return True

    def find_standing(self, name: str, made_of: Mapping[str, str]) -> Path | None:
        """Return where a result of an earlier build is, if it made these parts of just that."""
        path = self.folder / name
        return path if self._ledger.recognise(path, made_of) else None

    def find_name(self, kind: str) -> str | None:
        """Return what a result is called, if there is one."""
        return self.names.get(kind + self._mark)

    def find(self, kind: str) -> Path:
        """Return where a result is that was staged, or that this build keeps."""
        name = self.names[kind + self._mark]
        return (self.folder if name in self._standing else self.staging) / name

    def stage_text(self, kind: str, name: str, text: str) -> None:
        """Write a text result, in UTF-8."""
        # A title may come from a file name whose bytes are no text.
        self.stage(kind, name).write_text(
            text, encoding="utf-8", errors="backslashreplace", newline="\n"
        )

    def lend(self, kind: str, name: str, recording: Path) -> None:
        """Let the recording stand among the results, by another name or else as a copy."""
        digest = self._ledger.lend()
        if self._ledger.is_recording(self.folder / name):
            self.names[kind + self._mark] = name
            self._standing.add(name)
        elif not self.reuse(kind, name, {"file": digest}):
            lend_file(recording, self.stage(kind, name))
            self._lent[name] = digest

    def discard(self, kinds: Iterable[str]) -> None:
        """Take back results that were staged, as if they had never been."""
        for kind in kinds:
            name = self.names.pop(kind)
            self.parts.pop(name, None)
            self._lent.pop(name, None)
            self._standing.discard(name)
            (self.staging / name).unlink(missing_ok=True)

    @contextmanager
    def attempt(self) -> Generator[Attempt]:
        """Let the block fail for itself alone: what it has staged is taken back, and told."""
        attempt, before = Attempt(), set(self.names)
        try:
            with refuse_output(self.folder):
                yield attempt
        except VivavozError as error:
            self.discard(set(self.names) - before)
            if str(self.staging) in (error.file or ""):
                error.file = str(self.folder)  # nobody knows the hidden folder
            attempt.failure = error

    def list_stale(self) -> Iterator[str]:
        """Yield the files of earlier builds that this one does not replace."""
        for name in self._ledger.list_standing():
            known = name in self.names.values()
            if not known and not self._ledger.is_recording(self.folder / name):
                yield name

    def move_all(self) -> None:
        """Put every staged file in its place; a reader sees the old file or the new.

        What a person edited stays as it is.
        """
        staged = [name for name in self.names.values() if name not in self._standing]
        flush_files([self.staging / name for name in staged if name not in self._lent])
        made = {
            name: self._lent.get(name) or mark_file(self.staging / name).digest for name in staged
        }
        for name in self._standing:
            self._ledger.leave(name)
        self._ledger.announce(made)
        for name, digest in made.items():
            self._ledger.place(self.staging / name, self.folder / name, digest)
        flush_folder(self.folder)


def refuse_file(out: Path) -> None:
    """Raise UsageError where what shall be a folder is a file, or is in one."""
    standing = _find_standing(out)
    if not standing.is_dir():
        raise UsageError("This is a file; name a folder with --out.", file=standing)


def check_folder(folder: Path) -> None:
    """Raise UnwritableOutput where nothing can be written, before hours of work are for nothing."""
    standing = _find_standing(folder)
    if not standing.is_dir():
        raise UnwritableOutput(_explain_code(errno.EEXIST), file=standing)
    if not os.access(standing, os.W_OK | os.X_OK):
        raise UnwritableOutput(_explain_code(errno.EACCES), file=standing)


def _find_standing(folder: Path) -> Path:
    """Return the folder, or whatever is nearest above it that is there."""
    return next(path for path in (folder, *folder.absolute().parents) if os.path.lexists(path))


@contextmanager
def refuse_output(folder: Path, option: str = "--out") -> Generator[None]:
    """Raise UnwritableOutput where the block finds that the system refuses to write."""
    try:
        yield
    except OSError as error:
        raise UnwritableOutput(_explain(error, option), file=folder) from error


@contextmanager
def stage_outputs(folder: Path, ledger: Ledger) -> Generator[OutputFolder]:
    """Make the folder, and move what the block has staged once the block is through.

    Where the block fails nothing is moved and nothing is left. Whoever calls holds the interview's
    lock. Raises UnwritableOutput where the system refuses.
    """
    output = OutputFolder(folder, folder / f"{_STAGING}{uuid4().hex}", ledger)
    try:
        with refuse_output(folder):
            output.staging.mkdir(parents=True)
            yield output
            output.move_all()
    finally:
        shutil.rmtree(output.staging, ignore_errors=True)
        with contextlib.suppress(OSError):
            folder.rmdir()  # only where it is empty


def clear_abandoned(folder: Path) -> None:
    """Remove what builds left that were killed. Whoever calls holds the interview's lock."""
    for staging in folder.glob(f"{_STAGING}*"):
        shutil.rmtree(staging, ignore_errors=True)


def _explain_code(code: int) -> str:
    return _explain(OSError(code, os.strerror(code)), "--out")


def _explain(error: OSError, option: str) -> str:
    reason = error.strerror or str(error)
    if error.errno in _FULL:
        return f"The results can't be written ({reason}); free some space and try again."
    if error.errno in _MISNAMED:
        return f"The results can't be written by this name ({reason}); rename the transcript."
    return f"The results can't be written here ({reason}); choose another place with {option}."
