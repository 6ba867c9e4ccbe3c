"""Where somebody speaks in a recording, whatever they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .coarse import STEP, smooth_steps

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

_AROUND = 16
"""Steps before and after that are heard with each: half a second."""
_SPEECH = -20.5
"""In speech one phone stands out: silence is less likely than the likeliest by 9 to 17 on average,
all phones are by 13 to 25. In noise it is 1 and 9, in music and drums 6 to 11 and 10 to 20. Half of
the second is added to the first."""
_UNCLEAR = -13.0
"""A hoarse voice comes to 9 to 20, as music with plucked notes or drums does."""
_FARTHEST = -20.0
_LOUD = 0.3
_FAINT = 0.1
"""What is no silence is at least so far from the quietest steps, on the way to the loudest; what
may be speech may be faint beside somebody else's."""
_BREATH = 100
"""Shorter silences (3 s) between speech belong to it, …"""
_EDGE = 8
"""… and so much at its edges, where it is heard together with silence."""
_LEAST = 50
"""Shorter speech (1.5 s) is not worth a report: a laugh, a cough."""


@dataclass(frozen=True, slots=True)
class Voices:
    """Where somebody speaks, step by step."""

    speech: Flags
    unclear: Flags
    """Where somebody may speak; all speech is in it."""


def hear_voices(levels: Floats, energy: Floats, quiet: Sequence[int]) -> Voices:
    """Tell for each step whether somebody speaks.

    `levels` is (steps, phones) of log likelihoods, `energy` that of the steps, `quiet` the phones
    that are no speech.
    """
    likeliest = levels.max(axis=1)
    silence = np.maximum(levels[:, list(quiet)].max(axis=1) - likeliest, _FARTHEST)
    others = np.maximum(levels.mean(axis=1) - likeliest, 2 * _FARTHEST)
    smooth = smooth_steps(silence + others / 2, _AROUND)
    return Voices(
        (smooth < _SPEECH) & hear_sound(energy),
        (smooth < _UNCLEAR) & hear_sound(energy, _FAINT),
    )


def hear_sound(energy: Floats, share: float = _LOUD) -> Flags:
    """Tell for each step whether it is no silence: so far on the way to the loudest."""
    low, high = np.percentile(energy, (2, 95))
    return energy > low + share * (high - low)


def find_stretches(speech: Flags, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of speech between two frames of 10 ms, breaths included, in frames."""
    first, last = -(-start // STEP), stop // STEP
    spoken = np.flatnonzero(speech[first:last]) + first
    if not len(spoken):
        return
    breaks = np.flatnonzero(np.diff(spoken) > _BREATH)
    begins = [spoken[0], *spoken[breaks + 1]]
    ends = [*spoken[breaks], spoken[-1]]
    for begin, end in zip(begins, ends, strict=True):
        if end + 1 - begin >= _LEAST:
            yield (
                max(start, int(begin - _EDGE) * STEP),
                min(stop, int(end + 1 + _EDGE) * STEP),
            )
