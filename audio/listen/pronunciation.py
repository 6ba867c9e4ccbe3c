"""How the words of a transcript sound: its tokens as phones of the acoustic model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...source import primary_subtag
from ..speak.espeak import choose_espeak_voice
from ..speak.transcription import transcribe_words
from .dictionary import Phones, look_up
from .phoneme import map_phonemes

_SOUNDLESS = re.compile(r"[^\w']")
_ANY_VOICE = "es-419"
"""For a language that espeak-ng lacks: this voice says about what is written."""


def pronounce_words(texts: Sequence[str], language: str) -> list[tuple[Phones, ...]]:
    """Say how each of a text's consecutive tokens may sound: distinct readings, likeliest first.

    `language` is a BCP 47 tag. A token that is nothing but punctuation has no reading.

    Raises `UnavailableTool` when espeak-ng or the dictionary is missing.
    """
    words = [_SOUNDLESS.sub("", text.replace("’", "'")).strip("'").casefold() for text in texts]
    english = primary_subtag(language) == "en"
    known = {word: look_up(word) if english else () for word in dict.fromkeys(words)}
    voice = choose_espeak_voice(language) or _ANY_VOICE
    heard = transcribe_words((voice, word) for word in known if word and not known[word])
    return [known[word] or map_phonemes(heard.get((voice, word), ""), language) for word in words]
