"""Functions over arrays that are compiled to machine code when they are first called."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeVar, cast

import numpy as np
from numba import njit  # pyright: ignore[reportUnknownVariableType]
from numpy.typing import NDArray

Floats = NDArray[np.float32]
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


@compiled
def multiply(rows: Floats, columns: Floats) -> Floats:
    """Return the products of each row of the one and each of the other.

    On one processor: what numpy calls for this keeps all of them busy for arrays as small as ours.
    """
    products = np.empty((rows.shape[0], columns.shape[0]), np.float32)
    for r in range(rows.shape[0]):
        for c in range(columns.shape[0]):
            total = np.float32(0)
            for k in range(rows.shape[1]):
                total += rows[r, k] * columns[c, k]
            products[r, c] = total
    return products
