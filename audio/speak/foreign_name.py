"""Names in another language than the text around them: Márquez Abella, Michoacán, San Joaquín."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter

from .origin import Spelling, find_spelling, fold_word, list_companions, tell_origins
from .voice import Pronunciation

_WORD = re.compile("[^\\W\\d_][\\w\u0300-\u036f]*")
_JOINT = re.compile("[ \u00a0]|-")
"""What may stand between two words of one name."""
_SHORTEST_NAME = 4
"""Letters: Jr is none."""


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    folded: str
    capital: bool


@dataclass(frozen=True, slots=True)
class ForeignNames:
    """The foreign names of an interview in `language`, and how to find them in a text of it."""

    language: str
    common: frozenset[str] = frozenset()
    """Words that the interview writes in lower case too, and so are no names: café, naïve."""
    known: Mapping[str, str] = field(default_factory=dict[str, str])
    """The language of words whose letters alone do not tell it."""

    def find(self, text: str, taken: Sequence[Pronunciation] = ()) -> list[Pronunciation]:
        """Find the names in a text, in order, but for the stretches that are taken."""
        found: list[Pronunciation] = []
        for run in _find_runs(text):
            told = zip(run, self._tell(run), strict=True)
            free = ((word, "" if _overlaps(word, taken) else tag) for word, tag in told)
            found += _join(free)
        return found

    def learn(self, name: str, *, speaker: bool) -> ForeignNames:
        """Learn from a text which words are foreign though their letters do not tell.

        José is, since he is called José Hernández; and what stands behind a foreign surname in a
        speaker's name is a second one.
        """
        learnt = dict(self.known)
        for run in _find_runs(name):
            surname = ""
            for word, tag in zip(run, self._tell(run), strict=True):
                if tag and not word.folded.isascii():
                    surname = learnt[word.folded] = tag
                elif speaker and surname and _could_be(word, find_spelling(surname)):
                    learnt[word.folded] = surname
        return replace(self, known=learnt)

    def _tell(self, run: Sequence[_Word]) -> list[str]:
        """Tell the language of each word of a run; empty for the text's own."""
        origins = [self._list_origins(word) for word in run]
        told = [one[0] if len(one) == 1 else "" for one in origins]
        languages = {tag for tag in told if tag}
        if len(languages) != 1:
            return told
        (only,) = languages
        told = [only if only in one else tag for one, tag in zip(origins, told, strict=True)]
        return _add_companions(run, told, only)

    def _list_origins(self, word: _Word) -> tuple[str, ...]:
        if not word.capital or word.folded in self.common:
            return ()
        if word.folded in self.known:
            return (self.known[word.folded],)
        return tell_origins(word.folded, self.language)


def collect_names(texts: Sequence[str], speakers: Iterable[str], language: str) -> ForeignNames:
    """Collect what an interview tells of its foreign names."""
    words = (found[0] for text in texts for found in _WORD.finditer(text))
    common = frozenset(fold_word(word) for word in words if word[0].islower())
    names = ForeignNames(language, common)
    for name in speakers:
        names = names.learn(name, speaker=True)
    return names.learn("\n".join(texts), speaker=False)


def _find_runs(text: str) -> Iterator[list[_Word]]:
    """Find stretches of words of which each may belong to a name: capitalised ones, and `de la`."""
    run: list[_Word] = []
    for found in _WORD.finditer(text):
        word = _Word(*found.span(), fold_word(found[0]), found[0][0].isupper())
        if run and not _JOINT.fullmatch(text, run[-1].end, word.start):
            yield run
            run = []
        if word.capital or (run and word.folded in list_companions()):
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _add_companions(run: Sequence[_Word], told: Sequence[str], language: str) -> list[str]:
    """Let `de la` go with the name beside it, and all from San to Potosí with San Luis Potosí."""
    spelling = find_spelling(language)
    companions = spelling.companions if spelling else frozenset[str]()
    joins = [bool(tag) or one.folded in companions for one, tag in zip(run, told, strict=True)]
    first, last = joins.index(True), len(run) - joins[::-1].index(True)
    return [
        language if first <= place < last and (join or _could_be(run[place], spelling)) else ""
        for place, join in enumerate(joins)
    ]


def _could_be(word: _Word, spelling: Spelling | None) -> bool:
    """Tell whether a word of a name may be of a language: Abella, but not Smith, nor Jr."""
    long = len(word.folded) >= _SHORTEST_NAME
    return word.capital and long and spelling is not None and spelling.fits(word.folded)


def _join(told: Iterable[tuple[_Word, str]]) -> Iterator[Pronunciation]:
    """Make one pronunciation of neighbours in one language, from capital to capital."""
    for tag, group in groupby(told, key=itemgetter(1)):
        capitals = [word for word, _ in group if word.capital]
        if tag and capitals:
            start, end = capitals[0].start, capitals[-1].end
            yield Pronunciation(start, end - start, language=tag)


def _overlaps(word: _Word, taken: Sequence[Pronunciation]) -> bool:
    return any(word.start < one.offset + one.length and one.offset < word.end for one in taken)
