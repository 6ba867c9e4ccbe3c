"""Captions: what a cue is, and how an interview in time becomes cues."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ..source import Timeline
from ..source.track import Line, Place
from .finding import Finding, find_haste
from .pacing import Pace, move_timeline, pace_cues, pace_recording
from .segment import Cuts, compose_lines, segment_units
from .style import Style
from .style_file import load_style
from .unit import Units, lay_units


@dataclass(frozen=True, slots=True)
class VoiceSpan:
    """What one person says in a cue, or a sound of its own."""

    lines: tuple[str, ...]
    speaker: str | None
    """None where no person speaks."""
    part: int
    """The index of the timeline's part whose words these are."""
    first_word: int
    last_word: int
    """Indexes into that part's words, both included. Pieces of a wide word are in several cues.

    What a person added by hand stands before `first_word`, and `last_word` is the one before that.
    """
    rows: tuple[Line, ...] = ()
    """The lines with their looks, where a person made letters look otherwise; or else nothing."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What stands on the screen at once."""

    start_ms: int
    end_ms: int
    spans: tuple[VoiceSpan, ...]
    """One, or two where short turns share the cue: then each has a line. A person may put more."""
    place: Place | None = None
    """Where it stands, if a person put it somewhere."""

    @property
    def lines(self) -> tuple[str, ...]:
        """All that is visible, from the top."""
        return tuple(line for span in self.spans for line in span.lines)


@dataclass(frozen=True, slots=True)
class Captions:
    """An interview's cues in a house style, and the timeline that leaves time to read them."""

    cues: tuple[Cue, ...]
    timeline: Timeline
    style: Style
    exceptions: tuple[Finding, ...] = ()
    """Where real speech is too fast for the style; on time of our own making there are none."""


def caption(
    timeline: Timeline, style: Style | str = "netflix", switches_ms: Collection[int] = ()
) -> Captions:
    """Cut an interview into cues and pace it so that every cue can be read.

    The timeline that comes back has the same words; some are later than they were, but a
    recording waits for nobody: there each cue has what time there is, and exceptions are listed.
    A cue starts with what is said first at each of `switches_ms`, when captions in another
    language switch.
    """
    house = load_style(style) if isinstance(style, str) else style
    units = lay_units(timeline, house, switches_ms)
    if not units.texts:
        return Captions((), timeline, house)
    cuts = segment_units(units, house, timeline.interview.language, timeline.clock)
    lines = [tuple(cue) for cue in compose_lines(units, cuts, house)]
    needs = np.array([house.reading_ms(cue) for cue in lines], np.int64)
    if not timeline.clock.waits:
        pace = pace_recording(units, cuts, needs, house, timeline.duration_ms)
        haste = find_haste(pace.start_ms.tolist(), pace.end_ms.tolist(), lines, house)
    else:
        pace = pace_cues(units, cuts, needs, house, timeline.clock)
        timeline, haste = move_timeline(timeline, units, cuts, pace), ()
    cues = _compose_cues(units, cuts, pace, lines)
    return Captions(tuple(cues), timeline, house, tuple(haste))


def _compose_cues(
    units: Units, cuts: Cuts, pace: Pace, lines: Sequence[tuple[str, ...]]
) -> Iterator[Cue]:
    starts, ends = pace.start_ms.tolist(), pace.end_ms.tolist()
    for cue, (first, count, split, shared) in enumerate(cuts.rows()):
        if shared:
            upper = _span(units, first, split, lines[cue][:1])
            spans = upper, _span(units, first + split, count - split, lines[cue][1:])
        else:
            spans = (_span(units, first, count, lines[cue]),)
        yield Cue(starts[cue], ends[cue], spans)


def _span(units: Units, first: int, count: int, lines: tuple[str, ...]) -> VoiceSpan:
    part = units.parts[bisect_right(units.parts, first, key=lambda part: part.first) - 1]
    return VoiceSpan(
        lines=lines,
        speaker=part.speaker,
        part=part.index,
        first_word=units.first_word[first] - part.word,
        last_word=units.last_word[first + count - 1] - part.word,
    )
