"""Deepgram, after its API reference (pre-recorded audio)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from ..speech import Heard, Speech, Utterance, compose_utterance, order_utterances
from .service import Service, Tree, compose_turns, fit, has, opens_with, rate, to_ms


class _Word(Struct, frozen=True):
    word: str
    start: float | None = None
    end: float | None = None
    confidence: float | None = None
    speaker: int | str | None = None
    punctuated_word: str | None = None


class _Alternative(Struct, frozen=True):
    """The best stands first."""

    transcript: str = ""
    words: list[_Word] = []


class _Channel(Struct, frozen=True):
    alternatives: list[_Alternative] = []
    detected_language: str | None = None


class _Results(Struct, frozen=True):
    channels: list[_Channel]


class _Response(Struct, frozen=True):
    results: _Results


def _fits(tree: Tree) -> bool:
    return has(tree, "results") and opens_with(tree["results"], "channels", "alternatives")


def _read(tree: Tree) -> Speech:
    channels = fit(tree, _Response).results.channels
    language = next((one.detected_language for one in channels if one.detected_language), "")
    utterances = [
        one
        for number, channel in enumerate(channels)
        for one in _read_channel(channel, f"channel {number}" if len(channels) > 1 else None)
    ]
    ordered = order_utterances(utterances) if len(channels) > 1 else utterances
    return Speech(tuple(ordered), language)


def _read_channel(channel: _Channel, name: str | None) -> Iterator[Utterance]:
    best = channel.alternatives[0] if channel.alternatives else _Alternative()
    if best.words:
        yield from compose_turns((name or _name(word), _hear(word)) for word in best.words)
    elif one := compose_utterance(1, (), text=best.transcript, speaker=name):
        yield one


def _name(word: _Word) -> str | None:
    return None if word.speaker is None else str(word.speaker)


def _hear(word: _Word) -> Heard:
    text = word.punctuated_word or word.word
    return Heard(text, to_ms(word.start), to_ms(word.end), rate(word.confidence))


DEEPGRAM = Service("Deepgram", _fits, _read)
