"""The files that are delivered: the described recording, and its extended edition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import soundfile
from langcodes import Language

from ...source import Recording, UnreadableSource, primary_subtag
from ...source.container import Container, read_container
from ...source.media_file import open_container
from ..ffmpeg import EXACT, Progress, make_file, name_file
from ..limit import Work
from ..whole_file import work_beside
from .hold import ExtendedClock, Hold


@dataclass(frozen=True, slots=True)
class Soundtrack:
    """The sound that is delivered, and what goes with it."""

    path: Path
    """A WAV file, which may be an RF64; or a delivered one, of which `track` is taken."""
    captions: Path | None
    """WebVTT, on the clock of the sound."""
    language: str
    """A BCP 47 tag."""
    track: int | None = None
    """Among the sound tracks of a delivered file the one that is copied as it is."""


@dataclass(frozen=True, slots=True)
class _Format:
    """What ffmpeg is to call a kind of file, and what goes into one."""

    muxer: str
    sound: tuple[str, ...]
    captions: str | None
    family: str | None = None
    """The format of recordings that may stay what they are."""
    options: tuple[str, ...] = ()
    lends: bool = True
    """Whether nothing tells sound that is copied from such a file to another from what is encoded
    for it."""

    def finish(self, held_ms: int = 0) -> tuple[str, ...]:
        """Return what ffmpeg is told last. By so much the pictures run ahead in the end: it reads
        them in step with the sound before holds have moved them.
        """
        turn = ("-max_interleave_delta", f"{(_IN_TURN_MS + held_ms) * _MICROSECONDS_IN_MS}")
        return (*self.options, *EXACT, *turn, "-f", self.muxer)


_MOV = ("-movflags", "+faststart")
"""A page that shows the file needs its index first."""

_AAC = ("aac", "-aac_coder", "fast")
"""Three quarters of the other search's time and, at these rates, a third of its noise."""

_FORMATS = {
    ".mp4": _Format("mp4", _AAC, "mov_text", "mov", _MOV),
    ".m4v": _Format("mp4", _AAC, "mov_text", "mov", _MOV),
    ".mov": _Format("mov", _AAC, "mov_text", "mov", _MOV),
    ".mkv": _Format("matroska", _AAC, "subrip", "matroska"),
    ".webm": _Format("webm", ("libopus",), "webvtt", "matroska", lends=False),
    # By rate, LAME is softer.
    ".mp3": _Format("mp3", ("libmp3lame", "-q:a", "2"), None, "mp3", lends=False),
    ".m4a": _Format("ipod", _AAC, None, options=_MOV, lends=False),
}
_WEBM_CODECS = {"vp8", "vp9", "av1", "libdav1d", "opus", "vorbis"}
"""Browsers write H.264 into files that they call WebM, and that only Matroska may hold."""

_IN_TURN_MS = 60_000
"""For so long packets wait for those of other streams, through a hold or a silence
without captions; those that did not wait would lie in the file in an order that is left to chance.
"""

_COVERS = {"mjpeg", "png"}
"""What an MP3 or an M4A may have for a cover."""

_TITLES = {"en": "Audio description", "es": "Audiodescripción"}
_DESCRIBED = "visual_impaired+descriptions"
"""MP4 keeps both, Matroska the first."""
_HEARD = "captions+hearing_impaired"
"""The captions have speakers and sounds. Either container keeps one of the two."""
_FINE_CLOCK = "time_base=1/90000:prescale=1"
"""Some recordings count no finer than pictures, and a hold may last for half a picture more."""
_MICROSECONDS = 1_000_000
_MICROSECONDS_IN_MS = 1000
_ONE_PICTURE_MS = 40
"""The first picture is not shown for longer where nothing says how long it is."""
_MOST_PIXELS = "40000000"
"""Of a picture, whose size ffmpeg learns by decoding it: an 8K one has 33 million."""
_ENCODING_THREADS = "8"
"""Each holds pictures of its own, and so many of 4K stay below the limit on memory; what comes out
depends on their number, which is thus the same on every machine."""
_KBITS_A_CHANNEL, _KBITS_MORE = 64, 32


def choose_described_name(recording: Recording) -> str:
    """Name the described recording: in the same container where that holds all that goes in."""
    return f"described{_choose_extension(recording)}"


def choose_extended_name(recording: Recording) -> str:
    """Name the extended edition likewise."""
    return f"extended{_choose_extension(recording)}"


