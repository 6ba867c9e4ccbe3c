"""The coarse search: which words of a script a recording says, and about when.

One Viterbi pass over the whole recording at 30 ms, one state a phone, in which a word may be left
out, a clause further on may follow at once, and between two words there may be anything. What
is heard of both is found, however much either has that the other lacks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .acoustic_model import AcousticModel
from .script import MURMUR, Line
from .word_paths import Cells, Heights, trace_words

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
LINGER = 0.3
"""What each step of a gap inside a sentence costs beside: words of a sentence keep together."""
SKIP = 12.0
"""What it costs to leave out a word …"""
SKIP_OPTIONAL = 2.0
"""… that an editor put there, …"""
SKIP_HESITATION = 1.0
"""… and one that transcribers and speakers put anywhere."""
ALIKE = 4
"""Of clauses that begin with so many equal words, a leap goes to the nearest."""
DIP_STEPS = 4
"""A leap lands where the sound is lowest within so many steps, or …"""
DIP_EVERY = 13
"""… after so many steps without a pause."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Where a word was heard, in frames of 10 ms, and which of its readings."""

    start: int
    stop: int
    reading: int


def find_words(
    script: Sequence[Line],
    scores: Floats,
    energy: Floats,
    model: AcousticModel,
) -> list[Heard | None]:
    """Find each word of the script in a recording; None where it is not said.

    `scores` is (steps, phones) of log likelihoods, `energy` that of the steps.
    """
    tops = scores.max(axis=1)
    mean = smooth_steps(scores.mean(axis=1) - tops, FLAT_STEPS)
    shares = np.minimum(1, SHARPEST / mean).astype(np.float32)
    quiet = (scores[:, list(model.quiet)].max(axis=1) - tops) * shares
    gaps = np.maximum(quiet, np.interp(mean, (SHARP, FLAT), (GARBAGE, FLAT_GARBAGE)))
    heights = Heights(scores, tops, shares, gaps.astype(np.float32), _find_dips(energy))
    cells = _lay_cells(script, model.phones[MURMUR])
    path = trace_words(heights, cells)
    found: list[Heard | None] = [None] * len(script)
    readings = np.searchsorted(cells.readings, path[:, 0], "right") - 1
    words = np.searchsorted(cells.words, readings, "right") - 1
    for word, reading, (_, start, stop) in zip(
        words.tolist(), readings.tolist(), path.tolist(), strict=True
    ):
        found[word] = Heard(start * STEP, stop * STEP, reading - int(cells.words[word]))
    return found


def smooth_steps(values: Floats, around: int) -> Floats:
    """Return the mean of each value and of so many before and after it."""
    width = 2 * around + 1
    padded = np.pad(values, around, mode="edge")
    return np.convolve(padded, np.ones(width, np.float32) / np.float32(width), "valid")


def _lay_cells(script: Sequence[Line], murmur: int) -> Cells:
    # A murmur sounds like any noise: here it would swallow the pauses of a whole recording.
    readings = [[r for r in line.readings if r != (murmur,)] for line in script]
    flat = [reading for line in readings for reading in line]
    skips = [
        SKIP_HESITATION if line.hesitation else SKIP_OPTIONAL if line.optional else SKIP
        for line in script
    ]
    lands = [line.lands for line in script]
    return Cells(
        phones=np.array([phone for reading in flat for phone in reading], np.int32),
        readings=np.cumsum([0, *map(len, flat)]).astype(np.int32),
        words=np.cumsum([0, *map(len, readings)]).astype(np.int32),
        skips=np.array(skips, np.float32),
        lingers=np.array([*(0 if line.opens else LINGER for line in script), 0], np.float32),
        landings=np.flatnonzero(lands).astype(np.int32),
        kinds=_name_landings(script, lands),
    )


def _name_landings(script: Sequence[Line], lands: Sequence[bool]) -> Ints:
    names: dict[tuple[object, ...], int] = {}
    starts = [word for word, it in enumerate(lands) if it]
    alike = (tuple(line.readings for line in script[start : start + ALIKE]) for start in starts)
    return np.array([names.setdefault(key, len(names)) for key in alike], np.int32)


def _find_dips(energy: Floats) -> NDArray[np.bool_]:
    """Tell at which steps a clause may be leapt to."""
    smooth = smooth_steps(energy, 1)
    padded = np.pad(smooth, DIP_STEPS, mode="edge")
    lowest = np.lib.stride_tricks.sliding_window_view(padded, 2 * DIP_STEPS + 1).min(axis=1)
    return (smooth <= lowest) | (np.arange(len(energy)) % DIP_EVERY == 0)
