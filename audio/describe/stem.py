"""The narration alone, for whoever mixes it by hand."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import numpy as np
import soundfile

from .limiter import CONTEXT, limit
from .narration import Narration
from .pcm import FRAMES_PER_MS, RATE, create_file
from .sample import to_samples
from .voice_track import lay_voice


def write_stem(narration: Narration, duration_ms: int, path: Path) -> None:
    """Write what is spoken as FLAC, as long as the programme. Raises UnwritableOutput."""
    around = np.zeros((CONTEXT, 1), np.float32)
    voice = lay_voice(narration.descriptions, 0, duration_ms * FRAMES_PER_MS)
    with (
        create_file(path) as part,
        soundfile.SoundFile(part, "w", RATE, 1, "PCM_16", format="FLAC") as stem,
    ):
        for block in limit(chain([around], voice, [around])):
            stem.write(to_samples(block, np.dtype(np.int16)))
