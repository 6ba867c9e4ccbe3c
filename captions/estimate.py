"""The clock of last resort: when words are said, from how long speech takes.

Time stamps in the transcript pin it: between two, words keep their natural speed and wait for the
next one, or are compressed where they would miss it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from ..source import (
    Clock,
    Picture,
    Sound,
    TimedPart,
    Timeline,
    Token,
    TokenKind,
    Turn,
    Word,
    WordedPart,
    Wording,
)
from ..source.punctuation import INLINE_SOUND_MS, PARAGRAPH_MS, SOUND_MS, TURN_MS, pause_after
from ..source.rate import speech_ms


@dataclass(frozen=True, slots=True)
class _Beats:
    """What takes time, one after the other, in columns: words, and parts without words."""

    length_ms: list[float] = field(default_factory=list[float])
    pause_ms: list[int] = field(default_factory=list[int])
    """The silence after it."""
    pin_ms: list[int | None] = field(default_factory=list["int | None"])
    elastic: list[bool] = field(default_factory=list[bool])
    """Whether it only takes the time that is left over once there are pins."""


def estimate_timeline(wording: Wording) -> Timeline:
    """Time an interview's words from their lengths and from the transcript's time stamps.

    A time stamp that is not later than the one before it is passed over.
    """
    beats = _Beats()
    for part in wording.parts:
        _lay_part(beats, part)
    anchors = list(_find_anchors(beats.pin_ms))
    starts, ends = _time_beats(beats, anchors)
    parts = tuple(_time_parts(wording, starts, ends))
    return Timeline(
        wording.interview,
        Clock.STAMPS if anchors else Clock.ESTIMATE,
        parts,
        parts[-1].end_ms if parts else 0,
    )


def _lay_part(beats: _Beats, worded: WordedPart) -> None:
    part, tokens = worded.part, worded.tokens
    first = len(beats.length_ms)
    if isinstance(part, Turn) and tokens:
        beats.length_ms.extend(_word_lengths(tokens))
        beats.pause_ms.extend(_word_pauses(tokens))
        beats.pin_ms.extend(token.pinned_ms for token in tokens)
    elif isinstance(part, Sound) and tokens:
        beats.length_ms.extend([SOUND_MS / len(tokens)] * len(tokens))
        beats.pause_ms.extend([0] * len(tokens))
        beats.pin_ms.extend(token.pinned_ms for token in tokens)
    else:
        words = part.text.split() if isinstance(part, Picture) else []
        beats.length_ms.append(sum(speech_ms(word) + pause_after(word) for word in words))
        beats.pause_ms.append(0)
        beats.pin_ms.append(None)
    beats.elastic.extend([isinstance(part, Picture)] * (len(beats.length_ms) - first))
    if beats.length_ms[-1]:
        beats.pause_ms[-1] = TURN_MS
    if part.start_ms is not None:
        beats.pin_ms[first] = part.start_ms


def _word_lengths(tokens: tuple[Token, ...]) -> Iterator[float]:
    """Yield each word's time; a sound inside speech takes its own with its first word."""
    before = TokenKind.SPEECH
    for token in tokens:
        if token.kind is TokenKind.SPEECH:
            yield speech_ms(token.text)
        else:
            yield 0 if before is TokenKind.SOUND else INLINE_SOUND_MS
        before = token.kind


def _word_pauses(tokens: tuple[Token, ...]) -> Iterator[int]:
    for token, following in pairwise(tokens):
        yield PARAGRAPH_MS if following.opens_paragraph else pause_after(token.text)
    yield 0


def _find_anchors(pins: list[int | None]) -> Iterator[tuple[int, int]]:
    """Yield the beats that a time stamp pins, as long as the stamps go forwards."""
    latest = -1
    for beat, pin in enumerate(pins):
        if pin is not None and pin > latest:
            latest = pin
            yield beat, pin


def _time_beats(beats: _Beats, anchors: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    starts: list[int] = []
    ends: list[int] = []
    knots: list[tuple[int, int | None]] = [*anchors, (len(beats.length_ms), None)]
    if not anchors or anchors[0][0] > 0:
        knots.insert(0, (0, 0))
    for (first, start), (stop, end) in pairwise(knots):
        clock = float(start or 0)
        pace, share = _fit(beats, first, stop, None if end is None else end - clock)
        if not anchors:
            share = 1.0
        for beat in range(first, stop):
            factor = share if beats.elastic[beat] else pace
            starts.append(int(clock))
            clock += beats.length_ms[beat] * factor
            ends.append(int(clock))
            clock += beats.pause_ms[beat] * factor
    return starts, ends


def _fit(beats: _Beats, first: int, stop: int, room_ms: float | None) -> tuple[float, float]:
    """Return by how much to multiply the time of speech, and of what only fills the slack."""
    if room_ms is None:
        return 1.0, 0.0
    speech = slack = 0.0
    for beat in range(first, stop):
        time = beats.length_ms[beat] + beats.pause_ms[beat]
        if beats.elastic[beat]:
            slack += time
        else:
            speech += time
    if speech >= room_ms:
        return room_ms / max(speech, 1.0), 0.0
    return 1.0, min(1.0, (room_ms - speech) / max(slack, 1.0))


def _time_parts(wording: Wording, starts: list[int], ends: list[int]) -> Iterator[TimedPart]:
    first = 0
    for worded in wording.parts:
        timed = isinstance(worded.part, Turn | Sound)
        stop = first + (len(worded.tokens) or 1 if timed else 1)
        words = map(Word, worded.tokens, starts[first:stop], ends[first:stop]) if timed else ()
        yield TimedPart(worded.part, starts[first], ends[stop - 1], tuple(words))
        first = stop
