"""Captions that roll up: each begins with what the one before it showed last.

Live captions scroll, or grow word by word, and automatic ones do as if they did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from .cue import Cue, Row, cut_row, text_of

_TOUCHING_MS = 200
"""Between two cues that roll up there is no pause."""
_ROLLING = 0.5
"""Share of cues that repeat the line before them, from which on captions roll up."""
_FEWEST = 2
"""Of two cues alone nobody can tell whether they roll up."""
_MOST_WORDS = 200
"""A cue that has more is none that rolls up."""


def drop_repetitions(cues: Sequence[Cue]) -> tuple[list[Cue], int]:
    """Leave out what a cue shows again; also return how many cues did so.

    What people say twice is in captions that don't roll up, and stays.
    """
    repeated = [0, *(_count_repeated(before, cue) for before, cue in pairwise(cues))]
    rolling = sum(map(bool, repeated)) >= max(_FEWEST, _ROLLING * (len(cues) - 1))
    kept: list[Cue] = []
    dropped = 0
    for cue, before, count in zip(cues, [None, *cues], repeated, strict=False):
        twice = before is not None and replace(cue, line=before.line) == before
        count = len(cue.words) if twice else count if rolling else 0  # noqa: PLW2901
        dropped += count > 0
        rows = tuple(_drop_words(cue.rows, count))
        if rows:
            kept.append(replace(cue, rows=rows))
    return kept, dropped


def _count_repeated(before: Cue, cue: Cue) -> int:
    """Count the words with which a cue repeats at least the last row of the one before it."""
    if before.span_ms is None or cue.span_ms is None:
        return 0
    if cue.span_ms[0] - before.span_ms[1] > _TOUCHING_MS:
        return 0
    old, new = before.words, cue.words
    if len(new) > _MOST_WORDS:
        return 0
    least = min(len(text_of(before.rows[-1]).split()), len(new))
    sizes = range(min(len(old), len(new)), least - 1, -1)
    return next((size for size in sizes if size and old[-size:] == new[:size]), 0)


def _drop_words(rows: Sequence[Row], count: int) -> list[Row]:
    """Leave out the first words of a cue's rows."""
    left: list[Row] = []
    for row in rows:
        text = text_of(row)
        words = text.split(None, count)
        if count == 0:
            left.append(row)
        elif len(text.split()) > count:
            left.append(cut_row(row, len(text) - len(words[-1])))
        count = max(0, count - len(text.split()))
    return left
