"""What ties each unit to the next one: nothing where a sentence ends, much inside a name.

A few closed classes of words, a few endings, punctuation and upper case tell most of it. The order
of the rules follows the Netflix General Requirements (Line Treatment), the BBC Subtitle Guidelines
(Break at natural points) and the DCMP Captioning Key (Line Division): lines and cues end after
punctuation, before conjunctions and prepositions; never between article and noun, adjective and
noun, preposition and phrase, auxiliary or pronoun and verb, first and last name, number and unit,
title and name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .bond import Bond
from .grammar import Grammar, load_grammar

Flags = NDArray[np.bool_]

_OPENERS = "“‘\"'«„([{¿¡「『（—–-*_"
_CLOSERS = "”’\"'»“)]}」』）*_"
_MARKS = ".,;:!?…、，。"
_STOP = re.compile(r"[.!?…。！？؟۔।]+$")
_CLAUSE_END = re.compile(r"(?:[;:；：؛—–]|--+)$")
_COMMA_END = re.compile(r"[,、，،]$")
_FULL_STOP = re.compile(r"[^.]\.$")
_INITIAL = re.compile(r"(?:[^\W\d]\.)+")
_CLOSING_MARK = re.compile(r"[-–—.,;:!?…)\]}”’»、。，！？」』）]+")
_QUOTE_OPENS = tuple('“"«([{「『（')
_QUOTE_CLOSES = tuple('”"»)]}」』）')

LINKS = ("preposition", "genitive", "coordinator", "subordinator", "relative")
"""A line may well start with one, and a word that could lean on what follows then does not."""
DETERMINERS = ("article", "possessive", "determiner", "number", "digit")


class _Traits(NamedTuple):
    """What one unit's text says about the places beside it; from `article` on, its classes."""

    stop: bool
    """It ends with a mark that may end a sentence."""
    full_stop: bool
    """That mark is a full stop: others end a sentence only before upper case."""
    clause: bool
    comma: bool
    capital: bool
    """It may be part of a name."""
    lower: bool
    digit: bool
    initial: bool
    mark: bool
    """It is nothing but closing marks."""
    opens: bool
    """It opens a quotation or bracket."""
    closes: bool
    article: bool
    possessive: bool
    determiner: bool
    number: bool
    preposition: bool
    genitive: bool
    coordinator: bool
    subordinator: bool
    relative: bool
    auxiliary: bool
    negation: bool
    subject: bool
    nominative: bool
    object: bool
    degree: bool
    particle: bool
    title: bool
    unit: bool
    abbreviation: bool
    contraction: bool
    modifier: bool
    adverb: bool
    follower: bool
    participle: bool


CLASSES = _Traits._fields[_Traits._fields.index("article") :]

_Rule = tuple[Flags, Bond]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one looks from each unit: at itself, at the next one or the one after that."""

    table: Flags
    """A row a trait."""

    def __call__(self, *traits: str) -> Flags:
        """Tell where there is any of some traits."""
        rows = [self.table[_Traits._fields.index(trait)] for trait in traits]
        return np.logical_or.reduce(rows)


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One value a unit, for the place after it."""

    bond: NDArray[np.intp]
    torn: Flags
    """Whether a quotation or bracket has just opened there, or is about to close."""
    sentence: Flags
    """Whether a sentence ends there."""


def find_bonds(texts: Sequence[str], sentence: Flags, language: str) -> Phrasing:
    """Find what ties each text to the next; `sentence` is where sentences may end."""
    size = len(texts)
    table = np.pad(_tabulate(texts, load_grammar(language)), ((0, 0), (0, 2)))
    here, then, later = (_Place(table[:, shift : shift + size]) for shift in range(3))
    ends = sentence & here("stop") & (here("full_stop") | ~then("lower"))
    rules = [
        *_heed_marks(here, then, ends),
        *_bind_words(here, then, later),
        *_part_words(here, then, later),
    ]
    bond = np.select([flags for flags, _ in rules], [bond for _, bond in rules], Bond.PLAIN)
    closed = (bond <= Bond.COMMA) & ~ends
    torn = (here("opens") & ~here("closes") & ~ends) | (
        then("closes") & ~then("opens") & ~ends & ~closed
    )
    return Phrasing(bond, torn, ends)


def _tabulate(texts: Sequence[str], grammar: Grammar) -> Flags:
    """Lay out the traits of all texts: a row a trait, a column a text."""
    numbers: dict[str, int] = {}
    ids = [numbers.setdefault(text, len(numbers)) for text in texts]
    table = np.array([_read_traits(text, grammar) for text in numbers], np.bool_)
    return table.reshape(-1, len(_Traits._fields))[ids].T


