"""`vivavoz build` with a recording and pictures: what comes of a failure or a stop."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from builds import RUN, build
from pictured_talk import FITTING, LONG, write_talk
from vivavoz.audio.ffmpeg import find_ffmpeg

TEXTS = {
    *("captions.en.vtt", "captions.en.srt", "chapters.en.vtt", "descriptions.en.vtt"),
    *("report.json", "index.html", "recording.mp4"),
}
FADING = """
from vivavoz.audio import Cast
from vivavoz.audio.speak.espeak import EspeakVoice
from vivavoz.source import UnavailableTool


class Fading(EspeakVoice):
    def speak(self, utterance):
        if "plait" in utterance.text:
            raise UnavailableTool("The voice is gone; try again tomorrow.")
        return super().speak(utterance)


def check_choice(choice):
    pass


def cast_speakers(language, choice, speakers):
    return Cast(Fading("en-us"), {})


def list_voices(language):
    return []
"""


@pytest.fixture
def fading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install a voice that dies as it comes to the long picture."""
    (tmp_path / "fading.py").write_text(FADING, encoding="utf-8")
    information = tmp_path / "fading-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: fading\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text("[vivavoz.voices]\nfading = fading\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield
    sys.modules.pop("fading", None)


@pytest.mark.usefixtures("fading")
def test_a_voice_that_dies_costs_what_is_spoken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    built = build(write_talk(tmp_path, {1: FITTING, 2: LONG}), "--narrator", "fading")
    assert built.code == built.told["error"]["exit_code"] == 4
    assert "The voice is gone" in built.told["error"]["message"]
    report = json.loads((built.folder / "report.json").read_text(encoding="utf-8"))
    assert built.told["error"]["file"] == str(tmp_path / "talk.txt")
    assert report["error"] == {**built.told["error"], "file": "talk.txt"}
    assert built.told["clock"] == "recording"
    assert built.files == TEXTS
    assert capsys.readouterr().err.count("\n") == 1


def test_a_video_without_sound_gets_captions_and_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    talk = write_talk(tmp_path, {1: FITTING})
    command = [find_ffmpeg(), "-v", "error", "-i", "talk.mp4", "-an", "-c", "copy", "mute.mp4"]
    subprocess.run(command, cwd=tmp_path, check=True)
    built = build(talk, "--media", str(tmp_path / "mute.mp4"))
    assert built.code == 3
    assert built.told["clock"] == "estimate"
    assert "no sound" in built.told["error"]["message"]
    assert Path(built.told["outputs"]["captions"]).is_file()
    assert capsys.readouterr().err.count("\n") == 1


def test_ffmpeg_killed_half_way_costs_what_it_was_making(tmp_path: Path) -> None:
    talk = write_talk(tmp_path, {1: FITTING})
    deadly = tmp_path / "ffmpeg"
    deadly.write_text("#!/bin/sh\nkill -9 $$\n", encoding="utf-8")
    deadly.chmod(0o755)
    ran = subprocess.run(
        [*RUN, "build", str(talk), "--json"],
        cwd=tmp_path,
        env={**os.environ, "IMAGEIO_FFMPEG_EXE": str(deadly)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 4, ran.stderr
    assert "Traceback" not in ran.stderr
    told = json.loads(ran.stdout)
    assert "ended before it was done" in told["error"]["message"]
    assert set(told["outputs"]) == {
        *("captions", "srt", "chapters", "descriptions", "recording", "page", "report")
    }
    assert {path.name for path in (tmp_path / "out" / "talk").iterdir()} == TEXTS


@pytest.mark.skipif(not shutil.which("prlimit"), reason="there is no prlimit to fill a disk with")
def test_a_full_disk_costs_what_has_no_room(tmp_path: Path) -> None:
    talk = write_talk(tmp_path, {1: FITTING})
    ran = subprocess.run(
        ["prlimit", "--fsize=400000", *RUN, "build", str(talk), "--json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1, ran.stderr
    assert "Traceback" not in ran.stderr
    assert "free some space" in json.loads(ran.stdout)["error"]["message"]
    assert (tmp_path / "out" / "talk" / "captions.en.vtt").is_file()
    assert not [path for path in (tmp_path / "out" / "talk").iterdir() if path.is_dir()]


def test_stopping_leaves_nothing_half_done(tmp_path: Path) -> None:
    talk = write_talk(tmp_path, {1: FITTING})
    process = subprocess.Popen(
        [*RUN, "build", str(talk)],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    staging = tmp_path / "out" / "talk"
    deadline = time.monotonic() + 60
    while not list(staging.glob(".building-*/mix-*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 128 + signal.SIGTERM, said
    assert said.count("\n") == 1
    assert not staging.exists()
