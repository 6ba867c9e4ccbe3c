"""What a recording sounds like where nobody speaks: its room, its noise, its music."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..compiled import multiply

Floats = NDArray[np.float32]

_COMPONENTS = 8
_ROUNDS = 5
_SAMPLE = 4000
"""Frames to learn from, spread over all that there are."""
_LEAST = 200
_LEAST_VARIANCE = 1.0
_LONG = 500
"""A gap of 5 s is long enough to be music or noise and not a word that was not recognised …"""
_EDGE = 15
"""… but for what stands at its edges."""
_HUSH = 0.25
"""How far above the quietest frames, on the way to loud ones, a frame still is quiet."""


@dataclass(frozen=True, slots=True)
class Background:
    """A mixture of diagonal Gaussians over cepstra and their differences."""

    precisions: Floats
    """(components, 39): -1 / (2 variance)"""
    slopes: Floats
    heights: Floats

    def score(self, features: Floats) -> Floats:
        """Return the log likelihood of each frame under its likeliest Gaussian."""
        flat = features.reshape(len(features), -1)
        scores = multiply(flat**2, self.precisions) + multiply(flat, self.slopes)
        return (scores + self.heights).max(axis=1)


def choose_background(energy: Floats, gaps: Sequence[tuple[int, int]]) -> NDArray[np.intp]:
    """Choose the frames to learn from: the quiet ones, and those of long gaps between words."""
    low, high = np.percentile(energy, (2, 90))
    quiet = energy < low + _HUSH * (high - low)
    for start, stop in gaps:
        if stop - start > _LONG:
            quiet[start + _EDGE : stop - _EDGE] = True
    places = np.flatnonzero(quiet)
    return places[:: max(1, len(places) // _SAMPLE)]


def learn_background(features: Floats) -> Background | None:
    """Fit the mixture by expectation and maximisation; None where there is too little.

    It starts from frames in the order of their energy, so that the same sound gives the same fit.
    """
    sample = features.reshape(len(features), -1).astype(np.float64)
    if len(sample) < _LEAST:
        return None
    slices = np.array_split(np.argsort(sample[:, 0], kind="stable"), _COMPONENTS)
    shares = np.full(_COMPONENTS, 1 / _COMPONENTS)
    means = np.stack([sample[part].mean(axis=0) for part in slices])
    variances = np.stack([sample[part].var(axis=0) for part in slices])
    for _ in range(_ROUNDS):
        fit = _compose(shares, means, variances)
        scores = (
            np.einsum("tv,cv->tc", sample**2, fit.precisions)
            + np.einsum("tv,cv->tc", sample, fit.slopes)
            + fit.heights
        )
        portions = np.exp(scores - scores.max(axis=1, keepdims=True))
        portions /= portions.sum(axis=1, keepdims=True)
        counts = portions.sum(axis=0) + 1e-3
        shares = counts / counts.sum()
        means = np.einsum("tc,tv->cv", portions, sample) / counts[:, None]
        variances = np.einsum("tc,tv->cv", portions, sample**2) / counts[:, None] - means**2
    return _compose(shares, means, variances)


def _compose(
    shares: NDArray[np.float64], means: NDArray[np.float64], variances: NDArray[np.float64]
) -> Background:
    floored = np.maximum(variances, _LEAST_VARIANCE)
    heights = (
        np.log(shares)
        - 0.5 * np.log(2 * math.pi * floored).sum(axis=1)
        - (means**2 / (2 * floored)).sum(axis=1)
    )
    return Background(
        (-1 / (2 * floored)).astype(np.float32),
        (means / floored).astype(np.float32),
        heights.astype(np.float32),
    )
