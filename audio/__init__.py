"""What is heard: voices, the interview read aloud, and the voiced edition.

The names are loaded when they are first used, so that nobody pays for sound who makes captions.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .edition import render_edition
    from .reading import Reading, Readings, speak_wording
    from .speak.cast import Cast, cast_voices
    from .speak.listing import list_voices
    from .speak.voice import Clip, ListedVoice, Mark, Voice, VoiceSpec

_HOMES = {
    "Cast": ".speak.cast",
    "Clip": ".speak.voice",
    "ListedVoice": ".speak.voice",
    "Mark": ".speak.voice",
    "Reading": ".reading",
    "Readings": ".reading",
    "Voice": ".speak.voice",
    "VoiceSpec": ".speak.voice",
    "cast_voices": ".speak.cast",
    "list_voices": ".speak.listing",
    "render_edition": ".edition",
    "speak_wording": ".reading",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOMES[name], __name__), name)


__all__ = [
    "Cast",
    "Clip",
    "ListedVoice",
    "Mark",
    "Reading",
    "Readings",
    "Voice",
    "VoiceSpec",
    "cast_voices",
    "list_voices",
    "render_edition",
    "speak_wording",
]
