"""How long an ordinary speaker takes to say a word.

The only estimate of speech time in the house: captions time a transcript with it where nothing
better is known, and voices that give no word marks spread their words over a clip with it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SYLLABLE_MS = 180.0
"""Articulation without pauses: about 5 syllables a second with the onset below, which with
pauses at punctuation comes to 150-160 words a minute of English (Pellegrino et al. 2011
measured 6.2 syllables a second for fast reading; interviews are slower)."""

WORD_MS = 45.0
"""What each word takes beyond its syllables, so that `a` is not shorter than it can be said."""

_VOWELS = frozenset("aeiouyæøœıаеёиоуыэюяіїєαεηιουωάέήίόύώ")
_DIGIT_SYLLABLES = 1.6
"""Numbers are spoken: `1997` is six syllables in English, nine in Spanish."""

_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]"
)


@lru_cache(maxsize=65536)
def count_syllables(text: str) -> float:
    """Count a word's syllables, roughly; 0.0 for what nobody can say, such as a dash."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    syllables = 0.0
    letters = 0
    after_vowel = False
    for character in decomposed:
        if _UNSPACED.match(character) or "\u1100" <= character <= "\u1112":
            syllables += 1.0
        elif character.isdigit():
            syllables += _DIGIT_SYLLABLES
        elif character.isalpha():
            vowel = character in _VOWELS
            syllables += vowel and not after_vowel
            after_vowel = vowel
            letters += character not in _VOWELS
            continue
        if not unicodedata.combining(character):
            after_vowel = False
    if syllables == 0.0 and letters:
        # Initials are spelled out; scripts that write no vowels have about one to two letters.
        return letters * (1.0 if letters <= 3 and text.isupper() else 0.55)  # noqa: PLR2004
    if decomposed.rstrip(".,;:!?…\"'”’)").endswith("e") and syllables > 1 and letters > 1:
        # The silent e of English; in other languages the error is one syllable in a few words.
        return syllables - 0.5
    return syllables


@lru_cache(maxsize=65536)
def speech_ms(text: str) -> float:
    """Estimate how many milliseconds one word takes, pauses around it not counted."""
    syllables = count_syllables(text)
    return WORD_MS + SYLLABLE_MS * syllables if syllables else 0.0
