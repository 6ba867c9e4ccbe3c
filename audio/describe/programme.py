"""The sound of a recording, made ready to be described."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import numpy as np

from ...source import Recording, decode_sound
from .pcm import Layout, Programme, write_programme


def decode_programme(recording: Recording, path: Path) -> Programme:
    """Write a recording's sound as PCM, on the clock that its words are timed by.

    Raises UnreadableSource where nothing can be decoded, and UnwritableOutput.
    """
    blocks = decode_sound(recording)
    first = next(blocks)  # there is one, or decoding raises
    layout = Layout.of(first.shape[1])
    bits = 16 if first.dtype == np.int16 else 32
    return write_programme(path, layout, bits, chain([first], blocks))
