"""The extended edition: every description in full, at its place, at the usual pace.

Where the programme leaves no time for that, the picture holds (WCAG 2.2, 1.2.7).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ...source import Timeline
from ...source.punctuation import ends_sentence
from .gain import GUARD_MS
from .gap import Gap
from .hold import Hold
from .placement import AT_PLACE_MS, BETWEEN_MS, Placement, choose_gaps, find_starts
from .subject import Place, Rendition, Subject

_TAIL_MS = BETWEEN_MS - GUARD_MS
"""How long a hold goes on after what is said in it."""

_GAP_WORTH_MS = 5_000
"""So far from its place is a hold worth it in a gap, in which nobody speaks for sure, …"""
_SENTENCE_WORTH_MS = 4_000
"""… so far where a sentence ends, …"""
_PAUSE_WORTH = 3
_LONG_PAUSE_MS = 300
"""… and inside a sentence so many ms for each that the pause lasts, up to this."""

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
        if placement.rendition:
            limit_ms = max(0, placement.start_ms - GUARD_MS)  # there the programme grows softer
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
        self._spans = [
            *((gap.start_ms, gap.end_ms, _GAP_WORTH_MS) for gap in gaps),
            *_find_pauses(timeline),
        ]

    def hold(self, subject: Subject, reached: _Reached, latest_ms: int) -> Extension:
        """Hold for a description as near to its place as a pause is, and behind those before."""
        earliest_ms = min(reached.at_ms, latest_ms)
        rendition = subject.renditions[0]
        moments = [
            (subject.place.measure_distance(moment) - worth, moment)
            for start, end, worth in self._spans
            if end >= earliest_ms and start <= latest_ms
            for moment in [
                _find_moment((max(start, earliest_ms), min(end, latest_ms)), subject.place)
            ]
        ]
        _, at_ms = min(moments, default=(0, latest_ms))
        lead_ms = max(GUARD_MS, BETWEEN_MS - reached.quiet_ms - (at_ms - earliest_ms))
        hold = Hold(at_ms, lead_ms + rendition.clip.duration_ms + _TAIL_MS)
        return Extension(subject, rendition, at_ms, hold=hold)


def _find_moment(span: Span, place: Place) -> int:
    """Return the middle of what a span has of a place, or what is nearest, but not at its edges."""
    margin_ms = min(GUARD_MS, (span[1] - span[0]) // 2)
    start, end = span[0] + margin_ms, span[1] - margin_ms
    middle = (max(start, place.earliest_ms) + min(end, place.latest_ms)) // 2
    return min(max(middle, start), end)


def _find_pauses(timeline: Timeline) -> Iterator[tuple[int, int, int]]:
    """Yield the stretches between words, some of no length, and what each is worth to a hold."""
    words = sorted(
        (word.start_ms, word.end_ms, ends_sentence(word.token.text))
        for timed in timeline.parts
        for word in timed.words
    )
    ended_ms, closed = 0, True
    for start_ms, end_ms, closes in [*words, (timeline.duration_ms, 0, True)]:
        if start_ms >= ended_ms:
            pause = _PAUSE_WORTH * min(start_ms - ended_ms, _LONG_PAUSE_MS)
            yield ended_ms, start_ms, _SENTENCE_WORTH_MS if closed else pause
        if end_ms >= ended_ms:
            ended_ms, closed = end_ms, closes
