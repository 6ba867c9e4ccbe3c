"""The steps whose results are kept: what they give is named by all that makes it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path
from shutil import which

import msgspec


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the work."""

    name: str
    number: int
    """Counted up with every change of what the step gives, so that it is made anew."""
    packages: tuple[str, ...] = ()
    """Whose version decides about it too."""

    def find_versions(self) -> Mapping[str, str]:
        """Return which version there is of each package."""
        return {package: _describe_package(package) for package in self.packages}

    def name_result(self, *made_of: object) -> str:
        """Name what the step makes of something: the SHA-256 of all that, written as JSON."""
        named = (self.name, self.number, self.find_versions(), made_of)
        return hashlib.sha256(msgspec.json.encode(named)).hexdigest()


ALIGNMENT = Step("alignment", 1, ("av", "espeakng-loader", "num2words", "pocketsphinx"))
SPEECH = Step("speech", 1, ("espeakng-loader", "gTTS", "imageio-ffmpeg", "piper-tts", "pydub"))
EDITION = Step("voiced edition", 1, ("imageio-ffmpeg", "soxr"))
SILENCE = Step("silences", 1, ("av", "webrtcvad-wheels"))
LOUDNESS = Step("loudness", 1, ("av",))
MIX = Step("mix", 1, ("av", "imageio-ffmpeg", "soundfile", "soxr"))

PLAYBACK = Step("playback", 1, ("av", "imageio-ffmpeg"))


def _describe_package(package: str) -> str:
    program = _find_other_ffmpeg() if package == "imageio-ffmpeg" else None
    found = _find_version(package)
    return f"{found} ({_describe_program(program)})" if program else found


def _find_other_ffmpeg() -> str | None:
    """Name the ffmpeg that is used in place of the package's own; None where it is that."""
    chosen = os.environ.get("IMAGEIO_FFMPEG_EXE")
    return chosen or (None if _brings_ffmpeg() else "ffmpeg")


def _describe_program(program: str) -> str:
    """Name a program by its place, and by what changes when another is put there."""
    place = which(program) or program
    try:
        status = Path(place).stat()
    except OSError:
        return program  # whoever starts it says that there is none
    return f"{program}, {status.st_size} bytes, {status.st_mtime_ns}"


@cache
def _brings_ffmpeg() -> bool:
    """Say whether the package's wheel was one with a program in it."""
    try:
        files = distribution("imageio-ffmpeg").files or ()
    except PackageNotFoundError:
        return False
    return any(file.parent.name == "binaries" and file.stem.startswith("ffmpeg") for file in files)


@cache
def _find_version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
