"""The JSON transcript of Podcasting 2.0 (its namespace's `transcript` tag, application/json)."""

from __future__ import annotations

import json

from ...source.track import Track, Written
from .loss import Feature, note_losses
from .speech import Speech, find_speech

_VERSION = "1.0.0"


def write_podcast(track: Track) -> Written:
    """Write a segment for what each person says in each cue; times are in seconds."""
    segments = [_describe(speech) for speech in find_speech(track)]
    text = json.dumps({"version": _VERSION, "segments": segments}, ensure_ascii=False, indent=1)
    return Written(
        f"{text}\n", tuple(note_losses(track, "Podcasting 2.0 JSON", {Feature.SPEAKERS}))
    )


def _describe(speech: Speech) -> dict[str, object]:
    speaker = {"speaker": speech.speaker} if speech.speaker else {}
    return {
        **speaker,
        "startTime": speech.start_ms / 1000,
        "endTime": speech.end_ms / 1000,
        "body": speech.text,
    }
