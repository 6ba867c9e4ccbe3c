"""The book that is kept of one interview's builds: what stands, what is ours, what took its place.

It is written twice in a build, before results are moved to their places and when all is done. So
a build that is killed between the two is known to be unfinished, and every file that it moved is
known to be no person's.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import structs

from .freshness import Examination
from .plan import Plan
from .record import Mark, Record, locate_record, mark_file, mark_made, write_record


class Ledger:
    """One interview's, while it is built."""

    def __init__(
        self, plan: Plan, record: Record, found: Examination, *, replace_edited: bool = False
    ) -> None:
        self._path = locate_record(plan)
        self._record = record
        self._found = found
        self._replace_edited = replace_edited
        self.kept: list[str] = []
        """Results that are not as this build would have them, for a person edited them."""

    def stands(self, path: Path, made_of: str) -> bool:
        """Say whether a result is what would be made again, and was edited by nobody."""
        name = path.name
        mark = self._found.outputs.get(name)
        known = mark is not None and self._record.steps.get(name) == made_of
        return known and name not in self._found.edited and path.is_file()

    def announce(self, made: Mapping[str, str]) -> None:
        """Write down what is about to be moved, by name, and its digest. Raises OSError."""
        moving = {**self._record.moving, **made}
        self._record = structs.replace(self._record, moving=moving)
        write_record(self._record, self._path)

    def gives_way(self, path: Path, digest: str) -> bool:
        """Say whether what stands in a result's place may be replaced, and differs from it.

        What a person made or edited stays, and is noted. Raises OSError.
        """
        if not path.exists():
            return True
        standing = mark_file(path, self._found.outputs.get(path.name)).digest
        if standing == digest:
            return False
        if self._replace_edited or self._record.made(path.name, standing):
            return True
        self.kept.append(path.name)
        return False

    def settle(
        self,
        folder: Path,
        made: Mapping[str, str],
        steps: Mapping[str, str],
        told: Mapping[str, object],
        lacking: str | None,
    ) -> None:
        """Write down a build that is done: its results with their digests. Raises OSError."""
        former = {**self._record.former, **self._record.outputs}
        write_record(
            Record(
                made_of=dict(self._found.made_of),
                inputs=dict(self._found.inputs),
                outputs={name: self._mark(folder / name, digest) for name, digest in made.items()},
                former={name: mark for name, mark in former.items() if name not in made},
                steps=dict(steps),
                told=dict(told),
                lacking=lacking,
            ),
            self._path,
        )

    def _mark(self, path: Path, digest: str) -> Mark:
        """Mark a result as it was made; one that was kept is never taken for it."""
        if path.name in self.kept:
            return Mark(digest, -1, 0, 0)
        return mark_made(path, digest)
