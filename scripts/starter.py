"""A folder to begin with: settings that say nothing yet, but what could be said."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from ..source import FOLDER_FILE, TRANSCRIPTS, UnwritableOutput, UsageError
from .disk import write_whole

_FORM = Path(__file__).with_name("starter.toml")


def start_folder(folder: Path) -> str:
    """Write settings to fill in, and return what to do next; the folder is made if need be.

    Raises UsageError where there are settings already, UnwritableOutput where nothing can be
    written.
    """
    file = folder / FOLDER_FILE
    if os.path.lexists(file):
        raise UsageError("This is there already; edit it, or delete it first.", file=file)
    if os.path.lexists(folder) and not folder.is_dir():
        raise UsageError("This is a file; name a folder.", file=folder)
    try:
        write_whole(file, _FORM.read_bytes())
    except OSError as error:
        raise UnwritableOutput(
            f"The settings can't be written here ({error.strerror}); name another folder.",
            file=folder,
        ) from error
    endings = ", ".join(sorted(TRANSCRIPTS))
    return (
        f"{file} is there; say in it what holds for all interviews, or leave it as it is.\n"
        f"Put transcripts ({endings}) beside it or in folders below, each with its recording under "
        f"the same name, and run: vivavoz build {shlex.quote(str(folder))}"
    )
