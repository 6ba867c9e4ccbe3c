"""The extended edition: every description in full, at its place, at the usual pace.

Where the programme leaves no time for that, the picture holds (WCAG 2.2, 1.2.7).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ...source import Timeline
from .gain import GUARD_MS
from .gap import Gap
from .hold import Hold
from .placement import AT_PLACE_MS, BETWEEN_MS, Placement, choose_gaps, find_starts
from .subject import Place, Rendition, Subject

_TAIL_MS = BETWEEN_MS - GUARD_MS
"""How long a hold goes on after what is said in it."""

_WORTH = 10
"""So many ms away from its place is a hold worth it for each ms that the pause is longer …"""
_LONG_PAUSE_MS = 300
"""… up to that of a full stop; …"""
_SURE_MS = 400
"""… a gap, in which nobody speaks for sure, counts for more than any."""

Span = tuple[int, int]
"""Start and end in milliseconds."""


@dataclass(frozen=True, slots=True)
class Extension:
    """A description in the extended edition, where it starts in the programme's own time.

    It is spoken in a gap, or in a hold: then the programme stands still at its start.
    """

    subject: Subject
    rendition: Rendition
    start_ms: int
    gap: Gap | None = None
    hold: Hold | None = None

    @property
    def lead_ms(self) -> int:
        """How long the programme has stood still when the description begins."""
        return (
            self.hold.duration_ms - self.rendition.clip.duration_ms - _TAIL_MS if self.hold else 0
        )


@dataclass(frozen=True, slots=True)
class _Reached:
    """How far into the programme the descriptions are, and how long all has been quiet since."""

    at_ms: int = 0
    quiet_ms: int = BETWEEN_MS

    @classmethod
    def after(cls, extension: Extension) -> _Reached:
        if extension.hold:
            return cls(extension.start_ms, _TAIL_MS)
        return cls(extension.start_ms + extension.rendition.clip.duration_ms, 0)


def extend_descriptions(
    subjects: Sequence[Subject], gaps: Sequence[Gap], timeline: Timeline
) -> tuple[Extension, ...]:
    """Place each description in order: in a gap at its place, or in a hold."""
    trusted = choose_gaps(gaps)
    stillness = _Stillness(trusted, timeline)
    extended: list[Extension] = []
    reached = _Reached()
    for subject in subjects:
        extension = _fit(subject, trusted, reached)
        extended.append(extension or stillness.hold(subject, reached, timeline.duration_ms))
        reached = _Reached.after(extended[-1])
    return tuple(extended)


def hold_omitted(
    placements: Sequence[Placement], gaps: Sequence[Gap], timeline: Timeline
) -> tuple[Extension, ...]:
    """Hold the programme for the descriptions that have no time in it, among those that have."""
    stillness = _Stillness(choose_gaps(gaps), timeline)
    limits = list(_find_limits(placements, timeline.duration_ms))
    held: list[Extension] = []
    reached = _Reached()
    for placement, limit_ms in zip(placements, limits, strict=True):
        if placement.rendition:
            reached = _Reached(placement.end_ms, 0)
        else:
            held.append(stillness.hold(placement.subject, reached, limit_ms))
            reached = _Reached.after(held[-1])
    return tuple(held)


def _find_limits(placements: Sequence[Placement], duration_ms: int) -> Iterator[int]:
    """Yield for each description when the next one is spoken that has a time."""
    limits: list[int] = []
    limit_ms = duration_ms
    for placement in reversed(placements):
        limits.append(limit_ms)
        limit_ms = placement.start_ms if placement.rendition else limit_ms
    return reversed(limits)


def _fit(subject: Subject, gaps: Iterable[Gap], reached: _Reached) -> Extension | None:
    """Say a description at its place; None where there is no time for it."""
    rendition, place = subject.renditions[0], subject.place
    free_ms = reached.at_ms + BETWEEN_MS - reached.quiet_ms
    fitting = [
        (place.measure_distance(start_ms), start_ms, gap)
        for gap in gaps
        for start_ms in find_starts(rendition, place, gap, free_ms)
    ]
    if not fitting:
        return None
    away_ms, start_ms, gap = min(fitting, key=lambda one: one[:2])
    return Extension(subject, rendition, start_ms, gap) if away_ms <= AT_PLACE_MS else None


class _Stillness:
    """Where a programme may stand still: in gaps, and in the pauses between words."""

    def __init__(self, gaps: Iterable[Gap], timeline: Timeline) -> None:
        self._gaps = [(gap.start_ms, gap.end_ms) for gap in gaps]
        self._pauses = _find_pauses(timeline)

    def hold(self, subject: Subject, reached: _Reached, latest_ms: int) -> Extension:
        """Hold for a description as near to its place as a pause is, and behind those before."""
        earliest_ms = min(reached.at_ms, latest_ms)
        rendition = subject.renditions[0]
        spans = [
            *((span, _SURE_MS) for span in _cut(self._gaps, earliest_ms, latest_ms)),
            *((span, _LONG_PAUSE_MS) for span in _cut(self._pauses, earliest_ms, latest_ms)),
        ]

        def rate(span: Span, most_ms: int) -> int:
            away_ms = subject.place.measure_distance(_find_moment(span, subject.place))
            return away_ms - _WORTH * min(span[1] - span[0], most_ms)

        best, _ = min(spans, key=lambda one: rate(*one), default=((latest_ms, latest_ms), 0))
        at_ms = _find_moment(best, subject.place)
        lead_ms = max(GUARD_MS, BETWEEN_MS - reached.quiet_ms - (at_ms - earliest_ms))
        hold = Hold(at_ms, lead_ms + rendition.clip.duration_ms + _TAIL_MS)
        return Extension(subject, rendition, at_ms, hold=hold)


def _cut(spans: Iterable[Span], earliest_ms: int, latest_ms: int) -> Iterator[Span]:
    """Yield what of some spans lies between two moments."""
    for start, end in spans:
        if end >= earliest_ms and start <= latest_ms:
            yield max(start, earliest_ms), min(end, latest_ms)


def _find_moment(span: Span, place: Place) -> int:
    """Return the middle of what a span has of a place, or what is nearest, but not at its edges."""
    margin_ms = min(GUARD_MS, (span[1] - span[0]) // 2)
    start, end = span[0] + margin_ms, span[1] - margin_ms
    middle = (max(start, place.earliest_ms) + min(end, place.latest_ms)) // 2
    return min(max(middle, start), end)


def _find_pauses(timeline: Timeline) -> list[Span]:
    """Find the stretches between one word and the next, of no length where they touch."""
    words = sorted((word.start_ms, word.end_ms) for timed in timeline.parts for word in timed.words)
    starts = [start for start, _ in words] + [timeline.duration_ms]
    ends = accumulate((end for _, end in words), max, initial=0)
    return [(end, start) for end, start in zip(ends, starts, strict=True) if start >= end]
