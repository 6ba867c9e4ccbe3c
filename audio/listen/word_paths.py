"""The paths of the coarse search: how it goes through a script, step by step of a recording."""

# What numba compiles takes an element of an array for a number; numpy's stubs do not.
# pyright: reportArgumentType=false, reportReturnType=false, reportAssignmentType=false

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..compiled import compiled
from .record import (
    LOW,
    Records,
    drop_records,
    grow_records,
    keep_records,
    open_records,
    read_records,
    rename_record,
)

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]

# All in single precision: a path is as much better than the limit when it is stored as before.
ENTER = np.float32(3)
"""A gap is entered at so many times the cost of its first step: for nothing at a pause."""
_WORST = np.float32(-15)
"""No phone of a step is held to be less likely than the likeliest by more."""
PACE = np.float32(2.5)
"""Phones take so many steps, or each step less of their word costs one."""
LEAP = np.float32(35)
"""What it costs to go on with a later clause."""
REACH = 800
"""How many clauses ahead that may be."""
BEAM = np.float32(100)
"""Paths that are less likely than the best by more are given up."""
PROMISE = np.float32(4)
"""A leap is not tried where a clause's first phones are less likely than the likeliest by more."""

_RECORDS = 1 << 18
_BEGINNING = 3
"""So many phones of a clause are sought before a leap, …"""
_AHEAD = 15
"""… in so many steps."""


class Heights(NamedTuple):
    """What is heard in each step."""

    scores: Floats
    """The log likelihood of each phone, …"""
    tops: Floats
    """… and of the likeliest."""
    shares: Floats
    """How much of the difference between the two counts."""
    gaps: Floats
    """How much less likely than the likeliest it is that no word is said."""
    dips: Flags
    """Whether a clause may be leapt to."""


class Cells(NamedTuple):
    """The script in columns: a cell for each phone of each reading of each word."""

    phones: Ints
    readings: Ints
    """The first cell of each reading, and the end."""
    words: Ints
    """The first reading of each word, and the end."""
    skips: Floats
    """What it costs to leave out each word."""
    lingers: Floats
    """What a step of the gap before each word costs beside, and of that after the last."""
    landings: Ints
    """The words that clauses begin with."""
    kinds: Ints
    """A number for each way that a clause begins: those that begin alike have the same."""


class _Paths(NamedTuple):
    """The best path into each place, and the record of what it has said."""

    value: Floats
    link: Ints
    begun: Ints
    """The step in which the word of each cell began."""
    best: Floats
    """The best of each word's cells."""
    last: Ints
    """The last cell of each word's best reading."""
    gap: Floats
    gap_link: Ints
    ready: Floats
    """Being done with all words before each."""
    ready_link: Ints
    leap: Floats
    leap_link: Ints


_Search = tuple[Cells, _Paths, Records]


@compiled
def trace_words(heights: Heights, cells: Cells) -> Ints:
    """Return (words said, 3): the last cell, the first step, the end."""
    words = cells.words.shape[0] - 1
    paths = _open_paths(cells)
    records = open_records(_RECORDS)
    active = np.zeros(1, np.int32)
    paths.ready[0] = 0
    top = np.float32(0)
    for t in range(heights.tops.shape[0]):
        if records.filled[0] > records.link.shape[0] - words - 2:
            _forget(active, cells, paths, records)
            if records.filled[0] > records.link.shape[0] // 2 - words:
                records = grow_records(records)
        search = (cells, paths, records)
        limit = top - BEAM
        _say_words(t, heights, active, limit, search)
        _wait(heights.gaps[t], active, limit, paths, cells.lingers)
        active, top = _pass_on(t, active, limit, search)
        if heights.dips[t] and t + _AHEAD < heights.tops.shape[0]:
            active = _leap(_listen_ahead(t, heights), active, top - BEAM, cells, paths)
    best = LOW
    last = -1
    for word in active:
        value = paths.ready[word] - (LEAP if word < words else np.float32(0))
        if value > best:
            best = value
            last = paths.ready_link[word]
    return read_records(records, last)


