"""What to make of the words that were found: which were said, how surely, and what else there is.

A search finds the best place for a word, even where it was not said. Words that were found in
company, one after the other as they are written, were said; a few alone between what the other
side lacks are a coincidence.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ...source import Token, TokenKind, Turn, UnreadableSource, Wording
from .alignment import Alignment, HeardWord, Stretch, list_unspoken
from .coarse import STEP
from .fine import Traced
from .passage import SLIP
from .script import Line
from .speech import Voices, find_stretches

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Found = Traced | None

FRAME_MS = 10
LEAD_MS = 8
"""Between two frames is the middle between their windows' middles: (410 / 2 - 160 / 2) samples."""
_SHORTEST = 2
"""A word lasts at least so many frames."""

_SHORT_GAP = 15
_SPEEDIEST = 4
"""Phones last at least so many frames in real speech, on average over a few words."""
_MIDDLE = 1.0
"""The margin at which a word is as likely said there as not: words that were said have 3 to 6 on
average, words of another text put where they fit best below 3."""
_EXPECTED = 1.5
_OVERHEARD = 0.3
_STRENGTH = 60.0
"""What words must be worth that stand alone, one after the other. Each phone is worth its word's
margin above what is expected; each frame of speech between them takes some of it away. Of words
that were said, eight are worth as much; thirty others were worth 50 in a room that echoes."""
_LINKED = 20.0
"""A third is enough where the text goes on with words that were said: a speaker may pause in a room
that echoes, or somebody else may speak."""
_FEW = 0.3
"""A sentence beside a passage that was not said is part of it if so little of it was found."""
_MOST = 0.7
"""So much of an editor's words must be found: a few of them are found anywhere."""
_LONG = 500
"""What may be speech is worth a report if it goes on for so many frames."""
_UNSURE = 0.3
_UNSURE_WORDS = 2
"""So many unsure words together make a doubtful stretch."""
_BELONGING = 0.2
"""Less in common than this, of the transcript and of the recording, is a coincidence."""


def judge_words(
    wording: Wording,
    script: Sequence[Line],
    traced: Sequence[Found],
    voices: Voices,
    duration_ms: int,
) -> Alignment:
    """Judge what was found.

    `voices` has a value for each step of the coarse search.
    """
    speech = voices.speech
    found = _drop_squeezed(script, _part(traced, duration_ms))
    said = _drop_remnants(script, _drop_coincidences(script, found, speech), speech)
    said = _drop_asides(script, said)
    foreign = list(_find_foreign(said, speech))
    common = _measure_common(script, said, foreign)
    rates = _rate(said)
    heard = _hear_words(wording, script, said, rates, duration_ms)
    sure = [rate for rate, word in zip(rates, said, strict=True) if word]
    return Alignment(
        wording=wording,
        words=heard,
        unspoken=tuple(list_unspoken(heard)),
        untranscribed=tuple(_to_stretch(start, stop, duration_ms) for start, stop in foreign),
        unclear=tuple(
            _to_stretch(start, stop, duration_ms)
            for start, stop in _find_unclear(said, voices.unclear, foreign)
        ),
        doubtful=tuple(_find_doubtful(said, rates, duration_ms)),
        confidence=common * sum(sure) / len(sure) if sure else 0.0,
        duration_ms=duration_ms,
    )


def refuse_strangers(alignment: Alignment, recording: Path) -> None:
    """Raise UnreadableSource where transcript and recording have next to nothing in common."""
    heard = [word for turn in alignment.words for word in turn if word.token.is_word]
    words = [word for word in heard if word.token.kind is TokenKind.SPEECH]
    if not words or alignment.confidence >= _BELONGING:
        return
    found = sum(word.start_ms is not None for word in words)
    share = f"only {found} of its {len(words)} words" if found else "none of its words"
    raise UnreadableSource(
        f"This does not seem to be the recording of this interview: {share} can be heard in it; "
        "see that they belong together and are in one language.",
        file=recording,
    )


