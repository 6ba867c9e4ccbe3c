"""The words of a transcript's own, in the languages that have been written."""

from __future__ import annotations

from dataclasses import dataclass

from ...source import primary_subtag


@dataclass(frozen=True, slots=True)
class Wording:
    """What a transcript says of itself."""

    language: str
    transcript: str
    picture: str


_ENGLISH = Wording("en", "Transcript", "Picture")
_SPANISH = Wording("es", "Transcripción", "Imagen")


def choose_wording(language: str) -> Wording:
    """Return the words for a language; English where there are none."""
    return _SPANISH if primary_subtag(language) == "es" else _ENGLISH
