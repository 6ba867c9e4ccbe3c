"""The descriptions by themselves, one behind the other, for players that halt the programme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..ffmpeg import encode_mp3
from ..whole_file import work_beside
from .composition import Match, describe_in_full
from .narration import Description
from .pcm import RATE
from .stem import speak_alone
from .subject import Subject

_APART_MS = 500
"""A player that begins a little early, or stops a little late, lets nothing else be heard."""


def compose_reel(subjects: Sequence[Subject], match: Match) -> tuple[Description, ...]:
    """Lay descriptions in full and at the usual pace, each as loud as the speech at its place."""
    reel: list[Description] = []
    at_ms = 0
    for description in describe_in_full(subjects, match):
        reel.append(replace(description, start_ms=at_ms))
        at_ms = reel[-1].end_ms + _APART_MS
    return tuple(reel)


def write_reel(reel: Sequence[Description], path: Path) -> None:
    """Write them as an MP3 of one bit rate, in which players find a time by counting bytes.

    Raises `UnwritableOutput` or `UnavailableTool`, and leaves nothing behind then.
    """
    with work_beside(path) as folder:
        raw = folder / "reel.raw"
        with raw.open("wb") as file:
            for samples in speak_alone(reel, reel[-1].end_ms + _APART_MS):
                file.write(samples.astype("<i2").tobytes())
        encode_mp3(raw, RATE, path, {})
