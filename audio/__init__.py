"""What is heard: voices, the interview read aloud, and the voiced edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..source.exports import defer_exports

if TYPE_CHECKING:
    from .edition import render_edition
    from .reading import PlacedClip, Reading, speak_wording
    from .speak.cast import Cast, cast_voices
    from .speak.catalogue import list_voices
    from .speak.voice import Clip, ListedVoice, Mark, Voice, VoiceSpec

__getattr__ = defer_exports(
    __name__,
    {
        "Cast": "speak.cast",
        "Clip": "speak.voice",
        "ListedVoice": "speak.voice",
        "Mark": "speak.voice",
        "PlacedClip": "reading",
        "Reading": "reading",
        "Voice": "speak.voice",
        "VoiceSpec": "speak.voice",
        "cast_voices": "speak.cast",
        "list_voices": "speak.catalogue",
        "render_edition": "edition",
        "speak_wording": "reading",
    },
)

__all__ = [
    "Cast",
    "Clip",
    "ListedVoice",
    "Mark",
    "PlacedClip",
    "Reading",
    "Voice",
    "VoiceSpec",
    "cast_voices",
    "list_voices",
    "render_edition",
    "speak_wording",
]
