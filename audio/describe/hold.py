"""Where the extended edition holds the picture while a description speaks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hold:
    """The programme stands still at `at_ms` of its own time, for `duration_ms`."""

    at_ms: int
    duration_ms: int
