"""Where the extended edition holds the picture while a description speaks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from ...source import TimedPart, Timeline


@dataclass(frozen=True, slots=True)
class Hold:
    """The programme stands still at `at_ms` of its own time, for `duration_ms`."""

    at_ms: int
    duration_ms: int


class ExtendedClock:
    """Moves the programme's times to the extended edition's."""

    def __init__(self, holds: Iterable[Hold]) -> None:
        ordered = sorted(holds, key=lambda hold: hold.at_ms)
        self.moments = [hold.at_ms for hold in ordered]
        """Of the programme, in order."""
        self.held = list(accumulate((hold.duration_ms for hold in ordered), initial=0))
        """How many milliseconds have been held before each moment, and after the last."""

    def move_start(self, start_ms: int) -> int:
        """Return when something starts: after a hold at that moment."""
        return start_ms + self.held[bisect_right(self.moments, start_ms)]

    def move_end(self, end_ms: int) -> int:
        """Return when something ends: before a hold at that moment."""
        return end_ms + self.held[bisect_left(self.moments, end_ms)]

    def move_span(self, start_ms: int, end_ms: int) -> tuple[int, int]:
        """Return when something starts and ends; what takes no time moves as its start does."""
        start = self.move_start(start_ms)
        return start, max(start, self.move_end(end_ms))


def extend_timeline(timeline: Timeline, holds: Iterable[Hold]) -> Timeline:
    """Move an interview to the extended edition's clock, for captions and chapters of its own."""
    clock = ExtendedClock(holds)
    parts = tuple(_move_parts(timeline.parts, clock))
    # A hold at the very end is part of the edition.
    return replace(timeline, parts=parts, duration_ms=clock.move_start(timeline.duration_ms))


def _move_parts(parts: Iterable[TimedPart], clock: ExtendedClock) -> Iterator[TimedPart]:
    latest_ms = 0
    for part in parts:
        if part.words:
            start_ms, end_ms = clock.move_span(part.start_ms, part.end_ms)
        else:
            # A picture is described while the programme stands still, and a heading opens there.
            start_ms, end_ms = clock.move_end(part.start_ms), clock.move_start(part.end_ms)
        latest_ms = max(latest_ms, start_ms)
        words = tuple(
            replace(word, start_ms=begin, end_ms=end)
            for word in part.words
            for begin, end in [clock.move_span(word.start_ms, word.end_ms)]
        )
        yield replace(part, start_ms=latest_ms, end_ms=max(latest_ms, end_ms), words=words)
