"""Google Cloud Speech-to-Text, v1 and v2, after its API reference (SpeechRecognitionResult)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from ..speech import Heard, Speech, Utterance, compose_utterance, order_utterances
from .service import Service, Tree, compose_turns, fit, has, opens_with, rate, to_ms

_LEVELS = 7
"""Tables and lists, from a response to its words."""
_SNAKE = re.compile(r"_([a-z])")
_DURATION = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)s")


class _Duration(Struct, frozen=True):
    seconds: float = 0
    nanos: float = 0


class _Word(Struct, frozen=True):
    word: str
    start_v1: str | _Duration | None = field(default=None, name="startTime")
    end_v1: str | _Duration | None = field(default=None, name="endTime")
    start_v2: str | _Duration | None = field(default=None, name="startOffset")
    end_v2: str | _Duration | None = field(default=None, name="endOffset")
    tag: int = field(default=0, name="speakerTag")
    label: str = field(default="", name="speakerLabel")
    confidence: float | None = None

    @property
    def speaker(self) -> str | None:
        return self.label or (str(self.tag) if self.tag else None)


class _Alternative(Struct, frozen=True):
    transcript: str = ""
    words: list[_Word] = []


class _Result(Struct, frozen=True):
    alternatives: list[_Alternative] = []
    """The best first."""
    channel: int = field(default=0, name="channelTag")
    language: str = field(default="", name="languageCode")
    end_v1: str | _Duration | None = field(default=None, name="resultEndTime")
    end_v2: str | _Duration | None = field(default=None, name="resultEndOffset")


class _Response(Struct, frozen=True):
    results: list[_Result]


def _fits(tree: Tree) -> bool:
    response = _open_response(tree)
    results = response["results"] if has(response, "results") else None
    # What is silent has no alternatives.
    return isinstance(results, list) and any(
        opens_with(result, "alternatives", key)
        for result in results
        for key in ("transcript", "words")
    )


def _read(tree: Tree) -> Speech:
    response = fit(_respell(_open_response(tree)), _Response)
    results = _choose_results([result for result in response.results if result.alternatives])
    channels = len({result.channel for result in results}) > 1
    utterances = [*_read_results(results, by_channel=channels)]
    language = next((result.language for result in response.results if result.language), "")
    ordered = order_utterances(utterances) if channels else utterances
    return Speech(tuple(ordered), language)


def _open_response(tree: Tree) -> Tree:
    """Return the response, which may stand inside the operation that it ends."""
    return tree["response"] if has(tree, "response") else tree


def _respell(tree: Tree, levels: int = _LEVELS) -> Tree:
    """Write keys as JSON has them: Google's Python client may leave them as `speaker_tag`."""
    if levels and isinstance(tree, list):
        return [_respell(one, levels - 1) for one in tree]
    if levels and isinstance(tree, dict):
        return {
            _SNAKE.sub(lambda found: found[1].upper(), key): _respell(value, levels - 1)
            for key, value in tree.items()
        }
    return tree


def _choose_results(results: Sequence[_Result]) -> Sequence[_Result]:
    """Leave out what the last result says again: all words, with who speaks (v1)."""

    def is_diarised(result: _Result) -> bool:
        return any(word.speaker for word in result.alternatives[0].words)

    last_only = len(results) > 1 and is_diarised(results[-1])
    return results[-1:] if last_only and not any(map(is_diarised, results[:-1])) else results


def _read_results(results: Sequence[_Result], *, by_channel: bool) -> Iterator[Utterance]:
    """Yield what is said; where words have no times, a result lasts from the one before it."""
    done_ms: dict[int, int] = {}
    for number, result in enumerate(results, 1):
        end_ms = _read_time(result.end_v1, result.end_v2)
        span_ms = (None, None) if end_ms is None else (done_ms.get(result.channel, 0), end_ms)
        if end_ms is not None:
            done_ms[result.channel] = end_ms
        channel = f"channel {result.channel}" if by_channel else None
        yield from _read_result(number, result.alternatives[0], channel, span_ms)


def _read_result(
    number: int, best: _Alternative, channel: str | None, span_ms: tuple[int | None, int | None]
) -> Iterator[Utterance]:
    if any(word.speaker for word in best.words):
        yield from compose_turns(((word.speaker, _hear(word)) for word in best.words), number)
        return
    words = map(_hear, best.words)
    one = compose_utterance(number, words, text=best.transcript, speaker=channel, span_ms=span_ms)
    if one:
        yield one


def _hear(word: _Word) -> Heard:
    # Japanese words may have their reading behind a bar; no confidence is written as 0.
    text = word.word.partition("|")[0] or word.word
    start, end = _read_time(word.start_v1, word.start_v2), _read_time(word.end_v1, word.end_v2)
    if start is None and end is not None:
        start = 0  # v2 leaves out what is nought
    return Heard(text, start, end, rate(word.confidence or None))


def _read_time(*times: str | _Duration | None) -> int | None:
    time = next((time for time in times if time is not None), None)
    if isinstance(time, _Duration):
        return to_ms(time.seconds + time.nanos / 1e9)
    found = _DURATION.fullmatch(time or "")
    return to_ms(float(found[1])) if found else None


GOOGLE = Service("Google Speech-to-Text", _fits, _read)
