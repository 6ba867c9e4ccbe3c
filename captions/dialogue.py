"""Dialogue: two short turns that share a cue, each on a line of its own behind its dash."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from .measure import measure_columns
from .style import Style
from .unit import SILENCE_MS, Units, join_units


@dataclass(frozen=True, slots=True)
class Exchange:
    """Two turns that would fit into one cue."""

    first: int
    """The first unit."""
    split: int
    """How many units the first turn has, and …"""
    count: int
    """… both."""
    need_ms: int
    """How long they take to read."""


def find_exchanges(units: Units, style: Style) -> Iterator[Exchange]:
    """Find the turns that a style lets share a cue with the next one.

    A line holds one speaker, and no silence is bridged.
    """
    if not style.dash or style.lines == 1 or len(units.parts) < 2:  # noqa: PLR2004 - two people
        return
    stops = [*(part.first for part in units.parts[1:]), len(units.texts)]
    for (one, first_stop), (two, stop) in pairwise(zip(units.parts, stops, strict=True)):
        if not one.speaker or not two.speaker or one.speaker == two.speaker:
            continue
        if two.index != one.index + 1:
            continue  # a picture or a heading stands between them
        if two.first in units.switches:
            continue
        if any(units.opens[one.first + 1 : two.first] + units.opens[two.first + 1 : stop]):
            continue
        if units.start_ms[two.first] - units.end_ms[first_stop - 1] >= SILENCE_MS:
            continue
        lines = [
            style.show_dash(join_units(units.texts[begin:end], units.spaced[begin:end]))
            for begin, end in ((one.first, two.first), (two.first, stop))
        ]
        if max(map(measure_columns, lines)) <= style.line_width:
            need_ms = style.reading_ms(lines)
            yield Exchange(one.first, two.first - one.first, stop - one.first, need_ms)
