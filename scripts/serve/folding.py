"""Text made comparable: case, accents and punctuation do not count."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

_VOWEL_POINTS = range(10, 36)
_ACCENTS = 200
"""Canonical combining classes: 10 to 35 are Hebrew points and Arabic vowels, 200 and above are
accents. Those between and below are letters to their readers (Unicode Standard Annex #44, 5.7.4).
"""


class _Table(dict[int, str]):
    """For `str.translate`: each character alone, so that places in the text can be found again."""

    def __missing__(self, code: int) -> str:
        apart = unicodedata.normalize("NFKD", chr(code).casefold()).casefold()
        folded = self[code] = "".join(_fold_part(part) for part in apart)
        return folded


_TABLE = _Table()


def _fold_part(part: str) -> str:
    weight = unicodedata.combining(part)
    if weight in _VOWEL_POINTS or weight >= _ACCENTS:
        return ""
    # Signs that make a syllable with their letter are no blanks, though they are no letters.
    return part if part.isalnum() or unicodedata.category(part)[0] == "M" else " "


def fold(text: str) -> str:
    """Return text in which only letters and digits are left, each as its plainest form."""
    return text.translate(_TABLE)


def unfold_spans(text: str, spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield where in a text the spans of its folded form are."""
    ends = list(accumulate(len(_TABLE[ord(character)]) for character in text))
    for start, end in spans:
        yield bisect_right(ends, start), bisect_right(ends, end - 1) + 1
