"""Captions: what a cue is, and how an interview in time becomes cues."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..source import Clock, Timeline, Turn
from .finding import Finding, find_haste
from .pacing import Pace, move_timeline, pace_cues, pace_recording
from .segment import Cuts, compose_lines, segment_units
from .style import Style
from .style_file import load_style
from .unit import Units, lay_units


@dataclass(frozen=True, slots=True)
class Cue:
    """What stands on the screen at once."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]
    speaker: str | None
    """None where no person speaks: a sound of its own."""
    part: int
    """The index of the timeline's part whose words these are."""
    first_word: int
    last_word: int
    """Indexes into that part's words, both included. Pieces of a wide word are in several cues."""


@dataclass(frozen=True, slots=True)
class Captions:
    """An interview's cues in a house style, and the timeline that leaves time to read them."""

    cues: tuple[Cue, ...]
    timeline: Timeline
    style: Style
    exceptions: tuple[Finding, ...] = ()
    """Where real speech is too fast for the style; on time of our own making there are none."""


def caption(timeline: Timeline, style: Style | str = "netflix") -> Captions:
    """Cut an interview into cues and pace it so that every cue can be read.

    The timeline that comes back has the same words; some are later than they were, but a
    recording waits for nobody: there each cue has what time there is, and exceptions are listed.
    """
    house = load_style(style) if isinstance(style, str) else style
    units = lay_units(timeline, house)
    if not units.texts:
        return Captions((), timeline, house)
    cuts = segment_units(units, house, timeline.interview.language, timeline.clock)
    lines = [tuple(cue) for cue in compose_lines(units, cuts)]
    needs = np.array([house.reading_ms(cue) for cue in lines], np.int64)
    if timeline.clock is Clock.RECORDING:
        pace = pace_recording(units, cuts, needs, house, timeline.duration_ms)
        haste = find_haste(pace.start_ms.tolist(), pace.end_ms.tolist(), lines, house)
    else:
        pace = pace_cues(units, cuts, needs, house, timeline.clock)
        timeline, haste = move_timeline(timeline, units, cuts, pace), ()
    cues = _compose_cues(timeline, units, cuts, pace, lines)
    return Captions(tuple(cues), timeline, house, tuple(haste))


def _compose_cues(
    timeline: Timeline, units: Units, cuts: Cuts, pace: Pace, lines: list[tuple[str, ...]]
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
