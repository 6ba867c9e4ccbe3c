"""Sound at another rate, without the spurs of pydub's linear interpolation."""

from __future__ import annotations

import numpy as np
import soxr
from numpy.typing import NDArray


def resample(samples: NDArray[np.int16], rate: int, wanted: int) -> NDArray[np.int16]:
    """Change the rate of mono samples; both rates are in Hz."""
    if rate == wanted or not len(samples):
        return samples
    return soxr.resample(samples, rate, wanted).astype("<i2", copy=False)
