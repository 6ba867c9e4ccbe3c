"""What browsers play of a recording: the file as it is, its pictures in another one, or its sound.

What they play is what Chromium, Firefox and Safari all do, by MDN's “Media container formats”, “Web
video codec guide” and “Web audio codec guide”.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path

from ..source import Recording
from ..source.container import Container, read_container
from .describe.mux import name_recording
from .ffmpeg import EXACT, Progress, make_file
from .limit import Work


class Shown(Enum):
    """Where the pictures of a recording are seen, if it has any."""

    EVERYWHERE = auto()
    SOMEWHERE = auto()
    """In browsers that the system or the machine helps; the others play the sound."""
    NOWHERE = auto()


@dataclass(frozen=True, slots=True)
class Playback:
    """How a recording is played."""

    ending: str
    """Of the file's name."""
    shown: Shown
    keeps_file: bool
    """Whether the recording is played as it is."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A kind of file that browsers play, and what may be in it, as FFmpeg names all that."""

    endings: tuple[str, ...]
    sound: frozenset[str]
    pictures: frozenset[str] = frozenset()

    def holds(self, container: Container) -> bool:
        """Say whether everything in a recording may be in it."""
        track = container.default_track or 0
        return {*container.sounds[track : track + 1]} <= self.sound and self.shows(container)

    def shows(self, container: Container) -> bool:
        """Say whether a recording's pictures may be in it."""
        return container.pictures in {*self.pictures, None}


@dataclass(frozen=True, slots=True)
class _Written:
    """How ffmpeg is to write such a file."""

    form: _Form
    muxer: str
    sound: tuple[str, ...]
    """What sound is encoded with that can't be copied."""
    options: tuple[str, ...] = ()


_MP3 = frozenset({"mp3", "mp3float"})
_AV1 = frozenset({"av1", "libdav1d"})
_MP4 = _Form(
    (".mp4", ".m4v", ".m4a", ".mov"),
    frozenset({"aac", "flac", "opus", "libopus", *_MP3}),
    frozenset({"h264", "hevc", "vp9", *_AV1}),
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
_AAC = ("aac", "-b:a", "160k")
_INDEX_FIRST = ("-movflags", "+faststart")
_WRITTEN = {
    ".mp4": _Written(_MP4, "mp4", _AAC, _INDEX_FIRST),
    ".m4a": _Written(_M4A, "ipod", _AAC, _INDEX_FIRST),
    ".webm": _Written(_WEBM, "webm", ("libopus", "-b:a", "128k")),
}


def choose_playback(recording: Recording) -> Playback:
    """Say how browsers are to play a recording. Raises UnreadableSource."""
    container = read_container(recording)
    form, ending = _FORMS.get(container.format), recording.path.suffix.casefold()
    shown = Shown.SOMEWHERE if _is_rare(container) else Shown.EVERYWHERE
    if form and ending in form.endings and form.holds(container):
        return Playback(ending, shown, keeps_file=True)
    if container.pictures and container.format in _TIMED:
        if _WEBM.holds(container):
            return Playback(".webm", shown, keeps_file=False)
        if _MP4.shows(container):
            return Playback(".mp4", shown, keeps_file=False)
    lost = Shown.NOWHERE if container.pictures else Shown.EVERYWHERE
    return Playback(".m4a", lost, keeps_file=False)


def choose_version(playback: Playback) -> Playback:
    """Say how a recording is played whose sound is replaced."""
    if playback.shown is Shown.NOWHERE or playback.ending in {".webm", ".m4a"}:
        return replace(playback, keeps_file=False)
    return replace(playback, ending=".mp4", keeps_file=False)


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
    written = _WRITTEN[playback.ending]
    heard = (container.default_track or 0) if track is None else track
    copied = {*container.sounds[heard : heard + 1]} <= written.form.sound
    arguments = [
        *name_recording(container),
        *(("-map", "0:V:0", "-c:v", "copy") if written.form.pictures else ()),
        *("-map", f"0:a:{heard}?", "-c:a", *(("copy",) if copied else written.sound)),
        *("-map_metadata", "-1", "-map_chapters", "-1", *EXACT),
        *(*written.options, "-f", written.muxer),
    ]
    work = Work(recording.path.stat().st_size, (recording.duration_ms or 0) / 1000)
    make_file(arguments, out, work, source=recording.path, progress=progress)


def _is_rare(container: Container) -> bool:
    """Say whether pictures are of a kind that a browser must be helped with."""
    studio = container.pictures == "h264" and container.profile not in _H264_PROFILES
    return container.pictures == "hevc" or studio