@compiled
def _say_words(t: int, heights: Heights, active: Ints, limit: float, search: _Search) -> None:
    """Take the paths inside words one step on."""
    cells, paths, _ = search
    words, readings, phones = cells.words, cells.readings, cells.phones
    heard = np.maximum((heights.scores[t] - heights.tops[t]) * heights.shares[t], _WORST)
    value, link, begun = paths.value, paths.link, paths.begun
    for word in active[: np.searchsorted(active, words.shape[0] - 1)]:
        came, came_link = paths.ready[word], paths.ready_link[word]
        if paths.leap[word] > came:
            came, came_link = paths.leap[word], paths.leap_link[word]
        paths.leap[word] = LOW
        best = LOW
        said = LOW
        for reading in range(words[word], words[word + 1]):
            first, last = readings[reading], readings[reading + 1] - 1
            before = came, came_link, np.int32(t)
            for cell in range(first, last + 1):
                stays = value[cell], link[cell], begun[cell]
                # Choosing costs less than branching: which way a path comes can't be foreseen.
                comes = before[0] > stays[0]
                here = max(before[0], stays[0]) + heard[phones[cell]]
                value[cell] = here if here > limit else LOW
                link[cell] = before[1] if comes else stays[1]
                begun[cell] = before[2] if comes else stays[2]
                best = max(best, here)
                before = stays
            if value[last] > said:
                said = value[last]
                paths.last[word] = last
        paths.best[word] = best


@compiled
def _wait(silent: float, active: Ints, limit: float, paths: _Paths, lingers: Floats) -> None:
    """Take the paths between words one step on."""
    gap, ready = paths.gap, paths.ready
    for word in active:
        here = gap[word]
        if ready[word] + ENTER * silent > here:
            here = ready[word] + ENTER * silent
            paths.gap_link[word] = paths.ready_link[word]
        here += silent - lingers[word]
        gap[word] = here if here > limit else LOW


@compiled
def _pass_on(t: int, active: Ints, limit: float, search: _Search) -> tuple[Ints, float]:
    """Pass from word to word; return where there are paths now, and the best of them."""
    cells, paths, records = search
    words = cells.words.shape[0] - 1
    count = records.filled[0]
    following = np.empty(words + 1, np.int32)
    found = 0
    place = 0
    word = -2
    top = LOW
    carry, carry_link = LOW, -1
    while place < active.shape[0] or (carry > limit and word < words):
        if carry > limit and word < words:
            word += 1
        else:
            word = active[place]
            carry = LOW
        best, link = carry, carry_link
        high = carry
        if place < active.shape[0] and active[place] == word:
            place += 1
            high = max(carry, paths.best[word], paths.gap[word])
            if paths.gap[word] > carry:
                best, link = paths.gap[word], paths.gap_link[word]
        paths.ready[word], paths.ready_link[word] = best, link
        if high > limit:
            following[found] = word
            found += 1
            top = max(top, high)
        carry = LOW
        if word < words:
            carry, carry_link = best - cells.skips[word], link
            cell = paths.last[word]
            said = paths.value[cell] - _weigh_rush(t + 1 - paths.begun[cell], cell, cells.readings)
            if said > max(carry, limit):
                carry, carry_link = said, count
                records.cell[count], records.link[count] = cell, paths.link[cell]
                records.start[count], records.stop[count] = paths.begun[cell], t + 1
                count += 1
    records.filled[0] = count
    return following[:found], top


@compiled
def _weigh_rush(steps: int, last: int, readings: Ints) -> float:
    """Return what it costs to say the reading with this last cell in so many steps."""
    first = readings[np.searchsorted(readings, last, "right") - 1]
    return max(np.float32(0), PACE * np.float32(last + 1 - first) - np.float32(steps))


