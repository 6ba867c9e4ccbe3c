"""Whisper and its kin: OpenAI's own, faster-whisper, stable-ts, WhisperX, and whisper.cpp.

After what their code writes: openai/whisper transcribe.py, m-bain/whisperX types.py, OpenAI's API
reference (verbose_json), and whisper.cpp's command line (-oj, -ojf).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from ..speech import Heard, Speech, Utterance, compose_utterance
from .service import Service, Tree, compose_turns, fit, has, opens_with, rate, to_ms

_CONTROL = "[_"
"""What tokens begin with that are no words: `[_BEG_]`, `[_TT_150]`."""
_SLACK_MS = 500
"""So much earlier than its line a word may begin."""


class _Word(Struct, frozen=True):
    word: str | None = None
    text: str | None = None
    """As whisper-timestamped calls it."""
    start: float | None = None
    end: float | None = None
    probability: float | None = None
    score: float | None = None
    confidence: float | None = None
    speaker: str | None = None


class _Segment(Struct, frozen=True):
    text: str = ""
    start: float | None = None
    end: float | None = None
    words: list[_Word] | None = None
    speaker: str | None = None


class _Transcript(Struct, frozen=True):
    segments: list[_Segment] = []
    words: list[_Word] | None = None
    """Of the whole recording, as OpenAI's API gives them: without marks."""
    text: str = ""
    language: str | None = None


class _Token(Struct, frozen=True):
    """A word, a part of one or a mark; a space begins a word."""

    text: str
    offsets: dict[str, int] = {}
    p: float | None = None


class _Line(Struct, frozen=True):
    text: str
    offsets: dict[str, int] = {}
    tokens: list[_Token] = []
    speaker: str | None = None
    """`0` and `1` by the two channels (-di); `?` where both are as loud."""


class _Result(Struct, frozen=True):
    language: str | None = None


class _CppTranscript(Struct, frozen=True):
    transcription: list[_Line]
    result: _Result = _Result()


def _fits(tree: Tree) -> bool:
    return (
        opens_with(tree, "segments", "text")
        or opens_with(tree, "transcription", "offsets", "text")
        or (opens_with(tree, "words", "word", "start") and has(tree, "text"))
    )


def _read(tree: Tree) -> Speech:
    if has(tree, "transcription"):
        return _read_cpp(fit(tree, _CppTranscript))
    transcript = fit(tree, _Transcript)
    language = transcript.language or ""
    if not transcript.segments:
        one = compose_utterance(1, map(_hear, transcript.words or []), text=transcript.text)
        return Speech((one,) if one else (), language)
    loose = sorted(transcript.words or [], key=_begin)
    first = 0
    utterances: list[Utterance] = []
    for number, segment in enumerate(transcript.segments, 1):
        stop = bisect_left(loose, segment.end or 0.0, first, key=_begin)
        utterances += _read_segment(number, segment, segment.words or loose[first:stop])
        first = stop
    return Speech(tuple(utterances), language)


def _begin(word: _Word) -> float:
    return word.start or 0.0


def _read_segment(number: int, segment: _Segment, words: Sequence[_Word]) -> Iterator[Utterance]:
    if len({word.speaker for word in words if word.speaker}) > 1:
        heard = ((word.speaker, _hear(word)) for word in words)
        yield from compose_turns(heard, number, segment.speaker)
        return
    speaker = segment.speaker or next((word.speaker for word in words if word.speaker), None)
    span_ms = to_ms(segment.start), to_ms(segment.end)
    heard = map(_hear, words)
    one = compose_utterance(number, heard, text=segment.text, speaker=speaker, span_ms=span_ms)
    if one:
        yield one


def _hear(word: _Word) -> Heard:
    text = word.word if word.word is not None else word.text or ""
    confidence = next(
        (one for one in (word.probability, word.score, word.confidence) if one is not None), None
    )
    return Heard(text, to_ms(word.start), to_ms(word.end), rate(confidence))


def _read_cpp(transcript: _CppTranscript) -> Speech:
    lines = (
        compose_utterance(
            number,
            _hear_tokens(line),
            text=line.text,
            speaker=None if line.speaker == "?" else line.speaker,
            span_ms=_read_span(line),
        )
        for number, line in enumerate(transcript.transcription, 1)
    )
    return Speech(tuple(one for one in lines if one), transcript.result.language or "")


def _hear_tokens(line: _Line) -> Sequence[Heard]:
    """List the words of a line; none where whisper.cpp left out silence, as tokens don't know."""
    tokens = [token for token in line.tokens if not token.text.startswith(_CONTROL)]
    begins = [at for at, token in enumerate(tokens) if at == 0 or token.text[:1].isspace()]
    words = [_join(tokens[at:end]) for at, end in pairwise([*begins, len(tokens)])]
    start_ms = _read_span(line)[0] or 0
    early = any(one.start_ms is not None and one.start_ms < start_ms - _SLACK_MS for one in words)
    return () if early else words


def _join(tokens: Sequence[_Token]) -> Heard:
    doubtful = min((token.p for token in tokens if token.p is not None), default=None)
    text = "".join(token.text for token in tokens)
    return Heard(text, _read_span(tokens[0])[0], _read_span(tokens[-1])[1], rate(doubtful))


def _read_span(timed: _Token | _Line) -> tuple[int | None, int | None]:
    return to_ms(timed.offsets.get("from"), 1), to_ms(timed.offsets.get("to"), 1)


WHISPER = Service("Whisper", _fits, _read)
