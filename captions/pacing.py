"""Give cues their times, and words the patience that readers need.

A cue starts with its first word. Where its text needs longer than there is before the next one,
the words from the next one on are said later: timing that is our own waits for its readers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..source import Clock, TimedPart, Timeline, Turn, Word
from .cue import Captions, Cue
from .measure import measure_columns
from .segment import Cuts, segment_units
from .style import Style, load_style
from .unit import Units, join_units, lay_units

Ints = NDArray[np.int64]


def caption(timeline: Timeline, style: Style | str = "netflix") -> Captions:
    """Cut an interview into cues and pace it so that every cue can be read.

    The timeline that comes back has the same words; some are later than they were.
    """
    house = load_style(style) if isinstance(style, str) else style
    units = lay_units(timeline, house)
    if not units.texts:
        return Captions((), timeline, house)
    cuts = segment_units(units, house, timeline.interview.language)
    lines = [tuple(cue) for cue in _compose_lines(units, cuts)]
    needs = [house.reading_ms(sum(map(measure_columns, cue)) + len(cue) - 1) for cue in lines]
    pace = _pace_cues(units, cuts, np.array(needs, np.int64), house, timeline.clock)
    paced = _move_timeline(timeline, units, cuts, pace)
    return Captions(tuple(_compose_cues(timeline, units, cuts, pace, lines)), paced, house)


def _compose_lines(units: Units, cuts: Cuts) -> Iterator[list[str]]:
    texts, spaced = units.texts, units.spaced
    for first, count, split in zip(
        cuts.first.tolist(), cuts.count.tolist(), cuts.split.tolist(), strict=True
    ):
        stop = first + count
        edges = [first, first + split, stop] if split else [first, stop]
        yield [join_units(texts[begin:end], spaced[begin:end]) for begin, end in pairwise(edges)]


@dataclass(frozen=True, slots=True)
class _Pace:
    """One value a cue."""

    delay_ms: Ints
    """How much later than in the timeline its words are said."""
    start_ms: Ints
    end_ms: Ints


def _pace_cues(units: Units, cuts: Cuts, needs: Ints, style: Style, clock: Clock) -> _Pace:
    last = cuts.first + cuts.count - 1
    planned = np.array(units.start_ms, np.int64)[cuts.first]
    said = np.array(units.end_ms, np.int64)[last] - planned
    steps = needs + style.gap_ms
    if clock is Clock.STAMPS:
        starts = _wait_in_silences(planned, np.maximum(steps, said))
    else:
        starts = _wait_for_good(planned, steps)
    following = np.append(starts[1:], np.iinfo(np.int64).max)
    ends = np.maximum(starts + needs, starts + said + style.hold_ms)
    close = following - ends <= style.small_gap_ms
    ends = np.where(close, following - style.gap_ms, ends)
    return _Pace(starts - planned, starts, np.minimum(ends, starts + style.longest_ms))


def _wait_for_good(planned: Ints, steps: Ints) -> Ints:
    """Delay each start by all that the cues before it needed beyond their time."""
    late = np.maximum(steps[:-1] - np.diff(planned), 0)
    return planned + np.append(0, np.cumsum(late))


def _wait_in_silences(planned: Ints, steps: Ints) -> Ints:
    """Start each cue as planned, or as soon as the one before it has had its step."""
    done = np.append(0, np.cumsum(steps[:-1]))
    return done + np.maximum.accumulate(planned - done)


def _move_timeline(timeline: Timeline, units: Units, cuts: Cuts, pace: _Pace) -> Timeline:
    """Say the words of each cue as late as the cue."""
    delays = np.repeat(pace.delay_ms, cuts.count)
    words = np.arange(units.last_word[-1] + 1)
    first = np.searchsorted(units.last_word, words, "left")
    starts = delays[first].tolist()
    last = np.searchsorted(units.first_word, words, "right") - 1
    # Words that share a unit with a later one keep together.
    last = np.where(np.array(units.last_word)[last] > words, first, last)
    ends = delays[last].tolist()
    numbers = {index: number for index, _, number in units.parts}
    parts: list[TimedPart] = []
    delay = 0
    for index, part in enumerate(timeline.parts):
        if index in numbers:
            span = slice(numbers[index], numbers[index] + len(part.words))
            parts.append(_move_words(part, starts[span], ends[span]))
            delay = ends[span][-1] if timeline.clock is not Clock.STAMPS else 0
        else:
            moved = _move_words(part, [delay] * len(part.words), [delay] * len(part.words), delay)
            parts.append(_keep_order(moved, parts[-1].end_ms if parts else 0))
    duration_ms = max(timeline.duration_ms + delay, parts[-1].end_ms, int(pace.end_ms[-1]))
    return replace(timeline, parts=tuple(parts), duration_ms=duration_ms)


def _move_words(part: TimedPart, starts: list[int], ends: list[int], rest: int = 0) -> TimedPart:
    """Delay a part's words, each by its own; `rest` is the delay of a part without words."""
    first, last = (starts[0], ends[-1]) if starts else (rest, rest)
    if not last and not any(starts) and not any(ends):
        return part
    words = [
        Word(word.token, word.start_ms + start, word.end_ms + end)
        for word, start, end in zip(part.words, starts, ends, strict=True)
    ]
    return TimedPart(part.part, part.start_ms + first, part.end_ms + last, tuple(words))


def _keep_order(part: TimedPart, earliest_ms: int) -> TimedPart:
    """Start a part without cues after what was delayed before it."""
    if part.start_ms >= earliest_ms:
        return part
    return replace(part, start_ms=earliest_ms, end_ms=max(part.end_ms, earliest_ms))


def _compose_cues(
    timeline: Timeline, units: Units, cuts: Cuts, pace: _Pace, lines: list[tuple[str, ...]]
) -> Iterator[Cue]:
    first_units = [first for _, first, _ in units.parts]
    places: list[int] = (np.searchsorted(first_units, cuts.first, "right") - 1).tolist()
    starts, ends = pace.start_ms.tolist(), pace.end_ms.tolist()
    firsts, lasts = cuts.first.tolist(), (cuts.first + cuts.count - 1).tolist()
    for cue, place in enumerate(places):
        index, _, number = units.parts[place]
        part = timeline.parts[index].part
        yield Cue(
            start_ms=starts[cue],
            end_ms=ends[cue],
            lines=lines[cue],
            speaker=part.speaker if isinstance(part, Turn) else None,
            part=index,
            first_word=units.first_word[firsts[cue]] - number,
            last_word=units.last_word[lasts[cue]] - number,
        )
