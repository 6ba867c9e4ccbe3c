"""How espeak-ng would say words: their phonemes, in the phonetic alphabet or in its own names."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable
from functools import lru_cache

from .espeak_library import UTF8, open_espeak
from .spoken_text import blank_unspeakable

_IPA = 2 | ord("_") << 8
"""International phonetic letters, with a low line between one phoneme and the next."""

_MNEMONICS = ord("|") << 8
"""What espeak-ng itself calls its phonemes, with a bar between one and the next."""

_SWITCH = re.compile(r"\(([\w-]+)\)\|?")
"""Where it goes on with the phoneme table of another language: `(en)`."""

_MOST_CLAUSES = 100


def transcribe_words(words: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Transcribe words, each given with the name of the espeak-ng voice that says it.

    Phonemes are parted by low lines, spoken words by spaces; stress and length are marked.
    A voice that espeak-ng lacks transcribes nothing. Raises `UnavailableTool`.
    """
    asked = sorted(set(words))
    if not asked:
        return {}
    found: dict[tuple[str, str], str] = {}
    with open_espeak() as (library, _rate):
        chosen, failed = "", True
        for voice, word in asked:
            if voice != chosen:
                chosen, failed = voice, bool(library.espeak_SetVoiceByName(voice.encode()))
            found[voice, word] = "" if failed else _transcribe(library, word, _IPA)
    return found


@lru_cache(maxsize=4096)
def transcribe_mnemonics(voice: str, text: str) -> tuple[str, ...]:
    """Transcribe a text, word by word, as `[[...]]` would give it back to espeak-ng.

    Nothing if it lacks the voice. Raises `UnavailableTool`.
    """
    with open_espeak() as (library, _rate):
        if library.espeak_SetVoiceByName(voice.encode()):
            return ()
        words = _SWITCH.sub(r" _^_\1 ", _transcribe(library, text, _MNEMONICS)).split()
    bare = ("|".join(one for one in word.split("|") if one.strip("_")) for word in words)
    return tuple(filter(None, bare))


def _transcribe(library: ctypes.CDLL, word: str, mode: int) -> str:
    encoded = ctypes.create_string_buffer(blank_unspeakable(word).encode())
    place = ctypes.c_void_p(ctypes.addressof(encoded))
    clauses: list[bytes] = []
    while place.value and len(clauses) < _MOST_CLAUSES:
        clauses.append(library.espeak_TextToPhonemes(ctypes.byref(place), UTF8, mode) or b"")
    return b" ".join(clauses).decode()
