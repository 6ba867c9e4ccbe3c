"""Passages: what the fine search looks for, and where.

A word that the coarse search heard among others is sought near there; one that it heard alone, or
beside a long gap, or not at all though there is room, is sought between the words around it that
are certain. Long scripts are cut into passages that overlap by a few words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .coarse import Heard
from .script import Line

NEAR = 25
"""How far from where the coarse search heard it a word is sought, in frames of 10 ms."""
APART = 30
"""Words with a longer gap between them do not make each other certain."""
_COMPANY = 3
"""So many words that were heard together are certain, but for those at their edges."""
SLIP = 3
"""So many words left out between words that were heard are sought all the same."""
_PHONE_FRAMES = 7.5
_ROOM = 0.6
"""How much of its usual time a longer run of words needs before it is sought."""
_LONGEST_SLIP = 40
_WORDS = 40
"""A passage has about so many words."""
_OVERLAP = 3


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
    script: Sequence[Line], heard: Sequence[Heard | None], frames: int
) -> Iterator[Passage]:
    """Yield what to seek in a recording of so many frames."""
    chosen = _choose_words(script, heard, frames)
    certain = _find_certain(heard)
    sought = _draw_band(chosen, heard, certain, frames)
    start = 0
    while start < len(sought):
        stop = _find_cut(sought, start)
        first = max(0, start - _OVERLAP)
        yield Passage(tuple(sought[first : stop + _OVERLAP]), start - first, stop - first)
        start = stop


def _choose_words(script: Sequence[Line], heard: Sequence[Heard | None], frames: int) -> list[int]:
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
        run = [word]
        while (word := word + 1) < len(script) and heard[word] is None:
            run.append(word)
        following = heard[word] if word < len(script) else None
        room = (following.start if following else frames) - end
        missing = [word for word in run if not script[word].optional]
        phones = sum(len(script[word].readings[0]) for word in missing)
        fits = room >= _ROOM * _PHONE_FRAMES * phones and len(missing) < _LONGEST_SLIP
        if len(missing) <= SLIP or fits:
            chosen.extend(missing)
    return chosen


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


def _find_cut(sought: Sequence[Sought], start: int) -> int:
    """Cut between two certain words, about where the passage is long enough."""
    wanted = start + _WORDS
    if wanted >= len(sought):
        return len(sought)
    cuts = {
        stop for stop, (one, two) in enumerate(pairwise(sought), 1) if one.certain and two.certain
    }
    before = range(wanted, start + 1, -1)
    after = range(wanted + 1, len(sought))
    return next((stop for stop in (*before, *after) if stop in cuts), len(sought))
