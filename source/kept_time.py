"""The clock of the transcript's own file: what a service or a captioner timed keeps its times.

A stretch that is one word gives it its time; a longer one is shared among its words, by how long
each takes to say. What has no time stands between those that have.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, groupby, pairwise

from .interview import Picture, Said, Sound, Turn
from .punctuation import SOUND_MS, pause_after
from .rate import speech_ms
from .timeline import Clock, TimedPart, Timeline, Word
from .wording import Token, WordedPart, Wording

_Span = tuple[int, int]
"""Start and end in milliseconds."""

_AFTERWARDS_MS = 2000
"""How long a recording goes on behind the last word, as long as nobody knows better."""
_REACH = 400
"""Characters within which a word stands in its file: editorial brackets may be between."""
_LEAST_MS = 1.0
"""The weight of what nobody can say, a dash."""


def keep_times(wording: Wording) -> Timeline:
    """Time an interview's words as its file has them; none starts before those that precede it."""
    spans = [_time_part(worded) for worded in wording.parts]
    ordered = _order([*chain.from_iterable(spans)])
    parts = tuple(_lay_parts(wording.parts, iter(ordered)))
    last_ms = max((part.end_ms for part in parts), default=0)
    duration_ms = last_ms + _AFTERWARDS_MS if parts else 0
    return Timeline(wording.interview, Clock.FILE, parts, duration_ms)


def _time_part(worded: WordedPart) -> list[_Span | None]:
    """Return the time of each token of a turn or a sound, where the file has one."""
    part, tokens = worded.part, worded.tokens
    if isinstance(part, Turn):
        return [*_time_tokens(tokens, part.said)]
    if isinstance(part, Sound) and part.start_ms is not None:
        end_ms = part.start_ms + SOUND_MS if part.end_ms is None else part.end_ms
        return [*_share((part.start_ms, end_ms), len(tokens))]
    return [None] * len(tokens) if isinstance(part, Sound) else []


def _time_tokens(tokens: Sequence[Token], said: Sequence[Said]) -> Iterator[_Span | None]:
    """Yield the time of each token: the places of its letters in the stretches give it."""
    letters = "".join("".join(stretch.text.split()) for stretch in said)
    places = [*_find_places(tokens, letters)]
    effort = [_LEAST_MS / 10] * len(letters)
    for token, place in zip(tokens, places, strict=True):
        if place:
            weight = max(_LEAST_MS, speech_ms(token.text) + pause_after(token.text))
            share = weight / (place[1] - place[0])
            effort[slice(*place)] = [share] * (place[1] - place[0])
    spent = [0.0, *accumulate(effort)]
    ends = [*accumulate(len("".join(stretch.text.split())) for stretch in said)]
    edges = [*zip([0, *ends], ends, strict=False)]

    def tell(letter: int, spot: int) -> int:
        """Return the time at a spot, which lies in the stretch of a letter."""
        number = bisect_right(ends, letter)
        first, stop = edges[number]
        whole = spent[stop] - spent[first]
        share = (spent[spot] - spent[first]) / whole
        stretch = said[number]
        return stretch.start_ms + round((stretch.end_ms - stretch.start_ms) * share)

    for place in places:
        yield (tell(place[0], place[0]), tell(place[1] - 1, place[1])) if place else None


def _find_places(tokens: Sequence[Token], letters: str) -> Iterator[_Span | None]:
    """Find where in the file's letters each token stands; not all of a token need be there."""
    place = 0
    for token in tokens:
        text = token.text
        found = letters.find(text, place, place + _REACH)
        if found >= 0:
            place = found + len(text)
            yield found, place
            continue
        spots: list[int] = []
        for letter in text:
            spot = letters.find(letter, spots[-1] + 1 if spots else place, place + _REACH)
            spots += [spot] if spot >= 0 else []
        if spots:
            place = spots[-1] + 1
        yield (spots[0], place) if spots else None


def _order(spans: Sequence[_Span | None]) -> list[_Span]:
    """Stand what has no time between those that have one, and let no word go back in time."""
    filled = [*_fill(spans)]
    starts = accumulate((start for start, _ in filled), max)
    return [(start, max(start, end)) for start, (_, end) in zip(starts, filled, strict=True)]


def _fill(spans: Sequence[_Span | None]) -> Iterator[_Span]:
    done_ms, passed = 0, 0
    for known, group in groupby(spans, lambda span: span is not None):
        run = [*group]
        passed += len(run)
        if known:
            yield from (span for span in run if span)
            done_ms = max(done_ms, *(span[1] for span in run if span))
        else:
            following = spans[passed] if passed < len(spans) else None
            yield from _share((done_ms, max(done_ms, following[0] if following else 0)), len(run))


def _share(span: _Span, count: int) -> Iterator[_Span]:
    """Yield equal shares of a span."""
    start, end = span
    return pairwise(start + (end - start) * place // count for place in range(count + 1))


def _lay_parts(parts: Sequence[WordedPart], spans: Iterator[_Span]) -> Iterator[TimedPart]:
    """Give the parts the times of their words; what nobody says stands where they leave room."""
    words = [
        tuple(Word(token, *next(spans)) for token in worded.tokens)
        if isinstance(worded.part, Turn | Sound)
        else ()
        for worded in parts
    ]
    nexts = _look_ahead(words)
    latest_ms = done_ms = 0
    for worded, said, next_ms in zip(parts, words, nexts, strict=True):
        part = worded.part
        if said:
            latest_ms, done_ms = said[0].start_ms, max(done_ms, said[-1].end_ms)
            yield TimedPart(part, latest_ms, max(latest_ms, said[-1].end_ms), said)
            continue
        planned = done_ms if part.start_ms is None else part.start_ms
        latest_ms = max(latest_ms, planned if next_ms is None else min(planned, next_ms))
        end_ms = max(latest_ms, next_ms or 0) if isinstance(part, Picture) else latest_ms
        yield TimedPart(part, latest_ms, end_ms)


def _look_ahead(words: Sequence[Sequence[Word]]) -> list[int | None]:
    """Return, for each part, when the next word is said that stands in it or behind it."""
    nexts: list[int | None] = []
    following = None
    for said in reversed(words):
        following = said[0].start_ms if said else following
        nexts.append(following)
    return nexts[::-1]
