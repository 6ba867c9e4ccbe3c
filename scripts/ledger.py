"""The book that is kept of one interview's builds: what stands, what is ours, what took its place.

It is written twice in a build, before results are moved to their places and when all is done. So
a build that is killed between the two is known to be unfinished, and every file that it moved is
known to be no person's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import structs

from .aside import choose_aside, is_worked_on
from .freshness import Examination
from .ingredient import RECORDING
from .plan import Plan
from .record import (
    Mark,
    Record,
    is_same,
    locate_record,
    mark_file,
    mark_made,
    write_record,
)
from .revision import Revision


class Ledger:
    """One interview's, while it is built."""

    def __init__(
        self,
        plan: Plan,
        record: Record,
        found: Examination,
        revisions: Iterable[Revision],
        *,
        force: bool = False,
    ) -> None:
        self._path = locate_record(plan)
        self._folder = plan.folder
        self._media = plan.media
        self._lends = False
        self._record = record
        self._found = found
        self._revisions = tuple(revisions)
        self._force = force
        self._marks: dict[str, Mark] = {}
        self.kept: dict[str, Mark] = {}
        """Results that are not as this build would have them, for a person edited them."""
        self.aside: dict[str, Path] = {}
        """Where captions are that a person edited, and that this build has replaced."""

    def lend(self) -> str:
        """Return the recording's digest; to give it another name changes one of its times."""
        self._lends = True
        return self._found.inputs[RECORDING].digest

    def is_recording(self, path: Path) -> bool:
        """Say whether a file is the recording, by whatever name."""
        return is_same(path, self._media)

    def is_original(self, path: Path) -> bool:
        """Say whether a file is the recording where a person put it, and no other name of it."""
        place = self._media and self._media.resolve().parent
        return self.is_recording(path) and is_same(path.parent, place)

    def list_standing(self) -> list[str]:
        """Return the names of what earlier builds made and nobody has edited or removed since."""
        standing = self._found.outputs.items()
        return sorted(name for name, mark in standing if self._record.made(name, mark.digest))

    def recognise(self, path: Path, made_of: Mapping[str, str]) -> bool:
        """Say whether a result that stands has parts that were made of just that.

        It has none where somebody edited it, and where all shall be made anew.
        """
        name = path.name
        mark, made = self._found.outputs.get(name), self._record.outputs.get(name)
        if self._force or mark is None or made is None or not path.is_file():
            return False
        known = self._record.parts.get(name, {})
        return made_of.items() <= known.items() and mark.digest == made.digest

    def leave(self, name: str) -> None:
        """Leave a result as it was when the build began; who edited it since will be noticed."""
        self._marks[name] = self._found.outputs.get(name) or self._found.inputs[RECORDING]

    def find_digest(self, name: str) -> str:
        """Return the digest of one of the build's inputs; nothing where there is no such file."""
        return self._found.inputs[name].digest if name in self._found.inputs else ""

    def announce(self, made: Mapping[str, str]) -> None:
        """Write down what is about to be moved, by name, and its digest. Raises OSError.

        What was read back of a person's is a build's from then on.
        """
        moving = {name: list(digests) for name, digests in self._record.moving.items()}
        for digests in (*(each.read for each in self._revisions), made):
            for name, digest in digests.items():
                moving.setdefault(name, []).append(digest)
        self._record = structs.replace(self._record, moving=moving)
        write_record(self._record, self._path)

    def foresee_aside(self, names: Iterable[str]) -> dict[str, Path]:
        """Return where captions will be set aside that a person edited, of those that are made."""
        return {
            name: choose_aside(self._folder / name)
            for name in names
            if name in self._found.edited and self._force and is_worked_on(name)
        }

    def place(self, staged: Path, path: Path, digest: str) -> None:
        """Put a result in its place, unless what stands there is a person's, or is the same.

        Captions of a person's that have to make way are set aside.
        Raises OSError.
        """
        name = path.name
        standing = mark_file(path, self._found.outputs.get(name)) if path.exists() else None
        if standing and standing.digest == digest:
            self._marks[name] = standing
        elif standing and not (self._force or self._record.made(name, standing.digest)):
            self.kept[name] = standing
            self._marks[name] = Mark(digest, -1, 0, 0)
        else:
            if standing and is_worked_on(name) and not self._record.made(name, standing.digest):
                self.aside[name] = path.rename(choose_aside(path))
            staged.replace(path)
            self._marks[name] = mark_made(path, digest)

    def settle(
        self,
        parts: Mapping[str, Mapping[str, str]],
        told: Mapping[str, object],
        lacking: str | None,
    ) -> None:
        """Write down a build that is done. Raises OSError."""
        # What was announced is ours by now: what a killed build moved, and captions that were read
        # back, in a language that could not be built.
        standing = {name: self._found.outputs[name] for name in self.list_standing()}
        former = {**self._record.former, **self._record.outputs, **standing}
        inputs = {**self._found.inputs, **self._look_again()}
        lent = {
            name: inputs[RECORDING]
            for name in self._marks
            if self.is_recording(self._folder / name)
        }
        write_record(
            Record(
                made_of=dict(self._found.made_of),
                inputs=inputs,
                outputs={**self._marks, **lent},
                kept=self.kept,
                refused={
                    name: digest
                    for each in self._revisions
                    for name, digest in each.refused.items()
                },
                former={name: mark for name, mark in former.items() if name not in self._marks},
                parts={name: dict(made_of) for name, made_of in parts.items()},
                told=dict(told),
                lacking=lacking,
            ),
            self._path,
        )

    def _look_again(self) -> Mapping[str, Mark]:
        """Return the recording's mark, if nothing about it changed but what its new name did."""
        known = self._found.inputs.get(RECORDING)
        if not self._lends or not known or not self._media:
            return {}
        try:
            status = self._media.stat()
        except OSError:
            return {}
        same = (status.st_size, status.st_mtime_ns) == (known.size, known.mtime_ns)
        return {RECORDING: structs.replace(known, ctime_ns=status.st_ctime_ns)} if same else {}
