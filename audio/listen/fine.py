"""The fine search: where, to 10 ms, each third of each phone of a passage is heard.

Viterbi over a graph of states, inside the band that the coarse search drew. Only what a path may
need is computed: the codebook of a phone for a frame when a state of it is first reached.
"""

# What numba compiles takes an element of an array for a number; numpy's stubs do not.
# pyright: reportArgumentType=false, reportReturnType=false, reportAssignmentType=false

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .acoustic_model import AcousticModel
from .compiled import compiled
from .passage import Passage, Sought
from .script import Line

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Bytes = NDArray[np.uint8]

PAUSE, GARBAGE = -1, -2
"""Senones of states that wait between two words: at a pause, or through what is not written."""

GARBAGE_COST = 40.0
"""What it costs to pass through what is not written, and …"""
GARBAGE_MARGIN = 1.5
"""… how much likelier each of its frames is than the sketch's likeliest phone. The right states
are likelier than that by 5 on average (natural logarithms), wrong ones less likely."""
STAY = 0.1
"""What each frame of a phone costs beside, …"""
LINGER = 0.3
"""… and each frame of a gap inside a sentence."""
ELSEWHERE = np.float32(30)
"""What the model takes for silence may be so much unlikelier by the recording's own background: a
hoarse voice is as quiet as other people's silence."""
BEAMS = (300.0, 10_000.0)
"""Paths that are less likely than the best by more are given up; where that leaves none, by the
next. A click in the recording is unlikely in every word."""
QUIET_BETWEEN = 9
"""Words are heard as beside silence where the coarse search heard so many frames between them."""

_LOW = np.float32(-1e30)
_FIRST_STATES = 2
"""A path begins in the pause or the garbage before the first word, or goes on from there."""
_BLOCK = 32
"""Frames that are heard side by side: arrays over them are computed many at a time."""
_SIZE = 13
"""Values of a stream."""
_LEAST = np.float32(-30)
"""Gaussians that are less likely than the likeliest by more (e^30) are as likely as that."""
_SQUARINGS = 12
_ONE, _FRACTION = np.float32(1), np.float32(1 / (1 << _SQUARINGS))


@dataclass(frozen=True, slots=True)
class Traced:
    """Where a word was heard, in frames, and how much likelier than the sketch's best phones."""

    start: int
    stop: int
    margin: float


class Book(NamedTuple):
    """The acoustic model's arrays."""

    slopes: Floats
    curves: Floats
    heights: Floats
    weights: Floats
    silence: Ints
    """The phone of silence and its senones."""


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


class _Sound(NamedTuple):
    """A row for each frame."""

    features: Floats
    pauses: Floats
    garbage: Floats
    first: Ints
    """The states that are sought in each frame."""
    last: Ints
    beam: float


class _Ear(NamedTuple):
    """What is heard of a block of frames: of the codebooks and senones that were needed."""

    values: Floats
    """What is to be heard: (streams, 13, frames)"""
    heights: Floats
    """Each Gaussian's likelihood beside the likeliest: (phones, streams, 128, frames)"""
    peaks: Floats
    """The log likelihood of the likeliest, summed over the streams: (phones, frames)"""
    heard: Ints
    """The first frame of the block that each codebook was last computed for."""
    scores: Floats
    """Log likelihoods: (senones, frames)"""
    scored: Ints
    """The same of each senone."""
    pauses: Floats
    """The log likelihood of a pause."""


_Task = tuple[_Graph, _Sound, Book, _Ear]


