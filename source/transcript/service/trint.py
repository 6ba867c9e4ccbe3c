"""Trint, which publishes no format of its JSON: after what open converters read.

Words have a time and a duration in milliseconds; some exports number the paragraphs and speakers.
"""

from __future__ import annotations

from itertools import groupby

from msgspec import Struct

from ..speech import Heard, Speech
from .service import Service, Tree, compose_turns, fit, opens_with, rate, to_ms


class _Word(Struct, frozen=True):
    time: float
    duration: float = 0
    value: str | None = None
    name: str | None = None
    """What older exports call the value."""
    para: int | str | None = None
    speaker: int | str | None = None
    confidence: float | None = None


class _Speaker(Struct, frozen=True):
    name: str | None = None


class _Transcript(Struct, frozen=True):
    words: list[_Word]
    speakers: list[_Speaker] = []
    title: str | None = None
    language: str | None = None


def _fits(tree: Tree) -> bool:
    return opens_with(tree, "words", "time", "duration")


def _read(tree: Tree) -> Speech:
    transcript = fit(tree, _Transcript)
    names = dict(enumerate(one.name for one in transcript.speakers))

    def name(word: _Word) -> str | None:
        known = names.get(word.speaker) if isinstance(word.speaker, int) else None
        return known or (None if word.speaker is None else str(word.speaker))

    paragraphs = groupby(transcript.words, lambda word: word.para)
    utterances = (
        one
        for number, (_, words) in enumerate(paragraphs, 1)
        for one in compose_turns(((name(word), _hear(word)) for word in words), number)
    )
    return Speech(tuple(utterances), transcript.language or "", transcript.title or "")


def _hear(word: _Word) -> Heard:
    text = word.value if word.value is not None else word.name or ""
    start_ms, end_ms = to_ms(word.time, 1), to_ms(word.time + word.duration, 1)
    return Heard(text, start_ms, end_ms, rate(word.confidence))


TRINT = Service("Trint", _fits, _read)
