"""Give cues their times, and words the patience that readers need.

A cue starts with its first word. Where its text needs longer than there is before the next one,
the words from the next one on are said later: timing that is our own waits for its readers. A
recording doesn't: there a cue has the time until the next one, and no more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

import numpy as np
from numpy.typing import NDArray

from ..source import Clock, TimedPart, Timeline, Word
from .segment import Cuts
from .style import FRAME_MS, Style
from .unit import Units

Ints = NDArray[np.int64]

FRAME = ceil(FRAME_MS)
"""Milliseconds: no cue is shorter."""


@dataclass(frozen=True, slots=True)
class Pace:
    """One value a cue."""

    delay_ms: Ints
    """How much later than in the timeline its words are said."""
    start_ms: Ints
    end_ms: Ints


def pace_cues(units: Units, cuts: Cuts, needs: Ints, style: Style, clock: Clock) -> Pace:
    last = cuts.first + cuts.count - 1
    planned = np.array(units.start_ms, np.int64)[cuts.first]
    said = np.array(units.end_ms, np.int64)[last] - planned
    steps = needs + style.gap_ms
    if clock is Clock.STAMPS:
        starts = _wait_in_silences(planned, np.maximum(steps, said))
    else:
        starts = _wait_for_good(planned, steps)
    read = starts + needs
    wanted = np.maximum(read, starts + said + style.hold_ms)
    ends = _close_gaps(starts, wanted, read, np.iinfo(np.int64).max, style)
    return Pace(starts - planned, starts, ends)


def pace_recording(units: Units, cuts: Cuts, needs: Ints, style: Style, duration_ms: int) -> Pace:
    """Start each cue with its first word and end it when it is read, or when the next one is due.

    Only where the next one is due in less than a frame does a cue start before its first word.
    """
    planned = np.array(units.start_ms, np.int64)[cuts.first]
    said = np.array(units.end_ms, np.int64)[cuts.first + cuts.count - 1]
    frames = np.arange(len(planned) + 1) * FRAME
    due = np.append(planned, duration_ms) - frames
    starts = np.maximum(np.minimum.accumulate(due[::-1])[::-1], 0)[:-1] + frames[:-1]
    read = starts + needs
    # A word that lasts longer than any cue is cut off anyway.
    done = np.where(said > starts + style.longest_ms, read, np.maximum(read, said))
    wanted = np.maximum(read, said + style.hold_ms)
    ends = _close_gaps(starts, wanted, done, duration_ms + style.gap_ms, style)
    return Pace(np.zeros_like(starts), starts, np.maximum(ends, starts + FRAME))


def _close_gaps(starts: Ints, wanted: Ints, done: Ints, last_ms: int, style: Style) -> Ints:
    """Return the cues' ends: where they are wanted, or such that no small gap is left.

    It is closed; where a cue would be too long for that, it ends as soon as it is `done`.
    """
    following = np.append(starts[1:], last_ms)
    longest = starts + style.longest_ms
    ends = np.minimum(wanted, longest)
    small = following - ends <= style.small_gap_ms
    closed = following - style.gap_ms
    opened = np.minimum(ends, np.maximum(following - style.small_gap_ms - 1, done))
    return np.where(small, np.where(closed <= longest, closed, opened), ends)


def _wait_for_good(planned: Ints, steps: Ints) -> Ints:
    """Delay each start by all that the cues before it needed beyond their time."""
    late = np.maximum(steps[:-1] - np.diff(planned), 0)
    return planned + np.append(0, np.cumsum(late))


def _wait_in_silences(planned: Ints, steps: Ints) -> Ints:
    """Start each cue as planned, or as soon as the one before it has had its step."""
    done = np.append(0, np.cumsum(steps[:-1]))
    return done + np.maximum.accumulate(planned - done)


def move_timeline(timeline: Timeline, units: Units, cuts: Cuts, pace: Pace) -> Timeline:
    """Say the words of each cue as late as the cue."""
    delays = np.repeat(pace.delay_ms, cuts.count)
    words = np.arange(units.last_word[-1] + 1)
    first = np.searchsorted(units.last_word, words, "left")
    starts = delays[first].tolist()
    last = np.searchsorted(units.first_word, words, "right") - 1
    # Words that share a unit with a later one keep together.
    last = np.where(np.array(units.last_word)[last] > words, first, last)
    ends = delays[last].tolist()
    numbers = {part.index: part.word for part in units.parts}
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
