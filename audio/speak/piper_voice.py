"""Piper: neural voices that need no network, each a file of the user's own.

Piper reads markup of its own in a text (`[[phonemes]]`), has no word marks, and draws from chance:
a text is never said twice alike, but for the store, which keeps what was said first.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Protocol, cast

from ...source import UnavailableTool
from ..pydub_segment import open_segment, trim
from .spoken_text import respell
from .voice import Clip, Utterance

_PART = 1
"""Counted up whenever Vivavoz asks Piper for the same utterance in another way than before, so that
what was kept of it is spoken anew."""

_MARKUP = re.compile(r"(?<=\[)(?=\[)")
"""Between two brackets, where a space makes them text."""

_MEASURED = (
    "The path climbs between low walls of grey stone. A woman in a yellow coat stops at the gate, "
    "looks back over the valley, and lifts the latch. Behind her the last light leaves the roofs."
)
"""What a voice says to find out how fast it speaks of itself."""


class _Config(Protocol):
    num_speakers: int
    default_speaker_id: int
    sample_rate: int
    espeak_voice: str
    length_scale: float


class _Chunk(Protocol):
    @property
    def audio_int16_bytes(self) -> bytes: ...


class _Model(Protocol):
    config: _Config

    def synthesize(self, text: str, syn_config: object) -> Iterable[_Chunk]: ...


class _ModelClass(Protocol):
    def load(self, model_path: Path) -> _Model: ...


class _Piper(Protocol):
    """What is used of the package `piper`."""

    PiperVoice: _ModelClass

    def SynthesisConfig(self, *, speaker_id: int, length_scale: float) -> object: ...  # noqa: N802


@dataclass(frozen=True, slots=True)
class PiperVoice:
    """A speaker of a Piper voice, which is a file `NAME.onnx` with `NAME.onnx.json` beside it."""

    file: Path
    speaker: int

    @property
    def name(self) -> str:
        """The voice as `--voice` takes it, and its speaker where it has several."""
        several = load_model(self.file).config.num_speakers > 1
        return f"piper:{self.file}" + (f" speaker {self.speaker}" if several else "")

    @property
    def fingerprint(self) -> str:
        """The version of Piper, what the voice's files hold (not where they lie), and our part."""
        made_of = f"{_digest(self.file)}, {self.speaker}, part {_PART}"
        return f"piper {version('piper-tts')}, {made_of}"

    @property
    def reads_ipa(self) -> bool:
        """Never: what is not letters is left out."""
        return False

    def speak(self, utterance: Utterance) -> Clip:
        """Read a text as fast as is asked. Raises `UnavailableTool`."""
        slower = _measure_rate(self.file, self.speaker) / utterance.words_per_minute
        return _say(self.file, self.speaker, respell(utterance).given, slower)


@cache
def load_model(file: Path) -> _Model:
    """Load a voice. Raises `UnavailableTool` if Piper is not installed, or the file is no voice."""
    piper = _import_piper()
    try:
        return piper.PiperVoice.load(file)
    except OSError as error:
        raise _unreadable(Path(error.filename or file), error) from error
    except (*_failures(), ValueError, KeyError, TypeError, AttributeError) as error:
        message = "This is no voice for Piper, or a damaged one; download both of its files again."
        raise UnavailableTool(message, file=file) from error


def _import_piper() -> _Piper:
    try:
        return cast("_Piper", import_module("piper"))
    except ImportError as error:
        message = "Piper is not installed; install vivavoz[piper], or choose espeak in its place."
        raise UnavailableTool(message) from error


def _failures() -> tuple[type[Exception], ...]:
    """List what onnxruntime raises; its errors have no base of their own."""
    raised = vars(import_module("onnxruntime.capi.onnxruntime_pybind11_state")).values()
    return tuple(kind for kind in raised if isinstance(kind, type) and issubclass(kind, Exception))


def _say(file: Path, speaker: int, text: str, slower: float) -> Clip:
    model = load_model(file)
    config = _import_piper().SynthesisConfig(
        speaker_id=speaker, length_scale=slower * model.config.length_scale
    )
    try:
        chunks = model.synthesize(_MARKUP.sub(" ", text), config)
        sound = b"".join(chunk.audio_int16_bytes for chunk in chunks)
    except _failures() as error:
        message = "Piper failed to read a text with this voice; use another one."
        raise UnavailableTool(message, file=file) from error
    return Clip(sound, model.config.sample_rate)


@cache
def _measure_rate(file: Path, speaker: int) -> float:
    """Find out how many words a minute a voice says of itself; every voice has its own tempo."""
    clip = _say(file, speaker, _MEASURED, 1.0)
    segment, _ = trim(open_segment(clip.samples, clip.rate))
    return len(_MEASURED.split()) * 60_000 / max(len(segment), 1)


@cache
def _digest(file: Path) -> str:
    """Digest a voice's files. Raises `UnavailableTool` when one can't be read."""
    digest = hashlib.sha256()
    for part in (file, Path(f"{file}.json")):
        try:
            with part.open("rb") as opened:
                digest.update(hashlib.file_digest(opened, "sha256").digest())
        except OSError as error:
            raise _unreadable(part, error) from error
    return digest.hexdigest()


def _unreadable(part: Path, error: OSError) -> UnavailableTool:
    return UnavailableTool(
        f"This part of a Piper voice can't be read ({error.strerror}); a voice is a file "
        "NAME.onnx with NAME.onnx.json beside it.",
        file=part,
    )
