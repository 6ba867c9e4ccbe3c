"""How the words of a transcript sound: its tokens as phones of the acoustic model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...source import primary_subtag
from ..speak.transcription import transcribe_words
from .alternative import Readings, join_readings
from .dictionary import Phones, look_up
from .orthography import Part, choose_readers
from .phoneme import map_phonemes
from .spoken_form import say_tokens

_MOST = 4
_CLITICS: dict[str, Phones] = {
    "'ll": ("AH", "L"),
    "'ve": ("V",),
    "'re": ("ER",),
    "'t": ("T",),
    "'st": ("S", "T"),
    "'em": ("AH", "M"),
    "n't": ("AH", "N", "T"),
}
_CLITIC = re.compile(rf"(.+?)('s|'d|'|{'|'.join(_CLITICS)})")
_VOICELESS = frozenset({"P", "T", "K", "F", "TH"})
_SIBILANT = frozenset({"S", "Z", "SH", "ZH", "CH", "JH"})
_LAST_RESORT: Phones = ("AH",)
"""For letters that no voice reads, so that their word takes time at all."""


def pronounce_words(texts: Sequence[str], language: str) -> list[tuple[Phones, ...]]:
    """Say how each of a text's consecutive tokens may sound: distinct readings, likeliest first.

    `language` is a BCP 47 tag. A token has at most four readings, and none if it is nothing but
    punctuation. Raises `UnavailableTool` when espeak-ng or the dictionary is missing.
    """
    english = primary_subtag(language) == "en"
    spoken = say_tokens(texts, language, _is_in_dictionary if english else _is_unknown)
    words = dict.fromkeys(word for readings in spoken for reading in readings for word in reading)
    sounds = _sound_words(words, language)
    joined = {readings: _join(readings, sounds) for readings in dict.fromkeys(spoken)}
    return [joined[readings] for readings in spoken]


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a spoken word's sound comes from: the dictionary, voices, and what is added."""

    known: Readings
    readers: Sequence[Sequence[Part]]
    clitic: str = ""


def _is_in_dictionary(word: str) -> bool:
    return bool(look_up(word))


def _is_unknown(_word: str) -> bool:
    """Without a dictionary no word is known."""
    return False


def _sound_words(words: Iterable[str], language: str) -> dict[str, Readings]:
    """Sound spoken words, all those that need a voice at once."""
    sources = {word: _find_source(word, language) for word in words}
    heard = transcribe_words(
        part for source in sources.values() for parts in source.readers for part in parts
    )
    return {word: _sound(word, source, heard) for word, source in sources.items()}


def _find_source(word: str, language: str) -> _Source:
    if primary_subtag(language) != "en":
        return _Source((), choose_readers(word.removesuffix("."), language))
    known = look_up(word)
    found = None if known else _CLITIC.fullmatch(word)
    stem, clitic = (found[1], found[2]) if found else (word, "")
    known = known or look_up(stem)
    if known and stem.isascii() and stem[:1].islower():
        return _Source(known, (), clitic)
    readers = choose_readers(stem.removesuffix("."), language)
    return _Source(known, readers[1:] if known else readers, clitic)


def _sound(word: str, source: _Source, heard: dict[Part, str]) -> Readings:
    read = [
        reading
        for parts in source.readers
        for reading in join_readings([map_phonemes(heard[part], part[0]) for part in parts], _MOST)
    ]
    found = dict.fromkeys(_add_clitic(one, source.clitic) for one in (*source.known, *read))
    if not found and any(map(str.isalnum, word)):
        return (_LAST_RESORT,)
    return tuple(found)


def _add_clitic(phones: Phones, clitic: str) -> Phones:
    """Add what is written behind an apostrophe, as English says it after these phones."""
    last = phones[-1] if phones else ""
    match clitic:
        case "'s":
            said = ("AH", "Z") if last in _SIBILANT else ("S",) if last in _VOICELESS else ("Z",)
        case "'d":
            voiceless = last in _VOICELESS | {"S", "SH", "CH"}
            said = ("AH", "D") if last in {"T", "D"} else ("T",) if voiceless else ("D",)
        case _:
            said = _CLITICS.get(clitic, ())
    return (*phones, *said)


def _join(readings: Readings, sounds: dict[str, Readings]) -> tuple[Phones, ...]:
    """Sound a token's readings: each at its best first, then their words' other readings."""
    sounded = [join_readings([sounds[word] for word in reading], _MOST) for reading in readings]
    ranked = [one[rank] for rank in range(_MOST) for one in sounded if rank < len(one)]
    return tuple(dict.fromkeys(ranked))[:_MOST]
