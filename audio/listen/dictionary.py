"""The pronouncing dictionary of American English that comes with pocketsphinx."""

from __future__ import annotations

import mmap
import unicodedata
from functools import cache, lru_cache

from ...source import UnavailableTool
from .acoustic_model import find_model

Phones = tuple[str, ...]
"""Phones of the Carnegie Mellon dictionary, without stress."""

_LONGEST_WORD = 64


def look_up(word: str) -> tuple[Phones, ...]:
    """Return a word's pronunciations, commonest first; none where the dictionary lacks it.

    Case and accents make no difference. Raises `UnavailableTool`.
    """
    if len(word) > _LONGEST_WORD:
        return ()
    decomposed = unicodedata.normalize("NFD", word.casefold())
    folded = "".join(one for one in decomposed if not unicodedata.combining(one))
    return _look_up(folded) if folded.isascii() else ()


@lru_cache(maxsize=8192)
def _look_up(word: str) -> tuple[Phones, ...]:
    """Bisect the file, which is sorted by word: `a AH`, `a(2) EY`, `a's EY Z`."""
    lines, wanted = _open(), word.encode()
    low, high = 0, len(lines)
    while low < high:
        middle = (low + high) // 2
        start = lines.rfind(b"\n", low, middle) + 1 or low
        if _word(lines, start) < wanted:
            low = lines.find(b"\n", middle) + 1 or high
        else:
            high = start
    found: list[Phones] = []
    while _word(lines, low) == wanted:
        line_end = lines.find(b"\n", low)
        phones = lines[low:line_end].decode("ascii").split()[1:]
        found.append(tuple(phones))
        low = line_end + 1
    return tuple(found)


def _word(lines: mmap.mmap, start: int) -> bytes:
    """Read the word of a line without the number of the pronunciation; nothing at the end."""
    space = lines.find(b" ", start)
    return lines[start : max(space, start)].partition(b"(")[0]


@cache
def _open() -> mmap.mmap:
    """Map the dictionary into memory: only the pages that are looked at are ever read."""
    try:
        with (find_model() / "cmudict-en-us.dict").open("rb") as opened:
            return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError as error:
        raise UnavailableTool(
            "The pronouncing dictionary is missing; reinstall the package pocketsphinx."
        ) from error
