"""What is promised of how espeak-ng says what has a pronunciation, and of its marks."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vivavoz.audio import Mark, Pronunciation, Utterance
from vivavoz.audio.speak import espeak, espeak_library
from vivavoz.audio.speak.espeak import EspeakVoice, list_espeak_voices
from vivavoz.audio.speak.ipa import find_unknown, write_mnemonics
from vivavoz.audio.speak.spoken_text import respell
from vivavoz.audio.speak.transcription import transcribe_mnemonics

VOICE = EspeakVoice("en-us", "f3")
WORDS = ("red", "boats", "Peña", "Abella", "Michoacán", "👩🏽‍🚀", "green")
PARTINGS = (" ", ", ", " (", ") ", " — ", " “", "” ", " [", "] ", "[[", "]] ", " {", ". ", "\n", "…")
SAID = (
    {"ipa": "ˈmaɾkes"},
    {"ipa": "ˈ"},
    {"respelling": "peen-YAH"},
    {"respelling": "two words"},
    {"language": "es-419"},
    {"language": "de"},
    {"language": "xx"},
)

Hear = Callable[..., str]


@pytest.fixture
def hear(monkeypatch: pytest.MonkeyPatch) -> Hear:
    """Say an utterance and return the sounds that espeak-ng reports, in the phonetic alphabet."""
    monkeypatch.setattr(espeak_library, "_WITH_PHONEME_EVENTS", 0x8003)
    heard: list[str] = []
    mark = espeak._mark

    def listen(events: list[espeak._Event], samples: int, rate: int) -> tuple[Mark, ...]:
        heard.append("".join(one.phoneme.decode() for one in events if one.phoneme is not None))
        return mark(events, samples, rate)

    def say(text: str, voice: EspeakVoice = VOICE, **said: str | dict[str, str]) -> str:
        found = [
            Pronunciation(text.index(word), len(word), **how)
            for word, how in said.items()
            if isinstance(how, dict)
        ]
        voice.speak(Utterance(text, pronunciations=tuple(found)))
        return heard[-1]

    monkeypatch.setattr(espeak, "_mark", listen)
    return say
