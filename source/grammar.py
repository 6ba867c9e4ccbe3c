"""A language's closed classes of words, from `grammar/*.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .language import primary_subtag

CLASSES = Path(__file__).with_name("grammar")


_CONTRACTED = frozenset({"subject", "nominative", "relative"})
"""The classes that a word keeps when it is contracted: `that's`."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """What words and endings say about a word's place in a phrase. Lower case throughout."""

    words: dict[str, frozenset[str]]
    """The classes that each word is in."""
    endings: dict[str, tuple[str, ...]]
    """The endings that hint at each class."""

    def classify(self, word: str) -> frozenset[str]:
        """Name the classes of a word; one in a closed class has no others."""
        known = self.words.get(word)
        if known is not None:
            return known
        hinted = {name for name, ends in self.endings.items() if word.endswith(ends)}
        if "contraction" in hinted:
            return _CONTRACTED & self.words.get(word.partition("'")[0], frozenset()) | hinted
        return frozenset(hinted)


@lru_cache
def load_grammar(language: str) -> Grammar:
    """Read the classes for a BCP 47 tag; a language without any has an empty grammar."""
    entry = CLASSES / f"{primary_subtag(language)}.toml"
    if not entry.is_file():
        return Grammar({}, {})
    table: dict[str, dict[str, str]] = tomllib.loads(entry.read_text(encoding="utf-8"))
    words: dict[str, set[str]] = {}
    for name, text in table["words"].items():
        for word in text.split():
            words.setdefault(word, set()).add(name)
    return Grammar(
        words={word: frozenset(names) for word, names in words.items()},
        endings={name: tuple(text.split()) for name, text in table["endings"].items()},
    )
