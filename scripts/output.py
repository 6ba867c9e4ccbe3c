"""The folder of one interview's results: written beside their place, then moved there together."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from ..source import UnwritableOutput


class OutputFolder:
    """Stages files under hidden names; `stage_outputs` moves them when all are complete."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.staged: dict[str, Path] = {}
        """Kind → the file's final place."""

    def stage(self, kind: str, name: str) -> Path:
        """Return where to write the result that will be called `name`."""
        self.staged[kind] = self.folder / name
        return self._waiting(self.staged[kind])

    def stage_text(self, kind: str, name: str, text: str) -> None:
        """Write a text result, in UTF-8."""
        self.stage(kind, name).write_text(text, encoding="utf-8", newline="\n")

    def move_all(self) -> None:
        """Put every staged file in its place; a reader sees the old file or the new."""
        for place in self.staged.values():
            with self._waiting(place).open("rb+") as file:
                os.fsync(file.fileno())
        for place in self.staged.values():
            self._waiting(place).replace(place)

    def clear(self) -> None:
        """Leave nothing behind that was not moved."""
        for place in self.staged.values():
            with contextlib.suppress(OSError):
                self._waiting(place).unlink(missing_ok=True)

    def _waiting(self, place: Path) -> Path:
        # The ending stays last: encoders choose the format by it.
        return place.with_name(f".{os.getpid()}-{place.name}")


@contextmanager
def stage_outputs(folder: Path) -> Generator[OutputFolder]:
    """Make the folder, and move what the block has staged once the block is through.

    Where the block fails nothing is moved. Raises UnwritableOutput where the system refuses.
    """
    output = OutputFolder(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield output
        output.move_all()
    except OSError as error:
        raise UnwritableOutput(
            f"The results can't be written here ({error.strerror or error}); "
            "free some space or choose another folder with --out.",
            file=error.filename or folder,
        ) from error
    finally:
        output.clear()
