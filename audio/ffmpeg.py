"""Where ffmpeg is, and the two things that it does alone."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import imageio_ffmpeg  # pyright: ignore[reportMissingTypeStubs]

from ..source import UnavailableTool

_BITRATE = "64k"
"""What speech in mono needs to sound as it went in."""


@cache
def find_ffmpeg() -> str:
    """Find the ffmpeg that came with imageio-ffmpeg. Raises `UnavailableTool`."""
    try:
        return imageio_ffmpeg.get_ffmpeg_exe()
    except RuntimeError as error:
        message = "There is no ffmpeg; reinstall the package imageio-ffmpeg."
        raise UnavailableTool(message) from error


def encode_mp3(raw: Path, rate: int, mp3: Path, tags: dict[str, str]) -> None:
    """Encode raw mono 16-bit samples; the same samples and tags give the same bytes, any day.

    Raises `UnavailableTool` when ffmpeg fails.
    """
    exact = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact"]
    named = [part for key, value in tags.items() for part in ("-metadata", f"{key}={value}")]
    source, result = f"file:{raw}", f"file:{mp3}"
    shape = ["-f", "s16le", "-ac", "1", "-ar", str(rate)]
    _run([*shape, "-i", source, *exact, *named, "-b:a", _BITRATE, "-f", "mp3", result])


def change_tempo(samples: bytes, rate: int, factor: float) -> bytes:
    """Make mono 16-bit samples so many times as fast, their pitch unchanged."""
    if factor == 1 or not samples:
        return samples
    shape = ["-f", "s16le", "-ac", "1", "-ar", str(rate)]
    tempo = ["-af", f"atempo={factor:.6f}"]
    return _run([*shape, "-i", "pipe:0", *tempo, *shape, "pipe:1"], samples)


def _run(arguments: Sequence[str], sound: bytes = b"") -> bytes:
    command = [find_ffmpeg(), "-nostdin", "-hide_banner", "-loglevel", "error", "-y"]
    try:
        finished = subprocess.run(  # noqa: S603 - our own arguments, and no shell
            [*command, *arguments], input=sound, capture_output=True, check=True
        )
    except OSError as error:
        message = (
            f"ffmpeg can't be started ({error.strerror}); reinstall the package imageio-ffmpeg."
        )
        raise UnavailableTool(message) from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        message = f"ffmpeg failed ({said[0] if said else f'code {error.returncode}'})"
        raise UnavailableTool(
            f"{message}; see that the disk is not full, and try again."
        ) from error
    return finished.stdout
