"""The fine search: where, to 10 ms, each third of each phone of a passage is heard.

Viterbi over a graph of states, inside the band that the coarse search drew. Only what a path may
need is computed: the codebook of a phone for a frame when a state of it is first reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .acoustic_model import STATES, AcousticModel
from .passage import Passage, Sought
from .script import Line

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

PAUSE, GARBAGE = -1, -2
"""Senones of states that wait between two words: at a pause, or through what is not written."""

GARBAGE_COST = 40.0
"""What it costs to pass through what is not written, and …"""
GARBAGE_MARGIN = -1.5
"""… how much likelier each of its frames is than the sketch's likeliest phone. The right states
are likelier than that by 5 on average (natural logarithms), wrong ones less likely."""
STAY = 0.1
"""What each frame of a phone costs beside, …"""
LINGER = 0.3
"""… and each frame of a gap inside a sentence."""
BEAM = 300.0
QUIET_BETWEEN = 9
"""Words are heard as beside silence where the coarse search heard so many frames between them."""

_LOW = np.float32(-1e30)
_FIRST_STATES = 3
"""A path begins in a pause, in garbage or with the first word."""
_DEPTH = np.float32(7)
"""Gaussians that are less likely than the best by more (e^7) add nothing that matters."""


@dataclass(frozen=True, slots=True)
class Traced:
    """Where a word was heard, in frames, and how much likelier than the sketch's best phones."""

    start: int
    stop: int
    margin: float


class Book(NamedTuple):
    """The acoustic model's arrays."""

    means: Floats
    precisions: Floats
    offsets: Floats
    weights: Floats
    silence: Ints
    """The senones of silence."""


class _Graph(NamedTuple):
    senones: Ints
    phones: Ints
    waits: Floats
    """What each frame in a state costs."""
    bounds: Ints
    """Where each state's sources begin, and the end."""
    sources: Ints
    """The states that it may be entered from."""
    costs: Floats


class _Ear(NamedTuple):
    """What is heard of a frame in each codebook that was needed."""

    counts: Ints
    places: Ints
    heights: Floats
    peaks: Floats
    heard: Ints
    """The frame that each codebook was last computed for."""


