"""How numbers are said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from .alternative import Reading, Readings

MOST_DIGITS = 12
"""Longer rows are read digit by digit."""
_FIRST_YEAR, _YEARS_END = 1100, 2100
_HUNDREDS_END = 10_000


@dataclass(frozen=True, slots=True)
class Numerals:
    """The numbers of a language.

    `name` is what num2words calls it; without one, digits stay digits, for espeak-ng to read.
    """

    name: str
    point: str
    says_and: bool = False
    """Whether “two hundred and five” is likelier than “two hundred five” (English)."""

    @property
    def english(self) -> bool:
        """Whether these are English, which has more ways to say a number than others."""
        return self.name == "en"

    def read(self, digits: str) -> Readings:
        """Read a whole number that is written without separators: a year, a count, a code."""
        if len(digits) > MOST_DIGITS or (len(digits) > 1 and digits[0] == "0"):
            return self.spell(digits)
        value = int(digits)
        if not self.name:
            return ((digits,),)
        years = self._read_year(value) if _FIRST_YEAR <= value < _YEARS_END else ()
        codes = self._read_code(digits) if self.english else ()
        return _distinct(*years, *self.count(value), *codes)

    def count(self, value: int) -> Readings:
        """Read a number that counts something."""
        plain = self._say(value)
        if not self.english:
            return (plain,)
        short = tuple(word for word in plain if word != "and")
        both = (plain, short) if self.says_and else (short, plain)
        return _distinct(*both, *self._count_hundreds(value))

    def rank(self, value: int) -> Readings:
        """Read an ordinal."""
        said = self._say(value, "ordinal")
        if not self.english:
            return (said,)
        return _distinct(tuple(word for word in said if word != "and"), said)

    def pluralise(self, digits: str) -> Readings:
        """Read a decade, or several of a number: 1990s, 90s."""
        said = self._read_year(int(digits)) if len(digits) == 4 else self.read(digits)[:1]  # noqa: PLR2004
        return _distinct(*((*one[:-1], _pluralise(one[-1])) for one in said if one))

    def read_decimal(self, whole: str, decimals: str) -> Readings:
        """Read a number with decimals, digit by digit or as a number of their own."""
        if not self.name:
            return ((f"{whole or 0}.{decimals}",),)
        start = self.read(whole)[0] if whole else ()
        each = (*start, self.point, *self.spell(decimals)[0])
        if self.english:
            return (each, (*start, self.point, *self.read(decimals)[0]))
        return ((*start, self.point, *self.read(decimals)[0]), each)

    def spell(self, digits: str) -> Readings:
        """Read a row of digits one by one."""
        each = tuple(word for digit in digits for word in self._say(int(digit)))
        if self.english and "zero" in each:
            return (tuple("oh" if word == "zero" else word for word in each), each)
        return (each,)

    def _say(self, value: int, kind: str = "cardinal") -> Reading:
        if not self.name or value >= 10**MOST_DIGITS:
            return (str(value),)
        return _convert(value, self.name, kind)

    def _read_year(self, value: int) -> Readings:
        if not self.english:
            return _distinct(self._say(value, "year"), self._say(value))
        century, rest = divmod(value, 100)
        if century % 10 == 0 and rest < 10:  # noqa: PLR2004
            short = tuple(word for word in self._say(value) if word != "and")
            return _distinct(short, self._say(value), *self._pair(century, rest))
        return self._pair(century, rest)

    def _pair(self, high: int, low: int) -> Readings:
        """Read two pairs of digits: nineteen eighty-four, twenty oh eight, nineteen hundred."""
        if low == 0:
            return ((*self._say(high), "hundred"),) if high % 10 else ()
        between = ("oh",) if low < 10 else ()  # noqa: PLR2004
        return ((*self._say(high), *between, *self._say(low)),)

    def _count_hundreds(self, value: int) -> Readings:
        """Read twelve hundred, or twelve hundred thirty-four."""
        hundreds, rest = divmod(value, 100)
        if not (_FIRST_YEAR <= value < _HUNDREDS_END and hundreds % 10):
            return ()
        return ((*self._say(hundreds), "hundred", *(self._say(rest) if rest else ())),)

    def _read_code(self, digits: str) -> Readings:
        """Read a number as rooms, roads and codes are: one oh one, seven forty-seven."""
        if digits.endswith("00"):
            return ()
        if len(digits) in (3, 4):
            paired = self._pair(int(digits[:-2]), int(digits[-2:]))
            return (*paired, *self.spell(digits)[:1])
        return () if len(digits) < 3 else self.spell(digits)[:1]  # noqa: PLR2004


@lru_cache(maxsize=4096)
def _convert(value: int, name: str, kind: str) -> Reading:
    from num2words import num2words  # noqa: PLC0415 - it loads all its languages

    try:
        said = str(num2words(value, lang=name, to=kind))
    except NotImplementedError:
        return _convert(value, name, "cardinal")
    return tuple(said.replace(",", " ").replace("-", " ").split())


def _pluralise(word: str) -> str:
    return word[:-1] + "ies" if word.endswith("y") else word + ("es" if word.endswith("x") else "s")


def _distinct(*readings: Reading) -> Readings:
    return tuple(dict.fromkeys(readings))
