"""The narration alone, for whoever mixes it by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from ..whole_file import create_file
from .limiter import CONTEXT, limit
from .narration import Description, Narration
from .pcm import FRAMES_PER_MS, RATE
from .sample import to_samples
from .voice_track import lay_voice


def write_stem(narration: Narration, duration_ms: int, path: Path) -> None:
    """Write what is spoken as FLAC, as long as the programme. Raises UnwritableOutput."""
    # libsndfile keeps to itself that a disk is full.
    with (
        create_file(path) as part,
        av.open(f"file:{part}", "w", "flac", options={"fflags": "+bitexact"}) as file,
    ):
        stem = file.add_stream("flac", RATE, format="s16", layout="mono")
        for samples in speak_alone(narration.descriptions, duration_ms):
            frame = av.AudioFrame.from_ndarray(samples, "s16", "mono")
            frame.sample_rate = RATE
            file.mux(stem.encode(frame))
        file.mux(stem.encode(None))


def speak_alone(
    descriptions: Sequence[Description], duration_ms: int
) -> Iterator[NDArray[np.signedinteger]]:
    """Yield what is spoken, and silence between, as one row of 16-bit samples after another."""
    around = np.zeros((CONTEXT, 1), np.float32)
    voice = lay_voice(descriptions, 0, duration_ms * FRAMES_PER_MS)
    for block in limit(chain([around], voice, [around])):
        yield np.ascontiguousarray(to_samples(block, np.dtype(np.int16)).T)
