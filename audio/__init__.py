"""What is heard: words in a recording, voices, the interview read aloud, the voiced edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..source.exports import defer_exports

if TYPE_CHECKING:
    from .edition import list_edition, render_edition
    from .listen.align import align_wording
    from .listen.alignment import Alignment, HeardWord, Stretch, Unspoken
    from .listen.timing import time_alignment
    from .reading import PlacedClip, Reading, speak_in_time, speak_wording
    from .speak.cast import cast_narrator, cast_voices
    from .speak.catalogue import list_voices
    from .speak.engine import Engine, VoiceSpec
    from .speak.lexicon import Lexicon, build_lexicon, check_pronunciations
    from .speak.store import ClipStore, ShelvedClip
    from .speak.voice import Cast, Clip, ListedVoice, Mark, Pronunciation, Utterance, Voice

__getattr__ = defer_exports(
    __name__,
    {
        "Alignment": "listen.alignment",
        "Cast": "speak.voice",
        "Clip": "speak.voice",
        "ClipStore": "speak.store",
        "Engine": "speak.engine",
        "HeardWord": "listen.alignment",
        "Lexicon": "speak.lexicon",
        "ListedVoice": "speak.voice",
        "Mark": "speak.voice",
        "PlacedClip": "reading",
        "Pronunciation": "speak.voice",
        "Reading": "reading",
        "ShelvedClip": "speak.store",
        "Stretch": "listen.alignment",
        "Unspoken": "listen.alignment",
        "Utterance": "speak.voice",
        "Voice": "speak.voice",
        "VoiceSpec": "speak.engine",
        "align_wording": "listen.align",
        "build_lexicon": "speak.lexicon",
        "cast_narrator": "speak.cast",
        "cast_voices": "speak.cast",
        "check_pronunciations": "speak.lexicon",
        "list_edition": "edition",
        "list_voices": "speak.catalogue",
        "render_edition": "edition",
        "speak_in_time": "reading",
        "speak_wording": "reading",
        "time_alignment": "listen.timing",
    },
)

__all__ = [
    "Alignment",
    "Cast",
    "Clip",
    "ClipStore",
    "Engine",
    "HeardWord",
    "Lexicon",
    "ListedVoice",
    "Mark",
    "PlacedClip",
    "Pronunciation",
    "Reading",
    "ShelvedClip",
    "Stretch",
    "Unspoken",
    "Utterance",
    "Voice",
    "VoiceSpec",
    "align_wording",
    "build_lexicon",
    "cast_narrator",
    "cast_voices",
    "check_pronunciations",
    "list_edition",
    "list_voices",
    "render_edition",
    "speak_in_time",
    "speak_wording",
    "time_alignment",
]
