"""The narrator's voice on the programme's clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import soxr

from ..speak.store import ShelvedClip
from ..speak.voice import Clip
from .narration import Description
from .pcm import BLOCK, FRAMES_PER_MS, RATE
from .sample import Floats, to_floats


def lay_voice(descriptions: Sequence[Description], start: int, end: int) -> Iterator[Floats]:
    """Yield what is spoken from one frame to another, in one column; silence lies between.

    The descriptions are those that begin in that time, in order.
    """
    at = start
    for block in _join(descriptions, start, end):
        kept = block[: end - at]
        at += len(kept)
        if len(kept):
            yield kept


def _join(descriptions: Sequence[Description], start: int, end: int) -> Iterator[Floats]:
    at = start
    for description in descriptions:
        begin = description.start_ms * FRAMES_PER_MS
        yield from _silence(begin - at)
        at = max(at, begin)
        gain = np.float32(10 ** (description.gain_db / 20))
        for block in sound_clip(description.clip):
            yield block * gain
            at += len(block)
    yield from _silence(end - at)


def sound_clip(clip: Clip | ShelvedClip) -> Iterator[Floats]:
    """Yield a clip at 48 kHz, in one column."""
    samples = np.frombuffer(clip.samples, "<i2").reshape(-1, 1)
    blocks = (to_floats(samples[at : at + BLOCK]) for at in range(0, len(samples), BLOCK))
    return blocks if clip.rate == RATE else _resample(blocks, clip.rate)


def _resample(blocks: Iterable[Floats], rate: int) -> Iterator[Floats]:
    resampler = soxr.ResampleStream(rate, RATE, 1, "float32", "HQ")
    for block in blocks:
        yield resampler.resample_chunk(block)
    yield resampler.resample_chunk(np.zeros((0, 1), np.float32), last=True)


def _silence(frames: int) -> Iterator[Floats]:
    for at in range(0, frames, BLOCK):
        yield np.zeros((min(BLOCK, frames - at), 1), np.float32)
