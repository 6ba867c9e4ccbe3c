"""What it costs to break after each unit of the captions: 0 at the end of a sentence, about 1
where a phrase is torn apart.

The order of places follows the Netflix General Requirements (Line Treatment) and the BBC Subtitle
Guidelines (Break at natural points): after punctuation, before conjunctions and prepositions;
never between article and noun, preposition and phrase, auxiliary or pronoun and verb, first and
last name, number and unit, title and name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .function_word import FunctionWords, load_function_words

SENTENCE = 0.0
CLAUSE = 0.12
COMMA = 0.2
LINKED_COMMA = 0.15
"""A comma before a conjunction or preposition."""
PLAIN = 0.6
ADJECTIVE = 0.75
"""What looks like an adjective should stay with its noun, but endings only hint at it."""
NUMBER = 0.95
CLITIC = 1.0
NAME = 1.15
MARK = 1.5
"""A line never starts with a dash that closes what was said."""
QUOTE = 0.4
"""Added where a quotation or bracket has just opened or is about to close."""

_OPENERS = "“‘\"'«„([{¿¡「『（—–-*_"
_CLOSERS = "”’\"'»“)]}」』）*_"
_MARKS = ".,;:!?…、，。"
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।]+$")
_CLAUSE_END = re.compile(r"(?:[;:；：؛—–]|--+)$")
_COMMA_END = re.compile(r"[,、，،]$")
_FULL_STOP = re.compile(r"[^.]\.$")
_INITIAL = re.compile(r"(?:[^\W\d]\.)+")
_CLOSING_MARK = re.compile(r"[-–—.,;:!?…)\]}”’»、。，！？」』）]+")


class _Traits(NamedTuple):
    """What one unit's text says about the places before and after it."""

    after: float
    before: float
    ends_sentence: bool
    ends_softly: bool
    """With a mark that ends a sentence only if the next one starts in upper case."""
    capital: bool
    lower: bool
    number: bool
    opens: bool
    closes: bool
    particle: bool
    """It may belong to the verb before it, and then a line may end with it: `come in`."""


@dataclass(frozen=True, slots=True)
class Breaks:
    """One value a unit, for the place after it."""

    cost: NDArray[np.float32]
    sentence: NDArray[np.bool_]
    """Whether a sentence ends there."""


def grade_breaks(texts: Sequence[str], language: str) -> Breaks:
    """Grade the place after each text; a text is a word with its punctuation."""
    phrases = load_function_words(language)
    numbers: dict[str, int] = {}
    ids = [numbers.setdefault(text, len(numbers)) for text in texts]
    table = np.array([_read_traits(text, phrases) for text in numbers], np.float32)
    columns = table.reshape(-1, len(_Traits._fields))[ids].T
    here = dict(zip(_Traits._fields, columns, strict=True))
    following = {name: np.roll(column, -1) for name, column in here.items()}
    after, before, ends = here["after"], following["before"], here["ends_sentence"] > 0
    links = (before > 0) & (before < PLAIN)
    particle = (here["particle"] > 0) & links
    sentence = ends & ~((here["ends_softly"] > 0) & (following["lower"] > 0))
    cost = np.where(particle, PLAIN, after)
    cost = np.where(links & (cost <= ADJECTIVE) & ~particle, np.minimum(cost, before), cost)
    cost = np.where(links & (after == np.float32(COMMA)), LINKED_COMMA, cost)
    open_place = after >= PLAIN
    cost = np.where(open_place, np.maximum(cost, np.where(links, 0, before)), cost)
    names = (here["capital"] > 0) & (following["capital"] > 0) & open_place
    cost = np.where(names, np.maximum(cost, NAME), cost)
    counted = (here["number"] > 0) & (following["lower"] > 0) & open_place
    cost = np.where(counted, np.maximum(cost, NUMBER), cost)
    cost += QUOTE * ((here["opens"] > here["closes"]) & ~ends)
    cost += QUOTE * ((following["closes"] > following["opens"]) & open_place)
    cost = np.where(ends & ~sentence, CLAUSE, cost)
    cost = np.where(before > 1, MARK, cost)
    return Breaks(cost.astype(np.float32), sentence)


def _read_traits(text: str, phrases: FunctionWords) -> _Traits:
    core = text.rstrip(_CLOSERS)
    bare = core.lstrip(_OPENERS)
    word = bare.rstrip(_MARKS).lower().replace("’", "'")
    ends_sentence = bool(_SENTENCE_END.search(core)) and not _is_abbreviation(bare, phrases)
    return _Traits(
        after=SENTENCE if ends_sentence else _grade_after(core, bare, word, phrases),
        before=_grade_before(text, word, phrases),
        ends_sentence=ends_sentence,
        ends_softly=not bool(_FULL_STOP.search(core)),
        capital=bare[:1].isupper() and word not in phrases.after,
        lower=bare[:1].islower(),
        number=bare[:1].isdigit() or bare[1:2].isdigit(),
        opens=text[:1] in tuple('“"«([{「『（'),
        closes=text.rstrip(_MARKS)[-1:] in tuple('”"»)]}」』）'),
        particle=word in phrases.particles,
    )


def _is_abbreviation(bare: str, phrases: FunctionWords) -> bool:
    return bare.lower() in phrases.abbreviations or _is_initial(bare, phrases)


def _is_initial(bare: str, phrases: FunctionWords) -> bool:
    """Tell `J.` and `U.S.` from the `I.` that ends a sentence."""
    return bool(_INITIAL.fullmatch(bare)) and bare[:-1].lower() not in phrases.after


def _grade_after(core: str, bare: str, word: str, phrases: FunctionWords) -> float:
    if bare.lower() in phrases.after:
        return phrases.after[bare.lower()]
    if bare[:1].isupper() and _is_initial(bare, phrases):
        return NAME
    if _CLAUSE_END.search(core) or _SENTENCE_END.search(core):
        return CLAUSE
    if _COMMA_END.search(core):
        return COMMA
    return _grade_word(word, phrases)


def _grade_word(word: str, phrases: FunctionWords) -> float:
    if word in phrases.after:
        return phrases.after[word]
    if phrases.clitics and word.endswith(phrases.clitics):
        return CLITIC
    if phrases.adjectives and word.endswith(phrases.adjectives):
        return ADJECTIVE
    return PLAIN


def _grade_before(text: str, word: str, phrases: FunctionWords) -> float:
    if _CLOSING_MARK.fullmatch(text):
        return MARK
    return phrases.before.get(word, 0.0)
