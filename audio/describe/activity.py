"""How likely it is that somebody speaks at each moment of a recording, whatever they say.

webrtcvad tells voices from silence, but takes music, breath and noise for voices. Three more things
tell speech from these: it changes, in its sound and in its level, and its pitch moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import webrtcvad
from msgspec import Struct
from numpy.typing import NDArray

from ...source import Recording, decode_speech
from ..listen.cepstra import RATE, extract_cepstra
from ..step import SILENCE
from ..step_store import StepStore

Floats = NDArray[np.float32]
Samples = NDArray[np.int16]

FRAME_MS = 10
_FRAME = RATE * FRAME_MS // 1000
_AGGRESSIVENESS = 3
"""webrtcvad's strictest: it takes the least of noise and music for voices."""

_CHANGE_FRAMES = 3
_SPECTRUM = 1024
_SPECTRUM_HOP = 4 * _FRAME
_LOWEST, _BINS = 6, 194
"""The bins from 94 to 3100 Hz, where harmonics stand apart."""
_ENVELOPE = 6
"""Bins to each side whose mean is the spectrum without its harmonics."""
_FAINT = 0.1
"""What is fainter than this share of the mean is as good as nothing."""
_HELD = 5
"""A held note is the same five spectra (0.2 s) later, a spoken vowel's pitch has moved."""

_CHUNK = 1 << 14
"""Frames whose changes are measured at a time."""

_DEEPEST, _LOUDEST = -40.0, 20.0
"""Levels are followed from here to here, in dB above that of the words."""
_AROUND = 50
_VOICED_AROUND = 30
_LOUD_AROUND = 8
"""Frames before and after that are heard with each."""
_VOICED, _CHANGING, _VARYING, _LOUD, _HOLDING, _CONSTANT = 0.68, 0.44, 0.495, 0.349, -17.74, -5.52
"""The weights of a logistic regression, fitted to recordings in which it is known when somebody
speaks (`tests/spliced_speech.py`, the half developed on); the thresholds in `gap.py` go with them.
"""


@dataclass(frozen=True, slots=True)
class Activity:
    """What a recording sounds like; a value for each frame of 10 ms."""

    voiced: NDArray[np.bool_]
    """Whether webrtcvad hears a voice."""
    level: Floats
    """In dB; a full scale sine has 87."""
    change: Floats
    """How far the cepstra have moved in 30 ms."""
    holding: Floats
    """How alike the harmonics are to those of 0.2 s before, from 0 to 1 for a held note."""

    def __len__(self) -> int:
        return len(self.voiced)

    def rate_speech(self, usual_db: float) -> Floats:
        """Return how likely it is, from 0 to 1, that somebody speaks in each frame.

        `usual_db` is the level at which they do.
        """
        level = np.clip(self.level - usual_db, _DEEPEST, _LOUDEST)
        mean = smooth(level, _AROUND)
        varying = np.sqrt(np.maximum(0, smooth(level**2, _AROUND) - mean**2))
        odds = (
            _VOICED * smooth(self.voiced, _VOICED_AROUND)
            + _CHANGING * smooth(self.change, _AROUND)
            + _VARYING * varying
            + _LOUD * smooth(level, _LOUD_AROUND)
            + _HOLDING * smooth(self.holding, _VOICED_AROUND)
            + _CONSTANT
        )
        return (1 / (1 + np.exp(-odds))).astype(np.float32)


class _Kept(Struct, frozen=True, array_like=True):
    """The same as bytes: an hour has 4.7 MB."""

    voiced: bytes
    level: bytes
    change: bytes
    holding: bytes


def recall_activity(recording: Recording, store: StepStore) -> Activity:
    """Return what the store's recording sounds like; it is listened to if that is not known."""
    kept = store.recall(store.name_result(SILENCE), _Kept, lambda: _strip(hear_activity(recording)))
    levels = (np.frombuffer(one, np.float32) for one in (kept.level, kept.change, kept.holding))
    return Activity(np.frombuffer(kept.voiced, np.bool_), *levels)


def _strip(activity: Activity) -> _Kept:
    one = activity
    return _Kept(*(it.tobytes() for it in (one.voiced, one.level, one.change, one.holding)))


def hear_activity(recording: Recording) -> Activity:
    """Listen to a recording once, a second at a time.

    Raises UnreadableSource where nothing of it can be decoded.
    """
    listener = Listener()
    cepstra = extract_cepstra(listener.listen(decode_speech(recording, RATE)))
    return listener.report(cepstra)


