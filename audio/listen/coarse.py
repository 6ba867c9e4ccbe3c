"""The coarse search: which words of a script a recording says, and about when.

One Viterbi pass over the whole recording at 30 ms, one state a phone, in which a word may be left
out, a sentence further on may follow at once, and between two words there may be anything. What
is heard of both is found, however much either has that the other lacks.
"""

# What numba compiles takes an element of an array for a number; numpy's stubs do not.
# pyright: reportArgumentType=false, reportReturnType=false, reportAssignmentType=false

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .acoustic_model import AcousticModel
from .compiled import compiled
from .script import MURMUR, Line

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

STEP = 3
"""Frames of 10 ms to a step of the search."""

GARBAGE = -4.5
"""How likely a step between words is that is no pause. In speech the right phone of a step is less
likely than the likeliest by 3.5 on average, the phones of a wrong word by 7.5 (natural logs)."""
FLAT_GARBAGE = -3.0
"""The same in music and noise, where all phones are about as likely and no word is right."""
FLAT, SHARP = -10.3, -12.0
"""How much less likely than the likeliest phone all phones are there and in speech, on average
over a second: by 8.5 to 10 there, by 12 (a hoarse voice) to 25 in speech."""
SHARPEST = -20.0
"""Where this is still more, as in synthetic speech (40), right phones fall as far behind as wrong
ones do elsewhere: there, likelihoods are drawn together."""
FLAT_STEPS = 16
ENTER = 3.0
"""A gap is entered at so many times the cost of its first step: for nothing at a pause."""
LINGER = 0.3
"""What each step of a gap inside a sentence costs beside: words of a sentence keep together."""
WORST = 15.0
"""No phone of a step is held to be less likely than the likeliest by more."""
SKIP = 12.0
"""What it costs to leave out a word …"""
SKIP_OPTIONAL = 2.0
"""… that an editor put there, …"""
SKIP_HESITATION = 1.0
"""… and one that transcribers and speakers put anywhere."""
LEAP = 35.0
"""What it costs to go on with a later sentence."""
ALIKE = 4
"""Of sentences that begin with so many equal words, a leap goes to the nearest."""
REACH = 400
"""How many sentences ahead that may be."""
BEAM = 100.0
"""Paths that are less likely than the best by more are given up."""
DIP_STEPS = 4
"""A leap lands where the sound is lowest within so many steps, or …"""
DIP_EVERY = 13
"""… after so many steps without a pause."""
PROMISE = 4.0
"""A leap is not tried where the first phones of a sentence are less likely than this."""

_LOW = np.float32(-1e30)
_RECORDS = 1 << 18
_AHEAD = 15
"""How many steps ahead the first phones of a sentence are sought."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Where a word was heard, in frames of 10 ms, and which of its readings."""

    start: int
    stop: int
    reading: int


class _Cells(NamedTuple):
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
    openings: Ints
    """The words that sentences begin with."""
    kinds: Ints
    """A number for each way that a sentence begins: those that begin alike have the same."""


class _Paths(NamedTuple):
    """The best path into each place, and the record of what it has said."""

    value: Floats
    link: Ints
    begun: Ints
    """The step in which the word of each cell began."""
    gap: Floats
    gap_link: Ints
    ready: Floats
    """Being done with all words before each."""
    ready_link: Ints
    leap: Floats
    leap_link: Ints


class _Records(NamedTuple):
    """Words that were said, each with the record of the one before it."""

    reading: Ints
    start: Ints
    stop: Ints
    link: Ints


def find_words(
    script: Sequence[Line],
    scores: Floats,
    energy: Floats,
    model: AcousticModel,
) -> list[Heard | None]:
    """Find each word of the script in a recording; None where it is not said.

    `scores` is (steps, phones) of log likelihoods, `energy` that of the steps.
    """
    relative = scores - scores.max(axis=1, keepdims=True)
    mean = _smooth_mean(relative)
    relative *= np.minimum(1, SHARPEST / mean)[:, None]
    quiet = relative[:, list(model.quiet)].max(axis=1)
    gaps = np.maximum(quiet, np.interp(mean, (SHARP, FLAT), (GARBAGE, FLAT_GARBAGE)))
    cells = _lay_cells(script, model.phones[MURMUR])
    path = _trace_words(
        np.maximum(relative, -WORST), gaps.astype(np.float32), _find_dips(energy), cells
    )
    owners = np.repeat(np.arange(len(script)), np.diff(cells.words))
    found: list[Heard | None] = [None] * len(script)
    for reading, start, stop in path.tolist():
        word = int(owners[reading])
        found[word] = Heard(start * STEP, stop * STEP, reading - int(cells.words[word]))
    return found


