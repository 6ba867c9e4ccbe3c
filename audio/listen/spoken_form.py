"""How what is written is read out: figures, signs and abbreviations as words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .alternative import Readings, join_readings
from .figure import Figures
from .spoken_words import SpokenWords, load_spoken_words
from .written_form import Piece, clean_token, cut_token
from .written_word import IsWord, read_word, spell_letters

_MOST = 5
"""Readings of a token."""

_NUMERIC = frozenset(
    {"number", "money", "date", "time", "fraction", "ordinal", "version", "decade"}
)
_SAID = _NUMERIC | {"word", "initials", "phone"}
_AROUND = ".,;:!?…\"'“”«»()[]{}¿¡*_-"
_SENTENCE_ENDS = ".!?…:"


@dataclass(frozen=True, slots=True)
class _Place:
    """What the tokens beside a token say about it."""

    currency: str = ""
    """The sign of a sum just before: “$5” before “million”."""
    before_scale: bool = False
    before_number: bool = False
    opens_chapter: bool = False
    """Whether it opens the text or a sentence before a capital: “I From fairest …”."""


def say_tokens(texts: Sequence[str], language: str, is_word: IsWord) -> list[Readings]:
    """Say how each of a text's consecutive tokens may be read out: as words, likeliest first.

    `language` is a BCP 47 tag. A letter that is said by its name has a full stop: `u. s.`
    """
    words = load_spoken_words(language)
    reader = _Reader(words, Figures(words), is_word)
    cleaned = [clean_token(text) for text in texts]
    padded = ["", *cleaned, ""]
    return [
        reader.read(token, reader.place(padded[index], token, padded[index + 2]))
        for index, token in enumerate(cleaned)
    ]


@dataclass(frozen=True, slots=True)
class _Reader:
    words: SpokenWords
    figures: Figures
    is_word: IsWord
    _read: dict[tuple[str, _Place], Readings] = field(default_factory=dict, repr=False)

    def place(self, before: str, token: str, after: str) -> _Place:
        """Look at the tokens around one, where that can matter."""
        currency, counts = "", token[-1:].isdigit()
        if _strip(token) in self.words.scales:
            sums = [one.text for one in cut_token(before, self.words) if one.kind == "money"]
            currency = self.figures.currency_of(sums[-1]) if sums else ""
        opens = token.rstrip(".") == "I" and after[:1].isupper()
        return _Place(
            currency,
            before_scale=counts and _strip(after) in self.words.scales,
            before_number=token.endswith(".") and after[:1].isdigit(),
            opens_chapter=opens and (not before or before[-1] in _SENTENCE_ENDS),
        )

    def read(self, token: str, place: _Place) -> Readings:
        """Read a cleaned token out; each that is alike only once."""
        if (token, place) not in self._read:
            self._read[token, place] = self._read_anew(token, place)
        return self._read[token, place]

    def _read_anew(self, token: str, place: _Place) -> Readings:
        pieces = cut_token(token, self.words)
        core = _strip(token)
        shortened = self._read_abbreviation(core, token, place)
        if shortened:
            return shortened[:_MOST]
        if "-" in core and self.is_word(core):
            return ((core,),)
        said = [self._read_piece(pieces, index, place) for index in range(len(pieces))]
        return join_readings(said, _MOST)

    def _read_abbreviation(self, core: str, token: str, place: _Place) -> Readings:
        dotted = f"{core}." in token.casefold()
        if place.before_number and dotted and core in self.words.before_numbers:
            return self.words.before_numbers[core]
        if core not in self.words.abbreviations or (len(core) == 1 and not dotted):
            return ()
        plain = ((core,),) if self.is_word(core) else ()
        return tuple(dict.fromkeys((*self.words.abbreviations[core], *plain)))

    def _read_piece(self, pieces: Sequence[Piece], index: int, place: _Place) -> Readings:
        piece = pieces[index]
        before = pieces[index - 1].kind if index else ""
        after = pieces[index + 1].kind if index + 1 < len(pieces) else ""
        match piece.kind:
            case "word":
                touches = "number" in (before, after)
                return self._read_word(piece.text, before, place, touches=touches)
            case "sign":
                return self._read_sign(piece.text, before, after)
            case "initials":
                known = self.words.abbreviations.get(piece.text.casefold().rstrip("."))
                return known or (spell_letters(piece.text),)
            case "money":
                return self.figures.read_money(piece.text, before_scale=place.before_scale)
            case "fraction":
                mixed = before == "sign" and pieces[max(index - 2, 0)].kind == "number"
                return self.figures.read_fraction(piece.text, mixed=mixed)
            case _:
                return self.figures.read(piece)

    def _read_word(self, text: str, before: str, place: _Place, *, touches: bool) -> Readings:
        folded = text.casefold()
        counted = before in ("number", "time") and (len(text) > 1 or text == folded)
        if counted and folded in self.words.units:
            return self.words.units[folded]
        if touches and len(text) == 1:
            return (spell_letters(text),)
        if place.opens_chapter:
            return ((folded,), *self.words.numerals.count(1)[:1])
        if place.currency and folded in self.words.scales:
            scale = self.words.scales[folded][0]
            return ((*scale, *self.figures.name_currency(place.currency)), (folded,))
        return read_word(text, self.words.numerals, self.is_word)

    def _read_sign(self, sign: str, before: str, after: str) -> Readings:
        if sign == "-":
            if after not in _NUMERIC or before not in ("", *_NUMERIC):
                return ()
            return self.words.through if before else self.words.minus
        said = self.words.symbols.get(sign) or self.words.currencies.get(sign, ())[1:2]
        inside = before in _SAID and after in _SAID
        if not said or (sign == "." and not inside):
            return ()
        return said if inside or said[0] or after in _NUMERIC else ()


def _strip(token: str) -> str:
    return token.strip(_AROUND).casefold()
