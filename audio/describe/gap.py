"""Where nobody speaks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of the programme in which nobody speaks, from the one voice to the next."""

    start_ms: int
    end_ms: int
    confidence: float
    """From 0 to 1: how sure it is that nobody speaks."""
