"""A sketch of the acoustic model, quick enough for all phones at once: one state a phone."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..compiled import compiled
from .acoustic_model import AcousticModel

Floats = NDArray[np.float32]

_GAUSSIANS = 32
"""Of 128: those that weigh most. More told right from wrong no better, and cost as much more."""
_LEAST_WEIGHT = 1e-10
_LOW = np.float32(-1e30)
"""Less likely than anything; what is compiled takes for granted that no number is infinite."""
_SIZE = 13
_BLOCK = 128
"""Frames that are scored side by side."""


class Sketch(NamedTuple):
    """The Gaussians of each phone that weigh most in it, whatever its neighbours."""

    heights: Floats
    """(phones, streams, Gaussians), weights included"""
    slopes: Floats
    """(phones, streams, Gaussians, 13)"""
    curves: Floats


def sketch_model(model: AcousticModel) -> Sketch:
    """Keep of each phone what weighs most."""
    weights = model.weights[model.alone].mean(axis=1)
    heaviest = np.argsort(-weights, axis=2, kind="stable")[:, :, :_GAUSSIANS]
    heights = model.heights + np.log(weights + _LEAST_WEIGHT)
    heaviest = heaviest[:, :, :, None]
    return Sketch(
        np.take_along_axis(heights, heaviest[:, :, :, 0], axis=2).astype(np.float32),
        np.take_along_axis(model.slopes, heaviest, axis=2),
        np.take_along_axis(model.curves, heaviest, axis=2),
    )


@compiled
def score_phones(features: Floats, sketch: Sketch) -> Floats:
    """Return (frames, phones): log likelihoods, each stream's that of its likeliest Gaussian.

    `features` is (frames, 3, 13).
    """
    frames = features.shape[0]
    phones, streams, gaussians = sketch.heights.shape
    scores = np.zeros((frames, phones), np.float32)
    block = np.zeros((streams, _SIZE, _BLOCK), np.float32)
    best = np.empty(_BLOCK, np.float32)
    for start in range(0, frames, _BLOCK):
        count = min(_BLOCK, frames - start)
        block[:, :, :count] = features[start : start + count].transpose(1, 2, 0)
        for p in range(phones):
            for s in range(streams):
                best[:] = _LOW
                for g in range(gaussians):
                    _raise_best(
                        block[s],
                        sketch.heights[p, s, g],
                        sketch.slopes[p, s, g],
                        sketch.curves[p, s, g],
                        best,
                    )
                for t in range(count):
                    scores[start + t, p] += best[t]
    return scores


@compiled
def _raise_best(block: Floats, height: float, slopes: Floats, curves: Floats, best: Floats) -> None:
    """Take a Gaussian into account for frames side by side, many at a time."""
    for t in range(_BLOCK):
        total = height
        for d in range(_SIZE):
            value = block[d, t]
            total += value * (slopes[d] + value * curves[d])
        best[t] = max(best[t], total)
