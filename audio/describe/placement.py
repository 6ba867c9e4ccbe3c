"""Where each description goes: at its place, or as near to it as there is time to speak.

What does not fit is said faster, then in its author's shorter form, then in a neighbouring gap;
what fits nowhere is left to the extended edition. One optimum over all the descriptions decides,
for they share the gaps and keep their order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .gap import Gap
from .subject import Place, Rendition, Subject

WINDOW_MS = 15_000
"""How far from its place a description may start and still be understood to belong there."""

AT_PLACE_MS = 2_000
"""What starts no further from its place than this is at its place."""

BETWEEN_MS = 700
"""The pause between two descriptions in one gap: that between two sentences of a narrator."""

TRUSTED = 0.5
"""The confidence from which on a gap is spoken in."""

_NEIGHBOUR_COST = 10.0
_NOWHERE_COST = 100.0
"""Each more than all that comes before it on the ladder can cost one description."""

_MOST_STATES = 200
"""Far more than real interviews have; a thousand pictures in one gap would have them all."""


class Step(StrEnum):
    """The step of the ladder on which a description found its time."""

    USUAL = "usual"
    FASTER = "faster"
    SHORT = "short"
    NEIGHBOUR = "neighbour"
    EXTENDED = "extended"
    """It fits nowhere: only the extended edition, where there is one, has it."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A description's time in the programme; without `rendition` and `gap` it has none."""

    subject: Subject
    step: Step
    start_ms: int
    rendition: Rendition | None = None
    gap: Gap | None = None

    @property
    def end_ms(self) -> int:
        """When it has been said."""
        return self.start_ms + (self.rendition.clip.duration_ms if self.rendition else 0)


@dataclass(frozen=True, slots=True)
class _State:
    """The cheapest way found to place some descriptions and be ready for the next at `free_ms`."""

    free_ms: int
    cost: float
    placement: Placement | None = None
    before: _State | None = None


def place_descriptions(subjects: Sequence[Subject], gaps: Sequence[Gap]) -> tuple[Placement, ...]:
    """Give each description, in order, the best time that there is for it.

    None comes nearer to the ends of a gap than its guards, or overlaps another.
    """
    trusted = [gap for gap in gaps if gap.confidence >= TRUSTED]
    states = [_State(0, 0.0)]
    for subject in subjects:
        reached = [
            reached
            for state in states
            for reached in _continue(state, subject, _find_near(trusted, subject))
        ]
        states = _keep_best(reached)
    return _trace_back(min(states, key=lambda state: state.cost))


def _find_near(gaps: Sequence[Gap], subject: Subject) -> list[Gap]:
    low, high = subject.place.earliest_ms - WINDOW_MS, subject.place.latest_ms + WINDOW_MS
    return [gap for gap in gaps if gap.end_ms > low and gap.start_ms < high]


def _continue(state: _State, subject: Subject, gaps: Sequence[Gap]) -> Iterator[_State]:
    """Place one more description in every way that there is."""
    nowhere = Placement(subject, Step.EXTENDED, subject.place.earliest_ms)
    yield _State(state.free_ms, state.cost + _NOWHERE_COST, nowhere, state)
    for gap in gaps:
        for rung, rendition in enumerate(subject.renditions):
            start_ms = find_start(rendition, subject.place, gap, state.free_ms)
            if start_ms is None:
                continue
            away_ms = subject.place.measure_distance(start_ms)
            if away_ms > WINDOW_MS:
                continue
            cost = rung + away_ms / WINDOW_MS
            cost += _NEIGHBOUR_COST if away_ms > AT_PLACE_MS else 0.0
            step = _name_step(subject, rendition, away_ms)
            placement = Placement(subject, step, start_ms, rendition, gap)
            free_ms = placement.end_ms + BETWEEN_MS
            yield _State(free_ms, state.cost + cost, placement, state)


def find_start(rendition: Rendition, place: Place, gap: Gap, free_ms: int) -> int | None:
    """Return when a rendition starts in a gap, nearest to its place; None where it does not fit."""
    earliest = max(gap.start_ms + gap.guard_ms, free_ms)
    latest = gap.end_ms - gap.guard_ms - rendition.clip.duration_ms
    if latest < earliest:
        return None
    return min(max(place.earliest_ms, earliest), latest)


def measure_room(place: Place, gaps: Sequence[Gap]) -> int:
    """Return how long the longest description is that fits at a place, were it alone."""
    rooms = [
        gap.end_ms - max(gap.start_ms, place.earliest_ms - AT_PLACE_MS) - 2 * gap.guard_ms
        for gap in gaps
        if gap.confidence >= TRUSTED and gap.start_ms <= place.latest_ms + AT_PLACE_MS
    ]
    return max(0, max(rooms, default=0))


def _name_step(subject: Subject, rendition: Rendition, away_ms: int) -> Step:
    if away_ms > AT_PLACE_MS:
        return Step.NEIGHBOUR
    if rendition.short:
        return Step.SHORT
    return Step.USUAL if rendition is subject.renditions[0] else Step.FASTER


def _keep_best(states: Sequence[_State]) -> list[_State]:
    """Drop every state that another is no later and no dearer than."""
    kept: list[_State] = []
    for state in sorted(states, key=lambda state: (state.free_ms, state.cost)):
        if not kept or state.cost < kept[-1].cost:
            kept.append(state)
    step = 1 + len(kept) // _MOST_STATES
    return kept[::-step]


def _trace_back(state: _State) -> tuple[Placement, ...]:
    found: list[Placement] = []
    reached: _State | None = state
    while reached:
        if reached.placement:
            found.append(reached.placement)
        reached = reached.before
    return tuple(reversed(found))
