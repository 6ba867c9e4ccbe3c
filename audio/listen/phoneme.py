"""From the International Phonetic Alphabet to the phones that the acoustic model knows."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from ...source import primary_subtag
from .dictionary import Phones

_TABLE = Path(__file__).with_name("ipa.toml")

_SWITCH = re.compile(r"\([\w-]+\)")
"""Where espeak-ng says that it goes on in another language: `(en)`."""
_TONE = re.compile(r"(?<=[^\W_ˈˌ])ɜ|\d")
"""Tones; `ɜ` behind a vowel of the same phoneme is espeak-ng's third one."""
_PARTS = re.compile(r"[_\s]+")
_LETTER = re.compile(r"\b[A-Z]\b")


@dataclass(frozen=True, slots=True)
class _Accent:
    """One way to map: the phones of each symbol, and a pattern for the longest that fit."""

    phones: Mapping[str, Phones]
    symbol: re.Pattern[str]

    def map(self, phoneme: str) -> Phones:
        return tuple(phone for one in self.symbol.findall(phoneme) for phone in self._find(one))

    def _find(self, symbol: str) -> Phones:
        """Map a symbol; one that the table lacks as the letter that its Unicode name has."""
        if symbol not in self.phones:
            letter = _LETTER.search(unicodedata.name(symbol, ""))
            return self.phones.get(letter[0].lower(), ()) if letter else ()
        return self.phones[symbol]


def map_phonemes(transcription: str, language: str) -> tuple[Phones, ...]:
    """Map what espeak-ng transcribed in a language (BCP 47); one or two readings, or none."""
    cleaned = _SWITCH.sub("", unicodedata.normalize("NFD", transcription))
    phonemes = [_TONE.sub("", one) for one in _PARTS.split(cleaned)]
    readings: list[Phones] = []
    for accent in _load_accents(primary_subtag(language)):
        phones = [phone for phoneme in phonemes for phone in accent.map(phoneme)]
        readings.append(tuple(one for last, one in pairwise(["", *phones]) if _is_heard(last, one)))
    return tuple(dict.fromkeys(reading for reading in readings if reading))


def _is_heard(last: str, phone: str) -> bool:
    """Leave out a long sound's second half, and the R that is in the vowel before it."""
    return phone != last and (last, phone) != ("ER", "R")


@lru_cache(maxsize=8)
def _load_accents(language: str) -> tuple[_Accent, ...]:
    tables = _load_tables()
    main = tables["symbols"] | tables.get(language, {})
    other = tables.get(f"{language}-alternative")
    return tuple(_make_accent(table) for table in (main, other and main | other) if table)


@cache
def _load_tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


def _make_accent(table: Mapping[str, str]) -> _Accent:
    phones = {unicodedata.normalize("NFD", one): tuple(said.split()) for one, said in table.items()}
    longest_first = sorted(phones, key=len, reverse=True)
    return _Accent(phones, re.compile("|".join([*map(re.escape, longest_first), "."])))
