"""Functions over arrays that are compiled to machine code when they are first called."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeVar, cast

from numba import njit  # pyright: ignore[reportUnknownVariableType]

_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")


def compiled(function: Callable[_Given, _Found]) -> Callable[_Given, _Found]:
    """Compile a function, and keep what was compiled where a folder can be written to.

    Floating point may be reordered, so that loops over arrays are taken many numbers at a time.
    """
    compile_loops = partial(njit, fastmath=True, error_model="numpy")
    try:
        kernel = compile_loops(cache=True)(function)
    except RuntimeError:
        # Neither the package's folder nor the user's own can be written to.
        kernel = compile_loops()(function)
    return cast("Callable[_Given, _Found]", kernel)
