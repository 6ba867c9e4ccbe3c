"""Which turns, pictures, sounds and headings of a translation stand for which of the original."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter

from ..interview import Interview, Part, Role, Turn
from ..transcript import match_names
from .bead import SHAPE_COSTS, Bead, Shape, chain_beads, cost_lengths

_LACKING = 15.0
"""Having no counterpart: for two it costs more than all that can be odd about a pair."""
_UNLIKE = 15.0
"""The most that lengths tell of whole turns, for a translator may sum up."""
_STRANGER = 8.0
"""Somebody else says it."""
_PARTED = SHAPE_COSTS[2, 1]
"""A turn that became two, or two that became one: as of sentences."""
_MISSED = SHAPE_COSTS[1, 0]
"""One of two that were taken for joined is missing: likewise."""

_WHOLE: tuple[Shape, ...] = ((1, 1), (1, 0), (0, 1))
_PARTING: tuple[Shape, ...] = (*_WHOLE, (2, 1), (1, 2))


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Parts, by their indices, that stand for each other; of turns there may be two on a side."""

    source: Sequence[int]
    target: Sequence[int]


def pair_parts(original: Interview, translated: Interview) -> list[Counterpart]:
    """Pair two interviews' parts in order, by kind, speaker and length.

    What has no counterpart is in no pair.
    """
    turns = _pair_turns(original, translated)
    return sorted(
        [*turns, *_pair_others(original.parts, translated.parts, turns)],
        key=lambda pair: pair.target[0],
    )


def measure_ratio(original: Interview, translated: Interview) -> float:
    """Return how much longer what is said is in the translation, in characters."""
    source, target = (
        sum(len(turn.text) for turn in interview.turns()) for interview in (original, translated)
    )
    return target / source if source and target else 1.0


def _match_speakers(original: Interview, translated: Interview) -> list[dict[str, str]]:
    """List who of the original the translation's speakers may be.

    Names may be written in other ways, and roles in another language: who is not known by name is
    whoever has the same role, or else comes next. As roles may be guesses, they may be in vain.
    """
    by_name = match_names(
        [one.name for one in translated.speakers],
        {one.name: one.called for one in original.speakers},
    )
    by_role = by_name
    for role in Role:
        by_role = _match_next(original, translated, by_role, {role})
    found = [_match_next(original, translated, known, {*Role}) for known in (by_role, by_name)]
    return found[:1] if found[0] == found[1] else found


def _match_next(
    original: Interview, translated: Interview, known: Mapping[str, str], roles: Collection[Role]
) -> dict[str, str]:
    """Match those of these roles who are not known yet, in their order."""
    left, unknown = (
        [one.name for one in interview.speakers if one.role in roles and one.name not in taken]
        for interview, taken in ((original, {*known.values()}), (translated, {*known}))
    )
    return {**known, **dict(zip(unknown, left, strict=False))}


class _Turns:
    """The turns of one side."""

    def __init__(self, parts: Sequence[Part], known: dict[str, str]) -> None:
        self.indices = [index for index, part in enumerate(parts) if isinstance(part, Turn)]
        turns = [part for part in parts if isinstance(part, Turn)]
        self._speakers = [known.get(turn.speaker, turn.speaker) for turn in turns]
        self._ends = [0, *accumulate(len(turn.text) for turn in turns)]

    def name_speakers(self, turns: range) -> set[str]:
        return {self._speakers[turn] for turn in turns}

    def count_inside(self, turns: range) -> int:
        """Count what is no turn between turns; it has no counterpart where they stand for one."""
        return self.indices[turns[-1]] - self.indices[turns[0]] - len(turns) + 1

    def measure(self, turns: range) -> int:
        return self._ends[turns.stop] - self._ends[turns.start]


