"""Loudness as ITU-R BS.1770-4 measures it, and EBU Tech 3341 has it shown."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..compiled import compiled
from .pcm import BLOCK, RATE, Layout, Programme, open_pcm
from .peak import REACH, find_peaks, may_pass
from .sample import Floats, to_floats

SLICE_MS = 100
"""Gating blocks begin every 100 ms (BS.1770-4, Annex 1)."""

_SLICE = RATE * SLICE_MS // 1000
_SLICES_A_BLOCK = 4
_OFFSET_DB = -0.691
_ABSOLUTE_GATE = -70.0
_RELATIVE_GATE = -10.0

_SURROUND_GAIN = 1.41
_GAINS = {
    Layout.MONO: (1.0,),
    Layout.STEREO: (1.0, 1.0),
    Layout.SURROUND: (1.0, 1.0, 1.0, 0.0, _SURROUND_GAIN, _SURROUND_GAIN),
}
"""What each channel counts for (BS.1770-4, Annex 1, table 3); the bass channel counts nothing."""

# BS.1770-4, Annex 1, tables 1 and 2: the head, and then what the ear makes less of low tones.
_SHELF = (
    1.53512485958697,
    -2.69169618940638,
    1.19839281085285,
    -1.69065929318241,
    0.73248077421585,
)
_HIGH_PASS = (1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621)
_FILTERS = np.array((_SHELF, _HIGH_PASS))


@dataclass(frozen=True, slots=True)
class Loudness:
    """How loud something is from one tenth of a second to the next, as K-weighted powers."""

    powers: NDArray[np.float64]

    @property
    def lufs(self) -> float:
        """How loud it is as a whole; −inf where it is silent."""
        return gate(self.blocks())

    def blocks(self) -> NDArray[np.float64]:
        """Return the power of each 400 ms, the momentary loudness: one begins in every slice.

        What is shorter than that is one block.
        """
        if len(self.powers) < _SLICES_A_BLOCK:
            return self.powers.mean(keepdims=True) if len(self.powers) else self.powers
        sums = np.convolve(self.powers, np.ones(_SLICES_A_BLOCK), "valid")
        return sums / _SLICES_A_BLOCK


def gate(blocks: NDArray[np.float64]) -> float:
    """Return the loudness, in LUFS, of blocks that are not much softer than the rest of them.

    −inf where all are silent. The gates are those of BS.1770-4, Annex 1.
    """
    heard = blocks[blocks > to_power(_ABSOLUTE_GATE)]
    if len(heard):
        heard = heard[heard > heard.mean() * 10 ** (_RELATIVE_GATE / 10)]
    return to_lufs(heard.mean()) if len(heard) else -math.inf


def to_lufs(power: float) -> float:
    """Return how loud a K-weighted power is."""
    return _OFFSET_DB + 10 * math.log10(power)


def to_power(lufs: float) -> float:
    """Return the K-weighted power of a loudness."""
    return 10 ** ((lufs - _OFFSET_DB) / 10)


class Meter:
    """Measures sound that comes block by block."""

    def __init__(self, layout: Layout) -> None:
        self._gains = np.array(_GAINS[layout])
        self._memory = np.zeros((layout.channels, 4))
        self._rest = np.zeros(2)
        """The power in the slice that is not full yet, and how many frames it has."""
        self._powers: list[NDArray[np.float64]] = []

    def hear(self, sound: Floats) -> None:
        """Take a block of any length."""
        powers = np.empty(len(sound) // _SLICE + 1)
        full = _weigh(sound, self._gains, self._memory, self._rest, powers)
        self._powers.append(powers[:full])

    def read(self) -> Loudness:
        """Return the loudness so far. A slice that is not full counts only where none is."""
        powers = np.concatenate([np.empty(0), *self._powers])
        power, frames = self._rest
        if not len(powers) and frames:
            powers = np.array([power / frames])
        return Loudness(powers)


@compiled
def _weigh(
    sound: Floats,
    gains: NDArray[np.float64],
    memory: NDArray[np.float64],
    rest: NDArray[np.float64],
    powers: NDArray[np.float64],
) -> int:
    """Write the power of each slice that gets full, and return how many did.

    Both filters are kept in `memory` in the transposed direct form II.
    """
    full = 0
    at = 0
    while at < sound.shape[0]:
        end = min(sound.shape[0], at + _SLICE - int(rest[1]))
        for channel in range(sound.shape[1]):
            s1, s2 = memory[channel, 0], memory[channel, 1]
            h1, h2 = memory[channel, 2], memory[channel, 3]
            total = 0.0
            for frame in range(at, end):
                given = float(sound[frame, channel])
                shelved = _FILTERS[0, 0] * given + s1
                s1 = _FILTERS[0, 1] * given - _FILTERS[0, 3] * shelved + s2
                s2 = _FILTERS[0, 2] * given - _FILTERS[0, 4] * shelved
                passed = _FILTERS[1, 0] * shelved + h1
                h1 = _FILTERS[1, 1] * shelved - _FILTERS[1, 3] * passed + h2
                h2 = _FILTERS[1, 2] * shelved - _FILTERS[1, 4] * passed
                total += passed * passed
            memory[channel, 0], memory[channel, 1] = s1, s2
            memory[channel, 2], memory[channel, 3] = h1, h2
            rest[0] += gains[channel] * total
        rest[1] += end - at
        at = end
        if rest[1] == _SLICE:
            powers[full] = rest[0] / _SLICE
            full += 1
            rest[:] = 0
    return full


def measure_loudness(programme: Programme) -> Loudness:
    """Measure a programme from its beginning to its end."""
    with open_pcm(programme) as pcm:
        return measure_blocks(map(to_floats, pcm.blocks(0, programme.frames)), programme.layout)


def measure_blocks(blocks: Iterable[Floats], layout: Layout) -> Loudness:
    """Measure sound that comes block by block."""
    meter = Meter(layout)
    for block in blocks:
        meter.hear(block)
    return meter.read()


def measure_true_peak(programme: Programme) -> float:
    """Return a programme's true peak in dBTP; −inf where it is silent."""
    highest = 0.0
    with open_pcm(programme) as pcm:
        for at in range(0, programme.frames, BLOCK):
            sound = pcm.read_floats(at - REACH, BLOCK + 2 * REACH)
            if may_pass(sound, highest):
                highest = max(highest, float(find_peaks(sound, highest).max()))
    return 20 * math.log10(highest) if highest else -math.inf
