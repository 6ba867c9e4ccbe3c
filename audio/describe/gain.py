"""How loud the programme is under a narration: one timeline for all that is made of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

GUARD_MS = 200
"""The silence that stays between speech and a description; the programme's gain begins to change
where it begins, so that no spoken word is softened."""

RAMP_MS = 300
"""As in the example of W3C's DAPT."""

DUCK_DB = -10.0


@dataclass(frozen=True, slots=True)
class Duck:
    """A stretch of the programme that is softened, the ramps at both ends included."""

    start_ms: int
    end_ms: int

    @property
    def ramp_ms(self) -> int:
        """How long each ramp is."""
        return min(RAMP_MS, (self.end_ms - self.start_ms) // 2)


@dataclass(frozen=True, slots=True)
class GainPoint:
    """The programme's gain, as a factor, at one moment; between two it changes linearly."""

    at_ms: int
    gain: float

    def interpolate(self, other: GainPoint, at_ms: float) -> float:
        """Return the gain at a moment on the way from here to another point."""
        if other.at_ms == self.at_ms:
            return self.gain
        share = (at_ms - self.at_ms) / (other.at_ms - self.at_ms)
        return self.gain + share * (other.gain - self.gain)


@dataclass(frozen=True, slots=True)
class GainTimeline:
    """The programme's gain: 1, but for the ducks, which neither overlap nor touch."""

    ducks: tuple[Duck, ...]
    depth_db: float = DUCK_DB

    @property
    def depth(self) -> float:
        """The factor at the bottom of a duck."""
        return 10 ** (self.depth_db / 20)

    def points(self) -> Iterator[GainPoint]:
        """Yield four points for each duck: where its ramps begin and end."""
        for duck in self.ducks:
            yield GainPoint(duck.start_ms, 1.0)
            yield GainPoint(duck.start_ms + duck.ramp_ms, self.depth)
            yield GainPoint(duck.end_ms - duck.ramp_ms, self.depth)
            yield GainPoint(duck.end_ms, 1.0)

    def at(self, at_ms: float) -> float:
        """Return the gain at a moment."""
        for before, after in pairwise(self.points()):
            if before.at_ms <= at_ms < after.at_ms:
                return before.interpolate(after, at_ms)
        return 1.0

    def near(self, start_ms: int, end_ms: int) -> GainTimeline:
        """Return the timeline with those ducks alone that reach between two moments."""
        first = bisect_left(self.ducks, start_ms, key=lambda duck: duck.end_ms)
        last = bisect_right(self.ducks, end_ms, key=lambda duck: duck.start_ms)
        return replace(self, ducks=self.ducks[first:last])


def plan_gains(
    spoken: Iterable[tuple[int, int]], duration_ms: int, depth_db: float = DUCK_DB
) -> GainTimeline:
    """Duck a programme of some length under what is spoken, given in order as start and end.

    Each ramp begins at the outer edge of a guard, and ends 0.1 s into what is spoken.
    """
    ducks: list[Duck] = []
    for start_ms, end_ms in spoken:
        start, end = max(0, start_ms - GUARD_MS), min(end_ms + GUARD_MS, duration_ms)
        if ducks and start <= ducks[-1].end_ms:
            ducks[-1] = Duck(ducks[-1].start_ms, end)
        else:
            ducks.append(Duck(start, end))
    return GainTimeline(tuple(ducks), depth_db)
