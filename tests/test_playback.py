"""What browsers are given to play of a recording."""

from __future__ import annotations

import subprocess
from pathlib import Path

import av
import pytest
from vivavoz.audio.ffmpeg import find_ffmpeg
from vivavoz.audio.playback import Shown, choose_playback, choose_version, write_playback
from vivavoz.source import open_recording

INPUTS = (
    *("-f", "lavfi", "-i", "testsrc=s=64x36:r=10:d=1"),
    *("-f", "lavfi", "-i", "sine=f=440:d=1"),
)
USUAL = ("-c:v", "libx264", "-pix_fmt", "yuv420p")


def record(path: Path, *form: str) -> Path:
    """Film a second in a form of ffmpeg's; `-vn` leaves only its sound."""
    command = [find_ffmpeg(), "-v", "error", *INPUTS, *form, str(path)]
    subprocess.run(command, check=True)
    return path


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("talk.mp4", (*USUAL, "-c:a", "aac")),
        ("talk.webm", ("-c:v", "libvpx", "-c:a", "libvorbis")),
        ("TALK.MP3", ("-vn",)),
        ("talk.wav", ("-vn",)),
        ("talk.opus", ("-vn",)),
    ],
)
def test_what_every_browser_plays_stays_as_it_is(
    tmp_path: Path, name: str, form: tuple[str, ...]
) -> None:
    playback = choose_playback(open_recording(record(tmp_path / name, *form)))
    assert playback.keeps_file
    assert playback.shown is Shown.EVERYWHERE
    assert playback.ending == Path(name).suffix.lower()


@pytest.mark.parametrize(
    ("name", "form", "ending", "codecs"),
    [
        ("talk.mkv", (*USUAL, "-c:a", "aac"), ".mp4", {"h264", "aac"}),
        ("talk.mkv", ("-c:v", "libvpx", "-c:a", "libopus"), ".webm", {"vp8", "opus"}),
        ("talk.mts", (*USUAL, "-c:a", "ac3"), ".mp4", {"h264", "aac"}),
        ("talk.mov", (*USUAL, "-c:a", "pcm_s16le"), ".mp4", {"h264", "aac"}),
        ("talk.mov", ("-c:v", "prores", "-c:a", "pcm_s16le"), ".m4a", {"aac"}),
        ("talk.mpg", ("-c:v", "mpeg2video", "-c:a", "mp2", "-r", "25"), ".m4a", {"aac"}),
        ("talk.avi", ("-c:v", "mpeg4", "-c:a", "mp3"), ".m4a", {"aac"}),
        ("talk.wma", ("-vn",), ".m4a", {"aac"}),
        ("talk.aac", ("-vn",), ".m4a", {"aac"}),
    ],
)
def test_anything_else_is_made_so_and_pictures_are_copied_or_left_out(
    tmp_path: Path, name: str, form: tuple[str, ...], ending: str, codecs: set[str]
) -> None:
    recording = open_recording(record(tmp_path / name, *form))
    playback = choose_playback(recording)
    out = tmp_path / f"recording{playback.ending}"
    write_playback(recording, playback, out)
    assert (playback.ending, playback.keeps_file) == (ending, False)
    assert (playback.shown is Shown.NOWHERE) == (recording.has_video and ending == ".m4a")
    with av.open(str(out)) as container:
        assert {stream.codec_context.name for stream in container.streams} == codecs
        assert (container.duration or 0) / 1e6 == pytest.approx(1, abs=0.15)
    before = out.read_bytes()
    write_playback(recording, playback, out)
    assert out.read_bytes() == before


def test_rare_pictures_are_played_where_they_can_be(tmp_path: Path) -> None:
    film = record(tmp_path / "talk.mp4", "-c:v", "libx264", "-pix_fmt", "yuv422p10le")
    playback = choose_playback(open_recording(film))
    assert playback.keeps_file
    assert playback.shown is Shown.SOMEWHERE


def test_another_sound_track_is_heard_alone(tmp_path: Path) -> None:
    film = record(tmp_path / "talk.mov", *USUAL, *("-map", "0:v", "-map", "1:a", "-map", "1:a"))
    recording = open_recording(film)
    version = choose_version(choose_playback(recording))
    out = tmp_path / f"described{version.ending}"
    write_playback(recording, version, out, track=1)
    assert out.suffix == ".mp4"
    with av.open(str(out)) as container:
        assert [stream.type for stream in container.streams] == ["video", "audio"]