def open_book(model: AcousticModel) -> Book:
    """Hand the model over to the search."""
    return Book(
        model.means,
        model.precisions,
        model.offsets,
        model.weights,
        model.alone[model.silence].astype(np.int32),
    )


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
    graph, (earliest, latest), spans = drawing.draw()
    frames = np.arange(begin, begin + len(features))
    first = np.searchsorted(np.minimum.accumulate(latest[::-1])[::-1], frames, "left")
    last = np.searchsorted(np.maximum.accumulate(earliest), frames, "right") - 1
    path, scores = _trace_states(
        features,
        pauses,
        references + np.float32(GARBAGE_MARGIN),
        graph,
        np.minimum(first, last).astype(np.int32),
        last.astype(np.int32),
        open_book(model),
    )
    own = spans[passage.first : passage.stop]
    if not len(path):
        return [None] * len(own)
    margins = scores - references
    traced: list[Traced | None] = []
    for low, high in own:
        start, stop = np.searchsorted(path, (low, high)).tolist()
        margin = float(margins[start:stop].mean())
        traced.append(Traced(begin + start, begin + stop, margin))
    return traced


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

    def draw(self) -> tuple[_Graph, tuple[Ints, Ints], list[tuple[int, int]]]:
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
        graph = _Graph(
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
        ways_in = [(end, 0.0) for end in ends]
        self._add(PAUSE, self.model.silence, wait, [*ways_in, (pause + 1, 0.0)], earliest, latest)
        dear = [(end, GARBAGE_COST) for end in (*ends, pause)]
        self._add(GARBAGE, self.model.silence, wait, dear, earliest, latest)

    def _draw_word(self, place: int, entries: Sequence[int]) -> list[int]:
        """Draw a word's readings side by side; return their last states."""
        sought = self.words[place]
        left = self._neighbour(place, -1)
        right = self._neighbour(place, 1)
        ends: list[int] = []
        for reading in self.script[sought.word].readings:
            ways_in = [(entry, 0.0) for entry in entries]
            edged = (left, *reading, right)
            for number, phone in enumerate(reading):
                senones = self.model.senones[
                    self.model.find_senones(
                        phone,
                        edged[number],
                        edged[number + 2],
                        first=number == 0,
                        last=number == len(reading) - 1,
                    )
                ]
                for senone in senones.tolist():
                    self._add(senone, phone, STAY, ways_in, sought.earliest, sought.latest)
                    ways_in = [(len(self.senones) - 1, 0.0)]
            ends.append(len(self.senones) - 1)
        return ends

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

    def _add(  # noqa: PLR0913, PLR0917 - a row of the table
        self,
        senone: int,
        phone: int,
        wait: float,
        ways_in: Sequence[tuple[int, float]],
        earliest: int,
        latest: int,
    ) -> None:
        self.senones.append(senone)
        self.phones.append(phone)
        self.waits.append(wait)
        for source, cost in ways_in:
            self.sources.append(source)
            self.costs.append(cost)
        self.bounds.append(len(self.sources))
        self.earliest.append(earliest)
        self.latest.append(latest)


@njit(cache=True, fastmath=True, error_model="numpy")
def _trace_states(
    features: Floats,
    pauses: Floats,
    garbage: Floats,
    graph: _Graph,
    first: Ints,
    last: Ints,
    book: Book,
) -> tuple[Ints, Floats]:
    """Return the state of each frame, and its log likelihood; nothing where no path ends."""
    frames = features.shape[0]
    states = graph.senones.shape[0]
    width = (last - first).max() + 1
    back = np.zeros((frames, width), np.uint8)
    scores = np.zeros((frames, width), np.float32)
    ear = _open_ear(book)
    old = np.full(states, _LOW)
    new = np.full(states, _LOW)
    top = np.float32(0)
    for t in range(frames):
        limit = top - BEAM
        top = _LOW
        pause = _LOW
        for state in range(first[t], last[t] + 1):
            value = old[state] - graph.waits[state]
            how = 0
            if t == 0:
                value = np.float32(0) if state < _FIRST_STATES else _LOW
            else:
                for k in range(graph.bounds[state], graph.bounds[state + 1]):
                    other = old[graph.sources[k]] - graph.costs[k]
                    if other > value:
                        value = other
                        how = k - graph.bounds[state] + 1
            if value < limit:
                continue
            senone, phone = graph.senones[state], graph.phones[state]
            if senone == GARBAGE:
                score = garbage[t]
            elif senone == PAUSE and pause > _LOW:
                score = pause
            else:
                if ear.heard[phone] != t:
                    _hear(features[t], phone, book, ear)
                    ear.heard[phone] = t
                if senone == PAUSE:
                    pause = pauses[t]
                    for silent in book.silence:
                        pause = max(pause, _weigh(silent, phone, book, ear))
                    score = pause
                else:
                    score = _weigh(senone, phone, book, ear)
            value += score
            new[state] = value
            back[t, state - first[t]] = how
            scores[t, state - first[t]] = score
            top = max(top, value)
        old, new = new, old
        if t + 1 < frames:
            old[first[t] : first[t + 1]] = _LOW
        new[first[max(t - 1, 0)] : last[t] + 1] = _LOW
    return _follow_back(old, back, scores, graph, first)


@njit(cache=True)
def _open_ear(book: Book) -> _Ear:
    phones, streams, gaussians = book.offsets.shape
    return _Ear(
        np.zeros((phones, streams), np.int32),
        np.zeros((phones, streams, gaussians), np.int32),
        np.zeros((phones, streams, gaussians), np.float32),
        np.zeros((phones, streams), np.float32),
        np.full(phones, -1, np.int32),
    )


@njit(cache=True, fastmath=True, error_model="numpy")
def _hear(frame: Floats, phone: int, book: Book, ear: _Ear) -> None:
    """Compute a codebook for a frame, and keep the Gaussians that matter."""
    streams, size, gaussians = book.means.shape[1:]
    totals = np.empty(gaussians, np.float32)
    for stream in range(streams):
        totals[:] = book.offsets[phone, stream]
        for d in range(size):
            value = frame[stream, d]
            for g in range(gaussians):
                away = value - book.means[phone, stream, d, g]
                totals[g] -= away * away * book.precisions[phone, stream, d, g]
        peak = totals[0]
        for g in range(1, gaussians):
            peak = max(peak, totals[g])
        found = 0
        for g in range(gaussians):
            if totals[g] > peak - _DEPTH:
                ear.places[phone, stream, found] = g
                ear.heights[phone, stream, found] = np.exp(totals[g] - peak)
                found += 1
        ear.counts[phone, stream] = found
        ear.peaks[phone, stream] = peak


@njit(cache=True, fastmath=True, error_model="numpy")
def _weigh(senone: int, phone: int, book: Book, ear: _Ear) -> float:
    """Return the log likelihood of a senone for the frame that was heard."""
    score = np.float32(0)
    for stream in range(book.weights.shape[1]):
        total = np.float32(1e-20)
        for k in range(ear.counts[phone, stream]):
            place = ear.places[phone, stream, k]
            total += book.weights[senone, stream, place] * ear.heights[phone, stream, k]
        score += ear.peaks[phone, stream] + np.log(total)
    return score


@njit(cache=True)
def _follow_back(
    values: Floats, back: NDArray[np.uint8], scores: Floats, graph: _Graph, first: Ints
) -> tuple[Ints, Floats]:
    """Read the best path that ends after the last word, or with it."""
    state = values.shape[0] - 1
    for k in range(graph.bounds[state], graph.bounds[state + 1]):
        if values[graph.sources[k]] > values[state]:
            state = graph.sources[k]
    if values[state] <= _LOW / 2:
        return np.empty(0, np.int32), np.empty(0, np.float32)
    frames = back.shape[0]
    path = np.empty(frames, np.int32)
    heard = np.empty(frames, np.float32)
    for t in range(frames - 1, -1, -1):
        path[t] = state
        heard[t] = scores[t, state - first[t]]
        how = back[t, state - first[t]]
        if how:
            state = graph.sources[graph.bounds[state] + how - 1]
    return path, heard
