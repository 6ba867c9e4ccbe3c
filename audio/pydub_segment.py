"""pydub's segments, behind the few operations that are used here."""

from __future__ import annotations

import os
import warnings
from functools import cache
from io import BytesIO
from typing import Protocol, Self, cast

from ..source import UnavailableTool
from .ffmpeg import explain_start, find_ffmpeg

_SILENCE_DBFS = -50.0
_ONSET_MS = 10
"""A first consonant is softer than silence sometimes."""

_FADE_MS = 4
"""Long enough that no cut clicks, short enough that no consonant is lost."""


class Segment(Protocol):
    """What is used of `pydub.AudioSegment`; places are in milliseconds."""

    frame_rate: int

    @property
    def raw_data(self) -> bytes: ...
    def __len__(self) -> int: ...
    def __getitem__(self, place: slice) -> Self: ...
    def reverse(self) -> Self: ...
    def fade_in(self, duration: int) -> Self: ...
    def fade_out(self, duration: int) -> Self: ...
    def set_channels(self, channels: int) -> Self: ...
    def set_sample_width(self, sample_width: int) -> Self: ...


class _SegmentClass(Protocol):
    converter: str

    def __call__(
        self, data: bytes | bytearray, *, sample_width: int, frame_rate: int, channels: int
    ) -> Segment: ...
    def from_file(
        self,
        file: BytesIO,
        format: str,  # noqa: A002 - pydub's own name
        codec: str,
    ) -> Segment: ...


@cache
def _pydub() -> _SegmentClass:
    """Import pydub, tell it where ffmpeg is, and keep what it says about that to itself."""
    os.environ.setdefault("PATH", os.defpath)  # pydub looks for ffmpeg there, and must find a PATH
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"Couldn't find ff(mpeg|play|probe)", RuntimeWarning)
        warnings.filterwarnings("ignore", r"'audioop' is deprecated", DeprecationWarning)
        for syntax in (SyntaxWarning, DeprecationWarning):
            warnings.filterwarnings("ignore", r".*invalid escape sequence", syntax)
        from pydub import AudioSegment  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs]
    kind = cast("_SegmentClass", AudioSegment)
    kind.converter = find_ffmpeg()
    return kind


def open_segment(samples: bytes | bytearray, rate: int) -> Segment:
    """Make a segment of mono 16-bit samples."""
    return _pydub()(samples, sample_width=2, frame_rate=rate, channels=1)


def decode_mp3(sound: bytes) -> Segment:
    """Decode an MP3 to mono 16-bit. Raises `UnavailableTool` if it is none, or without ffmpeg."""
    kind = _pydub()
    from pydub.exceptions import (  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs]
        CouldntDecodeError,
    )

    try:
        segment = kind.from_file(BytesIO(sound), format="mp3", codec="mp3")
    except OSError as error:
        raise explain_start(error) from error
    except CouldntDecodeError as error:
        message = "What should be an MP3 can't be decoded; try again later."
        raise UnavailableTool(message) from error
    return segment.set_channels(1).set_sample_width(2)


def trim(segment: Segment, sounding_ms: int = 0) -> tuple[Segment, int]:
    """Cut the silence at both ends, fade them, and say how many ms went from the front.

    The first `sounding_ms` are known to hold speech, however softly they end.
    """
    from pydub.silence import (  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs]
        detect_leading_silence,  # pyright: ignore[reportUnknownVariableType]
    )

    silent_ms: int = detect_leading_silence(segment, _SILENCE_DBFS, 5)
    if silent_ms >= len(segment):
        return segment[0:0], 0
    first = max(0, silent_ms - _ONSET_MS)
    last = len(segment) - detect_leading_silence(segment.reverse(), _SILENCE_DBFS, 5)
    cut = segment[first : max(last, sounding_ms)]
    return cut.fade_in(_FADE_MS).fade_out(_FADE_MS), first
