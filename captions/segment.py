"""Cut an interview into cues and lines: one optimum for all of it, by dynamic programming.

The cost of a cue of m units that starts at unit i is found for all i at once, and for the best
place b of its line break; then the cheapest chain of cues is found from the end to the start. Work
is done in blocks, so that memory does not grow with what is not kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import add

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..source import Clock
from ..source.bond import COSTS, ORPHAN, TOP_HEAVY, TORN, UNEVEN
from ..source.phrase import Phrasing, find_bonds
from ..source.sentence import find_sentence_ends
from .dialogue import Exchange, find_exchanges
from .measure import count_words
from .style import Reading, Style
from .unit import Units, join_units

BLOCK = 4096
LONGEST_CUE = 64
"""Units; only a script of single letters comes near it."""

CUE_BREAK = 2.0
"""How much more a break costs between two cues than inside one."""
CUE = 1.0
"""Each cue costs a little, or every clause would get its own."""
FEWEST = 1e3
"""What a line costs where there should be as few as can be."""
STUB = 3.0
STUB_COLUMNS = 26
"""A cue this short that is no sentence of its own flashes by."""
MIXED_END = 3.0
MIXED_START = 1.0
"""A cue should not hold the end of a sentence and the beginning of the next."""
LATE = 2.0
LATE_INSIDE = 0.7
"""A second that reading takes beyond speech: words after it wait, best after a sentence."""
HASTE = 12.0
"""A cue that a recording gives no time at all; half its time costs a quarter of that."""
PAUSE = 4.0
PAUSE_MS = 500
"""A second of a pause longer than this inside a cue."""
LONE = 4.0
"""A cue of one word that is no sentence of its own."""
SHARED = 2.0
"""Two people who share a cue …"""
EARLY = 0.5
"""… and each second that the second one's line is there before it is said."""
LABEL = 2.0
"""A label may stand on a line of its own, however short it is."""
FEW = 2
"""So many words that are no sentence are alone on a label's line, where it could be alone."""
SOFTENING = 0.7
"""How much of a break's cost a second of silence takes away."""
FORBIDDEN = 1e6
FAR = 1 << 50
TOO_LONG = 1e4
"""A cue that speech or reading makes longer than the style's longest; single words may be."""

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where the cues are: one value a cue."""

    first: Ints
    """The first unit."""
    count: Ints
    """How many units."""
    split: Ints
    """How many units stand on the upper line; 0 where there is only one line."""
    shared: NDArray[np.bool_]
    """Whether two people share it, each on a line."""

    def rows(self) -> Iterator[tuple[int, int, int, bool]]:
        """Yield first, count, split and shared of each cue."""
        columns = (self.first, self.count, self.split, self.shared)
        return zip(*(column.tolist() for column in columns), strict=True)


@dataclass(frozen=True, slots=True)
class _Field:
    """Columns over all units, padded so that a cue may be sought past the end."""

    width: Ints
    """Columns before each unit, spaces included, from the start of the interview."""
    space: Ints
    """The space before each unit, which a line does not start with."""
    part: Ints
    """The number of hard boundaries up to each unit."""
    start: Ints
    end: Ints
    pause: Floats
    """Seconds of long pauses before each unit, from the start of the interview."""
    sentences: Ints
    """Sentence ends before each unit, from the start of the interview."""
    labels: NDArray[np.bool_]
    """Whether each unit is a label."""
    begins: NDArray[np.bool_]
    """Whether a sentence begins with each unit."""
    effort: Ints
    """Microseconds of reading before each unit, from the start of the interview."""
    space_effort: int
    """Those of a space, which a cue does not start with."""
    line_cost: Floats
    cue_cost: Floats
    """After each unit."""
    size: int
    """How many units there are without the padding."""
    clock: Clock | None
    """A recording's words don't wait until the cue before them is read."""


def segment_units(units: Units, style: Style, language: str, clock: Clock | None) -> Cuts:
    """Find the cheapest cues and line breaks.

    Without a clock time doesn't matter: there are as few lines as can be, but where one cue holds
    everything it has two.
    """
    size = len(units.texts)
    sentences = find_sentence_ends(units.texts, units.spaced, _open_paragraphs(units), language)
    field = _lay_field(units, find_bonds(units.texts, sentences, language), style, clock)
    exchanges = [it for it in find_exchanges(units, style) if it.count <= LONGEST_CUE]
    chain = np.zeros(size, np.uint8)
    splits = np.zeros((size, LONGEST_CUE + 1), np.uint8)
    tail = [0.0] + [float("inf")] * LONGEST_CUE
    for stop in range(size, 0, -BLOCK):
        start = max(0, stop - BLOCK)
        block = range(start, stop)
        lengths = _reach(field, block, style.lines * style.line_width + style.lines - 1)
        inside = [exchange for exchange in exchanges if exchange.first in block]
        rows = [exchange.first - start for exchange in inside]
        counts = [exchange.count for exchange in inside]
        lengths[rows] = np.maximum(lengths[rows], counts)
        costs, block_splits = _cost_cues(field, block, int(lengths.max()), style)
        for exchange, row, count in zip(inside, rows, counts, strict=True):
            costs[row, count - 1] = _cost_exchange(field, exchange, style)
            block_splits[row, count - 1] = exchange.split
        splits[start:stop, 1 : costs.shape[1] + 1] = block_splits
        chain[start:stop], tail = _chain_cues(costs, lengths, tail)
    return _follow(chain, splits, field.part)


def _open_paragraphs(units: Units) -> list[bool]:
    """Tell where no sentence can go on: after a label, too."""
    opens = list(units.opens)
    for label in units.labels:
        opens[label + 1] = True
    return opens


def _lay_field(units: Units, phrasing: Phrasing, style: Style, clock: Clock | None) -> _Field:
    starts, ends = np.array(units.start_ms), np.array(units.end_ms)
    gaps = np.append(starts[1:] - ends[:-1], 0)
    hard = np.array([*units.opens[1:], True])
    sentence = hard | phrasing.sentence
    sentence[units.labels] = False
    cost = COSTS[phrasing.bond] + np.where(phrasing.torn, TORN, 0)
    cost = np.where(hard, 0, cost) * (1 - SOFTENING * np.clip(gaps, 0, 1000) / 1000)
    line_cost, cue_cost = cost.copy(), CUE_BREAK * cost
    line_cost[units.labels] = LABEL
    cue_cost[units.labels] = FORBIDDEN
    pauses = np.where(hard, 0, np.clip(gaps - PAUSE_MS, 0, None)) / 1000
    return _Field(
        width=_pad(np.append(0, np.cumsum(np.add(units.widths, units.spaced))), FAR),
        space=_pad(units.spaced),
        part=_pad(np.cumsum(units.opens), -1),
        start=_pad(starts, FAR),
        end=_pad(ends, FAR),
        pause=_pad_costs(np.append(0, np.cumsum(pauses))),
        sentences=_pad(np.append(0, np.cumsum(sentence))),
        labels=np.isin(np.arange(len(starts)), units.labels),
        begins=np.append(True, sentence[:-1]),
        effort=_pad(np.append(0, np.cumsum(_measure_effort(units, style))), FAR),
        space_effort=int(style.reading is Reading.COLUMNS and 1e6 / style.reading_speed),
        line_cost=_pad_costs(line_cost),
        cue_cost=_pad_costs(cue_cost),
        size=len(starts),
        clock=clock,
    )


def _measure_effort(units: Units, style: Style) -> Ints:
    """Return the microseconds that it takes to read each unit with the space before it."""
    if style.reading is Reading.COLUMNS:
        amount = np.add(units.widths, units.spaced)
    else:
        amount = np.array([count_words(text) for text in units.texts])
    effort = np.ceil(amount * (1000 * style.reading.span_ms / style.reading_speed))
    if style.label_ms is not None:
        effort[units.labels] = 1000 * style.label_ms
    return effort.astype(np.int64)


def _pad(values: ArrayLike, filler: int = 0) -> Ints:
    return np.append(values, np.full(LONGEST_CUE + 1, filler)).astype(np.int64)


def _pad_costs(values: ArrayLike) -> Floats:
    return np.append(values, np.zeros(LONGEST_CUE + 1)).astype(np.float32)


def _from(block: range, offset: int = 0) -> slice:
    """Select what stands `offset` units after each start of a block."""
    return slice(block.start + offset, block.stop + offset)


def _cost_cues(
    field: _Field, block: range, longest: int, style: Style
) -> tuple[Floats, NDArray[np.uint8]]:
    """Cost the cues that start in a block: a row a start, a column a length from 1."""
    line = int(_reach(field, block, style.line_width).max())
    costs = np.empty((len(block), longest), np.float32)
    splits = np.zeros((len(block), longest), np.uint8)
    for count in range(1, longest + 1):
        cost = _cost_length(field, block, count, style)
        columns = _columns(field, block, count)
        wide = columns > style.line_width
        if field.clock is None:
            wide |= 1 < count == field.size and style.lines > 1
            cost += wide * np.float32(FEWEST)
        if wide.any():
            shape, split = _split_lines(field, block, count, line, style)
            cost += np.where(wide, shape, 0)
            splits[:, count - 1] = np.where(wide, split, 0)
        cost[field.part[_from(block, count - 1)] != field.part[_from(block)]] = np.inf
        costs[:, count - 1] = cost
    return costs, splits


def _reach(field: _Field, block: range, columns: int) -> Ints:
    """Count the units that fit into so many columns from each start, at least 1."""
    limits = field.width[_from(block)] + field.space[_from(block)] + columns
    counts = np.searchsorted(field.width, limits, "right") - 1 - np.array(block)
    return np.clip(counts, 1, LONGEST_CUE)


def _columns(field: _Field, block: range, count: int, skip: int = 0) -> Ints:
    """Measure `count - skip` units from `skip` units after each start, as one line."""
    begin = _from(block, skip)
    return field.width[_from(block, count)] - field.width[begin] - field.space[begin]


def _split_lines(
    field: _Field, block: range, count: int, line: int, style: Style
) -> tuple[Floats, NDArray[np.uint8]]:
    """Find the best place to break each cue of `count` units into two lines; inf where none is."""
    best = np.full(len(block), np.inf, np.float32)
    split = np.zeros(len(block), np.uint8)
    places = range(max(1, count - line), min(count - 1, line) + 1) if style.lines > 1 else ()
    for place in places:
        upper = _columns(field, block, place)
        lower = _columns(field, block, count, place)
        cost = shape_cost(upper, lower, style.line_width)
        if place in {1, count - 1}:
            cost += np.float32(ORPHAN)
        if place == 1:
            cost[field.labels[_from(block)]] = 0
        elif place <= 1 + FEW:
            fits = _columns(field, block, count, 1) <= style.line_width
            parted = field.line_cost[_from(block, place - 1)] > 0
            cost[field.labels[_from(block)] & fits & parted] += np.float32(ORPHAN)
        cost += field.line_cost[_from(block, place - 1)]
        better = (cost < best) & (np.maximum(upper, lower) <= style.line_width)
        np.copyto(best, cost, where=better)
        np.copyto(split, place, where=better)
    return best, split


def shape_cost(upper: Ints, lower: Ints, line_width: int) -> Floats:
    """Cost the shape of two lines of so many columns."""
    uneven = ((upper - lower) * np.float32(1 / line_width)) ** 2 * np.float32(UNEVEN)
    return uneven + (upper > lower) * np.float32(TOP_HEAVY)


def _cost_length(field: _Field, block: range, count: int, style: Style) -> Floats:
    """Cost all of a cue but its lines."""
    first, last, after = (_from(block, offset) for offset in (0, count - 1, count))
    columns = _columns(field, block, count)
    cost = field.cue_cost[last] + np.float32(FEWEST if field.clock is None else CUE)
    ends = field.sentences[after] > field.sentences[last]
    starts = field.begins[first]
    inside = field.sentences[last] > field.sentences[first]
    cost += (inside & ~ends) * np.float32(MIXED_END) + (inside & ~starts) * np.float32(MIXED_START)
    stub = np.clip(STUB_COLUMNS - columns, 0, None) * np.float32(STUB / STUB_COLUMNS)
    cost += np.where(starts & ends, 0, stub + np.float32(LONE * (count == 1)))
    if field.clock is not None:
        cost += _cost_time(field, block, count, style)
    return cost


def _cost_time(field: _Field, block: range, count: int, style: Style) -> Floats:
    """Cost what a cue's time does to it: too little of it, or a pause inside."""
    first, last, after = (_from(block, offset) for offset in (0, count - 1, count))
    skipped = field.space[first] * field.space_effort
    reading = (field.effort[after] - field.effort[first] - skipped) * np.float32(1e-6)
    need = np.maximum(reading, np.float32(style.shortest_ms / 1000))
    room = (field.start[after] - field.start[first] - style.gap_ms) * np.float32(0.001)
    cost = _cost_lateness(field.clock, need, room, field.cue_cost[last])
    cost += (field.pause[last] - field.pause[first]) * np.float32(PAUSE)
    # What follows can then be met, or a gap be left that is none of the small ones.
    longest = style.longest_ms - style.small_gap_ms
    over = (field.end[last] - field.start[first] > longest) | (need > np.float32(longest / 1000))
    cost += over * np.float32(TOO_LONG)
    return cost.astype(np.float32)


