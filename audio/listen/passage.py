"""Passages: what the fine search looks for, and where.

A word that the coarse search heard among others is sought near there; one that it heard alone, or
beside a long gap, or not at all though there is room, is sought between the words around it that
are certain. Long scripts are cut into passages that overlap by a few words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from .coarse import STEP, Heard
from .script import Line

Flags = NDArray[np.bool_]

NEAR = 25
"""How far from where the coarse search heard it a word is sought, in frames of 10 ms."""
APART = 30
"""Words with a longer gap between them do not make each other certain."""
_COMPANY = 3
"""So many words that were heard together are certain, but for those at their edges."""
SLIP = 3
"""So many words that were not heard do not part those around them."""
_REST = 8
"""So many words of a sentence that was heard are sought all the same."""
_PHONE_FRAMES = 7.5
"""How long a phone usually lasts."""
_ROOM = 0.6
"""How much of its usual time in sound any other run of words needs before it is sought."""
_LONGEST_SLIP = 40
"""A run of so many words is not sought as a whole, whatever the room."""
_PAUSE, _PACE = 200, 60
"""A sentence's words are no farther apart than a pause of two seconds, and so much for each."""
_WORDS = 80
"""A passage has about so many words."""
_OVERLAP = 3
"""Words of its neighbours that a passage is sought with, at either edge."""
_BESIDE = 4
"""So many words beside a run that was not heard are not certain."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A word of the script, and between which frames it is sought."""

    word: int
    heard: Heard | None
    earliest: int
    latest: int
    certain: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """Words to be sought together; of them, those from `first` to before `stop` are its own."""

    words: tuple[Sought, ...]
    first: int
    stop: int


def plan_passages(
    script: Sequence[Line], heard: Sequence[Heard | None], audible: Flags, frames: int
) -> Iterator[Passage]:
    """Yield what to seek in a recording of so many frames, and where it is no silence."""
    chosen = _choose_words(script, heard, audible)
    certain = _find_certain(heard) - _find_unsettled(chosen, heard)
    sought = _draw_band(chosen, heard, certain, frames)
    sought = _keep_together(sought, script)
    start = 0
    while start < len(sought):
        stop = _find_cut(sought, start)
        first = max(0, start - _OVERLAP)
        yield Passage(tuple(sought[first : stop + _OVERLAP]), start - first, stop - first)
        start = stop


def _choose_words(
    script: Sequence[Line], heard: Sequence[Heard | None], audible: Flags
) -> list[int]:
    """Choose all words that were heard, and of the others those that there is room for."""
    chosen: list[int] = []
    end = 0
    word = 0
    while word < len(script):
        found = heard[word]
        if found:
            chosen.append(word)
            end = found.stop
            word += 1
            continue
        start = word
        while word < len(script) and heard[word] is None:
            word += 1
        following = heard[word] if word < len(script) else None
        room = int(audible[end // STEP : following.start // STEP if following else None].sum())
        chosen.extend(_choose_missing(script, range(start, word), room * STEP))
    return chosen


def _choose_missing(script: Sequence[Line], run: range, room: int) -> list[int]:
    """Choose of a run of words that were not heard; `room` is the sound there, in frames."""
    wanted = [word for word in run if not script[word].optional]
    needed = _ROOM * _PHONE_FRAMES * sum(len(script[word].readings[0]) for word in wanted)
    if room >= needed and len(wanted) < _LONGEST_SLIP:
        return wanted
    openings = [word for word in (*run, run.stop) if word == len(script) or script[word].opens]
    if not openings:
        return wanted if len(wanted) <= _REST else []
    # What is left of the sentences that the run cuts into was said with the rest of them.
    before = [word for word in wanted if word < openings[0]]
    after = [word for word in wanted if word >= openings[-1]]
    return [word for piece in (before, after) if len(piece) <= _REST for word in piece]


def _find_certain(heard: Sequence[Heard | None]) -> set[int]:
    """Find the words that were heard in company and not at its edge."""
    said = [(word, found) for word, found in enumerate(heard) if found]
    runs: list[list[int]] = []
    edges = {said[0][0], said[-1][0]} if said else set[int]()
    end = None
    for word, found in said:
        apart = end is None or found.start - end > APART
        if apart and runs:
            edges |= {runs[-1][-1], word}
        if apart or word - runs[-1][-1] > SLIP:
            runs.append([])
        runs[-1].append(word)
        end = found.stop
    together = {word for run in runs if len(run) >= _COMPANY for word in run}
    return together - edges


def _find_unsettled(chosen: Sequence[int], heard: Sequence[Heard | None]) -> set[int]:
    """Find the words beside several that were not heard: those were heard in their place."""
    missing = [place for place, word in enumerate(chosen) if heard[word] is None]
    runs = [
        (first, last)
        for first, last in zip(missing, missing[SLIP:], strict=False)
        if last - first == SLIP
    ]
    return {
        word
        for first, last in runs
        for word in chosen[max(0, first - _BESIDE) : last + 1 + _BESIDE]
    }


def _draw_band(
    chosen: Sequence[int], heard: Sequence[Heard | None], certain: set[int], frames: int
) -> list[Sought]:
    earliest = [0] * len(chosen)
    latest = [frames - 1] * len(chosen)
    bound = 0
    for place, word in enumerate(chosen):
        found = heard[word]
        if found and word in certain:
            bound = max(bound, found.start - NEAR)
        earliest[place] = bound
    bound = frames - 1
    for place in range(len(chosen) - 1, -1, -1):
        found = heard[chosen[place]]
        if found and chosen[place] in certain:
            bound = min(bound, found.stop + NEAR)
        latest[place] = bound
    return [
        Sought(word, heard[word], start, stop, word in certain)
        for word, start, stop in zip(chosen, earliest, latest, strict=True)
    ]


def _keep_together(sought: Sequence[Sought], script: Sequence[Line]) -> list[Sought]:
    """Seek a sentence's first and last words no farther from its certain ones than a pause."""
    kept = list(sought)
    openings = [place for place, one in enumerate(sought) if script[one.word].opens]
    for start, stop in pairwise([0, *openings, len(sought)]):
        certain = [place for place in range(start, stop) if sought[place].certain]
        if not certain:
            continue
        first, last = certain[0], certain[-1]
        for place in range(start, first):
            near = sought[first].earliest - _PAUSE - _PACE * (first - place)
            kept[place] = replace(sought[place], earliest=max(sought[place].earliest, near))
        for place in range(last + 1, stop):
            near = sought[last].latest + _PAUSE + _PACE * (place - last)
            kept[place] = replace(sought[place], latest=min(sought[place].latest, near))
    return kept


def _find_cut(sought: Sequence[Sought], start: int) -> int:
    """Cut between two certain words, about where the passage is long enough."""
    wanted = start + _WORDS
    if wanted >= len(sought):
        return len(sought)
    stops = chain(range(wanted, start + 1, -1), range(wanted + 1, len(sought)))
    return next(
        (stop for stop in stops if sought[stop - 1].certain and sought[stop].certain), len(sought)
    )