def _read_traits(text: str, grammar: Grammar) -> _Traits:
    core = text.rstrip(_CLOSERS)
    bare = core.lstrip(_OPENERS)
    word = bare.rstrip(_MARKS).lower().replace("’", "'")
    classes = grammar.classify(word)
    known = word in grammar.words
    return _Traits(
        stop=bool(_STOP.search(core)),
        full_stop=bool(_FULL_STOP.search(core)),
        clause=bool(_CLAUSE_END.search(core)),
        comma=bool(_COMMA_END.search(core)),
        capital=bare[:1].isupper() and (not known or "title" in classes),
        lower=bare[:1].islower(),
        digit=bare[:1].isdigit() or bare[1:2].isdigit(),
        initial=bool(_INITIAL.fullmatch(bare)) and not known,
        mark=bool(_CLOSING_MARK.fullmatch(text)),
        opens=text.startswith(_QUOTE_OPENS),
        closes=text.rstrip(_MARKS).endswith(_QUOTE_CLOSES),
        **{name: name in classes for name in CLASSES},
    )


def _heed_marks(here: _Place, then: _Place, ends: Flags) -> list[_Rule]:
    """Rule what punctuation and upper case decide, the first rule that holds before the others."""
    short = here("title", "initial", "abbreviation") | (then("lower") & ~ends)
    short &= here("full_stop")
    stop = here("stop") & ~short
    clause = then("coordinator", "subordinator", "relative", "nominative", "preposition")
    return [
        (then("mark"), Bond.NAME),
        (ends, Bond.SENTENCE),
        (here("title", "initial") & then("capital") & ~stop & ~here("comma"), Bond.NAME),
        (here("clause") | stop, Bond.CLAUSE),
        (here("comma") & clause, Bond.CLAUSE),
        (here("comma"), Bond.COMMA),
        (here("abbreviation") & short, Bond.MODIFIER),
        (here("capital") & then("capital"), Bond.NAME),
    ]


def _bind_words(here: _Place, then: _Place, later: _Place) -> list[_Rule]:
    """Rule what belongs together."""
    link = then(*LINKS)
    clause = then("coordinator", "subordinator") & ~then("degree")
    # `come in and`, `this for`, `tell you what`, `what I have because`: these lean on nothing.
    light = here("particle") & here("preposition") & (then("preposition", "genitive") | clause)
    light |= here("determiner") & ~here("article", "possessive") & link
    light |= here("subject") & ~here("nominative") & link
    light |= here("auxiliary", "contraction") & clause
    # `do that,`
    demonstrative = then("determiner") & then("relative")
    alone = then("clause", "comma", "stop") | later("preposition", "genitive", "coordinator")
    return [
        (here("number", "digit") & then("unit", "number"), Bond.NAME),
        (light, Bond.LIGHT),
        (here("article", "possessive", *LINKS), Bond.LEANING),
        (here("determiner") & ~then("auxiliary"), Bond.LEANING),
        (here("auxiliary", "negation", "contraction", "subject", "determiner"), Bond.VERB),
        (then("object") | (demonstrative & alone), Bond.VERB),
        (here("degree"), Bond.VERB),
    ]


def _part_words(here: _Place, then: _Place, later: _Place) -> list[_Rule]:
    """Rule where a phrase may begin."""
    # `figured out how`: the particle belongs to the verb before it.
    particle = then("particle") & (
        ~then("preposition") | then("clause", "comma", "stop") | later(*LINKS)
    )
    subject = later("subject", "article", "possessive", "determiner", "subordinator", "relative")
    return [
        (particle, Bond.MODIFIER),
        (then("coordinator") & subject, Bond.LINK),
        (then("coordinator"), Bond.COORDINATION),
        (then("subordinator", "relative"), Bond.LINK),
        (then("genitive"), Bond.GENITIVE),
        (then("preposition"), Bond.PREPOSITION),
        (then("auxiliary", "negation"), Bond.PREDICATE),
        (here("number"), Bond.MODIFIER),
        (then("participle"), Bond.PREDICATE),
        (then("nominative"), Bond.COORDINATION),
        # `the thing you do`
        (then("subject") & later("auxiliary", "negation", "contraction"), Bond.COORDINATION),
        (here("digit") & then("lower") & ~then(*DETERMINERS), Bond.MODIFIER),
        (then(*DETERMINERS), Bond.COMPLEMENT),
        (here("modifier", "adverb") | then("follower"), Bond.MODIFIER),
    ]