def _pair_turns(original: Interview, translated: Interview) -> list[Counterpart]:
    """Pair the turns; where the speakers may be these or those, the likelier chain decides."""
    sources = _Turns(original.parts, {})
    ratio = measure_ratio(original, translated)
    chains: list[tuple[float, list[Counterpart]]] = []
    for known in _match_speakers(original, translated):
        targets = _Turns(translated.parts, known)
        cost = _weigh_turns(sources, targets, ratio)
        beads = chain_beads(len(sources.indices), len(targets.indices), _PARTING, cost)
        settled = [_settle(bead, cost) for bead in beads]
        pairs = _list_pairs(settled, sources.indices, targets.indices)
        chains.append((sum(map(cost, beads)), pairs))
    return min(chains, key=itemgetter(0))[1]


def _weigh_turns(sources: _Turns, targets: _Turns, ratio: float) -> Callable[[Bead], float]:
    """Return what says how unlikely it is that turns stand for each other."""

    def cost(bead: Bead) -> float:
        if not bead.source or not bead.target:
            return _LACKING
        asked, found = sources.name_speakers(bead.source), targets.name_speakers(bead.target)
        if len(asked) > 1 or len(found) > 1:
            return math.inf
        lengths = sources.measure(bead.source), targets.measure(bead.target)
        parted = len(bead.source) > 1 or len(bead.target) > 1
        unlike = min(cost_lengths(*lengths, ratio), _UNLIKE)
        inside = sources.count_inside(bead.source) + targets.count_inside(bead.target)
        return unlike + _STRANGER * (asked != found) + _PARTED * parted + _LACKING * inside

    return cost


def _settle(bead: Bead, cost: Callable[[Bead], float]) -> Bead:
    """Leave out one of two turns where it is likelier that it is missing than that they are one.

    Only once the chain stands: while it is sought, a turn that is so cheap to leave out would be
    missed in talks that lack none. One that may have been added stays with its neighbour: by itself
    it would have no time.
    """
    single = [Bead(range(source, source + 1), bead.target) for source in bead.source]
    return min((bead, *single), key=lambda one: cost(one) + _MISSED * (one is not bead))


def _pair_others(
    sources: Sequence[Part], targets: Sequence[Part], turns: Sequence[Counterpart]
) -> Iterator[Counterpart]:
    """Pair what is no turn where it stands between the same turns."""
    source_slots = _find_slots(sources, [pair.source for pair in turns])
    target_slots = _find_slots(targets, [pair.target for pair in turns])
    for here, there in zip(source_slots, target_slots, strict=True):
        beads = _pair_slot([sources[index] for index in here], [targets[index] for index in there])
        yield from _list_pairs(beads, here, there)


def _pair_slot(sources: Sequence[Part], targets: Sequence[Part]) -> list[Bead]:
    def cost(bead: Bead) -> float:
        if not bead.source or not bead.target:
            return _LACKING
        source, target = sources[bead.source.start], targets[bead.target.start]
        if type(source) is not type(target):
            return math.inf
        return min(cost_lengths(len(source.text), len(target.text), 1.0), _UNLIKE)

    return chain_beads(len(sources), len(targets), _WHOLE, cost)


def _find_slots(parts: Sequence[Part], turns: Sequence[Sequence[int]]) -> list[list[int]]:
    """List what is no turn, before the first of these turns, between them and after the last.

    What stands inside a turn that was parted, or joined with the next, has no slot.
    """
    starts = [0, *(turn[-1] for turn in turns)]
    stops = [*(turn[0] for turn in turns), len(parts)]
    return [
        [index for index in range(start, stop) if not isinstance(parts[index], Turn)]
        for start, stop in zip(starts, stops, strict=True)
    ]


def _list_pairs(
    beads: Sequence[Bead], sources: Sequence[int], targets: Sequence[int]
) -> list[Counterpart]:
    return [
        Counterpart(
            sources[bead.source.start : bead.source.stop],
            targets[bead.target.start : bead.target.stop],
        )
        for bead in beads
        if bead.source and bead.target
    ]