def _choose_extension(recording: Recording) -> str:
    container = read_container(recording)
    if not recording.has_video:
        return ".mp3" if container.format == "mp3" else ".m4a"
    extension = recording.path.suffix.casefold()
    form = _FORMATS.get(extension)
    if form is None or form.captions is None or form.family != container.format:
        return ".mkv"
    return ".mkv" if extension == ".webm" and container.codecs - _WEBM_CODECS else extension


def may_lend(name: str) -> bool:
    """Say whether the sound of a delivered file may be copied to its successor as it is.

    If so, both are the same to the byte as if it had been encoded again.
    """
    return _FORMATS[Path(name).suffix].lends


def write_described(
    recording: Recording, mix: Soundtrack, out: Path, *, progress: Progress | None = None
) -> None:
    """Write the recording with the described mix as one more sound track, and the captions.

    The mix is on the programme's clock; `out` has the extension that `choose_described_name`
    gives. Pictures and sound of the recording are copied as they are; a recording without pictures
    becomes the mix alone. Raises `UnreadableSource`, `UnwritableOutput` or `UnavailableTool`, and
    leaves nothing behind then.
    """
    form, container = _FORMATS[out.suffix], read_container(recording)
    original = _copy_sound(container) if recording.has_video else ()
    track = recording.tracks if recording.has_video else 0
    arguments = [
        *_name_inputs(container, mix, form),
        *_copy_pictures(recording, container),
        *original,
        *_add_sound(form, mix, track, _DESCRIBED),
        *_add_captions(form, mix),
    ]
    _make(recording, mix, [*arguments, *form.finish()], out, progress)


def write_extended(
    recording: Recording,
    sound: Soundtrack,
    holds: Sequence[Hold],
    out: Path,
    *,
    progress: Progress | None = None,
) -> None:
    """Write the extended edition: the picture that is shown when a hold begins stays until its end.

    The sound is on the extended clock. The pictures are the recording's own, of which the time
    stamps are moved, and so are its chapters. The rest is as in `write_described`.
    """
    form, container = _FORMATS[out.suffix], read_container(recording)
    clock = ExtendedClock(holds)
    with work_beside(out) as folder:
        chapters, moves = folder / "chapters.txt", folder / "moves.txt"
        chapters.write_text(_move_chapters(container, clock), encoding="utf-8")
        moves.write_text(_move_stamps(clock), encoding="utf-8")
        inputs = [*_name_inputs(container, sound, form), *name_file(chapters, "ffmetadata")]
        arguments = [
            *inputs,
            *_copy_pictures(recording, container),
            *(("-/bsf:v", str(moves)) if recording.has_video else ()),
            *_add_sound(form, sound, 0, f"default+{_DESCRIBED}"),
            *_add_captions(form, sound),
            *("-map_chapters", str(inputs.count("-i") - 1)),
        ]
        _make(recording, sound, [*arguments, *form.finish(clock.held[-1])], out, progress)


def _make(
    recording: Recording,
    sound: Soundtrack,
    arguments: Sequence[str],
    out: Path,
    progress: Progress | None,
) -> None:
    _, lasts_s = _measure(sound)
    work = Work(_weigh(recording.path) + _weigh(sound.path), lasts_s)
    make_file(arguments, out, work, source=recording.path, progress=progress)


def _weigh(path: Path) -> int:
    """Return how many bytes a file has. Raises `UnreadableSource`."""
    try:
        return path.stat().st_size
    except OSError as error:
        raise UnreadableSource(f"The file can't be read ({error.strerror}).", file=path) from error


def _measure(sound: Soundtrack) -> tuple[int, float]:
    """Return how many channels a sound has and how many seconds it lasts.

    Raises `UnreadableSource`.
    """
    if sound.track is not None:
        with open_container(sound.path) as container:
            channels = container.streams.audio[sound.track].codec_context.channels
            return channels, (container.duration or 0) / _MICROSECONDS
    try:
        found = soundfile.info(sound.path)
    except soundfile.LibsndfileError as error:
        raise UnreadableSource(
            f"The sound to be delivered can't be read ({error.error_string}); build again.",
            file=sound.path,
        ) from error
    return found.channels, found.duration


def name_recording(container: Container) -> Iterator[str]:
    """Name a recording, which ffmpeg finds opened, as its input on the programme's clock."""
    # ffmpeg begins its count at what is stamped first; what only runs up belongs before zero.
    yield from ("-itsoffset", f"-{container.runup_ms}ms", "-fflags", "+genpts")
    yield from ("-f", container.format, "-format_whitelist", container.format)
    yield from ("-protocol_whitelist", "fd", "-max_pixels", _MOST_PIXELS, "-i", "fd:")


