"""Where in a clip each word lies, from the marks that the voice gave."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

from ..source.rate import count_syllables
from .speak.voice import Mark

Interval = tuple[int, int]
"""Start and end, in milliseconds from the start of the clip."""


def place_words(
    words: Sequence[str], offsets: Sequence[int], marks: Sequence[Mark], duration_ms: int
) -> list[Interval]:
    """Give each word its time: none is left out, and none starts before the one that precedes it.

    A word that a voice says in several goes (`1998`) lasts from its first mark to its last. Words
    that it runs together under one mark share its time by their syllables; what nobody can say,
    such as a dash, gets no length. Without marks the whole clip is shared out like that.
    """
    if not words:
        return []
    heard = _heard(offsets, marks, duration_ms) or {0: (0, duration_ms)}
    placed: list[Interval] = []
    starts = [0, *list(heard)[1:], len(words)]
    for (first, last), (marked, span) in zip(pairwise(starts), heard.items(), strict=True):
        weights = [count_syllables(word) for word in words[first:last]]
        if not weights[marked - first]:
            weights[marked - first] = 1.0  # an ampersand, an emoji: it has a mark, so it was said
        placed += _share(weights, span)
    return placed


def _heard(offsets: Sequence[int], marks: Sequence[Mark], duration_ms: int) -> dict[int, Interval]:
    """Map the words that have marks to their time, in order."""
    heard: dict[int, Interval] = {}
    latest = reached_ms = 0
    for mark in marks:
        latest = max(latest, bisect_right(offsets, mark.offset) - 1)
        start_ms = min(max(mark.start_ms, reached_ms), duration_ms)
        reached_ms = min(max(mark.end_ms, start_ms), duration_ms)
        heard[latest] = (heard.get(latest, (start_ms, 0))[0], reached_ms)
    return heard


def _share(weights: Sequence[float], span: Interval) -> list[Interval]:
    start_ms, end_ms = span
    total = sum(weights)
    edges = [
        start_ms + round((end_ms - start_ms) * part / total)
        for part in accumulate(weights, initial=0.0)
    ]
    return list(pairwise(edges))
