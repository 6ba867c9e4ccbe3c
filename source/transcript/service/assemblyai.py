"""AssemblyAI, after its API reference (transcript, sentences, paragraphs): milliseconds.

What its SDKs call `transcript.utterances` is often saved by itself, as a bare list.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from ..speech import Heard, Speech, Utterance, compose_utterance
from .service import Service, Tree, compose_turns, fit, has, opens_with, rate, to_ms


class _Word(Struct, frozen=True):
    text: str
    start: float | None = None
    end: float | None = None
    confidence: float | None = None
    speaker: str | None = None
    channel: int | str | None = None


class _Utterance(Struct, frozen=True):
    text: str = ""
    start: float | None = None
    end: float | None = None
    speaker: str | None = None
    channel: int | str | None = None
    words: list[_Word] | None = None


class _Transcript(Struct, frozen=True):
    text: str | None = None
    words: list[_Word] | None = None
    utterances: list[_Utterance] | None = None
    paragraphs: list[_Utterance] | None = None
    sentences: list[_Utterance] | None = None
    language_code: str | None = None


_PARTS = ("utterances", "paragraphs", "sentences")


def _fits(tree: Tree) -> bool:
    tree = _name_list(tree)
    timed = ("text", "start", "end", "confidence")
    return any(opens_with(tree, key, *timed) for key in ("words", *_PARTS)) and has(
        tree, "confidence"
    )


def _name_list(tree: Tree) -> Tree:
    return {"confidence": None, "utterances": tree} if isinstance(tree, list) else tree


def _read(tree: Tree) -> Speech:
    transcript = fit(_name_list(tree), _Transcript)
    language = transcript.language_code or ""
    parts = transcript.utterances or transcript.paragraphs or transcript.sentences
    if not parts:
        words = ((word.speaker, _hear(word)) for word in transcript.words or [])
        return Speech(tuple(compose_turns(words)), language)
    utterances = (one for number, part in enumerate(parts, 1) for one in _read_part(number, part))
    return Speech(tuple(utterances), language)


def _read_part(number: int, part: _Utterance) -> Iterator[Utterance]:
    words = part.words or []
    speaker = part.speaker or (None if part.channel is None else f"channel {part.channel}")
    if speaker is None and any(word.speaker for word in words):
        yield from compose_turns(((word.speaker, _hear(word)) for word in words), number)
        return
    span_ms = to_ms(part.start, 1), to_ms(part.end, 1)
    heard = map(_hear, words)
    one = compose_utterance(number, heard, text=part.text, speaker=speaker, span_ms=span_ms)
    if one:
        yield one


def _hear(word: _Word) -> Heard:
    return Heard(word.text, to_ms(word.start, 1), to_ms(word.end, 1), rate(word.confidence))


ASSEMBLYAI = Service("AssemblyAI", _fits, _read)
