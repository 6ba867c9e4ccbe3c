"""The delivered files: in sync, labelled, held where they should be, and whole or not there."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
import pytest
import soundfile
from av.stream import Disposition
from vivavoz.audio.describe.hold import Hold
from vivavoz.audio.describe.mux import (
    Soundtrack,
    choose_described_name,
    choose_extended_name,
    write_described,
    write_extended,
)
from vivavoz.source import (
    Recording,
    UnavailableTool,
    UnreadableSource,
    UnwritableOutput,
    open_recording,
)

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
RATE = 48000
SECONDS = 6
PICTURE = (
    *("-f", "lavfi", "-i"),
    f"nullsrc=s=64x48:r=25:d={SECONDS},geq=lum='40+30*floor(T)':cb=128:cr=128",
)
"""A grey that is lighter each second."""
X264 = ("-c:v", "libx264", "-pix_fmt", "yuv420p", "-preset", "ultrafast")
B_FRAMES = (*X264, "-bf", "3", "-x264-params", "b-adapt=0", "-g", "25")

VIDEOS = {
    "talk.mp4": (*B_FRAMES, "-c:a", "aac"),
    "talk.m4v": (*B_FRAMES, "-c:a", "aac", "-movflags", "frag_keyframe+empty_moov"),
    "talk.mov": (*B_FRAMES, "-c:a", "pcm_s16le"),
    "talk.mkv": (*B_FRAMES, "-c:a", "aac"),
    "offset.mkv": (*B_FRAMES, "-c:a", "aac", "-output_ts_offset", "3"),
    "talk.webm": ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-g", "25", "-c:a", "libopus"),
    "talk.ts": ("-c:v", "mpeg2video", "-bf", "2", "-c:a", "mp2", "-output_ts_offset", "20000"),
    "talk.avi": ("-c:v", "mpeg4", "-c:a", "libmp3lame"),
    "late.avi": (*B_FRAMES, "-c:a", "libmp3lame"),
}
CAPTIONS = """WEBVTT

NOTE
Captions

