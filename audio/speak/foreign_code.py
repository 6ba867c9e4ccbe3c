"""The border to code that others wrote: engines, which any package may bring."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from ...source import UnavailableTool, VivavozError

_LONGEST_REASON = 120


@contextmanager
def contain_failures(
    failure: str, remedy: str = "use another voice, or tell who made this one"
) -> Generator[None]:
    """Raise as `UnavailableTool` whatever an engine raises but a `VivavozError`.

    `failure` says what went wrong, `remedy` what to do; what the engine said comes in between.
    """
    try:
        yield
    except VivavozError:
        raise
    # What an engine may raise is known to its author alone, and it must cost no more than its
    # voice: the captions are built all the same.
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST_REASON]
        raise UnavailableTool(f"{failure} ({reason}); {remedy}.") from error
