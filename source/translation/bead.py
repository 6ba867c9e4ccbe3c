"""Beads: stretches of two sequences that stand for each other, in order, and none left out.

William A. Gale and Kenneth W. Church, “A Program for Aligning Sentences in Bilingual Corpora”,
Computational Linguistics 19 (1993): a translation is about as long as what it translates, so the
likeliest chain of beads is found from lengths alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

_VARIANCE = 6.8
"""Of a translation's length, for each character of the original (section 3.1)."""
_LEAST = 1e-300
"""A probability whose logarithm there still is."""
_REACH = 32
"""How far the two may be apart beside what one has more than the other."""


@dataclass(frozen=True, slots=True)
class Bead:
    """Items of the original and of the translation that stand for each other; one may be empty."""

    source: range
    target: range

    def join(self, other: Bead) -> Bead:
        """Join a bead with the one that follows."""
        source = range(self.source.start, other.source.stop)
        return Bead(source, range(self.target.start, other.target.stop))


Shape = tuple[int, int]
"""How many items of the original and of the translation a bead has."""

SHAPE_COSTS: dict[Shape, float] = {
    (1, 1): 0.116,
    (1, 0): 4.615,
    (0, 1): 4.615,
    (2, 1): 2.419,
    (1, 2): 2.419,
    (2, 2): 4.510,
}
"""Negative logarithms of how often each is (table 5)."""


def chain_beads(
    sources: int, targets: int, shapes: Sequence[Shape], cost: Callable[[Bead], float]
) -> list[Bead]:
    """Return the cheapest chain of beads of these shapes that has all items of both sequences.

    1-0 and 0-1 must be among the shapes.
    """
    reach = _REACH + abs(sources - targets)
    best: dict[Shape, tuple[float, Bead | None]] = {(0, 0): (0.0, None)}
    for source in range(sources + 1):
        middle = source * targets // max(sources, 1)
        for target in range(max(0, middle - reach), min(targets, middle + reach) + 1):
            found = best.get((source, target))
            if found is None:
                continue
            for more, meant in shapes:
                place = source + more, target + meant
                if place[0] > sources or place[1] > targets:
                    continue
                bead = Bead(range(source, place[0]), range(target, place[1]))
                total = found[0] + cost(bead)
                if place not in best or total < best[place][0]:
                    best[place] = total, bead
    return [*_trace(best, (sources, targets))][::-1]


def _trace(best: dict[Shape, tuple[float, Bead | None]], place: Shape) -> Iterator[Bead]:
    while bead := best[place][1]:
        yield bead
        place = bead.source.start, bead.target.start


def cost_lengths(source: int, target: int, ratio: float) -> float:
    """Return how unlikely it is that a text of one length is translated by one of another.

    Both are in characters; `ratio` is how much longer the whole translation is. It is the negative
    logarithm of the probability in section 3.2.
    """
    mean = (source + target / ratio) / 2
    if not mean:
        return 0.0
    deviation = abs(target - source * ratio) / math.sqrt(_VARIANCE * mean)
    return -math.log(max(math.erfc(deviation / math.sqrt(2)), _LEAST))