@compiled
def _listen_ahead(t: int, heights: Heights) -> Flags:
    """Tell whether each phone is soon heard as first, second, … of a clause."""
    scores, tops, shares = heights.scores, heights.tops, heights.shares
    heard = np.zeros((_BEGINNING, scores.shape[1]), np.bool_)
    for depth in range(_BEGINNING):
        for ahead in range(t + 1 + depth, t + (depth + 1) * _AHEAD // _BEGINNING):
            for phone in range(scores.shape[1]):
                behind = (tops[ahead] - scores[ahead, phone]) * shares[ahead]
                heard[depth, phone] |= behind <= PROMISE
    return heard


@compiled
def _leap(heard: Flags, active: Ints, limit: float, cells: Cells, paths: _Paths) -> Ints:
    """Let paths go on with the beginning of any clause ahead that sounds right."""
    ready = paths.ready
    start = np.searchsorted(cells.landings, active[0]) if active.shape[0] else 0
    landings = cells.landings[start : start + REACH]
    merged = np.empty(active.shape[0] + landings.shape[0], np.int32)
    found = 0
    place = 0
    source = LOW
    source_link = -1
    tried = np.full(cells.landings.shape[0], LOW)
    for k, word in enumerate(landings):
        while place < active.shape[0] and active[place] <= word:
            before = active[place]
            if ready[before] > source and before < word:
                source, source_link = ready[before], paths.ready_link[before]
            merged[found] = before
            found += 1
            place += 1
        value = source - LEAP
        kind = cells.kinds[start + k]
        if found > 0 and merged[found - 1] == word:
            tried[kind] = max(tried[kind], ready[word])
        if value < limit or value <= tried[kind] or not _promises(word, heard, cells):
            continue
        tried[kind] = value
        paths.leap[word], paths.leap_link[word] = value, source_link
        if found == 0 or merged[found - 1] != word:
            merged[found] = word
            found += 1
            ready[word] = LOW
            paths.gap[word] = LOW
    rest = active.shape[0] - place
    merged[found : found + rest] = active[place:]
    return merged[: found + rest]


@compiled
def _promises(word: int, heard: Flags, cells: Cells) -> bool:
    """Tell whether each of the first phones of a word is heard where it might be."""
    phones, readings = cells.phones, cells.readings
    for reading in range(cells.words[word], cells.words[word + 1]):
        first = readings[reading]
        depth = 0
        length = min(_BEGINNING, readings[reading + 1] - first)
        while depth < length and heard[depth, phones[first + depth]]:
            depth += 1
        if depth == length:
            return True
    return False


@compiled
def _open_paths(cells: Cells) -> _Paths:
    size = cells.phones.shape[0]
    places = cells.words.shape[0]
    return _Paths(
        np.full(size, LOW), np.full(size, -1, np.int32), np.zeros(size, np.int32),
        np.full(places, LOW), cells.readings[cells.words[1:]] - np.int32(1),
        np.full(places, LOW), np.full(places, -1, np.int32),
        np.full(places, LOW), np.full(places, -1, np.int32),
        np.full(places, LOW), np.full(places, -1, np.int32),
    )  # fmt: skip


@compiled
def _forget(active: Ints, cells: Cells, paths: _Paths, records: Records) -> None:
    """Keep only the records that a live path goes back to."""
    words = cells.words.shape[0] - 1
    count = records.filled[0]
    kept = np.zeros(count, np.bool_)
    for word in active:
        keep_records(paths.ready[word], paths.ready_link[word], records, kept)
        keep_records(paths.gap[word], paths.gap_link[word], records, kept)
        if word < words:
            keep_records(paths.leap[word], paths.leap_link[word], records, kept)
            for cell in range(*_span(cells, word)):
                keep_records(paths.value[cell], paths.link[cell], records, kept)
    names = np.cumsum(kept).astype(np.int32) - 1
    for word in active:
        paths.ready_link[word] = rename_record(paths.ready[word], paths.ready_link[word], names)
        paths.gap_link[word] = rename_record(paths.gap[word], paths.gap_link[word], names)
        if word < words:
            paths.leap_link[word] = rename_record(paths.leap[word], paths.leap_link[word], names)
            for cell in range(*_span(cells, word)):
                paths.link[cell] = rename_record(paths.value[cell], paths.link[cell], names)
    drop_records(records, kept, names)


@compiled
def _span(cells: Cells, word: int) -> tuple[int, int]:
    return cells.readings[cells.words[word]], cells.readings[cells.words[word + 1]]
