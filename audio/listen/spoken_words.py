"""What stands for signs and abbreviations when a language is read out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from ...source import primary_subtag
from .alternative import Readings
from .numeral import Numerals

_TABLES = Path(__file__).with_name("spoken_words.toml")

_DECIMAL_POINT = frozenset(
    {"en", "ja", "zh", "cmn", "yue", "ko", "th", "he", "hi", "bn", "ta", "te", "ur", "sw", "cy"}
)
_POINT_AFTER_ALL = frozenset(
    {"es-419", "es-do", "es-gt", "es-hn", "es-mx", "es-ni", "es-pa", "es-pe", "es-pr", "es-sv"}
    | {"es-us", "de-ch", "it-ch"}
)
"""Regions that part decimals by a point although their language does it by a comma (CLDR)."""

_UNDETERMINED = "und"

_TABLE_NAMES = (
    *("symbols", "abbreviations", "before_numbers", "units"),
    *("currencies", "scales", "shortened"),
)

_SAYS_AND = frozenset({"en-au", "en-gb", "en-ie", "en-in", "en-nz", "en-za"})


@dataclass(frozen=True, slots=True)
class SpokenWords:
    """A language's tables, and how it says and writes numbers."""

    numerals: Numerals
    minus: Readings
    through: Readings
    """Between the numbers of a range: “1914 to 1918”."""
    decimal_mark: str
    thousands_mark: str
    ordinals: tuple[str, ...]
    symbols: Mapping[str, Readings]
    abbreviations: Mapping[str, Readings]
    before_numbers: Mapping[str, Readings]
    units: Mapping[str, Readings]
    currencies: Mapping[str, Readings]
    """One, several, and hundredths."""
    scales: Mapping[str, Readings]
    shortened: Mapping[str, Readings]


@lru_cache(maxsize=8)
def load_spoken_words(language: str) -> SpokenWords:
    """Load the tables for a BCP 47 tag; a language without any has espeak-ng's readings."""
    tag = language.casefold()
    subtag = primary_subtag(tag)
    tables = _load_tables()
    table = tables.get(subtag, tables[_UNDETERMINED])
    settings = table.get("settings", {})
    decimal_point = subtag in _DECIMAL_POINT or tag in _POINT_AFTER_ALL
    mark = "." if decimal_point else ","
    point = " ".join(settings.get("decimal point" if decimal_point else "decimal comma", ()))
    return SpokenWords(
        Numerals(" ".join(settings.get("numbers", ())), point, says_and=tag in _SAYS_AND),
        _split(settings).get("minus", ()),
        _split(settings).get("through", ()),
        mark,
        "," if decimal_point else ".",
        tuple(settings.get("ordinals", ())),
        *(_split(table.get(name, {})) for name in _TABLE_NAMES),
    )


@cache
def _load_tables() -> dict[str, dict[str, dict[str, list[str]]]]:
    return tomllib.loads(_TABLES.read_text(encoding="utf-8"))


def _split(table: Mapping[str, list[str]]) -> Mapping[str, Readings]:
    return {written: tuple(tuple(one.split()) for one in said) for written, said in table.items()}