def open_book(model: AcousticModel) -> Book:
    """Hand the model over to the search."""
    return Book(
        model.slopes,
        model.curves,
        model.heights,
        model.weights,
        np.array([model.silence, *model.alone[model.silence]], np.int32),
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
    sound = _Sound(
        features,
        pauses,
        references + np.float32(GARBAGE_MARGIN),
        np.minimum(first, last).astype(np.int32),
        last.astype(np.int32),
        BEAMS[0],
    )
    own = spans[passage.first : passage.stop]
    for beam in BEAMS:
        path, scores = _trace_states(graph, sound._replace(beam=beam), open_book(model))
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

    def _add(
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


@compiled
def _trace_states(graph: _Graph, sound: _Sound, book: Book) -> tuple[Ints, Floats]:
    """Return the state of each frame, and its log likelihood; nothing where no path ends."""
    frames = sound.garbage.shape[0]
    width = (sound.last - sound.first).max() + 1
    back = np.zeros((frames, width), np.uint8)
    scores = np.zeros((frames, width), np.float32)
    values = np.full((2, graph.senones.shape[0]), _LOW)
    values[1, :_FIRST_STATES] = 0
    ear = _open_ear(book)
    top = np.float32(0)
    for start in range(0, frames, _BLOCK):
        _await_block(start, sound, book, ear)
        top = _trace_block(start, values, top, (graph, sound, book, ear), (back, scores))
    return _follow_back(values[(frames - 1) % 2], back, scores, graph, sound.first)


@compiled
def _trace_block(
    start: int, values: Floats, top: float, task: _Task, records: tuple[Bytes, Floats]
) -> float:
    """Take all paths through a block of frames; return how likely the best of them is."""
    graph, sound, book, ear = task
    back, scores = records
    first, last, senones, phones = sound.first, sound.last, graph.senones, graph.phones
    heard, scored = ear.scores, ear.scored
    for t in range(start, min(start + _BLOCK, first.shape[0])):
        low, high = first[t], last[t] + 1
        old, new = values[(t - 1) % 2], values[t % 2]
        _enter_states(old, new, back[t], graph, (low, high))
        limit = top - sound.beam
        top = _LOW
        for state in range(low, high):
            if new[state] < limit:
                new[state] = _LOW
                continue
            senone = senones[state]
            if senone == GARBAGE:
                score = sound.garbage[t]
            elif senone == PAUSE:
                score = ear.pauses[t - start]
            else:
                if scored[senone] != start:
                    _hear_senone(start, senone, phones[state], book, ear)
                score = heard[senone, t - start]
            new[state] += score
            scores[t, state - low] = score
            top = max(top, new[state])
        old[:] = _LOW
    return top


@compiled
def _enter_states(
    old: Floats, new: Floats, back: Bytes, graph: _Graph, band: tuple[int, int]
) -> None:
    """Take the best way into each state of the band."""
    low, high = band
    bounds, sources, costs, waits = graph.bounds, graph.sources, graph.costs, graph.waits
    for state in range(low, high):
        best = old[state] - waits[state]
        how = 0
        start = bounds[state]
        for k in range(start, bounds[state + 1]):
            value = old[sources[k]] - costs[k]
            if value > best:
                best = value
                how = k - start + 1
        new[state] = best
        back[state - low] = how


@compiled
def _open_ear(book: Book) -> _Ear:
    phones, streams, gaussians = book.heights.shape
    senones = book.weights.shape[0]
    return _Ear(
        np.zeros((streams, _SIZE, _BLOCK), np.float32),
        np.empty((phones, streams, gaussians, _BLOCK), np.float32),
        np.empty((phones, _BLOCK), np.float32),
        np.full(phones, -1, np.int32),
        np.empty((senones, _BLOCK), np.float32),
        np.full(senones, -1, np.int32),
        np.empty(_BLOCK, np.float32),
    )


@compiled
def _await_block(start: int, sound: _Sound, book: Book, ear: _Ear) -> None:
    """Take up a block of frames, and hear what a pause is: the background, or silence."""
    stop = min(start + _BLOCK, sound.features.shape[0])
    for t in range(start, stop):
        ear.values[:, :, t - start] = sound.features[t]
    silence = np.full(_BLOCK, _LOW)
    for senone in book.silence[1:]:
        _hear_senone(start, senone, book.silence[0], book, ear)
        silence = np.maximum(silence, ear.scores[senone])
    for t in range(start, stop):
        pause = sound.pauses[t]
        ear.pauses[t - start] = max(pause, min(silence[t - start], pause + ELSEWHERE))


@compiled
def _hear_senone(start: int, senone: int, phone: int, book: Book, ear: _Ear) -> None:
    """Compute a senone, and before it the codebook of its phone, for the frames of a block."""
    if ear.heard[phone] != start:
        ear.peaks[phone] = 0
        for stream in range(book.heights.shape[1]):
            _hear(stream, phone, book, ear)
        ear.heard[phone] = start
    _weigh(senone, phone, book, ear)
    ear.scored[senone] = start


@compiled
def _hear(stream: int, phone: int, book: Book, ear: _Ear) -> None:
    """Compute the Gaussians of a stream."""
    values, heights = ear.values[stream], ear.heights[phone, stream]
    slopes, curves = book.slopes[phone, stream], book.curves[phone, stream]
    # Loops over frames are compiled best when their number is not known before.
    gaussians, frames = heights.shape
    peaks = np.full(frames, _LOW)
    for g in range(gaussians):
        for t in range(frames):
            height = book.heights[phone, stream, g]
            for d in range(_SIZE):
                value = values[d, t]
                height += value * (slopes[g, d] + value * curves[g, d])
            heights[g, t] = height
            peaks[t] = max(peaks[t], height)
    for g in range(gaussians):
        for t in range(frames):
            heights[g, t] -= peaks[t]
    _exponentiate(heights.reshape(-1))
    for t in range(frames):
        ear.peaks[phone, t] += peaks[t]


@compiled
def _exponentiate(values: Floats) -> None:
    """Replace each x by e^x as (1 + x / n)^n: a few products."""
    for i in range(values.shape[0]):
        power = _ONE + max(values[i], _LEAST) * _FRACTION
        for _ in range(_SQUARINGS):
            power *= power
        values[i] = power


@compiled
def _weigh(senone: int, phone: int, book: Book, ear: _Ear) -> None:
    """Compute a senone: the product of what its weights make of each stream."""
    streams, gaussians, frames = ear.heights.shape[1:]
    products = np.ones(frames, np.float32)
    sums = np.empty(frames, np.float32)
    for stream in range(streams):
        weights, heights = book.weights[senone, stream], ear.heights[phone, stream]
        sums[:] = 0
        for g in range(0, gaussians, 4):
            for t in range(frames):
                sums[t] += (
                    weights[g] * heights[g, t]
                    + weights[g + 1] * heights[g + 1, t]
                    + weights[g + 2] * heights[g + 2, t]
                    + weights[g + 3] * heights[g + 3, t]
                )
        for t in range(frames):
            products[t] *= sums[t]
    for t in range(frames):
        ear.scores[senone, t] = ear.peaks[phone, t] + np.log(products[t])


@compiled
def _follow_back(
    values: Floats, back: Bytes, scores: Floats, graph: _Graph, first: Ints
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
