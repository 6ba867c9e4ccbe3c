"""What a token is made of: words, numbers, sums of money, times, signs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from .spoken_words import SpokenWords

_SINGLE_QUOTES = str.maketrans("‘’ʼ′`´‐‑‒–—−⁄", "''''''------/")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_NOT_THAI = re.compile("[^\u0e00-\u0eff]+")
"""Compatibility forms take vowels of Thai and Lao apart."""

_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963"
    "\u0971-\u09e5\u09f0-\u0a65\u0a70-\u0ae5\u0af0-\u0b65\u0b70-\u0be5\u0bf0-\u0c65\u0c70-\u0ce5"
    "\u0cf0-\u0d65\u0d70-\u0de5\u0df0-\u0dff\u0e00-\u0e3a\u0e40-\u0e4e\u0e80-\u0ecf\u0f71-\u0f84"
    "\u1000-\u103f\u1050-\u108f\u1780-\u17d3\u200c\u200d\u3099\u309a"
)
"""Of scripts whose letters go on in marks, which `re` does not count among letters."""
_LETTER = rf"(?:[^\W\d_]|[{_MARKS}])"
_SCALE = "(?:[mbt]n|mm|[kKmMbBtT])"
_SIGN = "[$£€¥₹₽₩₿¢₺₴₫฿₦₱₪]"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a token.

    `kind` is one of money, date, phone, time, fraction, decade, ordinal, version, number,
    initials, word and sign.
    """

    kind: str
    text: str


def clean_token(text: str) -> str:
    """Write alike what reads alike: quotes, dashes, digits of any script, full-width letters."""
    if not text.isascii():
        spaced = "".join(" " + one if _is_vulgar_fraction(one) else one for one in text)
        composed = _NOT_THAI.sub(lambda run: unicodedata.normalize("NFKC", run[0]), spaced)
        text = "".join(_write_digit(one) for one in composed.translate(_SINGLE_QUOTES))
        text = _INVISIBLE.sub("", text)
    return text.replace("`", "'").strip()


def cut_token(cleaned: str, words: SpokenWords) -> list[Piece]:
    """Cut a cleaned token into its parts, every character in one of them."""
    found = _compile(words.decimal_mark, words.thousands_mark, words.ordinals).finditer(cleaned)
    return [Piece(one.lastgroup or "sign", one[0]) for one in found]


@lru_cache(maxsize=8)
def _compile(decimal: str, thousands: str, ordinals: tuple[str, ...]) -> re.Pattern[str]:
    point, grouping = re.escape(decimal), re.escape(thousands)
    whole = rf"(?:\d{{1,3}}(?:[{grouping}' ]\d{{3}})+(?!\d)|\d+)"
    number = rf"(?:{whole}(?:{point}\d+)?|{point}\d+)(?!\d)"
    suffix = "|".join(map(re.escape, sorted(ordinals, key=len, reverse=True))) or "(?!)"
    end = rf"(?!{_LETTER}|\d)"
    forms = {
        "money": rf"[A-Z]{{0,2}}{_SIGN}\s?{number}(?:{_SCALE}{end})?|{number}{_SIGN}",
        "date": r"\d{4}-\d\d-\d\d(?!\d)|\d{1,2}([./-])\d{1,2}\1(?:\d\d){1,2}(?!\d)",
        "phone": r"(?:\+?\d{1,3}[-. ])?(?:\(?\d{3}\)?[-. ])?\d{3}[-.]\d{4}(?!\d)|\+\d{8,}",
        "time": r"(?:[01]?\d|2[0-4]):[0-5]\d(?!\d)",
        "fraction": r"\d{1,2}/\d{1,2}(?![\d/])",
        "decade": rf"'?\d{{2}}(?:\d\d)?'?s{end}",
        "ordinal": rf"{whole}(?:{suffix}){end}",
        "version": r"\d+(?:\.\d+){2,}",
        "number": number,
        "initials": rf"(?:{_LETTER}\.){{2,}}(?:{_LETTER}{end})?",
        "word": rf"'?{_LETTER}+(?:'{_LETTER}+)*'?",
        "sign": r"(?s:.)",
    }
    return re.compile("|".join(f"(?P<{kind}>{form})" for kind, form in forms.items()))


def _is_vulgar_fraction(one: str) -> bool:
    return unicodedata.decomposition(one).startswith("<fraction>")


def _write_digit(one: str) -> str:
    return str(unicodedata.decimal(one)) if one.isdecimal() else one
