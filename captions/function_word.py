"""The words of a language that belong to their neighbours, from `function_words/*.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..source import primary_subtag

LISTS = Path(__file__).with_name("function_words")

AFTER = {
    "title": 1.3,
    "article": 1.2,
    "possessive": 1.2,
    "conjunction": 1.15,
    "determiner": 1.1,
    "preposition": 1.1,
    "auxiliary": 1.0,
    "pronoun": 1.0,
    "adverb": 0.9,
}
"""How much it hurts to end a line after such a word: 0 ends a sentence, 1 is a fault."""

BEFORE = {"subordinator": 0.25, "conjunction": 0.35, "preposition": 0.45, "object": 0.95}
"""How much it hurts to start a line with such a word."""


@dataclass(frozen=True, slots=True)
class FunctionWords:
    """What a language's words do to the places before and after them. Lower case throughout."""

    after: dict[str, float]
    before: dict[str, float]
    clitics: tuple[str, ...]
    """Endings that make a word lean on the next one: `we've`."""
    adjectives: tuple[str, ...]
    particles: frozenset[str]
    """Words that may belong to the verb before them: `come in`."""
    abbreviations: frozenset[str]
    """Words whose full stop ends no sentence."""


@lru_cache
def load_function_words(language: str) -> FunctionWords:
    """Read the lists for a BCP 47 tag; a language without lists has empty ones."""
    entry = LISTS / f"{primary_subtag(language)}.toml"
    if not entry.is_file():
        return FunctionWords({}, {}, (), (), frozenset(), frozenset())
    table: dict[str, dict[str, str]] = tomllib.loads(entry.read_text(encoding="utf-8"))
    return FunctionWords(
        after=_grade(table["after"], AFTER),
        before=_grade(table["before"], BEFORE),
        clitics=tuple(table["endings"]["after"].split()),
        adjectives=tuple(table["endings"]["adjective"].split()),
        particles=frozenset(table["particles"]["words"].split()),
        abbreviations=frozenset(table["abbreviations"]["words"].split()),
    )


def _grade(lists: dict[str, str], grades: dict[str, float]) -> dict[str, float]:
    """Give each word the worst grade of the lists that it is in."""
    words: dict[str, float] = {}
    for kind, text in lists.items():
        for word in text.split():
            words[word] = max(words.get(word, 0.0), grades[kind])
    return words
