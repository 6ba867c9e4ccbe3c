"""Whose spelling a word has, as far as its letters tell."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from ...source import primary_subtag

_TABLES = Path(__file__).with_name("origin.toml")
_SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a language writes; `language` is a BCP 47 tag."""

    language: str
    alphabet: frozenset[str]
    """Its letters beyond a to z."""
    unwritten: re.Pattern[str] | None
    endings: tuple[str, ...]
    companions: frozenset[str]
    """Words that belong to a name when they stand in one: `san`, `de la`."""

    def fits(self, word: str) -> bool:
        """Tell whether the language could write a word, given in lower case."""
        if any(not one.isascii() and one not in self.alphabet for one in word):
            return False
        return self.unwritten is None or not self.unwritten.search(word)


def fold_word(word: str) -> str:
    """Write alike what is the same word: letters composed, in lower case."""
    return unicodedata.normalize("NFC", word).lower()


@lru_cache(maxsize=4096)
def guess_origins(word: str) -> tuple[str, ...]:
    """Guess the languages of a name that is not spelled as English is, likeliest first."""
    folded = fold_word(word)
    suggested = _suggest(folded)
    if suggested or len(folded) < _SHORTEST_NAME:
        return suggested
    return _match_ending(folded)


@lru_cache(maxsize=4096)
def tell_origins(word: str, language: str) -> tuple[str, ...]:
    """Tell which languages may have given a text of some language a name.

    Several are a doubt; none says that its letters prove nothing: the text's own language could
    write it, or nobody is known to.
    """
    folded, own = fold_word(word), find_spelling(language)
    if own is None or folded.isascii() or own.fits(folded):
        return ()
    spellings = _load_spellings()
    fitting = tuple(tag for tag in _suggest(folded) if spellings[tag].fits(folded))
    if not fitting:
        fitting = tuple(tag for tag, one in spellings.items() if one.fits(folded))
    ending = tuple(tag for tag in _match_ending(folded) if tag in fitting)
    return ending if len(ending) == 1 else fitting


def find_spelling(language: str) -> Spelling | None:
    """Find how a language (BCP 47) writes, if that is known."""
    wanted = primary_subtag(language)
    spellings = _load_spellings().values()
    return next((one for one in spellings if primary_subtag(one.language) == wanted), None)


@cache
def list_companions() -> frozenset[str]:
    """List the words that belong to names of any language."""
    return frozenset().union(*(one.companions for one in _load_spellings().values()))


def _suggest(folded: str) -> tuple[str, ...]:
    letters = _load_letters()
    return tuple(dict.fromkeys(tag for one in folded for tag in letters.get(one, ())))


def _match_ending(folded: str) -> tuple[str, ...]:
    spellings = _load_spellings().items()
    return tuple(tag for tag, one in spellings if one.endings and folded.endswith(one.endings))


@cache
def _load_letters() -> Mapping[str, Sequence[str]]:
    return tomllib.loads(_TABLES.read_text(encoding="utf-8"))["letters"]


@cache
def _load_spellings() -> Mapping[str, Spelling]:
    tables = tomllib.loads(_TABLES.read_text(encoding="utf-8"))["spellings"]
    return {
        tag: Spelling(
            tag,
            frozenset(table["alphabet"]),
            re.compile("|".join(table["unwritten"])) if "unwritten" in table else None,
            tuple(table.get("endings", ())),
            frozenset(table.get("companions", ())),
        )
        for tag, table in tables.items()
    }
