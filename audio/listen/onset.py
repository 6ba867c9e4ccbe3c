"""Where a word after a pause becomes audible.

The model hears ahead: its windows overlap, and its differences look 30 ms further. So the first
phone after a pause is found a little early; the sound's own rise says where it starts. A stop
begins with its closure, which is no pause.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from .acoustic_model import AcousticModel
from .fine import Traced
from .script import Line

Floats = NDArray[np.float32]

_PAUSE = 6
"""Shorter gaps between words (60 ms) are no pauses."""
_CLOSURE = 12
"""Nor is so long a gap before a stop."""
_STOPS = ("P", "T", "K", "B", "D", "G", "CH", "JH")
_BREATH = "HH"
"""It begins before it can be told from the pause by its loudness."""
_FLOOR = 20
"""Frames before a word that its pause is measured in."""
_PEAK = 100
"""Frames of a word that its loudness is measured in."""
_LATEST = 80
"""An onset is sought so many frames on, and not in a word's last two frames."""
_RISE = 0.2
"""An onset is where the sound has risen by this share, from the pause to the word."""
_LEAST_RISE = 15.0
"""A first cepstrum rises by 5 for each neper of power: 13 dB."""


def move_onsets(
    traced: Sequence[Traced | None], script: Sequence[Line], energy: Floats, model: AcousticModel
) -> Iterator[Traced | None]:
    """Yield the words, those after a pause from where they become audible."""
    stops = {model.phones[name] for name in _STOPS}
    end = 0
    for word, line in zip(traced, script, strict=True):
        if word is None:
            yield None
            continue
        start = word.start
        phone = line.readings[0][0]
        if start - end <= _CLOSURE and phone in stops:
            start = min(start, end) if end else start
        elif start - end >= _PAUSE and phone != model.phones[_BREATH]:
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
