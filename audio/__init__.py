"""What is heard: words in a recording, voices, the interview read aloud, the voiced edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..source.exports import defer_exports

if TYPE_CHECKING:
    from .edition import render_edition
    from .listen.align import align_wording
    from .listen.alignment import Alignment, HeardWord, Stretch, Unspoken
    from .listen.timing import time_alignment
    from .reading import PlacedClip, Reading, speak_wording
    from .speak.cast import Cast, cast_voices
    from .speak.catalogue import list_voices
    from .speak.voice import Clip, ListedVoice, Mark, Voice, VoiceSpec

__getattr__ = defer_exports(
    __name__,
    {
        "Alignment": "listen.alignment",
        "Cast": "speak.cast",
        "Clip": "speak.voice",
        "HeardWord": "listen.alignment",
        "ListedVoice": "speak.voice",
        "Mark": "speak.voice",
        "PlacedClip": "reading",
        "Reading": "reading",
        "Stretch": "listen.alignment",
        "Unspoken": "listen.alignment",
        "Voice": "speak.voice",
        "VoiceSpec": "speak.voice",
        "align_wording": "listen.align",
        "cast_voices": "speak.cast",
        "list_voices": "speak.catalogue",
        "render_edition": "edition",
        "speak_wording": "reading",
        "time_alignment": "listen.timing",
    },
)

__all__ = [
    "Alignment",
    "Cast",
    "Clip",
    "HeardWord",
    "ListedVoice",
    "Mark",
    "PlacedClip",
    "Reading",
    "Stretch",
    "Unspoken",
    "Voice",
    "VoiceSpec",
    "align_wording",
    "cast_voices",
    "list_voices",
    "render_edition",
    "speak_wording",
    "time_alignment",
]
