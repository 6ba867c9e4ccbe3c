"""What every service's export has: words with times, and voices that are told apart."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, TypeVar

from msgspec import Struct, convert

from ...rate import speech_ms
from ..speech import Heard, Speech, Utterance, compose_utterance

Tree = Any
"""What JSON holds: texts, numbers, lists, tables."""

_Model = TypeVar("_Model", bound=Struct)
_LONGEST_S = 10_000_000
"""Seconds: no recording lasts for months; such a time is a mistake."""
_PHRASE_MS = 700
"""A pause between phrases."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service whose exports are known."""

    name: str
    fits: Callable[[Tree], bool]
    """Tells an export of this service by its keys."""
    read: Callable[[Tree], Speech]
    """Raises msgspec.ValidationError where the export is not as it should be."""


def fit(tree: Tree, model: type[_Model]) -> _Model:
    """Hold a tree against a model; numbers may be written as texts, keys more than are known."""
    return convert(tree, model, strict=False)


def has(tree: Tree, *keys: str) -> bool:
    """Tell whether this is a table with all of these keys."""
    return isinstance(tree, Mapping) and all(key in tree for key in keys)


def opens_with(tree: Tree, key: str, *keys: str) -> bool:
    """Tell whether a table has a list under a key whose first entry is a table with these keys."""
    listed = tree.get(key) if isinstance(tree, Mapping) else None
    return isinstance(listed, list) and bool(listed) and has(listed[0], *keys)


def to_ms(time: float | None, scale: float = 1000) -> int | None:
    """Return milliseconds; None where there is no time, or none that can be. `scale` a unit."""
    if time is None or not math.isfinite(time):
        return None
    return round(time * scale) if 0 <= time * scale <= _LONGEST_S * 1000 else None


def rate(confidence: float | None) -> float | None:
    """Return a confidence that lies between 0 and 1; None where it doesn't."""
    return confidence if confidence is not None and 0 <= confidence <= 1 else None


def compose_turns(
    words: Iterable[tuple[str | None, Heard]], line: int | None = None, first: str | None = None
) -> Iterator[Utterance]:
    """Yield an utterance for each phrase of each voice, in turn; what has no voice has the last.

    `line` is the number of the segment: without one the utterances are counted. `first` is the
    voice of words that stand before any that has one.
    """
    voiced: list[tuple[str | None, Heard]] = []
    latest = first
    for voice, word in words:
        latest = voice or latest
        voiced.append((latest, word))
    number = 0
    for voice, group in groupby(voiced, lambda pair: pair[0]):
        for phrase in split_phrases([word for _, word in group]):
            one = compose_utterance(line or number + 1, phrase, speaker=voice)
            if one:
                number += 1
                yield one


def compose_segments(segments: Iterable[tuple[str | None, Heard]]) -> Iterator[Utterance]:
    """Yield an utterance for each segment, numbered from 1; what has no voice has the last.

    One without an end lasts as long as it takes to say, at most until the next.
    """
    listed = [*segments]
    latest: str | None = None
    for number, (voice, heard) in enumerate(listed, 1):
        latest = voice or latest
        following = listed[number][1] if number < len(listed) else None
        timed = replace(heard, end_ms=_find_end(heard, following))
        one = compose_utterance(number, [timed], speaker=latest)
        if one:
            yield one


def _find_end(heard: Heard, following: Heard | None) -> int | None:
    if heard.start_ms is None or heard.end_ms is not None:
        return heard.end_ms
    end_ms = heard.start_ms + round(sum(map(speech_ms, heard.text.split())))
    return min(end_ms, following.start_ms) if following and following.start_ms else end_ms


def split_phrases(words: Sequence[Heard]) -> Iterator[Sequence[Heard]]:
    """Part words at pauses: there a paragraph may begin, or another channel be heard."""
    first = 0
    done_ms: int | None = None
    for place, word in enumerate(words):
        if word.start_ms is None:
            continue
        if done_ms is not None and word.start_ms - done_ms >= _PHRASE_MS:
            yield words[first:place]
            first = place
        done_ms = word.start_ms if word.end_ms is None else word.end_ms
    yield words[first:]
