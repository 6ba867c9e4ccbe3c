"""Delivered files are the same every time, and whole or not there."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from containers import HOLDS, RATE, describe, extend
from vivavoz.audio.describe.mux import Soundtrack, write_described, write_extended
from vivavoz.source import UnavailableTool, UnreadableSource, UnwritableOutput, open_recording

Media = Callable[[str], Path]


@pytest.mark.parametrize("name", ["talk.mp4", "talk.mkv", "talk.webm", "talk.mp3", "late.avi"])
def test_the_same_input_gives_the_same_bytes(media: Media, tmp_path: Path, name: str) -> None:
    for write in (describe, extend):
        first = write(media(name), tmp_path).read_bytes()
        assert write(media(name), tmp_path).read_bytes() == first


@pytest.mark.parametrize("name", ["-y.mp4", "concat:a|b.mp4", "100%d.mp4", "two\nlines.mp4"])
def test_a_name_is_only_a_name(
    media: Media, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes((media("talk.mp4")).read_bytes())
    Path("mix:1.wav").write_bytes((media("talk.wav")).read_bytes())
    out = Path("file:out.mp4")
    write_described(open_recording(name), Soundtrack(Path("mix:1.wav"), None, "en"), out)
    assert open_recording(out).tracks == 2


@pytest.fixture
def long_work(media: Media, tmp_path: Path) -> Callable[..., None]:
    """Return a function that begins a work long enough to be stopped in its midst."""
    sound = tmp_path / "long.wav"
    chance = np.random.default_rng(0)
    soundfile.write(sound, chance.uniform(-0.5, 0.5, (RATE * 120, 2)), RATE)

    def write(progress: Callable[[float], None]) -> None:
        recording = open_recording(media("talk.mp4"))
        track = Soundtrack(sound, None, "en")
        write_described(recording, track, tmp_path / "described.mp4", progress=progress)

    return write


def list_children() -> set[int]:
    tasks = Path("/proc/self/task").glob("*/children")
    return {int(child) for task in tasks for child in task.read_text().split()}


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
    others = list_children()  # the browser of other tests, for one

    def kill(_: float) -> None:
        for child in list_children() - others:
            os.kill(child, signal.SIGKILL)

    with pytest.raises(UnavailableTool, match=r"ended before it was done.*try again\.$"):
        long_work(kill)
    assert [path.name for path in tmp_path.iterdir()] == ["long.wav"]


@needs_proc
def test_a_stop_ends_ffmpeg_and_leaves_nothing(
    long_work: Callable[..., None], tmp_path: Path
) -> None:
    others, children = list_children(), set[int]()

    def stop(_: float) -> None:
        children.update(list_children() - others)
        signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        long_work(stop)
    assert children
    assert not children & list_children()
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


def test_a_folder_that_is_not_there_is_said_so(media: Media, tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "described.mp4"
    recording, sound = (
        open_recording(media("talk.mp4")),
        Soundtrack(media("talk.wav"), None, "en"),
    )
    with pytest.raises(UnwritableOutput, match="another folder"):
        write_described(recording, sound, out)
    with pytest.raises(UnwritableOutput, match="another folder"):
        write_extended(recording, sound, HOLDS, out)


@pytest.mark.parametrize("content", [None, b"", b"junk" * 99])
def test_a_sound_that_is_none_is_said_so(
    media: Media, tmp_path: Path, content: bytes | None
) -> None:
    sound = Soundtrack(tmp_path / "mix.wav", None, "en")
    if content is not None:
        sound.path.write_bytes(content)
    recording = open_recording(media("talk.mp4"))
    with pytest.raises(UnreadableSource, match=r"mix\.wav: .*can't be read .*build again\.$"):
        write_described(recording, sound, tmp_path / "described.mp4")
    with pytest.raises(UnreadableSource, match=r"mix\.wav: "):
        write_extended(recording, sound, HOLDS, tmp_path / "extended.mp4")
    assert {path.name for path in tmp_path.iterdir()} <= {"mix.wav"}


def test_a_recording_that_is_gone_is_said_so(media: Media, tmp_path: Path) -> None:
    passing = tmp_path / "talk.mp4"
    passing.write_bytes((media("talk.mp4")).read_bytes())
    recording = open_recording(passing)
    passing.unlink()
    with pytest.raises(UnreadableSource):
        write_described(
            recording, Soundtrack(media("talk.wav"), None, "en"), tmp_path / "described.mp4"
        )
