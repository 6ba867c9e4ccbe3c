"""Samples: whole numbers in files, floats from −1 to 1 where they are worked on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Pcm = NDArray[np.signedinteger]
Floats = NDArray[np.floating]
"""Sound has a row for each frame and a column for each channel."""


def to_floats(samples: Pcm) -> Floats:
    """Return samples as floats that hold them exactly."""
    floats = samples.astype(np.float32 if samples.dtype == np.int16 else np.float64)
    floats *= 1 / _loudest(samples.dtype)
    return floats


def to_samples(floats: Floats, depth: np.dtype[np.signedinteger]) -> Pcm:
    """Round floats to the nearest samples; what is beyond the loudest becomes that.

    There is no dither: the sound that goes in brings a noise of its own, what is untouched beside
    it has none added, and chance would make two mixes of the same differ.
    """
    loudest = _loudest(depth)
    scaled = floats * loudest
    np.rint(scaled, out=scaled)
    return np.clip(scaled, -loudest, loudest - 1, out=scaled).astype(depth)


def _loudest(depth: np.dtype[np.signedinteger]) -> float:
    return float(1 << (8 * depth.itemsize - 1))
