"""Whisper as Hugging Face's pipeline gives it, and insanely-fast-whisper with who speaks.

After what their code writes: transformers automatic_speech_recognition.py (`chunks`, whose last one
may have no end), Vaibhavs10/insanely-fast-whisper utils/result.py and utils/diarize.py. What is
heard after the last of the speakers stands in the chunks alone.
"""

from __future__ import annotations

from msgspec import Struct

from ..speech import Heard, Speech
from .service import Service, Tree, compose_segments, fit, opens_with, to_ms


class _Chunk(Struct, frozen=True):
    text: str
    timestamp: tuple[float | None, float | None]
    """Start and end."""
    speaker: str | None = None


class _Transcript(Struct, frozen=True):
    chunks: list[_Chunk]
    speakers: list[_Chunk] = []
    """The chunks again, or those of a turn in one, with who says them."""


def _fits(tree: Tree) -> bool:
    return opens_with(tree, "chunks", "timestamp", "text")


def _read(tree: Tree) -> Speech:
    transcript = fit(tree, _Transcript)
    voices = {one.timestamp[0]: one.speaker for one in transcript.speakers}
    heard = ((voices.get(one.timestamp[0]), _hear(one)) for one in transcript.chunks)
    return Speech(tuple(compose_segments(heard)))


def _hear(chunk: _Chunk) -> Heard:
    start, end = chunk.timestamp
    return Heard(chunk.text, to_ms(start), to_ms(end))


HUGGING_FACE = Service("Hugging Face", _fits, _read)
