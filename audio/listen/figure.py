"""How figures are read out: numbers as they are written, sums of money, times, fractions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .alternative import Reading, Readings, join_readings
from .numeral import MOST_DIGITS, Numerals
from .spoken_words import SpokenWords
from .written_form import Piece

_MOST = 5
_AMOUNT = re.compile(r"[\d.,' ]*\d")
_FEMININE = ("a", "as")
_FINAL_O = re.compile("o$")
_HALF, _QUARTER = 2, 4
_LARGEST_DENOMINATOR = 10


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a language."""

    words: SpokenWords

    @property
    def _numerals(self) -> Numerals:
        return self.words.numerals

    def read(self, piece: Piece) -> Readings:
        """Read any figures but sums and fractions, which depend on what is around them."""
        match piece.kind:
            case "number":
                return self._read_number(piece.text)
            case "decade":
                return self._numerals.pluralise(_digits(piece.text))
            case "ordinal":
                return self._read_ordinal(piece.text)
            case "time":
                return self._read_time(piece.text)
            case "version":
                point = self._numerals.point
                return self._read_row(piece.text, ((point,), ()) if point else ())
            case "date":
                return self._read_row(piece.text, ())
            case _:
                return self._numerals.spell(_digits(piece.text))

    def currency_of(self, money: str) -> str:
        """Find the sign of a sum: `$` of “$5”, `R$` of “R$5”."""
        left, _, right = self._part(money)
        known = [sign for sign in (left, left[-1:], right[:1]) if sign in self.words.currencies]
        return known[0] if known else left[-1:] or right[:1]

    def name_currency(self, sign: str, place: int = 1) -> Reading:
        """Name one (0), several (1) or hundredths (2) of a currency."""
        names = self.words.currencies.get(sign) or self.words.symbols.get(sign, ((),))
        return names[min(place, len(names) - 1)]

    def read_money(self, money: str, *, before_scale: bool) -> Readings:
        """Read a sum; before “million” the currency is said after that word, and not here."""
        _, amount, right = self._part(money)
        sign = self.currency_of(money)
        several = self.name_currency(sign)
        if before_scale:
            count = self._count(amount)[0]
            return (count, (*count, *several))
        if right in self.words.shortened:
            several = (*self.words.shortened[right][0], *several)
        whole, _, decimals = amount.partition(self.words.decimal_mark)
        if len(decimals) == 2 and right not in self.words.shortened:  # noqa: PLR2004
            return self._read_change(whole, decimals, sign)
        names = self.name_currency(sign, 0) if amount == "1" and len(several) == 1 else several
        return tuple((*count, *names) for count in self._count(amount))

    def _read_change(self, whole: str, decimals: str, sign: str) -> Readings:
        count = self._count(whole)[0] if whole else ()
        change = self._numerals.count(int(decimals))[0]
        name = self.name_currency(sign, 0 if whole == "1" else 1)
        if not int(decimals):
            return ((*count, *name),)
        each = (*change, *self.name_currency(sign, 2))
        if not count:
            return (each,)
        return ((*count, *name, *change), (*count, *name, "and", *each), (*count, *change))

    def read_fraction(self, fraction: str, *, mixed: bool) -> Readings:
        """Read one half, three quarters, nine eleven; `mixed` behind a whole number."""
        top, bottom = map(int, fraction.split("/"))
        counts = join_readings([self._numerals.count(top)[:1], self._numerals.count(bottom)[:1]], 1)
        if not self._numerals.english:
            return counts
        parts = self._name_parts(top, bottom)
        article = ("a",) if top == 1 else self._numerals.count(top)[0]
        if mixed:
            return (("and", *article, *parts),)
        named = ((*self._numerals.count(top)[0], *parts), (*article, *parts))
        first, second = (
            (named, counts) if top < bottom <= _LARGEST_DENOMINATOR else (counts, named[:1])
        )
        return tuple(dict.fromkeys((*first, *second)))

    def _name_parts(self, top: int, bottom: int) -> Reading:
        several = top != 1
        if bottom == _HALF:
            return ("halves" if several else "half",)
        if bottom == _QUARTER:
            return ("quarters" if several else "quarter",)
        rank = self._numerals.rank(bottom)[0]
        return (*rank[:-1], rank[-1] + "s" * several)

    def _read_number(self, written: str) -> Readings:
        whole, _, decimals = written.partition(self.words.decimal_mark)
        if decimals:
            return self._numerals.read_decimal(_digits(whole), decimals)
        return self._numerals.read(whole) if whole.isdigit() else self._count(whole)

    def _count(self, written: str) -> Readings:
        """Read a number that is no year."""
        whole, _, decimals = written.partition(self.words.decimal_mark)
        if decimals:
            return self._numerals.read_decimal(_digits(whole), decimals)
        return self._numerals.count(int(_digits(whole)[:MOST_DIGITS]))

    def _read_ordinal(self, written: str) -> Readings:
        ranks = self._numerals.rank(int(_digits(written)[:MOST_DIGITS]))
        if written.endswith(_FEMININE) and not self._numerals.english:
            return tuple(tuple(_FINAL_O.sub("a", word) for word in rank) for rank in ranks)
        return ranks if written[-1].isalpha() else (*ranks, *self._read_number(written[:-1]))

    def _read_time(self, written: str) -> Readings:
        hour, minute = (self._numerals.count(int(part))[0] for part in written.split(":"))
        if not self._numerals.english:
            return ((*hour, *minute), hour) if written.endswith(":00") else ((*hour, *minute),)
        if written.endswith(":00"):
            return (hour, (*hour, "o'clock"), (*hour, "hundred"))
        return ((*hour, *(("oh",) if written[-2] == "0" else ()), *minute),)

    def _read_row(self, written: str, between: Readings) -> Readings:
        """Read numbers in a row: a version, a date."""
        numbers = [self._numerals.read(one) for one in re.findall(r"\d+", written)]
        return join_readings([one for number in numbers for one in (between, number)][1:], _MOST)

    def _part(self, money: str) -> tuple[str, str, str]:
        """Part a sum into what is left of its amount, the amount, and what is right of it."""
        found = _AMOUNT.search(money)
        if found is None:
            return money, "0", ""
        return money[: found.start()].strip(), found[0].strip(), money[found.end() :]


def _digits(written: str) -> str:
    return "".join(one for one in written if one.isdigit())
