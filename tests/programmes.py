"""Programmes and narrations whose every sample is known, and an independent meter."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from vivavoz.audio.describe.gain import plan_gains
from vivavoz.audio.describe.narration import Description, Narration
from vivavoz.audio.describe.pcm import RATE, Layout, Programme, open_pcm, write_programme
from vivavoz.audio.speak.voice import Clip
from vivavoz.source import Picture

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()


def ffmpeg(*words: str | Path) -> str:
    """Run ffmpeg, and return what it says."""
    command = [FFMPEG, "-hide_banner", "-nostats", "-y", *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stderr


def read_ebur128(path: Path) -> tuple[float, float]:
    """Return a file's loudness (LUFS) and true peak (dBTP) as ffmpeg measures them."""
    said = ffmpeg("-i", path, "-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-")
    summary = said[said.rindex("Summary") :]
    lufs, peak = (re.search(rf"{name}:\s+(\S+) ", summary) for name in ("I", "Peak"))
    assert lufs
    assert peak
    return float(lufs[1]), float(peak[1])


def write_pcm(path: Path, sound: np.ndarray, bits: int = 16) -> Programme:
    """Write sound from −1 to 1, with a column for each channel, or whole samples as they are."""
    sound = sound if sound.ndim == 2 else sound[:, None]
    scale = 1 << (bits - 1)
    if sound.dtype.kind == "f":
        sound = np.clip(np.rint(sound * scale), -scale, scale - 1)
    depth = 32 if bits == 32 else 16
    blocks = [sound.astype(f"<i{depth // 8}")]
    return write_programme(path, Layout.of(sound.shape[1]), depth, blocks)


def read_pcm(programme: Programme) -> np.ndarray:
    """Return all the samples."""
    with open_pcm(programme) as pcm:
        return pcm.read(0, programme.frames)


def tone(seconds: float, hertz: float, loudest: float, rate: int = RATE) -> np.ndarray:
    """Return a sine."""
    return loudest * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)


def noise(seconds: float, channels: int = 1, loudest: float = 0.2, seed: int = 0) -> np.ndarray:
    """Return white noise."""
    shape = round(seconds * RATE), channels
    return np.random.default_rng(seed).uniform(-loudest, loudest, shape)


def make_clip(sound: np.ndarray, rate: int = RATE) -> Clip:
    """Return mono sound from −1 to 1 as a clip."""
    return Clip(np.rint(sound.reshape(-1) * 32767).astype("<i2").tobytes(), rate)


def describe(start_ms: int, clip: Clip, gain_db: float = 0.0) -> Description:
    """Return a description that a clip speaks."""
    return Description(
        Picture(text="A lighthouse.", line=1), "A lighthouse.", clip, start_ms, gain_db
    )


def narrate(
    descriptions: Sequence[Description], duration_ms: int, depth_db: float = -10.0
) -> Narration:
    """Return a narration, with the programme softened under each description."""
    spoken = [(one.start_ms, one.end_ms) for one in descriptions]
    return Narration(tuple(descriptions), plan_gains(spoken, duration_ms, depth_db))