STYLE
::cue(v[voice="Ann Lee"]) { color: #ffffff; }

00:00:01.500 --> 00:00:02.500
<v Ann Lee>[Ann Lee] Salt &amp; pepper,
and nothing else.

00:00:04.000 --> 00:00:05.500
<v Ann Lee>– Why?</v>
<v Bo>– Because.</v>
"""
CHAPTERS = r""";FFMETADATA1
title=A talk
[CHAPTER]
TIMEBASE=1/1000
START=0
END=2500
title=One\; two
[CHAPTER]
TIMEBASE=1/1000
START=2500
END=6000
title=Three
"""
LINES = ["[Ann Lee] Salt & pepper,\nand nothing else.", "– Why?\n– Because."]


def ffmpeg(*words: str | Path) -> bytes:
    command = [FFMPEG, "-v", "error", "-y", *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True).stdout


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a recording in every container."""
    folder = tmp_path_factory.mktemp("media")
    soundfile.write(folder / "talk.wav", make_sound(SECONDS), RATE)
    (folder / "captions.vtt").write_text(CAPTIONS, encoding="utf-8")
    (folder / "chapters.txt").write_text(CHAPTERS, encoding="utf-8")
    inputs = (*PICTURE, "-i", folder / "talk.wav", "-i", folder / "chapters.txt")
    for name, options in VIDEOS.items():
        ffmpeg(*inputs, "-map_metadata", "2", "-map_chapters", "2", *options, folder / name)
    for name in ("talk.mp3", "talk.flac", "talk.m4a"):
        ffmpeg("-i", folder / "talk.wav", "-metadata", "title=A talk", folder / name)
    return folder


def make_sound(seconds: float) -> np.ndarray:
    """Return bursts that are like nothing else among them, so that a place is found again."""
    chance = np.random.default_rng(5)
    count = int(seconds * 10)
    pitch = np.repeat(chance.uniform(150, 2500, count), RATE // 10)
    loudness = np.repeat(chance.uniform(0, 0.3, count), RATE // 10)
    return loudness * np.sin(2 * np.pi * np.cumsum(pitch) / RATE)


@pytest.fixture
def describe(media: Path, tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes the described recording of that name."""

    def write(name: str, language: str = "es-MX") -> Path:
        recording = open_recording(media / name)
        out = tmp_path / choose_described_name(recording)
        mix = write_mix(recording, tmp_path / "mix.wav")
        write_described(recording, Soundtrack(mix, media / "captions.vtt", language), out)
        return out

    return write


def write_mix(recording: Recording, path: Path) -> Path:
    """Write the programme as it is heard on its own clock, for a described mix of the same."""
    soundfile.write(path, hear(recording.path, 0), RATE)
    return path


def hear(path: Path, track: int) -> np.ndarray:
    """Decode one sound track, each frame where its time stamp says after the file's start."""
    laid = np.zeros(RATE * (SECONDS + 12))
    resampler = av.AudioResampler("flt", "mono", RATE)
    with av.open(str(path)) as container:
        origin_s = max(container.start_time or 0, 0) / 1_000_000
        stream = container.streams.audio[track]
        place, blocks = None, []
        for frame in container.decode(stream):
            if place is None:
                place = round((float(frame.pts * frame.time_base) - origin_s) * RATE)
            frame.pts = None
            blocks += [mono.to_ndarray().ravel() for mono in resampler.resample(frame)]
    samples = np.concatenate(blocks)[max(0, -place) :]
    samples = samples[: len(laid) - max(0, place)]
    laid[max(0, place) :][: len(samples)] = samples
    return laid


def find_offset_ms(samples: np.ndarray, reference: np.ndarray) -> float:
    size = 1 << (len(samples) + len(reference)).bit_length()
    match = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(reference, size).conj(), size)
    place = int(match.argmax())
    return (place - size if place > size // 2 else place) / RATE * 1000


def see(path: Path) -> dict[float, int]:
    """Return the grey of every picture, by its time from the file's start in seconds."""
    with av.open(str(path)) as container:
        origin_s = max(container.start_time or 0, 0) / 1_000_000
        return {
            round(float(frame.pts * frame.time_base) - origin_s, 3): shade(frame)
            for frame in container.decode(container.streams.video[0])
        }


def shade(frame: av.VideoFrame) -> int:
    """Return which second of the recording a picture is from."""
    return round((float(frame.to_ndarray(format="gray").mean()) * 219 / 255 + 16 - 40) / 30)


def show_at(pictures: dict[float, int], moment_s: float) -> int:
    """Return what a player shows at a moment: the latest picture before."""
    return pictures[max(at for at in pictures if at <= moment_s)]


def read_captions(path: Path) -> list[str]:
    cues = ffmpeg("-i", path, "-map", "0:s:0", "-f", "srt", "-").decode()
    return [cue.split("\n", 2)[2] for cue in cues.replace("\r", "").strip().split("\n\n")]


def read_chapters(path: Path) -> list[tuple[str, float, float]]:
    with av.open(str(path)) as container:
        return [
            (
                chapter["metadata"]["title"],
                float(chapter["start"] * chapter["time_base"]),
                float(chapter["end"] * chapter["time_base"]),
            )
            for chapter in container.chapters()
        ]


def read_packets(path: Path, kind: str) -> list[bytes]:
    with av.open(str(path)) as container:
        stream = container.streams.video[0] if kind == "video" else container.streams.audio[0]
        return [bytes(packet) for packet in container.demux(stream) if packet.size]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *((f"talk.{extension}", extension) for extension in ("mp4", "m4v", "mov", "mkv", "webm")),
        *((f"talk.{extension}", "mkv") for extension in ("ts", "avi")),
        *((f"talk.{extension}", "m4a") for extension in ("wav", "flac", "m4a")),
        ("talk.mp3", "mp3"),
    ],
)
def test_a_container_stays_what_it_is_where_it_can(media: Path, name: str, expected: str) -> None:
    recording = open_recording(media / name)
    assert choose_described_name(recording) == f"described.{expected}"
    assert choose_extended_name(recording) == f"extended.{expected}"


def test_a_container_is_known_by_what_it_is_and_not_by_its_name(
    media: Path, tmp_path: Path
) -> None:
    named, browser = tmp_path / "named.mp4", tmp_path / "browser.webm"
    named.write_bytes((media / "talk.mkv").read_bytes())
    browser.write_bytes((media / "talk.mkv").read_bytes())
    assert choose_described_name(open_recording(named)) == "described.mkv"
    assert choose_described_name(open_recording(browser)) == "described.mkv"


@pytest.mark.parametrize("name", [name for name in VIDEOS if name != "late.avi"])
def test_what_was_recorded_is_copied_and_the_mix_keeps_time_with_it(
    media: Path, describe: Callable[..., Path], name: str
) -> None:
    out, original = describe(name), media / name
    assert read_packets(out, "video") == read_packets(original, "video")
    assert read_packets(out, "audio") == read_packets(original, "audio")
    assert abs(find_offset_ms(hear(out, 1), hear(out, 0))) < 5
    assert abs(find_offset_ms(hear(out, 0), hear(original, 0))) < 5
    assert list(see(out).values()) == list(see(original).values())
    assert np.allclose(list(see(out)), list(see(original)), atol=0.002)


@pytest.mark.parametrize("name", ["late.mp4", "late.mkv"])
def test_sound_that_begins_late_is_late_in_both_tracks(
    media: Path, tmp_path: Path, name: str
) -> None:
    late = tmp_path / name
    streams = ("-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "aac")
    ffmpeg("-i", media / "talk.mp4", "-itsoffset", "0.7", "-i", media / "talk.wav", *streams, late)
    recording, out = open_recording(late), tmp_path / f"described{late.suffix}"
    mix = write_mix(recording, tmp_path / "mix.wav")
    write_described(recording, Soundtrack(mix, None, "en"), out)
    assert abs(find_offset_ms(hear(out, 0), hear(media / "talk.wav", 0)) - 700) < 5
    assert abs(find_offset_ms(hear(out, 1), hear(out, 0))) < 5


def test_a_cut_by_an_edit_list_stays_cut(media: Path, tmp_path: Path) -> None:
    cut, out = tmp_path / "cut.mp4", tmp_path / "described.mp4"
    ffmpeg("-ss", "1.3", "-i", media / "talk.mp4", "-c", "copy", cut)
    recording = open_recording(cut)
    mix = write_mix(recording, tmp_path / "mix.wav")
    write_described(recording, Soundtrack(mix, None, "en"), out)
    assert abs(find_offset_ms(hear(out, 1), hear(out, 0))) < 5
    assert see(out) == see(cut)
    write_extended(recording, Soundtrack(mix, None, "en"), [Hold(0, 2000)], out)
    held = see(out)
    assert [show_at(held, moment_s) for moment_s in (0.1, 1.9, 2.6, 2.8)] == [1, 1, 1, 2]


@pytest.mark.parametrize("name", ["talk.mp4", "talk.m4v", "talk.mov", "talk.mkv", "talk.webm"])
def test_tracks_say_what_they_are(describe: Callable[..., Path], name: str) -> None:
    path = describe(name)
    with av.open(str(path)) as container:
        first, second = container.streams.audio
        captions = container.streams.subtitles[0]
        assert first.disposition & Disposition.default
        assert not second.disposition & Disposition.default
        assert (second.language, captions.language) == ("spa", "spa")
        titles = {second.metadata.get("title"), second.metadata.get("name")}
        assert "Audiodescripción" in titles
        flagged = second.disposition
        if name in {"talk.mp4", "talk.m4v"}:
            assert flagged & Disposition.visual_impaired
            assert flagged & Disposition.descriptions
            assert captions.disposition & Disposition.captions
        if name == "talk.mkv":
            assert flagged & Disposition.visual_impaired
        assert container.metadata["title"] == "A talk"
    assert read_chapters(path) == [("One; two", 0, 2.5), ("Three", 2.5, 6)]


@pytest.mark.parametrize("name", ["talk.mp4", "talk.mov", "talk.mkv", "talk.webm", "talk.ts"])
def test_captions_keep_their_lines_and_show_no_markup(
    describe: Callable[..., Path], name: str
) -> None:
    assert read_captions(describe(name)) == LINES


def test_a_language_without_a_code_is_undetermined(describe: Callable[..., Path]) -> None:
    with av.open(str(describe("talk.mp4", "xx"))) as container:
        assert container.streams.audio[1].language == "und"


@pytest.mark.parametrize("name", ["talk.mp3", "talk.flac", "talk.m4a", "talk.wav"])
def test_a_recording_without_pictures_becomes_the_mix(
    media: Path, describe: Callable[..., Path], name: str
) -> None:
    out = describe(name)
    with av.open(str(out)) as container:
        assert [stream.type for stream in container.streams] == ["audio"]
        assert name == "talk.wav" or container.metadata["title"] == "A talk"
    assert abs(find_offset_ms(hear(out, 0), hear(media / name, 0))) < 5


def test_a_cover_stays(media: Path, tmp_path: Path) -> None:
    covered, out = tmp_path / "covered.mp3", tmp_path / "described.mp3"
    ffmpeg(*PICTURE, "-frames:v", "1", tmp_path / "cover.png")
    inputs = ("-i", media / "talk.mp3", "-i", tmp_path / "cover.png")
    ffmpeg(*inputs, "-map", "0", "-map", "1", "-c", "copy", covered)
    sound = Soundtrack(media / "talk.wav", None, "en")
    write_described(open_recording(covered), sound, out)
    assert read_packets(out, "video") == read_packets(covered, "video")
    assert not open_recording(out).has_video


@pytest.mark.parametrize("channels", [1, 2, 6])
@pytest.mark.parametrize("name", ["talk.mp4", "talk.webm"])
def test_a_mix_keeps_its_channels(media: Path, tmp_path: Path, name: str, channels: int) -> None:
    mix, out = tmp_path / "mix.wav", tmp_path / f"described{Path(name).suffix}"
    samples = np.repeat(make_sound(2)[:, None], channels, axis=1)
    soundfile.write(mix, samples, RATE, format="RF64")
    write_described(open_recording(media / name), Soundtrack(mix, None, "en"), out)
    with av.open(str(out)) as container:
        assert container.streams.audio[1].channels == channels


HOLDS = (Hold(0, 3000), Hold(2500, 2000), Hold(4000, 1500), Hold(6000, 1000))


def move(moment_s: float, holds: tuple[Hold, ...] = HOLDS) -> float:
    held = sum(hold.duration_ms for hold in holds if hold.at_ms <= moment_s * 1000)
    return moment_s + held / 1000


@pytest.fixture
def extend(media: Path, tmp_path: Path) -> Callable[..., Path]:
    def write(name: str, holds: tuple[Hold, ...] = HOLDS) -> Path:
        recording, sound = open_recording(media / name), tmp_path / "extended.wav"
        soundfile.write(sound, make_sound(13.5), RATE)
        out = tmp_path / choose_extended_name(recording)
        write_extended(recording, Soundtrack(sound, media / "captions.vtt", "en"), holds, out)
        return out

    return write


@pytest.mark.parametrize("name", list(VIDEOS))
def test_the_picture_holds_while_a_description_speaks(
    media: Path, extend: Callable[..., Path], name: str
) -> None:
    out = extend(name)
    shown = {0.2: 0, 2.9: 0, 3.5: 0, 4.5: 1, 5.7: 2, 7.3: 2, 7.8: 2, 8.5: 3}
    shown |= {9.2: 3, 10.3: 3, 11.0: 4, 12.0: 5, 13.2: 5}
    pictures = see(out)
    assert {at: show_at(pictures, at) for at in shown} == shown
    assert list(pictures) == sorted(pictures)
    assert abs(len(pictures) - len(see(media / name))) <= (name == "late.avi")


@pytest.mark.parametrize("name", ["talk.mp4", "talk.mkv", "talk.webm"])
def test_holding_moves_pictures_and_changes_none(
    media: Path, extend: Callable[..., Path], name: str
) -> None:
    out = extend(name)
    assert read_packets(out, "video") == read_packets(media / name, "video")
    first_s, *others_s = see(media / name)
    moved_s = [first_s, *map(move, others_s)]
    assert np.allclose(list(see(out)), moved_s, atol=0.0015)
    with av.open(str(out)) as container:
        assert abs(container.duration / 1_000_000 - 13.5) < 0.05


def test_an_extended_edition_has_one_sound_and_chapters_on_its_own_clock(
    extend: Callable[..., Path],
) -> None:
    out = extend("talk.mp4")
    assert abs(find_offset_ms(hear(out, 0), make_sound(13.5))) < 5
    assert read_captions(out) == LINES
    with av.open(str(out)) as container:
        (sound,) = container.streams.audio
        assert sound.disposition & Disposition.default
        assert sound.disposition & Disposition.descriptions
    assert read_chapters(out) == [("One; two", 0, 5.5), ("Three", 5.5, 12.5)]


def test_sound_alone_is_extended_too(extend: Callable[..., Path]) -> None:
    assert abs(find_offset_ms(hear(extend("talk.mp3"), 0), make_sound(13.5))) < 5


def test_a_thousand_holds_are_no_trouble(extend: Callable[..., Path]) -> None:
    holds = tuple(Hold(at_ms, 7) for at_ms in range(3, 6000, 6))
    assert max(see(extend("talk.mp4", holds))) == pytest.approx(move(5.96, holds), abs=0.002)


@pytest.mark.parametrize("name", ["talk.mp4", "talk.mkv", "talk.webm", "talk.mp3", "late.avi"])
def test_the_same_input_gives_the_same_bytes(
    describe: Callable[..., Path], extend: Callable[..., Path], name: str
) -> None:
    for write in (describe, extend):
        first = write(name).read_bytes()
        assert write(name).read_bytes() == first


@pytest.mark.parametrize("name", ["-y.mp4", "concat:a|b.mp4", "100%d.mp4", "two\nlines.mp4"])
def test_a_name_is_only_a_name(
    media: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes((media / "talk.mp4").read_bytes())
    Path("mix:1.wav").write_bytes((media / "talk.wav").read_bytes())
    out = Path("file:out.mp4")
    write_described(open_recording(name), Soundtrack(Path("mix:1.wav"), None, "en"), out)
    assert open_recording(out).tracks == 2


@pytest.fixture
def long_work(media: Path, tmp_path: Path) -> Callable[..., None]:
    """Return a function that begins a work long enough to be stopped in its midst."""
    sound = tmp_path / "long.wav"
    chance = np.random.default_rng(0)
    soundfile.write(sound, chance.uniform(-0.5, 0.5, (RATE * 120, 2)), RATE)

    def write(progress: Callable[[float], None]) -> None:
        recording = open_recording(media / "talk.mp4")
        track = Soundtrack(sound, None, "en")
        write_described(recording, track, tmp_path / "described.mp4", progress=progress)

    return write


def list_children() -> list[int]:
    tasks = Path("/proc/self/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


needs_proc = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="finds ffmpeg among the children in /proc"
)


def test_progress_goes_from_nothing_to_all(long_work: Callable[..., None]) -> None:
    told: list[float] = []
    long_work(told.append)
    assert told == sorted(told)
    assert len(told) >= 3
    assert 0 <= told[0] < 0.7
    assert told[-1] == pytest.approx(1, abs=0.01)


@needs_proc
def test_an_ffmpeg_that_is_killed_leaves_no_half_file(
    long_work: Callable[..., None], tmp_path: Path
) -> None:
    def kill(_: float) -> None:
        for child in list_children():
            os.kill(child, signal.SIGKILL)

    with pytest.raises(UnavailableTool, match=r"ended before it was done.*try again\.$"):
        long_work(kill)
    assert [path.name for path in tmp_path.iterdir()] == ["long.wav"]


@needs_proc
def test_a_stop_ends_ffmpeg_and_leaves_nothing(
    long_work: Callable[..., None], tmp_path: Path
) -> None:
    children: list[int] = []

    def stop(_: float) -> None:
        children.extend(list_children())
        signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        long_work(stop)
    assert children
    assert not set(children) & set(list_children())
    assert [path.name for path in tmp_path.iterdir()] == ["long.wav"]


def test_no_room_is_said_so(long_work: Callable[..., None], tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(UnwritableOutput, match="free some space"):
            long_work(lambda _: None)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [path.name for path in tmp_path.iterdir()] == ["long.wav"]


def test_a_folder_that_is_not_there_is_said_so(media: Path, tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "described.mp4"
    recording, sound = (
        open_recording(media / "talk.mp4"),
        Soundtrack(media / "talk.wav", None, "en"),
    )
    with pytest.raises(UnwritableOutput, match="another folder"):
        write_described(recording, sound, out)
    with pytest.raises(UnwritableOutput, match="another folder"):
        write_extended(recording, sound, HOLDS, out)


@pytest.mark.parametrize("content", [None, b"", b"junk" * 99])
def test_a_sound_that_is_none_is_said_so(
    media: Path, tmp_path: Path, content: bytes | None
) -> None:
    sound = Soundtrack(tmp_path / "mix.wav", None, "en")
    if content is not None:
        sound.path.write_bytes(content)
    recording = open_recording(media / "talk.mp4")
    with pytest.raises(UnreadableSource, match=r"mix\.wav: .*can't be read .*build again\.$"):
        write_described(recording, sound, tmp_path / "described.mp4")
    with pytest.raises(UnreadableSource, match=r"mix\.wav: "):
        write_extended(recording, sound, HOLDS, tmp_path / "extended.mp4")
    assert {path.name for path in tmp_path.iterdir()} <= {"mix.wav"}


def test_a_recording_that_is_gone_is_said_so(media: Path, tmp_path: Path) -> None:
    passing = tmp_path / "talk.mp4"
    passing.write_bytes((media / "talk.mp4").read_bytes())
    recording = open_recording(passing)
    passing.unlink()
    with pytest.raises(UnreadableSource):
        write_described(
            recording, Soundtrack(media / "talk.wav", None, "en"), tmp_path / "described.mp4"
        )
