"""The file around a recording's sound and pictures: what is in it, and where its clock begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from .media_file import open_container
from .recording import Recording, has_decoder

_MICROSECONDS_IN_MS = 1000


@dataclass(frozen=True, slots=True)
class ContainedChapter:
    """A chapter that the file itself has."""

    start_ms: int
    end_ms: int
    title: str


@dataclass(frozen=True, slots=True)
class Container:
    """What a media file is made of. Times are the programme's."""

    format: str
    """FFmpeg's name of the format, the first where it has several: `mov` for MP4 and its kin."""
    codecs: frozenset[str]
    """Of the pictures and the sound."""
    pictures: str | None
    """The codec of the pictures, if there are any but covers."""
    profile: str | None
    """Which part of that codec they need."""
    sounds: tuple[str, ...]
    """The codec of each sound track."""
    runup_ms: int
    """How long before the programme's start the first sound or picture is stamped."""
    default_track: int | None
    """The sound track that is flagged as the default one."""
    chapters: tuple[ContainedChapter, ...]


def read_container(recording: Recording) -> Container:
    """Look into the file. Raises UnreadableSource where it can't be read any more."""
    with open_container(recording.path) as container:
        start_ms = (container.start_time or 0) / _MICROSECONDS_IN_MS
        origin_ms = max(start_ms, 0)
        sound = container.streams.audio
        flags = [stream.disposition & Disposition.default for stream in sound]
        default_track = next((place for place, flag in enumerate(flags) if flag), None)
        shown = [
            stream
            for stream in container.streams.video
            if not stream.disposition & Disposition.attached_pic
        ]
        return Container(
            format=container.format.name.partition(",")[0],
            codecs=frozenset(map(_name_codec, (*container.streams.video, *sound))),
            pictures=_name_codec(shown[0]) if shown else None,
            profile=shown[0].profile if shown and has_decoder(shown[0]) else None,
            sounds=tuple(map(_name_codec, sound)),
            runup_ms=round(origin_ms - start_ms),
            default_track=default_track,
            chapters=tuple(_read_chapters(container, origin_ms)),
        )


def _name_codec(stream: AudioStream | VideoStream) -> str:
    return stream.codec_context.name if has_decoder(stream) else "unknown"


def _read_chapters(container: InputContainer, origin_ms: float) -> Iterator[ContainedChapter]:
    for chapter in container.chapters():
        start_ms, end_ms = (
            round(float(moment * (chapter["time_base"] or 0) * 1000) - origin_ms)
            for moment in (chapter["start"], chapter["end"])
        )
        yield ContainedChapter(start_ms, end_ms, chapter["metadata"].get("title", ""))
