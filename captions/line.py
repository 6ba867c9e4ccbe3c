"""Lines of a text that has no times: one optimum over all its breaks."""

from __future__ import annotations

from itertools import accumulate, pairwise

from .breaks import grade_breaks
from .measure import measure_columns, split_columns
from .segment import LINE_BREAK, TOP_HEAVY, UNEVEN
from .style import Style, load_style
from .unit import join_units

LINE = 1e3
"""Fewer lines always win."""


def break_lines(text: str, style: Style | str = "netflix", language: str = "en") -> list[str]:
    """Break a cue's text into as few lines as the style's width allows, at the best places."""
    width = (load_style(style) if isinstance(style, str) else style).line_width
    words = [split_columns(word, width) for word in text.split()]
    units = [piece for word in words for piece in word]
    spaced = [place == 0 for word in words for place in range(len(word))]
    if not units:
        return []
    edges = _find_edges(units, spaced, width, language)
    return [join_units(units[first:stop], spaced[first:stop]) for first, stop in pairwise(edges)]


def _find_edges(units: list[str], spaced: list[bool], width: int, language: str) -> list[int]:
    """Return where lines start, and the end, by dynamic programming from the text's start."""
    size = len(units)
    before = list(
        accumulate((measure_columns(u) + s for u, s in zip(units, spaced, strict=True)), initial=0)
    )
    even = before[-1] / -(-before[-1] // (width + 1))
    breaks = [LINE_BREAK * cost for cost in grade_breaks(units, language).cost.tolist()]
    best = [0.0] + [float("inf")] * size
    starts = [0] * (size + 1)
    for stop in range(1, size + 1):
        for first in range(stop - 1, -1, -1):
            columns = before[stop] - before[first] - spaced[first]
            if columns > width and first < stop - 1:
                break
            cost = best[first] + LINE + abs(columns + 1 - even) * UNEVEN / width
            if stop < size:
                cost += breaks[stop - 1] + (columns + 1 > even) * TOP_HEAVY
            if cost < best[stop]:
                best[stop], starts[stop] = cost, first
    edges = [size]
    while edges[0]:
        edges.insert(0, starts[edges[0]])
    return edges
