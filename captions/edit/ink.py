"""Ink: what is left of a text when all is taken away that a house style decides.

`[Ann] Yes, [laughs]` and `- ANN: Yes, (LAUGHS)` have the same: letters and digits, without case,
punctuation and white space. So words are found again in captions of another style.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, normalize

BEGINNING, END = "\x02", "\x03"
"""Where captions begin and end: no ink has these."""

_DRESSING = "-()[]{}:\N{REPLACEMENT CHARACTER}"
"""What styles put around labels, sounds and lines, and what stands for no character."""


@lru_cache(maxsize=1 << 16)
def ink_token(token: str) -> str:
    """Return what tells a token apart: of one without letters and digits, its marks."""
    composed = normalize("NFC", token)
    letters = "".join(sign for sign in composed if category(sign)[0] in "LNM")
    if letters:
        return letters.casefold()
    return "".join(
        sign for sign in composed if sign not in _DRESSING and category(sign)[0] not in "CZ"
    )


def ink(text: str) -> str:
    """Return what tells a text apart."""
    return "".join(map(ink_token, text.split()))


def find_all(text: str, sought: str) -> list[int]:
    """Return all places of a text, which may overlap, in another."""
    places: list[int] = []
    place = text.find(sought)
    while place >= 0:
        places.append(place)
        place = text.find(sought, place + 1)
    return places
