"""The book that is kept of one interview's builds: what stands, what is ours, what took its place.

It is written twice in a build, before results are moved to their places and when all is done. So
a build that is killed between the two is known to be unfinished, and every file that it moved is
known to be no person's.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import structs

from ..audio.step_store import StepStore
from .freshness import Examination
from .hearing import open_store
from .plan import Plan
from .record import Mark, Record, locate_record, mark_file, mark_made, write_record


class Ledger:
    """One interview's, while it is built."""

    def __init__(
        self, plan: Plan, record: Record, found: Examination, *, force: bool = False
    ) -> None:
        self._path = locate_record(plan)
        self._record = record
        self._found = found
        self._force = force
        self.kept: list[str] = []
        """Results that are not as this build would have them, for a person edited them."""

    def open_store(self, media: Path) -> StepStore:
        """Open the store of what is known of the recording."""
        return open_store(media, self._found.inputs[str(media)], renew=self._force)

    def find_standing(self, path: Path, made_of: Mapping[str, str]) -> str | None:
        """Return the digest of a result with parts that were made of just that.

        None where there is none, where somebody edited it, and where all shall be made anew.
        """
        known = self._record.steps.get(path.name, {})
        mark, made = self._found.outputs.get(path.name), self._record.outputs.get(path.name)
        if self._force or mark is None or made is None or not path.is_file():
            return None
        same = made_of.items() <= known.items() and mark.digest == made.digest
        return mark.digest if same else None

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
        if self._force or self._record.made(path.name, standing):
            return True
        self.kept.append(path.name)
        return False

    def settle(
        self,
        folder: Path,
        made: Mapping[str, str],
        steps: Mapping[str, Mapping[str, str]],
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
                steps={name: dict(made_of) for name, made_of in steps.items()},
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
