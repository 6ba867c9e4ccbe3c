"""How many columns a text takes on the screen, and where a word too wide for a line may part.

A column is the width of a Latin letter: CJK characters and most emoji take two, combining marks
and control characters none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import east_asian_width

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@lru_cache(maxsize=1 << 16)
def measure_columns(text: str) -> int:
    """Count the columns of a text on one line."""
    if text.isascii() and text.isprintable():
        return len(text)
    from wcwidth import wcswidth  # noqa: PLC0415 - most interviews never need its tables

    # A vowel sign at the start takes a column only behind something, and a space is what any word
    # may come to stand behind.
    return wcswidth(" " + _CONTROLS.sub("", text)) - 1


def split_columns(text: str, limit: int) -> list[str]:
    """Part a text into pieces of at most `limit` columns (2 or more), nothing added or lost.

    Parts fall between the characters that a reader perceives (UAX #29), unless one of those alone
    is wider than the limit.
    """
    if measure_columns(text) <= limit:
        return [text]
    if text.isascii() and text.isprintable():
        return [text[start : start + limit] for start in range(0, len(text), limit)]
    pieces: list[str] = []
    piece, width = "", 0
    for atom in _atoms(text, limit):
        extra = measure_columns(atom)
        if width + extra > limit:
            pieces.append(piece)
            piece, width = "", 0
        piece += atom
        width += extra
    return [*pieces, piece]


def _atoms(text: str, limit: int) -> list[str]:
    from uniseg.graphemecluster import grapheme_clusters  # noqa: PLC0415 - long words are rare

    atoms: list[str] = []
    for cluster in grapheme_clusters(text):
        if measure_columns(cluster) <= limit:
            atoms.append(cluster)
        else:
            atoms.extend(cluster)
    return atoms


def shorten(text: str, limit: int) -> str:
    """Cut a text to `limit` columns at a word if one ends there, with an ellipsis for the rest."""
    if measure_columns(text) <= limit:
        return text
    head = split_columns(text, limit - 1)[0]
    words = head.rpartition(" ")[0]
    if text[len(head)] != " " and measure_columns(words) * 2 > limit:
        head = words
    return head.rstrip(" ,;:-–—") + "…"


def wrap(text: str, limit: int) -> list[str]:
    """Fill lines of at most `limit` columns, one after the other; words too wide are parted."""
    lines: list[str] = []
    for word in text.split():
        for piece in split_columns(word, limit):
            if lines and measure_columns(lines[-1]) + 1 + measure_columns(piece) <= limit:
                lines[-1] += f" {piece}"
            else:
                lines.append(piece)
    return lines


def count_words(text: str) -> float:
    """Count words; in a script that does not part them, two wide characters make one."""
    tokens = text.split()
    if text.isascii():
        return sum(1 for token in tokens if any(map(str.isalnum, token)))
    return sum(map(_weigh_word, tokens))


def _weigh_word(token: str) -> float:
    wide = sum(east_asian_width(character) in {"W", "F"} for character in token)
    if wide > 1:
        wide = min(wide, measure_columns(token) // 2)  # several emoji may join to one
    return max(any(map(str.isalnum, token)), wide / 2)
