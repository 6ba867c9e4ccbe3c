"""What espeak-ng is given for an utterance: its text, and phonemes in double square brackets.

A name in another language is said with that language's own phoneme table (`_^_es`), so that its
sounds are right while timbre and pitch stay the voice's; markup for another voice would lose them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ...source import primary_subtag
from .ipa import Mnemonics, write_mnemonics
from .spoken_text import (
    Piece,
    SpokenText,
    blank_unspeakable,
    has_marked_stress,
    pair_words,
    respell,
    split_text,
)
from .transcription import transcribe_mnemonics
from .voice import Pronunciation, Utterance

_LONGEST_CLAUSE = 500
"""espeak-ng ends a clause after about 700 characters, be it in the midst of phonemes."""
_LONGEST_WORD = 50
"""Phonemes: espeak-ng keeps 200 of a word, stress marks and all, and writes on behind them."""
_CLAUSE_END = re.compile(r"[.,;:!?]\s")

_POSSESSIVE = re.compile(r"['’][sS](?!\w)")
_STRESS = re.compile(r"(?<![^|])[',%]+")
_SIBILANTS = frozenset({"s", "z", "S", "Z", "tS", "dZ"})
_VOICELESS = frozenset({"p", "t", "k", "f", "T"})


@dataclass(frozen=True, slots=True)
class Tongue:
    """A voice of espeak-ng, by name, and the phoneme table that it speaks with."""

    voice: str
    table: str


def write_espeak_text(
    utterance: Utterance, own: Tongue, others: Mapping[str, Tongue]
) -> SpokenText:
    """Write an utterance for the voice `own`; `others` are those of its names, by language.

    Raises `UnavailableTool`.
    """
    if not utterance.pronunciations:
        return respell(utterance)
    writer = _Writer(blank_unspeakable(utterance.text).replace("[", "{"), own, others)
    return SpokenText(tuple(writer.write(utterance.pronunciations)))


@dataclass(frozen=True, slots=True)
class _Writer:
    text: str
    """Without the bracket that would open phonemes; espeak-ng says a brace in the same way."""
    own: Tongue
    others: Mapping[str, Tongue]

    def write(self, pronunciations: Sequence[Pronunciation]) -> Iterator[Piece]:
        """Give what has no pronunciation as it is written, and the rest as phonemes."""
        phrases = dict(self._find_phrases(pronunciations))
        clause = ""
        for before, one in split_text(Utterance(self.text, pronunciations=tuple(phrases))):
            yield before
            clause = _CLAUSE_END.split(clause + before.given)[-1]
            if one is None:
                return
            phrase = self._enclose(phrases[one], one, apart=not clause or clause[-1].isspace())
            length = sum(len(piece.given) for piece in phrase)
            if len(clause) + length > _LONGEST_CLAUSE:
                yield Piece(", ", one.offset, 0)
                clause = ""
            yield from phrase
            clause += "".join(piece.given for piece in phrase)

    def _find_phrases(
        self, pronunciations: Sequence[Pronunciation]
    ) -> Iterator[tuple[Pronunciation, Mnemonics]]:
        """Say each pronunciation, an English possessive together with the word before it."""
        ends = [one.offset for one in pronunciations[1:]] + [len(self.text)]
        for one, limit in zip(pronunciations, ends, strict=True):
            said = self._say(one)
            found = _POSSESSIVE.match(self.text, one.offset + one.length, limit)
            if said.words and found and primary_subtag(self.own.voice) == "en":
                yield replace(one, length=found.end() - one.offset), _add_possessive(said)
            elif said.words:
                yield one, said

    def _enclose(self, said: Mnemonics, one: Pronunciation, *, apart: bool) -> list[Piece]:
        """Put phonemes into brackets, which espeak-ng knows for what they are behind a space."""
        foreign = said.table != self.own.table
        opening = f"[[_^_{said.table} " if foreign else "[["
        closing = f" _^_{self.own.table}]]" if foreign else "]]"
        parts = [part for word in said.words for part in _part_word(word)]
        words = list(pair_words(parts, one, self.text))
        return [
            # espeak-ng may report the word under the place of what switches to its table.
            Piece(opening if apart else f" {opening}", words[0].offset, words[0].length),
            *words,
            Piece(closing, one.offset + one.length, 0),
        ]

    def _say(self, one: Pronunciation) -> Mnemonics:
        """Find how a stretch is said; no words are said if espeak-ng can make nothing of it."""
        if one.ipa is not None:
            return write_mnemonics(one.ipa, self.own.table)
        if one.respelling is not None:
            words = (_say_respelled(word, self.own.voice) for word in one.respelling.split())
            return Mnemonics(self.own.table, tuple(filter(None, words)))
        tongue = self.others.get(one.language or "", self.own)
        written = self.text[one.offset : one.offset + one.length]
        return Mnemonics(tongue.table, transcribe_mnemonics(tongue.voice, written))


def _part_word(word: str) -> Iterator[str]:
    """Part what is too long to be a word."""
    phonemes = word.split("|")
    for start in range(0, len(phonemes), _LONGEST_WORD):
        yield "|".join(phonemes[start : start + _LONGEST_WORD])


def _add_possessive(said: Mnemonics) -> Mnemonics:
    """Say what an English apostrophe and s add: Abella's, Beatriz's, Márquez's."""
    *others, last = said.words
    sound = last.rpartition("|")[2].strip("',")
    ending = "@|z" if sound in _SIBILANTS else "s" if sound in _VOICELESS else "z"
    return replace(said, words=(*others, f"{last}|{ending}"))


def _say_respelled(word: str, voice: str) -> str:
    """Say the syllables of a respelled word as one; those in capitals have the stress."""
    marked = has_marked_stress(word)
    said: list[str] = []
    for syllable in word.split("-") if marked else [word]:
        phonemes = "|".join(
            transcribe_mnemonics(voice, syllable.casefold() if marked else syllable)
        )
        if marked:
            phonemes = _STRESS.sub("", phonemes)
        said.append(f"'{phonemes}" if marked and syllable.isupper() else phonemes)
    return "|".join(filter(None, said))