def _cost_lateness(clock: Clock | None, need: Floats, room: Floats, edge: Floats) -> Floats:
    late = np.clip(need - room, 0, None)
    if clock and not clock.waits:
        return late * np.float32(LATE) + np.square(late / need) * np.float32(HASTE)
    return (late * (LATE + LATE_INSIDE * edge)).astype(np.float32)


def _cost_exchange(field: _Field, exchange: Exchange, style: Style) -> float:
    """Cost a cue that two people share: it helps where each alone would have too little time."""
    first, after = exchange.first, exchange.first + exchange.count
    if max(field.end[after - 1] - field.start[first], exchange.need_ms) > style.longest_ms:
        return FORBIDDEN
    room_ms = field.start[after] - field.start[first] - style.gap_ms
    need, room = (np.array([time_ms / 1000], np.float32) for time_ms in (exchange.need_ms, room_ms))
    early = (field.start[first + exchange.split] - field.start[first]) / 1000
    late = _cost_lateness(field.clock, need, room, field.cue_cost[[after - 1]])
    return CUE + SHARED + EARLY * early + float(late[0])


def _chain_cues(costs: Floats, lengths: Ints, tail: list[float]) -> tuple[list[int], list[float]]:
    """Find the length of the best cue from each start, and the costs from there to the end.

    `lengths` bounds a cue's length; `tail` holds the costs of the starts after this block.
    """
    rows, bounds = costs.tolist(), lengths.tolist()
    size = len(rows)
    best = [0.0] * size + tail
    chosen = [0] * size
    for start in range(size - 1, -1, -1):
        totals = list(map(add, rows[start], best[start + 1 : start + 1 + bounds[start]]))
        best[start] = min(totals)
        chosen[start] = totals.index(best[start]) + 1
    return chosen, best[: LONGEST_CUE + 1]


def _follow(chain: NDArray[np.uint8], splits: NDArray[np.uint8], parts: Ints) -> Cuts:
    lengths = chain.tolist()
    firsts: list[int] = []
    unit = 0
    while unit < len(lengths):
        firsts.append(unit)
        unit += lengths[unit]
    first = np.array(firsts, np.int64)
    count = chain[first].astype(np.int64)
    shared = parts[first] != parts[first + count - 1]
    return Cuts(first, count, splits[first, count].astype(np.int64), shared)


def compose_lines(units: Units, cuts: Cuts, style: Style) -> Iterator[list[str]]:
    """Write the lines of each cue."""
    texts, spaced = units.texts, units.spaced
    for first, count, split, shared in cuts.rows():
        stop = first + count
        edges = [first, first + split, stop] if split else [first, stop]
        lines = [join_units(texts[begin:end], spaced[begin:end]) for begin, end in pairwise(edges)]
        yield list(map(style.show_dash, lines)) if shared else lines
