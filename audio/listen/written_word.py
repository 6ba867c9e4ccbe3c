"""How words of letters are read out that are more than words: initials, Roman numerals, names."""

from __future__ import annotations

import re
from collections.abc import Callable

from .alternative import Reading, Readings, join_readings
from .numeral import Numerals

IsWord = Callable[[str], bool]
"""Tells whether a dictionary of the language has a word."""

_ROMAN = re.compile(r"(?=[IVXL]{2})(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_CAPITALS = re.compile(r"([^\W\d_]{2,}?)('?s)?")
_LONGEST_INITIALS = 5
_UNDOUBTED_INITIALS = 3
"""So many capitals are more often spelled (API) than read as a word (NASA)."""
_VOWEL = re.compile("[AEIOUYÁÉÍÓÚÄÖÜÀÈÌÒÙÂÊÎÔÛАЕЁИОУЫЭЮЯІЇЄΑΕΗΙΟΥΩ]")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_MOST = 3


def read_word(written: str, numerals: Numerals, is_word: IsWord) -> Readings:
    """Read a word out, with any apostrophes in it."""
    bare = written.strip("'")
    whole = written if bare != written and is_word(written) else bare
    if _is_lower_case(whole):
        return ((whole,),)
    return (
        _read_roman(whole, numerals)
        or _read_capitals(whole, is_word)
        or _read_humps(whole, numerals, is_word)
        or ((whole,),)
    )


def spell_letters(letters: str, ending: str = "") -> Reading:
    """Name letters one by one; an ending is said with the last: `f. b. i.'s`."""
    named = [f"{letter}." for letter in letters.casefold() if letter.isalpha()]
    return (*named[:-1], *(one + ending for one in named[-1:]))


def _is_lower_case(word: str) -> bool:
    """Tell the ordinary case: no capital but the first letter of several."""
    return word[1:] == word[1:].lower() and (len(word) > 1 or word == word.lower())


def _read_roman(word: str, numerals: Numerals) -> Readings:
    if not (numerals.name and _ROMAN.fullmatch(word)):
        return ()
    values = [_ROMAN_VALUES[one] for one in word]
    pairs = zip(values, [*values[1:], 0], strict=True)
    value = sum(-one if one < following else one for one, following in pairs)
    article = ("the",) if numerals.english else ()
    ranks = tuple((*article, *one) for one in numerals.rank(value)[:1])
    said = (*numerals.count(value)[:1], *ranks)
    return (spell_letters(word), *said) if "L" in word else (*said, spell_letters(word))


def _read_capitals(word: str, is_word: IsWord) -> Readings:
    """Read initials letter by letter, as a word, or both where either may be said."""
    if len(word) == 1:
        return (spell_letters(word),)
    found = _CAPITALS.fullmatch(word)
    if not (found and found[1].isupper()):
        return ()
    capitals, ending = found[1], found[2] or ""
    spelled = spell_letters(capitals, ending and f"'{ending.strip(chr(39))}")
    as_word = (capitals + ending,)
    if not _VOWEL.search(capitals) and not is_word(capitals):
        return (spelled, as_word) if len(capitals) > _LONGEST_INITIALS else (spelled,)
    known = is_word(capitals)
    if len(capitals) > (_UNDOUBTED_INITIALS if known else _LONGEST_INITIALS):
        return (as_word,)
    spelled_first = len(capitals) <= _UNDOUBTED_INITIALS - known
    return (spelled, as_word) if spelled_first else (as_word, spelled)


def _read_humps(word: str, numerals: Numerals, is_word: IsWord) -> Readings:
    """Read a name of several words written as one: GitHub, iOS, JavaScript."""
    humps = _HUMP.split(word)
    if len(humps) == 1 or is_word(word):
        return ()
    pieces = [read_word(hump, numerals, is_word) for hump in humps]
    if all(is_word(hump) or hump.isupper() for hump in humps if len(hump) > 1):
        return (*join_readings(pieces, _MOST), (word,))
    return ((word,), *join_readings(pieces, 1))
