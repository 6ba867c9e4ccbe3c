"""True peaks: how loud sound gets between its samples (ITU-R BS.1770-4, Annex 2)."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from .sample import Floats

REACH = 16
"""A peak after a frame is worked out from as many frames before and after it."""

_OVERSAMPLING = 4
_CHUNK = 64


def _design_phases() -> NDArray[np.float64]:
    """Return what the frames around one are multiplied by to give those between it and the next.

    One column for each place in between.
    """
    taps = np.arange(-REACH + 1, REACH + 1)[:, None]
    places = taps - np.arange(1, _OVERSAMPLING) / _OVERSAMPLING
    phases = np.sinc(places) * np.i0(9 * np.sqrt(1 - (places / REACH) ** 2))
    return phases / phases.sum(axis=0)


_PHASES = _design_phases()
_SWELL = float(np.abs(_PHASES).sum(axis=0).max())
"""How many times louder than its samples sound can be between them, at most."""


def may_pass(sound: Floats, floor: float) -> bool:
    """Return whether a true peak of some sound may lie above a floor, without working it out."""
    return bool(max(sound.max(initial=0), -sound.min(initial=0)) * _SWELL > floor)


def find_peaks(sound: Floats, floor: float) -> Floats:
    """Return each frame's true peak over all channels, or 0 where that can't pass `floor`.

    `sound` has `REACH` frames more at both ends, which are only listened to.
    """
    frames = len(sound) - 2 * REACH
    # Frame by frame it would take as long as all the rest, and few stretches come near the floor.
    padded = np.pad(sound, ((0, -frames % _CHUNK), (0, 0)))
    around = sliding_window_view(padded, _CHUNK + 2 * REACH, axis=0)[::_CHUNK]
    loudest = np.maximum(around.max(axis=(1, 2)), -around.min(axis=(1, 2)))
    loud = np.flatnonzero(loudest * _SWELL > floor)
    found = np.zeros((len(around), _CHUNK), sound.dtype)
    found[loud] = _interpolate(around[loud])
    return found.reshape(-1)[:frames]


def _interpolate(chunks: Floats) -> Floats:
    """Return the peaks of chunks: an axis each for chunks, channels and frames."""
    windows = sliding_window_view(chunks, 2 * REACH, axis=2)[:, :, 1:]
    between = np.abs(windows @ _PHASES.astype(chunks.dtype)).max(axis=3)
    at = np.abs(chunks[:, :, REACH:-REACH])
    return np.maximum(at, between).max(axis=1)
