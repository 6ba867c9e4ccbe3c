"""What somebody searches for: words that a sentence must have, and phrases in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...source.word_break import UNSPACED
from .folding import fold, unfold_spans

_LONGEST = 200
"""Characters of a query that are heeded."""
_TERM = re.compile(r"[\"“„«](?P<phrase>[^\"“”„«»]+)[\"”“»]|[^\s\"“”„«»]+")


@dataclass(frozen=True, slots=True)
class Query:
    """Terms, in folded text whose sentences begin and end with a blank."""

    text: str
    """As it was typed."""
    terms: tuple[re.Pattern[str], ...]


def parse_query(text: str) -> Query:
    """Understand a query: a word finds all that begin with it, a phrase its words as they are.

    `don't` and `audio-description` are phrases whose last word may go on.
    """
    text = text[:_LONGEST].strip()
    found = (
        _compile(fold(match["phrase"] or match[0]).split(), whole=bool(match["phrase"]))
        for match in _TERM.finditer(text)
    )
    return Query(text, tuple(dict.fromkeys(term for term in found if term)))


def _compile(words: list[str], *, whole: bool) -> re.Pattern[str] | None:
    """Compile a term; scripts without spaces have no beginnings of words to be found by."""
    if not words:
        return None
    phrase = " +".join(map(re.escape, words))
    before = "" if UNSPACED.match(words[0]) else " "
    after = "(?= )" if whole and not UNSPACED.match(words[-1][-1]) else ""
    return re.compile(f"{before}(?P<found>{phrase}){after}")


def find_marks(text: str, query: Query) -> list[tuple[int, int]]:
    """Return where in a sentence the terms of a query are, in order and apart from each other."""
    folded = f" {fold(text)} "
    spans = (
        (match.start("found") - 1, match.end("found") - 1)
        for term in query.terms
        for match in term.finditer(folded)
    )
    return list(_join(sorted(unfold_spans(text, spans))))


def _join(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield spans of which none touches another."""
    last: tuple[int, int] | None = None
    for start, end in spans:
        if last and start <= last[1]:
            last = last[0], max(last[1], end)
        else:
            if last:
                yield last
            last = start, end
    if last:
        yield last
