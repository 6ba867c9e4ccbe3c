"""Functions over arrays that are compiled to machine code when they are first called."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import ParamSpec, TypeVar, cast

from numba import njit  # pyright: ignore[reportUnknownVariableType]

_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")


def compiled(function: Callable[_Given, _Found]) -> Callable[_Given, _Found]:
    """Compile a function, and keep what was compiled where a folder can be written to.

    Floating point may be reordered, so that loops over arrays are taken many numbers at a time.
    """
    dispatcher = njit(fastmath=True, error_model="numpy")(function)
    # Neither the package's folder nor the user's: it is compiled again in each process.
    with suppress(RuntimeError):
        dispatcher.enable_caching()
    return cast("Callable[_Given, _Found]", dispatcher)