def _smooth_mean(relative: Floats) -> Floats:
    """Return how much less likely than the likeliest all phones are, around each step."""
    width = 2 * FLAT_STEPS + 1
    padded = np.pad(relative.mean(axis=1), FLAT_STEPS, mode="edge")
    return np.convolve(padded, np.ones(width, np.float32) / np.float32(width), "valid")


def _lay_cells(script: Sequence[Line], murmur: int) -> _Cells:
    # A murmur sounds like any noise: here it would swallow the pauses of a whole recording.
    readings = [[r for r in line.readings if r != (murmur,)] for line in script]
    flat = [reading for line in readings for reading in line]
    skips = [
        SKIP_HESITATION if line.hesitation else SKIP_OPTIONAL if line.optional else SKIP
        for line in script
    ]
    opens = [line.opens for line in script]
    return _Cells(
        phones=np.array([phone for reading in flat for phone in reading], np.int32),
        readings=np.cumsum([0, *map(len, flat)]).astype(np.int32),
        words=np.cumsum([0, *map(len, readings)]).astype(np.int32),
        skips=np.array(skips, np.float32),
        lingers=np.array([*(0 if it else LINGER for it in opens), 0], np.float32),
        openings=np.flatnonzero(opens).astype(np.int32),
        kinds=_name_openings(script, opens),
    )


def _name_openings(script: Sequence[Line], opens: Sequence[bool]) -> Ints:
    names: dict[tuple[object, ...], int] = {}
    starts = [word for word, it in enumerate(opens) if it]
    alike = (tuple(line.readings for line in script[start : start + ALIKE]) for start in starts)
    return np.array([names.setdefault(key, len(names)) for key in alike], np.int32)


def _find_dips(energy: Floats) -> NDArray[np.bool_]:
    """Tell at which steps a sentence may be leapt to."""
    smooth = np.convolve(energy, np.ones(3) / 3, "same")
    padded = np.pad(smooth, DIP_STEPS, mode="edge")
    lowest = np.lib.stride_tricks.sliding_window_view(padded, 2 * DIP_STEPS + 1).min(axis=1)
    return (smooth <= lowest) | (np.arange(len(energy)) % DIP_EVERY == 0)


@compiled
def _trace_words(scores: Floats, gaps: Floats, dips: NDArray[np.bool_], cells: _Cells) -> Ints:
    """Return (words said, 3): reading, first step, end."""
    words = cells.words.shape[0] - 1
    size = cells.phones.shape[0]
    paths = _Paths(
        np.full(size, _LOW), np.full(size, -1, np.int32), np.zeros(size, np.int32),
        np.full(words + 1, _LOW), np.full(words + 1, -1, np.int32),
        np.full(words + 1, _LOW), np.full(words + 1, -1, np.int32),
        np.full(words + 1, _LOW), np.full(words + 1, -1, np.int32),
    )  # fmt: skip
    records = _open_records(_RECORDS)
    count = 0
    active = np.zeros(1, np.int32)
    paths.ready[0] = 0
    top = np.float32(0)
    for t in range(scores.shape[0]):
        if count > records.link.shape[0] - words - 2:
            count = _forget(active, cells, paths, records, count)
            if count > records.link.shape[0] // 2 - words:
                records = _grow(records, count)
        active, top, count = _step(t, scores, gaps[t], cells, paths, records, count, active, top)
        if dips[t] and t + _AHEAD < scores.shape[0]:
            active = _leap(t, scores, cells, paths, active, top - BEAM)
    best = _LOW
    last = -1
    for word in active:
        value = paths.ready[word] - (LEAP if word < words else 0)
        if value > best:
            best = value
            last = paths.ready_link[word]
    return _read_back(records, last)


