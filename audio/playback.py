"""What browsers play of a recording: the file as it is, its pictures in another one, or its sound.

What they play is what Chromium, Firefox and Safari all do, by MDN's “Media container formats”, “Web
video codec guide” and “Web audio codec guide”.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..source import Recording
from ..source.container import Container, read_container
from .describe.mux import name_recording
from .ffmpeg import EXACT, Progress, make_file
from .limit import Work


@dataclass(frozen=True, slots=True)
class Playback:
    """How a recording is played."""

    ending: str
    """Of the file's name."""
    keeps_file: bool
    """Whether the recording is played as it is."""
    keeps_pictures: bool
    """Whether there are as many pictures as in the recording: there may have been none."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A kind of file that browsers play, and what may be in it, as FFmpeg names all that."""

    endings: tuple[str, ...]
    sound: frozenset[str]
    pictures: frozenset[str] = frozenset()


_MP3 = frozenset({"mp3", "mp3float"})
_AV1 = frozenset({"av1", "libdav1d"})
_MP4 = _Form(
    (".mp4", ".m4v", ".m4a", ".mov"),
    frozenset({"aac", "flac", "opus", "libopus", *_MP3}),
    frozenset({"h264", "vp9", *_AV1}),
)
_M4A = _Form((".m4a",), frozenset({"aac"}))
"""As ffmpeg writes it: what it reads may be in an MP4 by that name."""
_WEBM = _Form(
    (".webm",),
    frozenset({"opus", "libopus", "vorbis"}),
    frozenset({"vp8", "vp9", *_AV1}),
)
_FORMS = {
    "mov": _MP4,
    "matroska": _WEBM,
    "mp3": _Form((".mp3",), _MP3),
    "flac": _Form((".flac",), frozenset({"flac"})),
    "ogg": _Form((".ogg", ".oga", ".opus"), frozenset({"flac", "opus", "libopus", "vorbis"})),
    "wav": _Form((".wav",), frozenset({"pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_f32le"})),
}
_H264_PROFILES = frozenset({"Baseline", "Constrained Baseline", "Main", "High"})
"""Of 8 bits and 4:2:0: the others are for studios."""
_TIMED = frozenset({"mov", "matroska", "mpegts", "flv"})
"""Files that say of each picture when it is shown, so that it can be copied to another."""
_WRITTEN = {".mp4": ("mp4", _MP4), ".webm": ("webm", _WEBM), ".m4a": ("ipod", _M4A)}
_ENCODED = ("-c:a", "aac", "-b:a", "160k", "-ac", "2")


def choose_playback(recording: Recording) -> Playback:
    """Say how browsers are to play a recording. Raises UnreadableSource."""
    container = read_container(recording)
    form, ending = _FORMS.get(container.format), recording.path.suffix.casefold()
    fits = form and ending in form.endings and container.sound in {*form.sound, None}
    if form and fits and (not recording.has_video or _shows(form, container)):
        return Playback(ending, keeps_file=True, keeps_pictures=True)
    if recording.has_video and container.format in _TIMED:
        if _shows(_WEBM, container) and container.sound in {*_WEBM.sound, None}:
            return Playback(".webm", keeps_file=False, keeps_pictures=True)
        if _shows(_MP4, container):
            return Playback(".mp4", keeps_file=False, keeps_pictures=True)
    return Playback(".m4a", keeps_file=False, keeps_pictures=not recording.has_video)


def write_playback(
    recording: Recording,
    playback: Playback,
    out: Path,
    *,
    track: int | None = None,
    progress: Progress | None = None,
) -> None:
    """Write what browsers can't play as it is, so that they can; `out` has the playback's ending.

    `track` is the sound track that is heard; without it, the one that plays by default. Pictures
    are copied, and so is the sound where that can be. Raises `UnreadableSource`,
    `UnwritableOutput` or `UnavailableTool`, and leaves nothing behind then.
    """
    container = read_container(recording)
    muxer, form = _WRITTEN[playback.ending]
    track = container.default_track if track is None else track
    arguments = [
        *name_recording(container),
        *(("-map", "0:V:0", "-c:v", "copy") if playback.ending != ".m4a" else ()),
        *("-map", f"0:a:{track or 0}?"),
        *(("-c:a", "copy") if container.sound in form.sound else _ENCODED),
        *("-map_metadata", "-1", "-map_chapters", "-1", *EXACT),
        *(() if playback.ending == ".webm" else ("-movflags", "+faststart")),
        *("-f", muxer),
    ]
    work = Work(recording.path.stat().st_size, (recording.duration_ms or 0) / 1000)
    make_file(arguments, out, work, source=recording.path, progress=progress)


def _shows(form: _Form, container: Container) -> bool:
    usual = container.pictures != "h264" or container.profile in _H264_PROFILES
    return container.pictures in form.pictures and usual
