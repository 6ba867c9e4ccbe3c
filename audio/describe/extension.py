"""The extended edition: every description in full, at its place, at the usual pace.

Where the programme leaves no time for that, the picture holds (WCAG 2.2, 1.2.7).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from ...source import Timeline
from .gain import GUARD_MS
from .gap import Gap
from .hold import Hold
from .placement import BETWEEN_MS, TRUSTED, find_start
from .subject import Place, Rendition, Subject

_WORTH = 10
"""So many ms away from its place is a hold worth it for each ms that the pause is longer …"""
_LONG_PAUSE_MS = 300
"""… up to that of a full stop."""


@dataclass(frozen=True, slots=True)
class Extension:
    """A description in the extended edition, where it starts in the programme's own time.

    With a hold, the programme stands still there while the description is spoken.
    """

    subject: Subject
    rendition: Rendition
    start_ms: int
    hold: Hold | None


def extend_descriptions(
    subjects: Sequence[Subject], gaps: Sequence[Gap], timeline: Timeline
) -> tuple[Extension, ...]:
    """Place each description in order: in a gap at its place, or in a hold."""
    trusted = [gap for gap in gaps if gap.confidence >= TRUSTED]
    pauses = _find_pauses(timeline)
    extended: list[Extension] = []
    free_ms = 0
    for subject in subjects:
        rendition = subject.renditions[0]
        start_ms = _fit(rendition, subject.place, trusted, free_ms)
        if start_ms is None:
            at_ms = _find_hold(subject.place, trusted, pauses, free_ms)
            hold = Hold(at_ms, rendition.clip.duration_ms + 2 * GUARD_MS)
            extended.append(Extension(subject, rendition, at_ms, hold))
            free_ms = at_ms
        else:
            extended.append(Extension(subject, rendition, start_ms, None))
            free_ms = start_ms + rendition.clip.duration_ms + BETWEEN_MS
    return tuple(extended)


def _fit(rendition: Rendition, place: Place, gaps: Sequence[Gap], free_ms: int) -> int | None:
    """Find when a description starts at its place; None where there is no time for it."""
    starts = (find_start(rendition, place, gap, free_ms) for gap in gaps)
    fitting = (start for start in starts if start is not None)
    return next((start for start in fitting if not place.measure_distance(start)), None)


def _find_hold(
    place: Place, gaps: Sequence[Gap], pauses: Sequence[tuple[int, int]], free_ms: int
) -> int:
    """Find the moment to hold: in the middle of a gap at the place, or of the best pause near it.

    Where no pause is left, it is as soon as what was placed before is over.
    """
    middles = ((gap.start_ms + gap.end_ms) // 2 for gap in gaps)
    for middle in middles:
        if place.measure_distance(middle) == 0 and middle >= free_ms:
            return middle

    def rate(pause: tuple[int, int]) -> int:
        start, end = pause
        away_ms = place.measure_distance((start + end) // 2)
        return away_ms - _WORTH * min(end - start, _LONG_PAUSE_MS)

    left = (pause for pause in pauses if sum(pause) // 2 >= free_ms)
    best = min(left, key=rate, default=None)
    return sum(best) // 2 if best else free_ms


def _find_pauses(timeline: Timeline) -> list[tuple[int, int]]:
    """Find the stretches between one word and the next, of no length where they touch."""
    words = sorted((word.start_ms, word.end_ms) for timed in timeline.parts for word in timed.words)
    starts = [start for start, _ in words] + [timeline.duration_ms]
    ends = accumulate((end for _, end in words), max, initial=0)
    return [(end, start) for end, start in zip(ends, starts, strict=True) if start >= end]