@compiled
def _step(
    t: int,
    scores: Floats,
    silent: float,
    cells: _Cells,
    paths: _Paths,
    records: _Records,
    count: int,
    active: Ints,
    top: float,
) -> tuple[Ints, float, int]:
    """Take all paths one step on; return the words where they are, the best, and the records."""
    words = cells.words.shape[0] - 1
    limit = top - BEAM
    best = _LOW
    following = np.empty(words + 1, np.int32)
    found = 0
    place = 0
    word = -2
    carry = _LOW
    carry_link = -1
    while True:
        if carry > limit and word < words:
            word += 1
            alive = place < active.shape[0] and active[place] == word
            place += alive
        elif place < active.shape[0]:
            word = active[place]
            place += 1
            alive = True
            carry = _LOW
        else:
            break
        live = False
        now, now_link = carry, carry_link
        out, out_cell, out_reading = _LOW, -1, -1
        if alive:
            came, came_link = paths.ready[word], paths.ready_link[word]
            gap = paths.gap[word]
            if came + ENTER * silent > gap:
                gap = came + ENTER * silent
                paths.gap_link[word] = came_link
            gap += silent - cells.lingers[word]
            paths.gap[word] = gap if gap > limit else _LOW
            if gap > limit:
                live = True
                best = max(best, gap)
                if gap > now:
                    now, now_link = gap, paths.gap_link[word]
            if word < words:
                if paths.leap[word] > came:
                    came, came_link = paths.leap[word], paths.leap_link[word]
                paths.leap[word] = _LOW
                for reading in range(cells.words[word], cells.words[word + 1]):
                    first, stop = cells.readings[reading], cells.readings[reading + 1]
                    high = _say(t, scores[t], cells, paths, first, stop, came, came_link, limit)
                    if high > limit:
                        live = True
                        best = max(best, high)
                    if paths.value[stop - 1] > out:
                        out, out_cell, out_reading = paths.value[stop - 1], stop - 1, reading
        paths.ready[word], paths.ready_link[word] = now, now_link
        if now > limit:
            live = True
            best = max(best, now)
        if live:
            following[found] = word
            found += 1
        carry = _LOW
        if word < words:
            carry, carry_link = now - cells.skips[word], now_link
            if out > max(carry, limit):
                carry, carry_link = out, count
                records.reading[count] = out_reading
                records.start[count] = paths.begun[out_cell]
                records.stop[count] = t + 1
                records.link[count] = paths.link[out_cell]
                count += 1
    return following[:found], best, count


@compiled
def _say(
    t: int,
    row: Floats,
    cells: _Cells,
    paths: _Paths,
    first: int,
    stop: int,
    came: float,
    came_link: int,
    limit: float,
) -> float:
    """Take the paths inside a reading one step on; return the best of them."""
    best = _LOW
    for cell in range(stop - 1, first - 1, -1):
        value = paths.value[cell]
        if cell > first:
            if paths.value[cell - 1] > value:
                value = paths.value[cell - 1]
                paths.link[cell] = paths.link[cell - 1]
                paths.begun[cell] = paths.begun[cell - 1]
        elif came > value:
            value = came
            paths.link[cell] = came_link
            paths.begun[cell] = t
        if value > limit:
            value += row[cells.phones[cell]]
        paths.value[cell] = value if value > limit else _LOW
        best = max(best, value)
    return best


@compiled
def _leap(t: int, scores: Floats, cells: _Cells, paths: _Paths, active: Ints, limit: float) -> Ints:
    """Let paths go on with the beginning of any sentence ahead that sounds right."""
    start = np.searchsorted(cells.openings, active[0]) if active.shape[0] else 0
    stop = min(start + REACH, cells.openings.shape[0])
    merged = np.empty(active.shape[0] + stop - start, np.int32)
    found = 0
    place = 0
    source = _LOW
    source_link = -1
    tried = np.full(cells.openings.shape[0], _LOW)
    for k in range(start, stop):
        word = cells.openings[k]
        while place < active.shape[0] and active[place] <= word:
            before = active[place]
            if paths.ready[before] > source and before < word:
                source, source_link = paths.ready[before], paths.ready_link[before]
            merged[found] = before
            found += 1
            place += 1
        value = source - LEAP
        kind = cells.kinds[k]
        if found > 0 and merged[found - 1] == word:
            tried[kind] = max(tried[kind], paths.ready[word])
        if value < limit or value <= tried[kind] or not _promises(t, scores, cells, word):
            continue
        tried[kind] = value
        paths.leap[word], paths.leap_link[word] = value, source_link
        if found == 0 or merged[found - 1] != word:
            merged[found] = word
            found += 1
            paths.ready[word] = _LOW
            paths.gap[word] = _LOW
    for rest in active[place:]:
        merged[found] = rest
        found += 1
    return merged[:found]


