"""Files that are whole or not there: written beside their place, and moved there when done."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ..source import UnwritableOutput


@contextmanager
def create_file(path: Path) -> Generator[Path]:
    """Give the block a file to write: once whole it takes its place, and else nothing is left.

    Raises `UnwritableOutput`.
    """
    with work_beside(path) as folder:
        part = folder / f"made{path.suffix}"
        yield part
        part.replace(path)


@contextmanager
def work_beside(path: Path) -> Generator[Path]:
    """Open a folder beside a result for what it is made of, and leave nothing of it behind.

    Raises `UnwritableOutput` where that takes no folder, or what is done in it takes no file.
    """
    with (
        report_unwritable(path),
        TemporaryDirectory(prefix=".making-", dir=path.parent) as folder,
    ):
        yield Path(folder)


@contextmanager
def report_unwritable(path: Path) -> Generator[None]:
    """Make the system's errors `UnwritableOutput`."""
    try:
        yield
    except OSError as error:
        raise UnwritableOutput(
            f"The result can't be written here ({error.strerror or error}); "
            "free some space or choose another folder.",
            file=path,
        ) from error
