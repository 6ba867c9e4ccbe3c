"""A page's own words, in the languages that have been written: a file of words for each."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from ...captions.format.markup import mark_language, write_text
from ...source import primary_subtag

_WRITTEN = ("en", "es")


class Wording:
    """The words of one language, by their names; they are text, not HTML."""

    __slots__ = ("_words", "language")

    def __init__(self, words: dict[str, Any], language: str) -> None:
        self._words = words
        self.language = language

    def __getitem__(self, name: str) -> str:
        return self._words[name]

    def say(self, name: str) -> str:
        """Return words as they stand in HTML."""
        return write_text(self._words[name])

    def name(self, thing: str) -> str:
        """Return how a thing is called; its own name where there is no other."""
        return self._words.get(thing, thing.replace("_", " "))

    def part(self, name: str) -> Wording:
        """Return the words of a part of the page that has a table of its own."""
        return Wording(self._words[name], self.language)

    def mark(self, around: str) -> str:
        """Return what says the language of these words inside text of another; nothing if alike."""
        if primary_subtag(around) == self.language:
            return ""
        return f" {mark_language(self.language)}"


@cache
def choose_wording(language: str) -> Wording:
    """Return the words for a language; English where there are none."""
    known = primary_subtag(language)
    name = known if known in _WRITTEN else _WRITTEN[0]
    words = tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text("utf-8"))
    return Wording(words, words["language"])
