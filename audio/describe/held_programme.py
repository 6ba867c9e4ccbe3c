"""The programme of the extended edition: it stands still where a description needs the time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .hold import Hold
from .pcm import BLOCK, FRAMES_PER_MS, PcmFile, Programme, open_pcm, write_programme
from .sample import Pcm, to_floats, to_samples

_FADE = 5 * FRAMES_PER_MS
"""Sound that is cut off at once clicks."""


def hold_programme(programme: Programme, holds: Sequence[Hold], out: Path) -> Programme:
    """Write a programme with silence at each hold; the holds are in order.

    All but the 5 ms at both sides of a cut stay what they were, to the bit. Raises
    UnwritableOutput.
    """
    with open_pcm(programme) as pcm:
        blocks = _stretch(pcm, holds)
        return write_programme(out, programme.layout, programme.bits, blocks)


def _stretch(pcm: PcmFile, holds: Sequence[Hold]) -> Iterator[Pcm]:
    frames = pcm.programme.frames
    cuts = [0, *(min(hold.at_ms * FRAMES_PER_MS, frames) for hold in holds), frames]
    silences = [*(hold.duration_ms * FRAMES_PER_MS for hold in holds), 0]
    for (start, end), silence in zip(pairwise(cuts), silences, strict=True):
        yield from _cut(pcm, start, end)
        for at in range(0, silence, BLOCK):
            yield np.zeros((min(BLOCK, silence - at), pcm.channels), pcm.programme.depth)


def _cut(pcm: PcmFile, start: int, end: int) -> Iterator[Pcm]:
    """Yield the programme from one cut to the next; its own beginning and end are none."""
    fade = min(_FADE, (end - start) // 2)
    begin = start + fade if start else 0
    finish = end - fade if end < pcm.programme.frames else end
    rise = (np.arange(fade) + 0.5)[:, None] / max(fade, 1)
    yield _scale(pcm.read(start, begin - start), rise[: begin - start])
    yield from pcm.blocks(begin, finish)
    yield _scale(pcm.read(finish, end - finish), rise[::-1][: end - finish])


def _scale(frames: Pcm, gains: NDArray[np.float64]) -> Pcm:
    return to_samples(to_floats(frames) * gains, frames.dtype)
