"""A sketch of the acoustic model, quick enough for all phones at once: one state a phone."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .acoustic_model import AcousticModel

Floats = NDArray[np.float32]

_GAUSSIANS = 32
"""Of 128: those that weigh most. More told right from wrong no better, and cost as much more."""
_LEAST_WEIGHT = 1e-10


class Sketch(NamedTuple):
    """The Gaussians of each phone that weigh most in it, whatever its neighbours."""

    means: Floats
    """(phones, streams, 13, Gaussians)"""
    precisions: Floats
    heights: Floats
    """(phones, streams, Gaussians), weights included"""


def sketch_model(model: AcousticModel) -> Sketch:
    """Keep of each phone what weighs most."""
    weights = model.weights[model.alone].mean(axis=1)
    heaviest = np.argsort(-weights, axis=2, kind="stable")[:, :, :_GAUSSIANS]
    heights = model.offsets + np.log(weights + _LEAST_WEIGHT)
    return Sketch(
        np.take_along_axis(model.means, heaviest[:, :, None, :], axis=3),
        np.take_along_axis(model.precisions, heaviest[:, :, None, :], axis=3),
        np.take_along_axis(heights, heaviest, axis=2).astype(np.float32),
    )


@njit(cache=True, fastmath=True, error_model="numpy")
def score_phones(features: Floats, sketch: Sketch) -> Floats:
    """Return (frames, phones): log likelihoods, each stream's that of its likeliest Gaussian."""
    frames = features.shape[0]
    phones, streams, size, gaussians = sketch.means.shape
    scores = np.zeros((frames, phones), np.float32)
    totals = np.empty(gaussians, np.float32)
    for t in range(frames):
        for p in range(phones):
            for s in range(streams):
                totals[:] = sketch.heights[p, s]
                for d in range(size):
                    value = features[t, s, d]
                    for g in range(gaussians):
                        away = value - sketch.means[p, s, d, g]
                        totals[g] -= away * away * sketch.precisions[p, s, d, g]
                best = totals[0]
                for g in range(1, gaussians):
                    best = max(best, totals[g])
                scores[t, p] += best
    return scores
