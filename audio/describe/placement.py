"""Where each description goes: at its place, or as near to it as there is time to speak.

What does not fit is said faster, then in its author's shorter form, then in a neighbouring gap;
what fits nowhere is left to the extended edition. The descriptions share the gaps and keep their
order, so all are decided on together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .gap import Gap
from .subject import Place, Rendition, Subject

WINDOW_MS = 15_000
"""How long after its place a description may start and still be understood to belong there."""

EARLY_MS = 5_000
"""How long before: what is not to be seen yet is harder to understand than what was just seen."""

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
    NOWHERE = "nowhere"
    """Only the extended edition, where there is one, has it."""


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


def choose_gaps(gaps: Iterable[Gap]) -> list[Gap]:
    """Return the gaps that are sure enough to be spoken in."""
    return [gap for gap in gaps if gap.confidence >= TRUSTED]


def place_descriptions(subjects: Sequence[Subject], gaps: Sequence[Gap]) -> tuple[Placement, ...]:
    """Give each description, in order, a time, so that all together stand as high as they can.

    None comes nearer to the ends of a gap than its guards, or overlaps another.
    """
    trusted = choose_gaps(gaps)
    states = [_State(0, 0.0)]
    for subject in subjects:
        near = [gap for gap in trusted if _is_near(gap, subject.place)]
        states = _keep_best([later for state in states for later in _place(state, subject, near)])
    return _trace_back(min(states, key=lambda state: state.cost))


def _is_near(gap: Gap, place: Place) -> bool:
    return gap.end_ms > place.earliest_ms - WINDOW_MS and gap.start_ms < place.latest_ms + WINDOW_MS


def _place(state: _State, subject: Subject, gaps: Iterable[Gap]) -> Iterator[_State]:
    """Place one more description in every way that may serve."""
    nowhere = Placement(subject, Step.NOWHERE, subject.place.earliest_ms)
    yield _State(state.free_ms, state.cost + _NOWHERE_COST, nowhere, state)
    for gap in gaps:
        for rung, rendition in enumerate(subject.renditions):
            for start_ms in find_starts(rendition, subject.place, gap, state.free_ms):
                away_ms = subject.place.measure_distance(start_ms)
                cost = rung + away_ms / WINDOW_MS
                cost += _NEIGHBOUR_COST if away_ms > AT_PLACE_MS else 0.0
                step = _name_step(subject, rendition, away_ms)
                placement = Placement(subject, step, start_ms, rendition, gap)
                yield _State(placement.end_ms + BETWEEN_MS, state.cost + cost, placement, state)


def find_starts(rendition: Rendition, place: Place, gap: Gap, free_ms: int) -> set[int]:
    """Return when a rendition may start in a gap; nothing where it does not fit.

    It is the moment nearest to its place, and the first one that still is at its place: that
    leaves the most to those that follow.
    """
    earliest = max(gap.start_ms + gap.guard_ms, free_ms)
    latest = gap.end_ms - gap.guard_ms - rendition.clip.duration_ms
    if latest < earliest:
        return set()
    starts = {
        min(max(moment, earliest), latest)
        for moment in (place.earliest_ms, place.earliest_ms - AT_PLACE_MS)
    }
    first, last = place.earliest_ms - EARLY_MS, place.latest_ms + WINDOW_MS
    return {start for start in starts if first <= start <= last}


def measure_room(
    place: Place, gaps: Iterable[Gap], early_ms: int = AT_PLACE_MS, late_ms: int = AT_PLACE_MS
) -> int:
    """Return how long the longest description is that may start so near a place, were it alone."""
    rooms = (
        gap.end_ms - gap.guard_ms - max(gap.start_ms + gap.guard_ms, place.earliest_ms - early_ms)
        for gap in choose_gaps(gaps)
        if gap.start_ms + gap.guard_ms <= place.latest_ms + late_ms
    )
    return max(0, max(rooms, default=0))


def _name_step(subject: Subject, rendition: Rendition, away_ms: int) -> Step:
    if away_ms > AT_PLACE_MS:
        return Step.NEIGHBOUR
    if rendition.short:
        return Step.SHORT
    return Step.USUAL if rendition is subject.renditions[0] else Step.FASTER


def _keep_best(states: Sequence[_State]) -> list[_State]:
    """Drop every state that another is no later and no dearer than, and some if there are many."""
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
