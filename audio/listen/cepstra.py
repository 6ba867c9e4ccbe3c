"""Sound as the acoustic model hears it: 13 cepstra for every 10 ms.

As pocketsphinx's front end makes them with the parameters that come with the model
(`feat.params`): 25 triangles on the mel scale, noise removed, cosine transform, lifter.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from ..compiled import compiled, multiply

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

RATE = 16000
HOP = 160
WINDOW = 410
FFT = 512
CEPSTRA = 13
FILTERS = 25
LOWEST_HZ, HIGHEST_HZ = 130.0, 6800.0
PRE_EMPHASIS = 0.97
LIFTER = 22
FLOOR = 20.0
_BATCH = 1000
_AROUND = 500
"""Cepstra are normalised by their mean over 5 s before and after: a voice and its microphone."""


def extract_cepstra(blocks: Iterable[Floats]) -> Floats:
    """Return (frames, 13) for mono sound at 16 kHz, in which ±32768 is full scale.

    Frame `t` hears the 410 samples from `160 t` on.
    """
    noise = np.zeros((4, FILTERS), np.float32)
    found = bytearray()  # grows in place
    for frames in _cut_frames(blocks):
        spectrum = np.fft.rfft(frames, FFT)
        power = _sum_filters(spectrum.astype(np.complex64, copy=False), _FILTERBANK, _BINS)
        _remove_noise(power, noise, first=not found)
        found += multiply(np.log(power + np.float32(FLOOR)), _COSINES).tobytes()
    return np.frombuffer(found, np.float32).reshape(-1, CEPSTRA)


@compiled
def normalise_cepstra(cepstra: Floats) -> None:
    """Take from each frame the mean of those around it, in place."""
    count = cepstra.shape[0]
    sums = np.zeros(count + 1)
    for c in range(cepstra.shape[1]):
        for t in range(count):
            sums[t + 1] = sums[t] + cepstra[t, c]
        for t in range(count):
            start, stop = max(t - _AROUND, 0), min(t + _AROUND, count)
            cepstra[t, c] -= (sums[stop] - sums[start]) / (stop - start)


def difference_cepstra(cepstra: Floats, places: NDArray[np.intp]) -> Floats:
    """Return (places, 3, 13): cepstra, their first and their second differences (`1s_c_d_dd`)."""

    def shift(frames: int) -> Floats:
        return cepstra[np.clip(places + frames, 0, len(cepstra) - 1)]

    first = shift(2) - shift(-2)
    second = (shift(3) - shift(-1)) - (shift(1) - shift(-3))
    return np.stack((cepstra[places], first, second), axis=1)


def _cut_frames(blocks: Iterable[Floats]) -> Iterator[Floats]:
    """Yield windowed frames, some seconds at a time."""
    rest = np.zeros(0, np.float32)
    previous = np.float32(0)
    for block in blocks:
        emphasised = block - np.float32(PRE_EMPHASIS) * np.append(previous, block[:-1])
        previous = block[-1]
        rest = np.concatenate((rest, emphasised))
        count = (len(rest) - WINDOW) // HOP + 1
        if count < 1:
            continue
        for start in range(0, count, _BATCH):
            stop = min(start + _BATCH, count)
            piece = rest[start * HOP : (stop - 1) * HOP + WINDOW]
            yield np.lib.stride_tricks.sliding_window_view(piece, WINDOW)[::HOP] * _HAMMING
        rest = rest[count * HOP :]


def _mel(hertz: float) -> float:
    return 1127 * math.log(1 + hertz / 700)


def _lay_filterbank() -> Floats:
    """Return (filters, bins): triangles of unit area whose corners are rounded to bins."""
    step = RATE / FFT
    mels = np.linspace(_mel(LOWEST_HZ), _mel(HIGHEST_HZ), FILTERS + 2)
    corners = np.floor(700 * (np.exp(mels / 1127) - 1) / step + 0.5) * step
    left, middle, right = corners[:-2], corners[1:-1], corners[2:]
    bins = np.arange(FFT // 2 + 1)[:, None] * step
    rising = (bins - left) / (middle - left)
    falling = (right - bins) / (right - middle)
    heights = np.clip(np.minimum(rising, falling), 0, None) * 2 / (right - left)
    return np.ascontiguousarray(heights.T, np.float32)


def _lay_cosines() -> Floats:
    """Return (cepstra, filters): the orthonormal cosine transform, and the lifter."""
    places = (np.arange(FILTERS)[:, None] + 0.5) * np.pi / FILTERS
    orders = np.arange(CEPSTRA)
    scale = np.where(orders == 0, math.sqrt(1 / FILTERS), math.sqrt(2 / FILTERS))
    lifter = 1 + LIFTER / 2 * np.sin(orders * np.pi / LIFTER)
    return np.ascontiguousarray((np.cos(places * orders) * scale * lifter).T, np.float32)


_HAMMING = np.hamming(WINDOW).astype(np.float32)
_FILTERBANK = _lay_filterbank()
_BINS = np.array([(row.nonzero()[0][0], row.nonzero()[0][-1] + 1) for row in _FILTERBANK], np.int32)
"""The first bin of each filter, and the end."""
_COSINES = _lay_cosines()


@compiled
def _sum_filters(spectrum: NDArray[np.complex64], bank: Floats, bins: Ints) -> Floats:
    """Return (frames, filters): the power that each filter lets through."""
    power = np.zeros((spectrum.shape[0], bank.shape[0]), np.float32)
    for t in range(spectrum.shape[0]):
        for f in range(bank.shape[0]):
            for k in range(bins[f, 0], bins[f, 1]):
                one = spectrum[t, k]
                power[t, f] += bank[f, k] * (one.real * one.real + one.imag * one.imag)
    return power


@compiled
def _remove_noise(power: Floats, state: Floats, first: bool) -> None:  # noqa: FBT001
    """Take the steady part out of mel spectra, in place (pocketsphinx's `fe_noise.c`).

    `state` keeps the smoothed power, the noise, the floor and the peak of each filter.
    """
    count, filters = power.shape
    smooth, noise, floor, peak = state[0], state[1], state[2], state[3]
    gain = np.empty(filters, np.float32)
    if first:
        smooth[:] = power[0]
        noise[:] = power[0] / 20
        floor[:] = power[0] / 20
    for t in range(count):
        for i in range(filters):
            smooth[i] = 0.7 * smooth[i] + 0.3 * power[t, i]
            keep = 0.995 if smooth[i] >= noise[i] else 0.5
            noise[i] = keep * noise[i] + (1 - keep) * smooth[i]
            signal = max(smooth[i] - noise[i], 1.0)
            keep = 0.995 if signal >= floor[i] else 0.5
            floor[i] = keep * floor[i] + (1 - keep) * signal
            now = signal
            peak[i] *= 0.85
            if signal < 0.85 * peak[i]:
                signal = peak[i] * 0.2
            peak[i] = max(peak[i], now)
            signal = max(signal, floor[i])
            gain[i] = min(max(signal / max(smooth[i], 1e-10), 0.05), 20.0)
        for i in range(filters):
            low, high = max(i - 4, 0), min(i + 4, filters - 1)
            power[t, i] *= gain[low : high + 1].mean()
