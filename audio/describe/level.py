"""How loud each description has to be to sound like the people around it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..speak.store import ShelvedClip
from ..speak.voice import Clip
from .loudness import SLICE_MS, Loudness, gate, measure_blocks
from .narration import Description
from .pcm import Layout
from .voice_track import sound_clip

NEAR_MS = 30_000
"""How far away speech still counts as being near: levels match passage by passage (DCMP,
Description Key), not only on the whole."""


def match_levels(
    descriptions: Sequence[Description],
    programme: Loudness,
    speech: Sequence[tuple[int, int]],
    layout: Layout,
) -> tuple[float, ...]:
    """Return for each description the gain, in dB, that makes it as loud as the speech near it.

    `speech` has when words are said, each with its start and end in milliseconds. Far from any,
    all of the speech counts, and where there is none, all of the programme. A silent clip, or any
    in a silent programme, stays as it is.
    """
    spoken = _find_spoken(programme, speech)
    blocks = programme.blocks()
    whole = gate(blocks[spoken])
    if math.isinf(whole):
        whole = programme.lufs
    gains: list[float] = []
    for description in descriptions:
        first = max(0, description.start_ms - NEAR_MS) // SLICE_MS
        last = (description.end_ms + NEAR_MS) // SLICE_MS
        near = gate(blocks[first:last][spoken[first:last]])
        gain = (whole if math.isinf(near) else near) - measure_clip(description.clip, layout)
        # Machines differ in the last bits of a sum; no ear hears a hundredth.
        gains.append(round(gain, 2) if math.isfinite(gain) else 0.0)
    return tuple(gains)


@lru_cache(maxsize=4096)
def measure_clip(clip: Clip | ShelvedClip, layout: Layout) -> float:
    """Return a clip's loudness, in LUFS, in the channels of a layout that it goes into.

    A build asks for it three times: for the mix, the extended edition and the script.
    """
    alone = measure_blocks(sound_clip(clip), Layout.MONO).lufs
    return alone + 10 * math.log10(len(range(layout.channels)[layout.spoken]))


def _find_spoken(programme: Loudness, speech: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    """Return which of a programme's blocks have a word in each of their slices."""
    said = np.zeros(len(programme.powers), np.bool_)
    for start_ms, end_ms in speech:
        said[start_ms // SLICE_MS : -(-end_ms // SLICE_MS)] = True
    return Loudness(said.astype(np.float64)).blocks() == 1.0
