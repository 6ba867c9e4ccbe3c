"""A described mix brought to the loudness that a house or a platform asks for."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .limiter import CONTEXT, limit
from .loudness import Meter, measure_loudness, measure_true_peak
from .pcm import PcmFile, Programme, open_pcm, write_programme
from .sample import Pcm, to_floats, to_samples

ALLOWED_DB = 0.2
"""How far from its target a programme may be (EBU R128)."""

_CLOSE_DB = 0.05
_RETRIES = 5


@dataclass(frozen=True, slots=True)
class Normalised:
    """A mix at its new loudness. `reached` is false where its peaks forbid the target."""

    programme: Programme
    lufs: float
    true_peak_db: float
    reached: bool


def normalise(mix: Programme, target_lufs: float, out: Path) -> Normalised:
    """Bring a mix to a loudness, with true peaks below −1 dBTP. Raises UnwritableOutput.

    Limited peaks take some of the loudness with them, so the mix is turned up again until it comes
    out right or has been turned up often enough. What is silent stays so.
    """
    gain_db = _find_lack(measure_loudness(mix).lufs, target_lufs)
    programme, lufs = _turn(mix, gain_db, out)
    for _ in range(_RETRIES):
        lack_db = _find_lack(lufs, target_lufs)
        if abs(lack_db) <= _CLOSE_DB:
            break
        gain_db += lack_db
        programme, lufs = _turn(mix, gain_db, out)
    reached = abs(target_lufs - lufs) <= ALLOWED_DB
    return Normalised(programme, lufs, measure_true_peak(programme), reached)


def _find_lack(lufs: float, target_lufs: float) -> float:
    """Return by how many dB to turn up what is so loud."""
    return target_lufs - lufs if math.isfinite(lufs) else 0.0


def _turn(mix: Programme, gain_db: float, out: Path) -> tuple[Programme, float]:
    """Write the mix turned up or down and limited, and return how loud it is then, in LUFS."""
    meter = Meter(mix.layout)
    with open_pcm(mix) as pcm:
        programme = write_programme(out, mix.layout, mix.bits, _amplify(pcm, gain_db, meter))
    return programme, meter.read().lufs


def _amplify(pcm: PcmFile, gain_db: float, meter: Meter) -> Iterator[Pcm]:
    around = pcm.blocks(-CONTEXT, pcm.programme.frames + CONTEXT)
    for block in limit(to_floats(frames) * 10 ** (gain_db / 20) for frames in around):
        meter.hear(block)
        yield to_samples(block, pcm.programme.depth)
