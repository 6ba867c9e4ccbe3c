"""A limiter that looks ahead: true peaks stay below a ceiling, and nothing is bent sharply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from .peak import REACH, find_peaks, may_pass
from .sample import Floats

CEILING_DB = -1.0
"""The highest true peak that EBU R128 allows, in dBTP."""

_MARGIN_DB = 0.1
"""By how much meters of true peaks differ, and rounding adds."""
_CEILING = 10 ** ((CEILING_DB - _MARGIN_DB) / 20)

_HOLD = 480
"""How many frames before and after a peak the gain is as low as at it, before it is smoothed."""
_SMOOTH = _HOLD // 2

ATTACK = 2 * _HOLD
"""How many frames before a peak the gain begins to fall, and after it is back: 20 ms."""
CONTEXT = ATTACK + REACH
"""How many frames before and after those that it limits the limiter has to hear."""


def limit(blocks: Iterable[Floats], first: int = 0, last: int | None = None) -> Iterator[Floats]:
    """Yield sound softened where its true peaks would pass the ceiling.

    The blocks hold `CONTEXT` frames more at both ends, which are not given back. Peaks before the
    frame `first` and from `last` on, counted in what is given back, are let through.
    """
    window: Floats | None = None
    at = -CONTEXT
    for block in blocks:
        window = block if window is None else np.concatenate((window, block))
        ready = len(window) - 2 * CONTEXT
        if ready > 0:
            yield _limit_window(window, first - at, None if last is None else last - at)
            window = window[ready:]
            at += ready


def _limit_window(window: Floats, first: int, last: int | None) -> Floats:
    """Limit all but the context. `first` and `last` count from the window's beginning."""
    inner = window[CONTEXT:-CONTEXT]
    if not may_pass(window, _CEILING):
        return inner
    peaks = np.pad(find_peaks(window, _CEILING), REACH)
    peaks[: max(first, 0)] = 0
    if last is not None:
        peaks[max(last, 0) :] = 0
    if peaks.max() <= _CEILING:
        return inner
    wanted = _CEILING / np.maximum(peaks, _CEILING)
    gain = _smooth(_hold(wanted))[REACH:-REACH]
    return inner * gain[:, None].astype(window.dtype)


def _hold(gain: Floats) -> Floats:
    """Return the lowest gain within `_HOLD` frames of each; as many are lost at both ends."""
    lowest, width = gain, 1
    while width < 2 * _HOLD + 1:
        step = min(width, 2 * _HOLD + 1 - width)
        lowest = np.minimum(lowest[:-step], lowest[step:])
        width += step
    return lowest


def _smooth(gain: Floats) -> Floats:
    """Average the gain over `_HOLD` frames twice: it never lies above the lowest that it was."""
    for _ in range(2):
        sums = np.cumsum(np.pad(gain.astype(np.float64), (1, 0)))
        gain = (sums[2 * _SMOOTH + 1 :] - sums[: -2 * _SMOOTH - 1]) / (2 * _SMOOTH + 1)
    return gain
