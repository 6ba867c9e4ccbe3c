"""All the voices there are, of every engine."""

from __future__ import annotations

from .espeak import list_espeak_voices
from .google import find_google_language
from .voice import GTTS_TLDS, ListedVoice

_ANY_LANGUAGE = "many"


def list_voices(language: str | None = None) -> tuple[ListedVoice, ...]:
    """List the voices that `--voice` takes, those that need no network first.

    With a BCP 47 tag, only those that speak the language. Raises `UnavailableTool`.
    """
    spoken = _ANY_LANGUAGE if language is None else find_google_language(language)
    online = () if spoken is None else GTTS_TLDS
    return (
        *list_espeak_voices(language),
        *(
            ListedVoice(f"gtts:{tld}", spoken or "", f"Google Translate at .{tld}", online=True)
            for tld in online
        ),
    )
