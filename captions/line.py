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
    """Break a text at the best places into the lines of a full cue, or more where it needs more.

    This is for a text that is to stand on several lines even if one would hold it.
    """
    house = load_style(style) if isinstance(style, str) else style
    words = [split_columns(word, house.line_width) for word in text.split()]
    units = [piece for word in words for piece in word]
    spaced = [place == 0 for word in words for place in range(len(word))]
    if not units:
        return []
    edges = _find_edges(units, spaced, house, language)
    return [join_units(units[first:stop], spaced[first:stop]) for first, stop in pairwise(edges)]


def _find_edges(units: list[str], spaced: list[bool], style: Style, language: str) -> list[int]:
    """Return where lines start, and the end, by dynamic programming from the text's start."""
    size, width = len(units), style.line_width
    widths = [measure_columns(unit) + space for unit, space in zip(units, spaced, strict=True)]
    before = list(accumulate(widths, initial=0))
    even = before[-1] / max(style.lines, -(-before[-1] // (width + 1)))
    breaks = [LINE_BREAK * cost for cost in grade_breaks(units, language).cost.tolist()]
    best = [0.0] + [float("inf")] * size
    starts = [0] * (size + 1)
    for stop in range(1, size + 1):
        for first in range(stop - 1, -1, -1):
            columns = before[stop] - before[first] - spaced[first]
            if first < stop - 1 and (columns > width or stop - first == size):
                break
            cost = best[first] + LINE + 2 * UNEVEN * ((columns + 1 - even) / width) ** 2
            if stop < size:
                cost += breaks[stop - 1] + (columns + 1 > even) * TOP_HEAVY
            if cost < best[stop]:
                best[stop], starts[stop] = cost, first
    edges = [size]
    while edges[0]:
        edges.insert(0, starts[edges[0]])
    return edges