def _part(traced: Sequence[Found], duration_ms: int) -> list[Found]:
    """Let no word begin before the one before it has ended; passages overlap by a few words.

    What that would put behind the recording's end has no place.
    """
    last = (duration_ms - LEAD_MS) // FRAME_MS - _SHORTEST
    parted: list[Found] = []
    latest = -1
    for place, word in enumerate(traced):
        before = parted[latest] if latest >= 0 else None
        earliest = before.start + _SHORTEST if before else 0
        if word is None or max(word.start, earliest) > last:
            parted.append(None)
            continue
        start = max(word.start, earliest)
        if before and start < before.stop:
            parted[latest] = replace(before, stop=start)
        parted.append(replace(word, start=start, stop=max(word.stop, start + _SHORTEST)))
        latest = place
    return parted


def _drop_squeezed(script: Sequence[Line], found: Sequence[Found]) -> list[Found]:
    """Drop runs of words that were put where there is neither room nor reason for them."""
    kept = list(found)
    squeezed = [
        bool(word)
        and word.margin < 0
        and word.stop - word.start < _SPEEDIEST * len(line.readings[0])
        for line, word in zip(script, found, strict=True)
    ]
    for bad, run in groupby(range(len(kept)), lambda place: squeezed[place]):
        places = list(run)
        if bad and len(places) > 2 * SLIP:
            kept[places[0] : places[-1] + 1] = [None] * len(places)
    return kept


def _drop_coincidences(
    script: Sequence[Line], found: Sequence[Found], speech: Flags
) -> list[Found]:
    """Drop words that stand alone between what the text or the recording lacks."""
    kept: list[Found] = [None] * len(found)
    weak: list[list[int]] = []
    for island in _find_islands(found, speech):
        worths = _weigh(island, script, found, speech, _EXPECTED)
        core = _trim(worths)
        worth = worths[core].sum()
        if worth >= _STRENGTH:
            for place in island[core]:
                kept[place] = found[place]
        elif worth >= _LINKED:
            weak.append(island[core])
    strong = list(kept)
    for island in weak:
        first, last = island[0], island[-1]
        if any(strong[max(0, first - SLIP - 1) : last + SLIP + 2]):
            for place in island:
                kept[place] = found[place]
    return kept


def _trim(worths: Floats) -> slice:
    """Leave out the words at either edge that take away as much as an island must be worth."""
    before = np.concatenate(([0.0], np.cumsum(worths)))
    stop = int(before.argmax())
    if before[stop] - before[-1] < _STRENGTH:
        stop = len(worths)
    start = int(before[:stop].argmin()) if stop else 0
    return slice(start if before[start] <= -_STRENGTH else 0, stop)


