"""The fine search: where, to 10 ms, each third of each phone of a passage is heard.

Viterbi over a graph of states, inside the band that the coarse search drew. Only what a path may
need is computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .acoustic_model import STATES, AcousticModel
from .passage import Passage, Sought
from .script import Line
from .state_paths import GARBAGE, PAUSE, Graph, Sound, open_book, trace_states

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

GARBAGE_COST = 40.0
"""What it costs to pass through what is not written, and …"""
GARBAGE_MARGIN = 1.5
"""… how much likelier each of its frames is than the sketch's likeliest phone. The right states
are likelier than that by 5 on average (natural logarithms), wrong ones less likely."""
STAY = 0.1
"""What each frame of a phone costs beside, …"""
LINGER = 0.15
"""… and each frame of a gap inside a sentence."""
BEAMS = (300.0, 10_000.0)
"""Paths that are less likely than the best by more are given up; where that leaves none, by the
next. A click in the recording is unlikely in every word."""
QUIET_BETWEEN = 9
"""Words are heard as beside silence where the coarse search heard so many frames between them."""


@dataclass(frozen=True, slots=True)
class Traced:
    """Where a word was heard, in frames, and how much likelier than the sketch's best phones."""

    start: int
    stop: int
    margin: float


def trace_passage(
    passage: Passage,
    script: Sequence[Line],
    features: Floats,
    pauses: Floats,
    references: Floats,
    model: AcousticModel,
) -> list[Traced | None]:
    """Find each of a passage's own words; None for all where no path leads through.

    `features`, `pauses` (log likelihood of the background) and `references` (of the sketch's
    likeliest phone) have a row for each frame from the passage's first to its last.
    """
    begin = passage.words[0].earliest
    drawing = _Drawing(model, script, passage.words)
    graph, band, spans = drawing.draw()
    first, last = _limit_states(band, np.arange(begin, begin + len(features)))
    garbage = references + np.float32(GARBAGE_MARGIN)
    sound = Sound(features, pauses, garbage, first, last, BEAMS[0])
    own = spans[passage.first : passage.stop]
    for beam in BEAMS:
        path, scores = trace_states(graph, sound._replace(beam=beam), open_book(model))
        if len(path):
            break
    else:
        return [None] * len(own)
    margins = scores - references
    traced: list[Traced | None] = []
    for low, high in own:
        start, stop = np.searchsorted(path, (low, high)).tolist()
        margin = float(margins[start:stop].mean())
        traced.append(Traced(begin + start, begin + stop, margin))
    return traced


def _limit_states(band: tuple[Ints, Ints], frames: NDArray[np.intp]) -> tuple[Ints, Ints]:
    """Return the first and the last state that is sought in each frame."""
    earliest, latest = band
    first = np.searchsorted(np.minimum.accumulate(latest[::-1])[::-1], frames, "left")
    last = np.searchsorted(np.maximum.accumulate(earliest), frames, "right") - 1
    return np.minimum(first, last).astype(np.int32), last.astype(np.int32)


@dataclass(slots=True)
class _Drawing:
    """Draws the graph of a passage: before each word a pause and garbage, then its readings."""

    model: AcousticModel
    script: Sequence[Line]
    words: Sequence[Sought]
    senones: list[int] = field(default_factory=list[int])
    phones: list[int] = field(default_factory=list[int])
    waits: list[float] = field(default_factory=list[float])
    bounds: list[int] = field(default_factory=lambda: [0])
    sources: list[int] = field(default_factory=list[int])
    costs: list[float] = field(default_factory=list[float])
    earliest: list[int] = field(default_factory=list[int])
    latest: list[int] = field(default_factory=list[int])

    def draw(self) -> tuple[Graph, tuple[Ints, Ints], list[tuple[int, int]]]:
        """Return the graph, the band of each state, and the states of each word."""
        spans: list[tuple[int, int]] = []
        ends: list[int] = []
        before = self.words[0].earliest
        for place, sought in enumerate(self.words):
            line = self.script[sought.word]
            self._draw_gap(ends, before, sought.latest, 0 if line.opens else LINGER)
            start = len(self.senones)
            ends = self._draw_word(place, [*ends, start - 2, start - 1])
            spans.append((start, len(self.senones)))
            before = sought.earliest
        self._draw_gap(ends, before, self.words[-1].latest, 0)
        graph = Graph(
            np.array(self.senones, np.int32),
            np.array(self.phones, np.int32),
            np.array(self.waits, np.float32),
            np.array(self.bounds, np.int32),
            np.array(self.sources, np.int32),
            np.array(self.costs, np.float32),
        )
        return graph, (np.array(self.earliest), np.array(self.latest)), spans

    def _draw_gap(self, ends: Sequence[int], earliest: int, latest: int, wait: float) -> None:
        pause = len(self.senones)
        band = (earliest, latest)
        free = [(end, 0.0) for end in (*ends, pause + 1)]
        self._add([PAUSE], [self.model.silence], wait, free, band)
        dear = [(end, GARBAGE_COST) for end in (*ends, pause)]
        self._add([GARBAGE], [self.model.silence], wait, dear, band)

    def _draw_word(self, place: int, entries: Sequence[int]) -> list[int]:
        """Draw a word's readings side by side; return their last states."""
        sought = self.words[place]
        left = self._neighbour(place, -1)
        right = self._neighbour(place, 1)
        ends: list[int] = []
        for reading in self.script[sought.word].readings:
            ways_in = [(entry, 0.0) for entry in entries]
            senones = self._find_senones(left, reading, right)
            phones = [phone for phone in reading for _ in range(STATES)]
            self._add(senones, phones, STAY, ways_in, (sought.earliest, sought.latest))
            ends.append(len(self.senones) - 1)
        return ends

    def _find_senones(self, left: int, reading: Sequence[int], right: int) -> list[int]:
        edged = (left, *reading, right)
        last = len(reading) - 1
        sequences = [
            self.model.find_senones(
                phone, edged[number], edged[number + 2], first=number == 0, last=number == last
            )
            for number, phone in enumerate(reading)
        ]
        return self.model.senones[sequences].ravel().tolist()

    def _neighbour(self, place: int, step: int) -> int:
        """Return the phone beside a word: silence where there is a pause."""
        if not 0 <= place + step < len(self.words):
            return self.model.silence
        here, there = self.words[place].heard, self.words[place + step].heard
        if here and there:
            between = there.start - here.stop if step > 0 else here.start - there.stop
            if between >= QUIET_BETWEEN:
                return self.model.silence
        readings = self.script[self.words[place + step].word].readings
        reading = readings[there.reading if there else 0]
        return reading[0 if step > 0 else -1]

    def _add(
        self,
        senones: Sequence[int],
        phones: Sequence[int],
        wait: float,
        ways_in: Sequence[tuple[int, float]],
        band: tuple[int, int],
    ) -> None:
        """Add states, each to be entered from the one before it, and the first by its ways in."""
        start, count = len(self.senones), len(senones)
        self.senones.extend(senones)
        self.phones.extend(phones)
        self.waits.extend([wait] * count)
        self.sources.extend(source for source, _ in ways_in)
        self.costs.extend(cost for _, cost in ways_in)
        entered = len(self.sources)
        self.bounds.extend(range(entered, entered + count))
        self.sources.extend(range(start, start + count - 1))
        self.costs.extend([0.0] * (count - 1))
        self.earliest.extend([band[0]] * count)
        self.latest.extend([band[1]] * count)
