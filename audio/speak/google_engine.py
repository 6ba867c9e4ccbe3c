"""gTTS as an engine: one voice for each language, in several accents where Google has them."""

from __future__ import annotations

from collections.abc import Sequence

from ...source import UnavailableTool, UsageError
from .google import GoogleVoice, find_google_language
from .voice import Cast, ListedVoice

_TLDS = (
    "com",
    "ca",
    "co.in",
    "co.uk",
    "co.za",
    "com.au",
    "com.br",
    "com.mx",
    "com.ng",
    "es",
    "fr",
    "ie",
    "pt",
    "us",
)
"""The hosts that gTTS documents. The ending goes into the host's name, so no other is let in."""

_ACCENTS = {
    "en": ("com", "co.uk"),
    "es": ("es", "com.mx"),
    "fr": ("fr", "ca"),
    "pt": ("com.br", "pt"),
}
"""Hosts of Google Translate that read a language with different accents."""

_SENT = "What gtts reads aloud is sent to Google, a third party."
_ALIKE = "gTTS has one voice for this language, so every speaker sounds alike."
_ANY_LANGUAGE = "many"


def check_choice(choice: str | None) -> None:
    """Let no other host in than those of Google Translate."""
    if choice is not None and choice not in _TLDS:
        message = f"gTTS has no host “{choice}”; use gtts, or gtts:TLD with {', '.join(_TLDS)}."
        raise UsageError(message)


def cast_speakers(language: str, choice: str | None, speakers: Sequence[str]) -> Cast:
    """Let one voice read everybody, and the narrator with another accent where there is one."""
    check_choice(choice)
    known = find_google_language(language)
    if known is None:
        message = (
            f"gTTS has no voice for the language “{language}”; choose espeak in its place, "
            "or build with --narration none."
        )
        raise UnavailableTool(message)
    accents = _ACCENTS.get(known, ("com",))
    voice = GoogleVoice(known, choice or accents[0])
    if not speakers:
        return Cast(voice, {}, (_SENT,))
    other = next((accent for accent in accents if accent != voice.tld), voice.tld)
    return Cast(GoogleVoice(known, other), dict.fromkeys(speakers, voice), (_SENT, _ALIKE))


def list_voices(language: str | None) -> Sequence[ListedVoice]:
    """List the hosts, if any of them speaks the language."""
    spoken = _ANY_LANGUAGE if language is None else find_google_language(language)
    if spoken is None:
        return ()
    return [
        ListedVoice(f"gtts:{tld}", spoken, f"Google Translate at .{tld}", "Google") for tld in _TLDS
    ]