@compiled
def _promises(t: int, scores: Floats, cells: _Cells, word: int) -> bool:
    """Tell whether each of the first phones of a word is heard where it might be."""
    for reading in range(cells.words[word], cells.words[word + 1]):
        first, stop = cells.readings[reading], cells.readings[reading + 1]
        good = True
        for depth in range(min(3, stop - first)):
            phone = cells.phones[first + depth]
            if scores[t + 1 + depth : t + 5 + 5 * depth, phone].max() < -PROMISE:
                good = False
        if good:
            return True
    return False


@compiled
def _open_records(size: int) -> _Records:
    return _Records(
        np.empty(size, np.int32), np.empty(size, np.int32),
        np.empty(size, np.int32), np.empty(size, np.int32),
    )  # fmt: skip


@compiled
def _grow(records: _Records, count: int) -> _Records:
    larger = _open_records(2 * records.link.shape[0])
    larger.reading[:count] = records.reading[:count]
    larger.start[:count] = records.start[:count]
    larger.stop[:count] = records.stop[:count]
    larger.link[:count] = records.link[:count]
    return larger


@compiled
def _forget(active: Ints, cells: _Cells, paths: _Paths, records: _Records, count: int) -> int:
    """Keep only the records that a live path goes back to; return how many."""
    words = cells.words.shape[0] - 1
    kept = np.zeros(count, np.bool_)
    for word in active:
        _keep(paths.ready[word], paths.ready_link[word], records, kept)
        _keep(paths.gap[word], paths.gap_link[word], records, kept)
        if word < words:
            _keep(paths.leap[word], paths.leap_link[word], records, kept)
            for cell in range(*_span(cells, word)):
                _keep(paths.value[cell], paths.link[cell], records, kept)
    names = np.cumsum(kept).astype(np.int32) - 1
    for word in active:
        paths.ready_link[word] = _rename(paths.ready[word], paths.ready_link[word], names)
        paths.gap_link[word] = _rename(paths.gap[word], paths.gap_link[word], names)
        if word < words:
            paths.leap_link[word] = _rename(paths.leap[word], paths.leap_link[word], names)
            for cell in range(*_span(cells, word)):
                paths.link[cell] = _rename(paths.value[cell], paths.link[cell], names)
    left = 0
    for old in range(count):
        if kept[old]:
            records.reading[left] = records.reading[old]
            records.start[left] = records.start[old]
            records.stop[left] = records.stop[old]
            records.link[left] = _rename(np.float32(0), records.link[old], names)
            left += 1
    return left


@compiled
def _span(cells: _Cells, word: int) -> tuple[int, int]:
    return cells.readings[cells.words[word]], cells.readings[cells.words[word + 1]]


@compiled
def _keep(value: float, link: int, records: _Records, kept: NDArray[np.bool_]) -> None:
    while value > _LOW and link >= 0 and not kept[link]:
        kept[link] = True
        link = records.link[link]


@compiled
def _rename(value: float, link: int, names: Ints) -> int:
    return names[link] if value > _LOW and link >= 0 else -1


@compiled
def _read_back(records: _Records, last: int) -> Ints:
    length = 0
    link = last
    while link >= 0:
        length += 1
        link = records.link[link]
    path = np.empty((length, 3), np.int32)
    while last >= 0:
        length -= 1
        path[length, 0] = records.reading[last]
        path[length, 1] = records.start[last]
        path[length, 2] = records.stop[last]
        last = records.link[last]
    return path