def _weigh(
    places: Sequence[int],
    script: Sequence[Line],
    found: Sequence[Found],
    speech: Flags,
    expected: float,
) -> Floats:
    """Say what each of some words that stand together adds, beyond what is expected of its phones.

    The speech before a word that is not the word before it takes away from it.
    """
    worths: list[float] = []
    before: Traced | None = None
    for place in places:
        if not (word := found[place]):
            continue
        worth = (word.margin - expected) * len(script[place].readings[0])
        if before and word.start - before.stop > _SHORT_GAP:
            overheard = int(speech[before.stop // STEP : word.start // STEP].sum()) * STEP
            worth -= _OVERHEARD * overheard
        worths.append(worth)
        before = word
    return np.array(worths)


def _find_islands(found: Sequence[Found], speech: Flags) -> Iterator[list[int]]:
    """Yield runs of words with no more than a slip of the text, or of speech, between them."""
    island: list[int] = []
    before: Traced | None = None
    for place, word in enumerate(found):
        if word is None:
            continue
        if before and (
            place - island[-1] > SLIP + 1
            or next(find_stretches(speech, before.stop, word.start), None)
        ):
            yield island
            island = []
        island.append(place)
        before = word
    if island:
        yield island


def _drop_remnants(script: Sequence[Line], found: Sequence[Found], speech: Flags) -> list[Found]:
    """Drop what little was found of a sentence, or what was found of it that fits badly."""
    kept = list(found)
    starts = [place for place, line in enumerate(script) if line.opens]
    for start, stop in pairwise([*starts, len(script)]):
        words = [place for place in range(start, stop) if not script[place].optional]
        there = [place for place in words if found[place]]
        few = len(words) - len(there) > SLIP and len(there) <= _FEW * len(words)
        expected = _MIDDLE if len(there) > SLIP else _EXPECTED
        bad = bool(there) and _weigh(there, script, found, speech, expected).sum() < 0
        if few or bad:
            kept[start:stop] = [None] * (stop - start)
    return kept


def _drop_asides(script: Sequence[Line], found: Sequence[Found]) -> list[Found]:
    """Drop what an editor put there of which only some was found, or what was found fits badly."""
    kept = list(found)
    for (_, aside), run in groupby(
        range(len(script)), lambda place: (script[place].part, script[place].optional)
    ):
        places = list(run)
        margins = [word.margin for place in places if (word := found[place])]
        whole = len(margins) >= _MOST * len(places)
        if aside and not (whole and sum(margins) >= _EXPECTED * len(margins)):
            kept[places[0] : places[-1] + 1] = [None] * len(places)
    return kept


def _find_foreign(said: Sequence[Found], speech: Flags) -> Iterator[tuple[int, int]]:
    """Yield the speech between what is said, in frames."""
    end = 0
    for word in said:
        if word:
            yield from find_stretches(speech, end, word.start)
            end = word.stop
    yield from find_stretches(speech, end, len(speech) * STEP)


def _find_unclear(
    said: Sequence[Found], unclear: Flags, foreign: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the longer stretches between what is said that may be speech and are not foreign."""
    for start, stop in _find_foreign(said, unclear):
        known = any(start < end and begin < stop for begin, end in foreign)
        if stop - start >= _LONG and not known:
            yield start, stop


def _measure_common(
    script: Sequence[Line], said: Sequence[Found], foreign: Sequence[tuple[int, int]]
) -> float:
    """Return how much of the text is said, or of the speech is written: the larger share."""
    spoken = sum(word.stop - word.start for word in said if word)
    other = sum(stop - start for start, stop in foreign)
    words = sum(not line.optional for line in script)
    text = sum(word is not None for word in said) / max(words, 1)
    return min(1.0, max(text, spoken / max(spoken + other, 1) if spoken else 0.0))


def _rate(said: Sequence[Found]) -> list[float]:
    """Return how sure each word is, from 0 to 1: by its margin, and by its neighbours'."""
    places = [place for place, word in enumerate(said) if word]
    margins = np.array([word.margin for word in said if word])
    if not places:
        return [0.0] * len(said)
    padded = np.pad(margins, 1, mode="edge")
    rates = [0.0] * len(said)
    for number, place in enumerate(places):
        around = float(margins[number] / 2 + (padded[number] + padded[number + 2]) / 4)
        rates[place] = 1 / (1 + math.exp(_MIDDLE - max(-50.0, around)))
    return rates


def _hear_words(
    wording: Wording,
    script: Sequence[Line],
    said: Sequence[Found],
    rates: Sequence[float],
    duration_ms: int,
) -> tuple[tuple[HeardWord, ...], ...]:
    found = {
        (line.part, line.token): (word, rate)
        for line, word, rate in zip(script, said, rates, strict=True)
        if word
    }

    def hear(part: int, place: int, token: Token) -> HeardWord:
        if (part, place) not in found:
            return HeardWord(token, None, None, 0.0)
        word, rate = found[part, place]
        stretch = _to_stretch(word.start, word.stop, duration_ms)
        return HeardWord(token, stretch.start_ms, stretch.end_ms, rate)

    return tuple(
        tuple(hear(part, place, token) for place, token in enumerate(worded.tokens))
        if isinstance(worded.part, Turn)
        else ()
        for part, worded in enumerate(wording.parts)
    )


def _to_stretch(start: int, stop: int, duration_ms: int) -> Stretch:
    last = duration_ms - FRAME_MS * _SHORTEST
    start_ms = max(0, min(start * FRAME_MS + LEAD_MS, last))
    return Stretch(start_ms, max(start_ms + 1, min(stop * FRAME_MS + LEAD_MS, duration_ms)))


def _find_doubtful(
    said: Sequence[Found], rates: Sequence[float], duration_ms: int
) -> Iterator[Stretch]:
    words = [(word, rate < _UNSURE) for word, rate in zip(said, rates, strict=True) if word]
    for unsure, run in groupby(words, lambda pair: pair[1]):
        group = [word for word, _ in run]
        if unsure and len(group) >= _UNSURE_WORDS:
            yield _to_stretch(group[0].start, group[-1].stop, duration_ms)
