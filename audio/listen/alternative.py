"""Several ways to say something, likeliest first, and how they join."""

from __future__ import annotations

from collections.abc import Sequence

Reading = tuple[str, ...]
"""Words as they are spoken, or phones: one way to say something."""
Readings = tuple[Reading, ...]


def join_readings(pieces: Sequence[Readings], most: int) -> Readings:
    """Join the readings of consecutive pieces into at most so many of the whole.

    First comes the best of each piece; then, in each piece's turn, its next best among the best
    of the others. A piece without readings says nothing.
    """
    said = [piece for piece in pieces if piece]
    best = [piece[0] for piece in said]
    found = dict.fromkeys([_chain(best)])
    for rank in range(1, max(map(len, said), default=0)):
        for place, piece in enumerate(said):
            if rank < len(piece):
                found[_chain([*best[:place], piece[rank], *best[place + 1 :]])] = None
    return tuple(one for one in found if one)[:most]


def _chain(readings: Sequence[Reading]) -> Reading:
    return tuple(word for reading in readings for word in reading)
