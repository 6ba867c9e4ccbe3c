"""Where a word after a pause becomes audible.

The model hears ahead: its windows overlap, and its differences look 30 ms further. So the first
phone after a pause is found a little early; the sound's own rise says where it starts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from .fine import Traced

Floats = NDArray[np.float32]

_PAUSE = 6
"""Shorter gaps between words (60 ms) are closures and no pauses."""
_FLOOR = 20
"""Frames before a word that its pause is measured in."""
_PEAK = 20
"""Frames of a word that its loudness is measured in."""
_LATEST = 12
"""An onset is sought so many frames on, and not in a word's last two frames."""
_RISE = 0.2
"""An onset is where the sound has risen by this share, from the pause to the word."""
_LEAST_RISE = 15.0
"""A first cepstrum rises by 5 for each neper of power: 13 dB."""


def move_onsets(traced: Sequence[Traced | None], energy: Floats) -> Iterator[Traced | None]:
    """Yield the words, those after a pause from where they become audible."""
    end = 0
    for word in traced:
        if word is None:
            yield None
            continue
        start = word.start
        if start - end >= _PAUSE:
            start = _find_onset(energy, end, word)
        yield replace(word, start=start)
        end = word.stop


def _find_onset(energy: Floats, end: int, word: Traced) -> int:
    floor = float(np.median(energy[max(end + 2, word.start - _FLOOR) : word.start - 1]))
    peak = float(energy[word.start : min(word.stop, word.start + _PEAK)].max())
    if peak - floor < _LEAST_RISE:
        return word.start
    latest = min(word.start + _LATEST, word.stop - 2)
    loud = energy[word.start : latest] > floor + _RISE * (peak - floor)
    return word.start + int(loud.argmax()) if loud.any() else word.start
