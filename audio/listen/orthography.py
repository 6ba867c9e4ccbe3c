"""Whose spelling a word has: the voices that can read it."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from ...source import primary_subtag
from ..speak.espeak import choose_espeak_voice
from ..speak.origin import guess_origins

Part = tuple[str, str]
"""A name of a voice and the letters that it reads."""

_TABLES = Path(__file__).with_name("orthography.toml")
_ANY_VOICE = "es-419"
"""For a language that espeak-ng lacks: this voice says about what is written."""


def choose_readers(word: str, language: str) -> list[list[Part]]:
    """Choose by which voices a word may be read, in parts where its scripts change.

    The language's own voice comes first; in English a second one reads foreign names.
    Raises `UnavailableTool`.
    """
    own = _choose_voice(language)
    if word.isascii():
        parts = [(own, word)]
    else:
        parts = [(voice or own, letters) for voice, letters in _part_scripts(word, language)]
    if primary_subtag(language) != "en" or len(parts) > 1:
        return [parts]
    return [parts, *([(voice, word)] for voice in guess_origins(word))][:2]


@lru_cache(maxsize=32)
def _choose_voice(language: str) -> str:
    return choose_espeak_voice(language) or _ANY_VOICE


def _part_scripts(word: str, language: str) -> Iterator[tuple[str, str]]:
    """Part a word where the voice has to change; the voice is empty where the own one reads."""
    voice = ""
    voices: list[str] = []
    for letter in word:
        if letter.isalpha() and unicodedata.category(letter) != "Lm":
            voice = _find_script_voice(letter, primary_subtag(language))
        voices.append(voice)
    for chosen, run in groupby(zip(voices, word, strict=True), key=lambda one: one[0]):
        yield chosen, "".join(letter for _, letter in run)


@lru_cache(maxsize=4096)
def _find_script_voice(letter: str, subtag: str) -> str:
    script = unicodedata.name(letter, "").partition(" ")[0].casefold()
    readers = _load_tables()["scripts"].get(script, [])
    return readers[0] if readers and subtag not in readers else ""


@cache
def _load_tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_TABLES.read_text(encoding="utf-8"))
