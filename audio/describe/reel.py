"""The descriptions by themselves, one behind the other, for players that halt the programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
_AROUND_MS = 200
"""So much silence on both sides goes with each: Chromium lets 30 to 80 ms of an MP3 not be heard
when it is sent to a place, and stops only a little late."""


def compose_reel(subjects: Sequence[Subject], match: Match) -> tuple[Description, ...]:
    """Lay descriptions in full and at the usual pace, each as loud as the speech at its place."""
    reel: list[Description] = []
    at_ms = _AROUND_MS
    for description in describe_in_full(subjects, match):
        reel.append(replace(description, start_ms=at_ms))
        at_ms = reel[-1].end_ms + _APART_MS
    return tuple(reel)


def find_spans(reel: Sequence[Description]) -> Mapping[int, tuple[int, int]]:
    """Return from when to when each picture, by its identity, is described."""
    return {id(one.picture): (one.start_ms - _AROUND_MS, one.end_ms + _AROUND_MS) for one in reel}


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
