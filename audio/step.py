"""The steps whose results are kept: what they give is named by all that makes it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version

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


def _describe_package(package: str) -> str:
    chosen = os.environ.get("IMAGEIO_FFMPEG_EXE") if package == "imageio-ffmpeg" else None
    return f"{_find_version(package)} ({chosen})" if chosen else _find_version(package)


@cache
def _find_version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
