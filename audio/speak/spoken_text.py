"""What an engine is given for a text, and which characters of the text that stands for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from .voice import Pronunciation, Utterance

_WORD = re.compile(r"\S+")

_UNSPEAKABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]"
)
"""Control characters (espeak-ng takes some for commands), lone surrogates, private characters."""

_SKIPPED = "\\s\u00ad\u200c\u200d"
_ENDLESS_ABBREVIATION = re.compile(rf"(?:[^.{_SKIPPED}][{_SKIPPED}]*\.[.{_SKIPPED}]*){{17,}}")
"""Of what looks like one (U.S.A.), espeak-ng keeps 80 bytes, and writes on behind them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of what an engine is given, for `length` characters of the text from `offset`.

    One that stands for none is an instruction.
    """

    given: str
    offset: int
    length: int
    verbatim: bool = False
    """Whether it is that stretch of the text, character by character."""


@dataclass(frozen=True, slots=True)
class SpokenText:
    """The pieces of what an engine is given, in order; never none."""

    pieces: tuple[Piece, ...]

    @property
    def given(self) -> str:
        """All that the engine is given."""
        return "".join(piece.given for piece in self.pieces)

    def locate(self, marks: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int] | None]:
        """Find the offset and length in the text for each offset and length in what was given.

        What is said in other letters stands for its whole stretch, and is found once; an
        instruction stands for nothing.
        """
        starts = [0, *accumulate(len(piece.given) for piece in self.pieces)][:-1]
        found: tuple[int, int] | None = None
        for offset, length in marks:
            place = max(0, bisect_right(starts, offset) - 1)
            piece, inside = self.pieces[place], max(0, offset - starts[place])
            if piece.verbatim:
                first = min(inside, piece.length)
                yield piece.offset + first, max(0, min(length, piece.length - first))
            elif piece.length and found != (piece.offset, piece.length):
                yield (found := (piece.offset, piece.length))
            else:
                yield None


def respell(utterance: Utterance) -> SpokenText:
    """Write an utterance for an engine that takes nothing but letters.

    Words with a respelling are written so; other pronunciations can't be given to it.
    """
    text, pieces = blank_unspeakable(utterance.text), list[Piece]()
    for before, one in split_text(replace(utterance, text=text)):
        pieces.append(before)
        if one is not None and one.respelling is not None:
            words = [soften_stress(word) for word in blank_unspeakable(one.respelling).split()]
            pieces += pair_words(words, one, text)
        elif one is not None:
            pieces.append(_copy(text, one.offset, one.offset + one.length))
    return SpokenText(tuple(pieces))


def blank_unspeakable(text: str) -> str:
    """Put a space in the place of each character that no voice can say, nor skip."""
    said = _UNSPEAKABLE.sub(" ", text)
    return _ENDLESS_ABBREVIATION.sub(lambda found: found[0].replace(".", " "), said)


def split_text(utterance: Utterance) -> Iterator[tuple[Piece, Pronunciation | None]]:
    """Yield what stands before each pronunciation, as it is, and last what stands behind all."""
    reached = 0
    for one in utterance.pronunciations:
        yield _copy(utterance.text, reached, one.offset), one
        reached = one.offset + one.length
    yield _copy(utterance.text, reached, len(utterance.text)), None


def pair_words(words: Sequence[str], one: Pronunciation, text: str) -> Iterator[Piece]:
    """Pair the words that are said with those that are written, if there are as many of both."""
    written = list(_WORD.finditer(text, one.offset, one.offset + one.length))
    if len(words) != len(written):
        yield Piece(" ".join(words), one.offset, one.length)
        return
    for place, (said, found) in enumerate(zip(words, written, strict=True)):
        if place:
            yield Piece(" ", found.start(), 0)
        yield Piece(said, found.start(), len(found[0]))


def soften_stress(word: str) -> str:
    """Write a respelled word without the capitals that mark its stress: `mar-kess`, not MAR."""
    return word.casefold() if has_marked_stress(word) else word


def has_marked_stress(word: str) -> bool:
    """Tell whether some syllables of a respelled word, parted by hyphens, are in capitals."""
    syllables = word.split("-")
    return 0 < sum(map(str.isupper, syllables)) < len(syllables)


def _copy(text: str, start: int, end: int) -> Piece:
    return Piece(text[start:end], start, end - start, verbatim=True)