def smooth(values: NDArray[np.generic], around: int) -> NDArray[np.float64]:
    """Return the mean of each value and of so many before and after it."""
    width = 2 * around + 1
    sums = np.cumsum(np.pad(values.astype(np.float64), (around + 1, around), mode="edge"))
    return (sums[width:] - sums[:-width]) / width


@dataclass(slots=True)
class Listener:
    """Takes note of blocks of samples on their way to somebody else."""

    detector: webrtcvad.Vad = field(default_factory=lambda: webrtcvad.Vad(_AGGRESSIVENESS))
    voiced: bytearray = field(default_factory=bytearray)
    level: bytearray = field(default_factory=bytearray)
    holding: bytearray = field(default_factory=bytearray)
    before: Floats = field(default_factory=lambda: np.zeros((_HELD, _BINS), np.float32))

    def listen(self, blocks: Iterable[Samples]) -> Iterator[Floats]:
        frames = waves = np.zeros(0, np.int16)
        for block in blocks:
            frames = self._judge(np.concatenate((frames, block)))
            waves = self._compare(np.concatenate((waves, block)))
            yield block.astype(np.float32)

    def _judge(self, samples: Samples) -> Samples:
        """Note voices and level of each frame; returns what is left."""
        count = len(samples) // _FRAME
        frames = samples[: count * _FRAME]
        data, size = frames.tobytes(), 2 * _FRAME
        hears = self.detector.is_speech
        self.voiced += bytes(hears(data[at : at + size], RATE) for at in range(0, len(data), size))
        power = (frames.reshape(count, _FRAME).astype(np.float32) ** 2).mean(axis=1)
        self.level += (10 * np.log10(power + 1)).tobytes()
        return samples[count * _FRAME :]

    def _compare(self, samples: Samples) -> Samples:
        """Note how alike the harmonics are to those before; returns what is left."""
        count = max(0, (len(samples) - _SPECTRUM) // _SPECTRUM_HOP + 1)
        if not count:
            return samples
        waves = np.lib.stride_tricks.sliding_window_view(samples, _SPECTRUM)[::_SPECTRUM_HOP]
        harmonics = np.concatenate((self.before, _find_harmonics(waves[:count])))
        alike = (harmonics[_HELD:] * harmonics[:-_HELD]).sum(axis=1)
        self.holding += alike.astype(np.float32).tobytes()
        self.before = harmonics[-_HELD:]
        return samples[count * _SPECTRUM_HOP :]

    def report(self, cepstra: Floats) -> Activity:
        voiced = np.frombuffer(self.voiced, np.bool_)
        holding = np.repeat(np.frombuffer(self.holding, np.float32), _SPECTRUM_HOP // _FRAME)
        return Activity(
            voiced,
            np.frombuffer(self.level, np.float32),
            _fit(_measure_change(cepstra), _CHANGE_FRAMES, len(voiced)),
            _fit(holding, _SPECTRUM // _FRAME // 2, len(voiced)),
        )


def _measure_change(cepstra: Floats) -> Floats:
    """Return how far the cepstra of each frame are from those a few frames later."""
    change = np.zeros(max(0, len(cepstra) - _CHANGE_FRAMES), np.float32)
    for at in range(0, len(change), _CHUNK):
        part = cepstra[at : at + _CHUNK + _CHANGE_FRAMES, 1:]
        moves = part[_CHANGE_FRAMES:] - part[:-_CHANGE_FRAMES]
        change[at : at + _CHUNK] = np.sqrt((moves**2).sum(axis=1))
    return change


def _find_harmonics(waves: Samples) -> Floats:
    """Return (waves, bins): what stands out of each spectrum's envelope; each has the length 1."""
    spectra = np.abs(np.fft.rfft(waves * _WINDOW, axis=1))[:, _LOWEST : _LOWEST + _BINS]
    spectra = np.log(spectra / (spectra.mean(axis=1, keepdims=True) + 1) + _FAINT)
    width = 2 * _ENVELOPE + 1
    padded = np.pad(spectra, ((0, 0), (_ENVELOPE + 1, _ENVELOPE)), mode="edge")
    sums = np.cumsum(padded, axis=1)
    peaks = np.maximum(0, spectra - (sums[:, width:] - sums[:, :-width]) / width)
    return (peaks / (np.linalg.norm(peaks, axis=1, keepdims=True) + 1e-3)).astype(np.float32)


def _fit(values: Floats, late: int, count: int) -> Floats:
    """Move values to so many frames later, and make so many of them."""
    placed = np.zeros(count, np.float32)
    kept = values[: max(0, count - late)]
    placed[late : late + len(kept)] = kept
    return placed


_WINDOW = np.hanning(_SPECTRUM).astype(np.float32)