def _name_inputs(container: Container, sound: Soundtrack, form: _Format) -> Iterator[str]:
    yield from name_recording(container)
    yield from name_file(sound.path, "wav" if sound.track is None else form.family or "")
    if sound.captions and form.captions:
        yield from name_file(sound.captions, "webvtt")


def _copy_pictures(recording: Recording, container: Container) -> Iterator[str]:
    if recording.has_video:
        yield from ("-map", "0:V", "-c:v", "copy")
        # AVI doesn't say when pictures are shown that these codecs have out of order.
        if container.format == "avi" and container.codecs & {"h264", "hevc"}:
            yield from ("-c:v", "libx264", "-crf", "18", "-threads:v", _ENCODING_THREADS)
    elif container.codecs & _COVERS:
        yield from ("-map", "0:v", "-c:v", "copy")


def _copy_sound(container: Container) -> Iterator[str]:
    yield from ("-map", "0:a", "-c:a", "copy")
    yield from (f"-disposition:a:{container.default_track or 0}", "+default")


def _add_sound(form: _Format, sound: Soundtrack, track: int, disposition: str) -> Iterator[str]:
    channels, _ = _measure(sound)
    kbits = _KBITS_A_CHANNEL * channels + _KBITS_MORE
    title = _TITLES.get(primary_subtag(sound.language), _TITLES["en"])
    tags = [f"language={_write_language(sound.language)}", f"title={title}"]
    if form.family == "mov":  # of its tracks, players show what handles them
        tags.append(f"handler_name={title}")
    taken, codec = ("1:a", form.sound) if sound.track is None else (f"1:a:{sound.track}", ("copy",))
    # The rate is written into the file, copied or not.
    yield from ("-map", taken, f"-c:a:{track}", *codec, f"-b:a:{track}", f"{kbits}k")
    yield from (f"-disposition:a:{track}", disposition)
    for tag in tags:
        yield from (f"-metadata:s:a:{track}", tag)


def _add_captions(form: _Format, sound: Soundtrack) -> Iterator[str]:
    """Put in the captions, written anew: copied, their voice spans would be shown as they stand."""
    if sound.captions and form.captions:
        yield from ("-map", "2:s", "-c:s", form.captions, "-disposition:s:0", _HEARD)
        yield from ("-metadata:s:s:0", f"language={_write_language(sound.language)}")


def _write_language(tag: str) -> str:
    """Write a BCP 47 tag in ISO 639-2, which is what containers hold."""
    try:
        return Language.get(primary_subtag(tag), normalize=False).to_alpha3()
    except LookupError:
        return "und"


def _move_stamps(clock: ExtendedClock) -> str:
    """Write a filter of ffmpeg's that moves the packets' time stamps as the clock does.

    The first picture stays where it is, so that a hold at the very start has something to show; it
    is not always the first packet, of which an MP4 may leave out some.
    """
    held = _look_up(clock.moments, clock.held)
    at = "st(0,{}*TB*1000+0.5)"  # in milliseconds; the half is for what rounding takes
    later = f"N*gte(ld(0),min(DURATION*TB*1000,{_ONE_PICTURE_MS}))"
    pts, dts = (
        f"{at.format(stamp)};{stamp}+if({later},{held})/(TB*1000)" for stamp in ("PTS", "DTS")
    )
    before, after = at.format("PTS"), at.format("(PTS+DURATION)")
    duration = f"{before};st(1,{held});{after};DURATION+({held}-ld(1))/(TB*1000)"
    return f"setts={_FINE_CLOCK}:pts='{pts}':dts='{dts}':duration='{duration}'"


def _look_up(moments: Sequence[int], held: Sequence[int]) -> str:
    """Write a search for what is held by a moment: a sum of a hundred terms is refused."""
    if not moments:
        return str(held[0])
    half = len(moments) // 2
    before, after = slice(0, half), slice(half + 1, None)
    earlier = _look_up(moments[before], held[: half + 1])
    later = _look_up(moments[after], held[after])
    return f"if(gte(ld(0),{moments[half]}),{later},{earlier})"


def _move_chapters(container: Container, clock: ExtendedClock) -> str:
    """Write the recording's own chapters on the extended clock, as ffmpeg reads them."""
    lines = [";FFMETADATA1"]
    for chapter in container.chapters:
        # One ends where the next one starts, and a hold between them opens that.
        start_ms, end_ms = clock.move_end(chapter.start_ms), clock.move_end(chapter.end_ms)
        title = re.sub(r"[=;#\\\n]", r"\\\g<0>", chapter.title)
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={start_ms}", f"END={end_ms}"]
        lines.append(f"title={title}")
    return "\n".join([*lines, ""])
