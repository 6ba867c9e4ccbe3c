"""From the International Phonetic Alphabet to what espeak-ng calls its phonemes."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLES = Path(__file__).with_name("ipa.toml")
_STRESS = re.compile("[ˈˌ]")
_LOOSE_STRESS = re.compile(r"(?<![^|])([',])\|")
_TIE = re.compile("[\u035c\u0361]")


@dataclass(frozen=True, slots=True)
class Mnemonics:
    """A pronunciation as espeak-ng is told it: in a phoneme table, word by word."""

    table: str
    words: tuple[str, ...]


def find_unknown(ipa: str) -> str | None:
    """Find the first character of a transcription that stands for no sound."""
    known = frozenset(" ").union(*(table.known for table in load_tables().values()))
    return next((one for one in _normalise(ipa) if one not in known), None)


def write_mnemonics(ipa: str, own_table: str) -> Mnemonics:
    """Write a transcription in the phoneme table that has most of its sounds, best in the own one.

    A sound that the table lacks becomes the nearest that it has; an unknown character is left out.
    """
    text, tables = _normalise(ipa), load_tables()
    order = sorted(tables, key=lambda name: name != own_table)
    best = min(order, key=lambda name: tables[name].count_missing(text))
    said = [tables[best].write(word) for word in text.split()]
    return Mnemonics(best, tuple(word for word in said if word.strip("',|")))


def _normalise(ipa: str) -> str:
    """Write IPA in one way; a transcription without any stress is stressed on its first sounds."""
    words = _TIE.sub("", unicodedata.normalize("NFD", ipa)).split()
    stressed = _STRESS.search(ipa)
    return " ".join(word if stressed else f"ˈ{word}" for word in words)


@dataclass(frozen=True, slots=True)
class PhonemeTable:
    """What espeak-ng can say with one of its phoneme tables."""

    sounds: Mapping[str, str]
    """What espeak-ng calls each sound that it has here."""
    near: Mapping[str, str]
    """The sounds that come nearest to others."""
    symbol: re.Pattern[str]
    """The longest symbol of either that there is, or any character."""

    @property
    def known(self) -> frozenset[str]:
        """The characters that symbols are made of."""
        return frozenset("".join((*self.sounds, *self.near)))

    def count_missing(self, text: str) -> int:
        """Count the sounds of a text that the table lacks."""
        return sum(one not in self.sounds for one in self.symbol.findall(text) if not one.isspace())

    def write(self, text: str) -> str:
        """Write sounds, bars between them and each stress at the sound behind it."""
        said = (self._write_symbol(one) for one in self.symbol.findall(text))
        return _LOOSE_STRESS.sub(r"\1", "|".join(filter(None, said)))

    def _write_symbol(self, symbol: str) -> str:
        return (
            self.sounds[symbol] if symbol in self.sounds else self.write(self.near.get(symbol, ""))
        )


@cache
def load_tables() -> Mapping[str, PhonemeTable]:
    """Load the phoneme tables, by their names, the most useful first."""
    read = tomllib.loads(unicodedata.normalize("NFD", _TABLES.read_text(encoding="utf-8")))
    everywhere = dict.fromkeys(read["silent"]["signs"], "") | read["everywhere"]
    return {
        name: _make_table(everywhere | sounds, read["near"])
        for name, sounds in read["tables"].items()
    }


def _make_table(sounds: Mapping[str, str], near: Mapping[str, str]) -> PhonemeTable:
    longest_first = sorted({*sounds, *near}, key=len, reverse=True)
    symbol = re.compile("|".join([*map(re.escape, longest_first), "(?s:.)"]))
    return PhonemeTable(sounds, near, symbol)
