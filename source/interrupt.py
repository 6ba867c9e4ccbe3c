"""Ctrl-C while a library calls back into Python."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType

_HELD = ("SIGINT", "SIGTERM", "SIGHUP")
"""Those that there are; Windows has no SIGHUP."""


@contextmanager
def hold_signals() -> Generator[Callable[[], None]]:
    """Let the signals that end a process wait until the block is through.

    An exception that a signal raises inside a callback from C is printed and lost, and with it
    what the callback was given: a clip would lack a piece, and the user's Ctrl-C would do nothing.
    The block is given a function that lets through what has come, for places outside callbacks.
    """
    if threading.current_thread() is not threading.main_thread():
        yield _ignore  # Python runs signal handlers in the main thread alone
        return
    caught: list[int] = []

    def remember(number: int, _: FrameType | None) -> None:
        caught.append(number)

    held = [getattr(signal, name) for name in _HELD if hasattr(signal, name)]
    former = {number: signal.signal(number, remember) for number in held}

    def release() -> None:
        while caught:
            number = caught.pop(0)
            signal.signal(number, former[number])
            signal.raise_signal(number)
            signal.signal(number, remember)  # where the process means to go on

    try:
        yield release
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
    for number in caught:
        signal.raise_signal(number)


def _ignore() -> None:
    """Let nothing through, as nothing is held."""
