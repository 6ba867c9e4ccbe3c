"""Functions over arrays that are compiled to machine code when they are first called."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager, suppress
from pickle import UnpicklingError
from typing import ParamSpec, TypeVar, cast

import numpy as np
from numba import njit  # pyright: ignore[reportUnknownVariableType]
from numba.core.caching import FunctionCache
from numba.core.event import Event, Listener, install_listener
from numpy.typing import NDArray

from ..source.interrupt import hold_signals

Floats = NDArray[np.float32]
Say = Callable[[str], None]

_COMPILING = "compiling, once (half a minute)"
_COMPILING_AGAIN = "compiling, as no folder keeps it (half a minute)"
_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")


def compiled(function: Callable[_Given, _Found]) -> Callable[_Given, _Found]:
    """Compile a function, and keep what was compiled where a folder can be written to.

    Floating point may be reordered, so that loops over arrays are taken many numbers at a time.
    """
    kernel = njit(fastmath=True, error_model="numpy")(function)
    # It may be that neither the package's folder nor the user's own can be written to. What is set
    # is what numba's `cache=True` sets.
    with suppress(RuntimeError):
        kernel._cache = _Cache(function)  # noqa: SLF001  # pyright: ignore[reportAttributeAccessIssue]
    return cast("Callable[_Given, _Found]", kernel)


class _Cache(FunctionCache):
    """Compiles anew what can't be read, and does without what can't be written: disks are full."""

    def load_overload(self, sig: object, target_context: object) -> object:
        with suppress(OSError, EOFError, UnpicklingError):
            return super().load_overload(sig, target_context)
        return None

    def save_overload(self, sig: object, data: object) -> None:
        with suppress(OSError, EOFError, UnpicklingError):
            super().save_overload(sig, data)


@contextmanager
def watch_compiler(step: Say) -> Generator[Say]:
    """Tell `step` too when what is being done has to wait for the compiler.

    What is to be done next is said to the function that is given to the block. Ctrl-C ends the
    compiler's work at its next pass.
    """
    narrator = _Narrator(step)
    with ExitStack() as watching:
        watching.enter_context(install_listener("numba:compile", narrator))
        if threading.current_thread() is threading.main_thread():
            watching.enter_context(install_listener("numba:compiler_lock", _Patience()))
        yield narrator.begin


class _Narrator(Listener):
    """Says that a step waits for the compiler, and then that it goes on."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._step = ""
        self._depth = 0

    def begin(self, step: str) -> None:
        self._step = step
        self._say(step)

    def on_start(self, event: Event) -> None:
        if not self._depth:
            # numba's stub takes an event's default data, None, for all there is.
            kept = event.data["dispatcher"].stats.cache_path  # pyright: ignore[reportOptionalSubscript]
            self._say(_COMPILING if kept else _COMPILING_AGAIN)
        self._depth += 1

    def on_end(self, event: Event) -> None:  # noqa: ARG002 - numba's signature
        self._depth -= 1
        if not self._depth:
            self._say(self._step)


class _Patience(Listener):
    """Holds signals while LLVM may call back into Python; numba locks and unlocks at each pass."""

    def __init__(self) -> None:
        self._depth = 0
        self._holding = ExitStack()
        self._release: Callable[[], None] | None = None

    def on_start(self, event: Event) -> None:  # noqa: ARG002
        if threading.current_thread() is not threading.main_thread():
            return
        if self._release:
            self._release()
        else:
            self._release = self._holding.enter_context(hold_signals())
        self._depth += 1

    def on_end(self, event: Event) -> None:  # noqa: ARG002
        if threading.current_thread() is not threading.main_thread():
            return
        self._depth -= 1
        if not self._depth:
            self._release = None
            self._holding.close()


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
