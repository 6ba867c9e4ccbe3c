"""The step store: what took long to find out about a recording is found out once on a machine."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import msgspec

from .cache import find_cache, note_use, stage_file
from .step import Step

Result = TypeVar("Result")

_CHECKSUM = hashlib.sha256().digest_size


class StepStore:
    """Results of steps for one recording, each in a file that is named by all that made it.

    Every process may share them, and nothing in it is needed: what is missing or damaged is made
    anew. Where the folder takes no files, nothing is kept.
    """

    def __init__(
        self,
        digest: str,
        is_unchanged: Callable[[], bool] = lambda: True,
        *,
        renew: bool = False,
        folder: Path | None = None,
    ) -> None:
        """Open the store for a recording, whose bytes have this digest (hexadecimal digits).

        While a build looks at a file somebody may write to it: nothing is kept unless it then
        `is_unchanged`. With `renew` nothing is believed that is there, and all of it replaced.
        Without a folder it is the user's own, or that in `$VIVAVOZ_CACHE`.
        """
        self._digest = digest
        self._is_unchanged = is_unchanged
        self._renew = renew
        self._folder = folder or find_cache() / "steps"

    def name_result(self, step: Step, *made_of: object) -> str:
        """Name what a step makes of the recording and of more."""
        return step.name_result(self._digest, *made_of)

    def recall(self, name: str, form: type[Result], make: Callable[[], Result]) -> Result:
        """Return the result of that name, from the store or made now. `form` is msgspec's."""
        path = self._folder / name[:2] / name
        found = None if self._renew else _read(path, form)
        if found is not None:
            return found
        made = make()
        if self._is_unchanged():
            with suppress(OSError):
                _write(path, made)
        return made


def _read(path: Path, form: type[Result]) -> Result | None:
    """Read a result; None where there is none, or one that is damaged."""
    try:
        data = path.read_bytes()
        if hashlib.sha256(data[_CHECKSUM:]).digest() != data[:_CHECKSUM]:
            return None
        result = msgspec.msgpack.decode(memoryview(data)[_CHECKSUM:], type=form)
    except (OSError, msgspec.MsgspecError):
        return None
    note_use(path)
    return result


def _write(path: Path, result: object) -> None:
    """Write a result beside its place and move it there; nobody sees half of it. Raises OSError."""
    data = msgspec.msgpack.encode(result)
    with stage_file(path) as part:
        part.write_bytes(hashlib.sha256(data).digest() + data)
        part.replace(path)
