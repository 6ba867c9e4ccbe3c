"""The paths of the fine search: how it goes through a passage's states, frame by frame.

Only what a path may need is computed, of a codebook as of a senone, when a state of it is first
reached; then for some frames at once.
"""

# What numba compiles takes an element of an array for a number; numpy's stubs do not.
# pyright: reportArgumentType=false, reportReturnType=false, reportAssignmentType=false

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..compiled import compiled
from .acoustic_model import AcousticModel

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Bytes = NDArray[np.uint8]

PAUSE, GARBAGE = -1, -2
"""Senones of states that wait between two words: at a pause, or through what is not written."""
ELSEWHERE = np.float32(30)
"""What the model takes for silence may be so much unlikelier by the recording's own background: a
hoarse voice is as quiet as other people's silence."""

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


class Book(NamedTuple):
    """The acoustic model's arrays."""

    slopes: Floats
    curves: Floats
    heights: Floats
    weights: Floats
    silence: Ints
    """The phone of silence and its senones."""


class Graph(NamedTuple):
    senones: Ints
    phones: Ints
    waits: Floats
    """What each frame in a state costs."""
    bounds: Ints
    """Where each state's sources begin, and the end."""
    sources: Ints
    """The states that it may be entered from."""
    costs: Floats


class Sound(NamedTuple):
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


_Task = tuple[Graph, Sound, Book, _Ear]


def open_book(model: AcousticModel) -> Book:
    """Hand the model over to the search."""
    return Book(
        model.slopes,
        model.curves,
        model.heights,
        model.weights,
        np.array([model.silence, *model.alone[model.silence]], np.int32),
    )


@compiled
def trace_states(graph: Graph, sound: Sound, book: Book) -> tuple[Ints, Floats]:
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
    heard, scored, pauses, garbage = ear.scores, ear.scored, ear.pauses, sound.garbage
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
                score = garbage[t]
            elif senone == PAUSE:
                score = pauses[t - start]
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
    old: Floats, new: Floats, back: Bytes, graph: Graph, band: tuple[int, int]
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
def _await_block(start: int, sound: Sound, book: Book, ear: _Ear) -> None:
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
    _weigh(book.weights[senone], ear.heights[phone], ear.peaks[phone], ear.scores[senone])
    ear.scored[senone] = start


@compiled
def _hear(stream: int, phone: int, book: Book, ear: _Ear) -> None:
    """Compute the Gaussians of a stream."""
    values, heights = ear.values[stream], ear.heights[phone, stream]
    bases = book.heights[phone, stream]
    slopes, curves = book.slopes[phone, stream], book.curves[phone, stream]
    # Loops over frames are compiled best when their number is not known before.
    gaussians, frames = heights.shape
    peaks = np.full(frames, _LOW)
    for g in range(gaussians):
        for t in range(frames):
            height = bases[g]
            for d in range(_SIZE):
                value = values[d, t]
                height += value * (slopes[g, d] + value * curves[g, d])
            heights[g, t] = height
            peaks[t] = max(peaks[t], height)
    for g in range(gaussians):
        for t in range(frames):
            heights[g, t] -= peaks[t]
    _exponentiate(heights.reshape(-1))
    ear.peaks[phone] += peaks


@compiled
def _exponentiate(values: Floats) -> None:
    """Replace each x by e^x as (1 + x / n)^n: a few products."""
    for i in range(values.shape[0]):
        power = _ONE + max(values[i], _LEAST) * _FRACTION
        for _ in range(_SQUARINGS):
            power *= power
        values[i] = power


@compiled
def _weigh(weights: Floats, heights: Floats, peaks: Floats, scores: Floats) -> None:
    """Compute a senone: the product of what its weights make of each stream."""
    streams, gaussians, frames = heights.shape
    products = np.ones(frames, np.float32)
    sums = np.empty(frames, np.float32)
    for s in range(streams):
        sums[:] = 0
        for g in range(0, gaussians, 4):
            for t in range(frames):
                sums[t] += (
                    weights[s, g] * heights[s, g, t]
                    + weights[s, g + 1] * heights[s, g + 1, t]
                    + weights[s, g + 2] * heights[s, g + 2, t]
                    + weights[s, g + 3] * heights[s, g + 3, t]
                )
        for t in range(frames):
            products[t] *= sums[t]
    for t in range(frames):
        scores[t] = peaks[t] + np.log(products[t])


@compiled
def _follow_back(
    values: Floats, back: Bytes, scores: Floats, graph: Graph, first: Ints
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
