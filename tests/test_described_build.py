"""`vivavoz build` with a recording and pictures: what is heard, and what comes of a failure."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
import webvtt
from synthetic_speech import Saying, Script, SpokenInterview, add_noise, speak_interview
from vivavoz.audio.describe.dapt import check_dapt, read_dapt
from vivavoz.audio.ffmpeg import find_ffmpeg

RUN = [sys.executable, "-c", "from vivavoz.scripts.command import main; main()"]
SCRIPT = Script(
    "en",
    (
        Saying("Nora Whitfield", "Captain Brandt, do you remember the first crossing?"),
        Saying("Emil Brandt", "It was a Tuesday in March, and there was ice along the pier."),
        Saying("Nora Whitfield", "Who taught you to read the water?"),
        Saying("Emil Brandt", "A woman who mended nets on the north shore taught me everything."),
    ),
)
FITTING = "An old ferry lies at a snowy pier."
LONG = (
    "A woman with a grey plait sits on an upturned boat and mends a net, her feet in the wet sand, "
    "while two children in yellow coats look on from a wall, and behind them the whole harbour "
    "lies in the first light of a cold and windless morning."
)
PAUSES_MS = (5200, 5600)


@pytest.fixture(scope="module")
def spoken() -> SpokenInterview:
    return add_noise(speak_interview(SCRIPT, pauses_ms=PAUSES_MS), 45)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def write_talk(folder: Path, spoken: SpokenInterview, pictures: dict[int, str]) -> Path:
    """Write `talk.txt` with pictures before some turns, and `talk.mp4` beside it."""
    lines: list[str] = []
    for turn, line in enumerate(spoken.script.transcript.splitlines()):
        if turn in pictures:
            lines.append(f"[Picture: {pictures[turn]}]")
        lines.append(line)
    _, wave = spoken.write(folder, "sound")
    transcript = folder / "talk.txt"
    transcript.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    source = f"testsrc=s=160x90:r=10:d={spoken.duration_ms / 1000}"
    command = [find_ffmpeg(), "-v", "error", "-y", "-f", "lavfi", "-i", source, "-i", str(wave)]
    form = ["-c:v", "mpeg4", "-ar", "48000", "-ac", "2", "-c:a", "aac", "-b:a", "192k"]
    subprocess.run([*command, *form, str(folder / "talk.mp4")], check=True)
    return transcript


def run(
    *words: str | Path, cwd: Path, cache: Path, code: int = 0, **changes: str
) -> subprocess.CompletedProcess[str]:
    ran = subprocess.run(
        [*RUN, *map(str, words)],
        cwd=cwd,
        env={**os.environ, "VIVAVOZ_CACHE": str(cache), **changes},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == code, ran.stderr
    assert "Traceback" not in ran.stderr
    return ran


@pytest.fixture(scope="module")
def built(
    tmp_path_factory: pytest.TempPathFactory, spoken: SpokenInterview, cache: Path
) -> tuple[Path, dict[str, str]]:
    """Build a talk with a picture that fits and one that does not, at −20 LUFS."""
    folder = tmp_path_factory.mktemp("talk")
    talk = write_talk(folder, spoken, {1: FITTING, 2: f"{LONG} ", 3: FITTING})
    ran = run("build", talk, "--json", "--loudness", "-20", cwd=folder, cache=cache)
    return folder / "out" / "talk", json.loads(ran.stdout)


def measure(path: Path, track: int = 0) -> tuple[float, float]:
    """Return loudness and true peak as ffmpeg's ebur128 measures them."""
    told = subprocess.run(
        [
            *(find_ffmpeg(), "-hide_banner", "-i", str(path), "-map", f"0:a:{track}"),
            *("-af", "ebur128=peak=true", "-f", "null", "-"),
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    summary = told[told.rindex("Summary:") :]
    found = re.search(r"I:\s+(\S+) LUFS[\s\S]*Peak:\s+(\S+) dBFS", summary)
    assert found
    return float(found[1]), float(found[2])


def test_every_file_is_there(built: tuple[Path, dict[str, str]]) -> None:
    folder, told = built
    assert set(told["outputs"]) == {
        *("captions", "chapters", "descriptions", "report", "narration", "described", "script"),
        *("extended", "extended_captions", "extended_chapters"),
    }
    assert {path.name for path in folder.iterdir()} == {
        *("captions.en.vtt", "chapters.en.vtt", "descriptions.en.vtt", "report.json"),
        *("narration.flac", "described.mp4", "descriptions.en.dapt.xml", "extended.mp4"),
        *("extended.captions.en.vtt", "extended.chapters.en.vtt"),
    }


def test_the_report_explains_each_description(built: tuple[Path, dict[str, str]]) -> None:
    narration = json.loads((built[0] / "report.json").read_text(encoding="utf-8"))["narration"]
    first, second, third = narration["descriptions"]
    assert [one["step"] for one in (first, second, third)] == ["usual", "extended", "usual"]
    assert first["text"] == FITTING
    assert first["gap"]["start_ms"] + 200 <= first["start_ms"]
    assert first["end_ms"] <= first["gap"]["end_ms"] - 200
    assert "there is room for" in first["why"]
    assert second["extended"]["hold_ms"] > 10_000
    assert third["words_per_minute"] == 160


def test_nobody_is_talked_over(built: tuple[Path, dict[str, str]], spoken: SpokenInterview) -> None:
    stem, rate = soundfile.read(built[0] / "narration.flac", dtype="int16")
    assert rate == 48_000
    assert len(stem) / 48 == pytest.approx(spoken.duration_ms, abs=60)
    assert np.abs(stem).max() > 1000
    for word in spoken.words:
        if word.start_ms is not None and word.end_ms is not None:
            assert not stem[48 * word.start_ms : 48 * word.end_ms].any()


def test_the_described_track_is_flagged_and_as_loud_as_asked(
    built: tuple[Path, dict[str, str]],
) -> None:
    with av.open(str(built[0] / "described.mp4")) as container:
        original, described = container.streams.audio
        assert original.disposition & av.stream.Disposition.default
        assert described.disposition & av.stream.Disposition.visual_impaired
        assert described.metadata["language"] == "eng"
        assert len(container.streams.subtitles) == 1
    lufs, peak = measure(built[0] / "described.mp4", 1)
    assert lufs == pytest.approx(-20, abs=0.2)
    assert peak <= -0.9  # AAC may pass the limit by a little


def test_the_extended_edition_keeps_its_own_time(
    built: tuple[Path, dict[str, str]], spoken: SpokenInterview
) -> None:
    folder, _ = built
    narration = json.loads((folder / "report.json").read_text(encoding="utf-8"))["narration"]
    held_ms = sum(one["extended"]["hold_ms"] for one in narration["descriptions"])
    with av.open(str(folder / "extended.mp4")) as container:
        assert container.duration
        assert container.duration / 1000 == pytest.approx(spoken.duration_ms + held_ms, abs=150)
    plain, extended = (
        webvtt.read(str(folder / name)).captions
        for name in ("captions.en.vtt", "extended.captions.en.vtt")
    )
    assert extended[0].start == plain[0].start
    moved_s = extended[-1].start_in_seconds - plain[-1].start_in_seconds
    assert moved_s == pytest.approx(held_ms / 1000, abs=1.01)


def test_the_tracks_and_the_script_agree(built: tuple[Path, dict[str, str]]) -> None:
    folder, _ = built
    narration = json.loads((folder / "report.json").read_text(encoding="utf-8"))["narration"]
    cues = webvtt.read(str(folder / "descriptions.en.vtt")).captions
    assert [" ".join(cue.text.split()) for cue in cues] == [FITTING, LONG, FITTING]
    first = narration["descriptions"][0]
    assert cues[0].start_in_seconds == first["start_ms"] // 1000
    path = folder / "descriptions.en.dapt.xml"
    assert check_dapt(path.read_bytes()) == ()
    script = read_dapt(path)
    assert [event.text for event in script.events] == [FITTING, LONG, FITTING]
    assert script.events[0].start_ms == first["start_ms"]
    assert [event.hold is not None for event in script.events] == [False, True, False]


def test_the_same_words_again_are_pointed_out(built: tuple[Path, dict[str, str]]) -> None:
    messages = [warning["message"] for warning in built[1]["warnings"]]
    assert not [message for message in messages if "says nothing" in message]


def test_the_same_build_gives_the_same_bytes(
    built: tuple[Path, dict[str, str]], cache: Path, tmp_path: Path
) -> None:
    talk = built[0].parents[1]
    run(
        *("build", "talk.txt", "--loudness", "-20", "--out", tmp_path / "again"),
        cwd=talk,
        cache=cache,
    )
    for path in sorted(built[0].iterdir()):
        assert path.read_bytes() == (tmp_path / "again" / "talk" / path.name).read_bytes(), path


def test_a_second_picture_with_the_same_words_is_pointed_out(
    tmp_path: Path, spoken: SpokenInterview, cache: Path
) -> None:
    talk = write_talk(tmp_path, spoken, {1: FITTING, 2: FITTING})
    ran = run("build", talk, "--narration", "standard", "--json", cwd=tmp_path, cache=cache)
    warnings = json.loads(ran.stdout)["warnings"]
    assert [one["line"] for one in warnings if "says nothing" in one["message"]] == [7]


def test_standard_leaves_out_what_has_no_time_and_says_so(
    tmp_path: Path, spoken: SpokenInterview, cache: Path
) -> None:
    talk = write_talk(tmp_path, spoken, {1: FITTING, 2: LONG})
    ran = run("build", talk, "--narration", "standard", "--json", cwd=tmp_path, cache=cache)
    told = json.loads(ran.stdout)
    assert "extended" not in told["outputs"]
    assert any("no time to speak this description" in one["message"] for one in told["warnings"])


def test_a_sound_file_gets_a_described_sound_file(
    tmp_path: Path, spoken: SpokenInterview, cache: Path
) -> None:
    talk = write_talk(tmp_path, spoken, {1: FITTING})
    ran = run("build", talk, "--media", "sound.wav", "--json", cwd=tmp_path, cache=cache)
    described = tmp_path / json.loads(ran.stdout)["outputs"]["described"]
    assert described.name == "described.m4a"
    with av.open(str(described)) as container:
        assert len(container.streams.audio) == 1


def test_a_video_without_sound_gets_captions_and_a_sentence(
    tmp_path: Path, spoken: SpokenInterview, cache: Path
) -> None:
    talk = write_talk(tmp_path, spoken, {1: FITTING})
    command = [find_ffmpeg(), "-v", "error", "-i", "talk.mp4", "-an", "-c", "copy", "mute.mp4"]
    subprocess.run(command, cwd=tmp_path, check=True)
    ran = run("build", talk, "--media", "mute.mp4", "--json", cwd=tmp_path, cache=cache, code=3)
    told = json.loads(ran.stdout)
    assert told["clock"] == "estimate"
    assert "no sound" in told["error"]["message"]
    assert (tmp_path / told["outputs"]["captions"]).is_file()
    assert ran.stderr.count("\n") == 1


def test_without_pictures_nothing_is_described(
    tmp_path: Path, spoken: SpokenInterview, cache: Path
) -> None:
    talk = write_talk(tmp_path, spoken, {})
    told = json.loads(run("build", talk, "--json", cwd=tmp_path, cache=cache).stdout)
    assert set(told["outputs"]) == {"captions", "chapters", "report"}
    assert told["warnings"] == []
    asked = run("build", talk, "--narration", "extended", "--json", cwd=tmp_path, cache=cache)
    (warning,) = json.loads(asked.stdout)["warnings"]
    assert "no picture" in warning["message"]


def test_ffmpeg_killed_half_way_costs_what_it_was_making(
    tmp_path: Path, spoken: SpokenInterview, cache: Path
) -> None:
    talk = write_talk(tmp_path, spoken, {1: FITTING})
    deadly = tmp_path / "ffmpeg"
    deadly.write_text("#!/bin/sh\nkill -9 $$\n", encoding="utf-8")
    deadly.chmod(0o755)
    ran = run(
        *("build", talk, "--json"),
        cwd=tmp_path,
        cache=cache,
        code=4,
        IMAGEIO_FFMPEG_EXE=str(deadly),
    )
    told = json.loads(ran.stdout)
    assert "ended before it was done" in told["error"]["message"]
    assert set(told["outputs"]) == {"captions", "chapters", "descriptions", "report"}
    assert {path.name for path in (tmp_path / "out" / "talk").iterdir()} == {
        *("captions.en.vtt", "chapters.en.vtt", "descriptions.en.vtt", "report.json")
    }


@pytest.mark.skipif(not shutil.which("prlimit"), reason="there is no prlimit to fill a disk with")
def test_a_full_disk_costs_what_has_no_room(
    tmp_path: Path, spoken: SpokenInterview, cache: Path
) -> None:
    talk = write_talk(tmp_path, spoken, {1: FITTING})
    ran = subprocess.run(
        ["prlimit", "--fsize=400000", *RUN, "build", str(talk), "--json"],
        cwd=tmp_path,
        env={**os.environ, "VIVAVOZ_CACHE": str(cache)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1, ran.stderr
    assert "free some space" in json.loads(ran.stdout)["error"]["message"]
    assert (tmp_path / "out" / "talk" / "captions.en.vtt").is_file()
    assert not [path for path in (tmp_path / "out" / "talk").iterdir() if path.is_dir()]


def test_stopping_leaves_nothing_half_done(
    tmp_path: Path, spoken: SpokenInterview, cache: Path
) -> None:
    talk = write_talk(tmp_path, spoken, {1: FITTING})
    process = subprocess.Popen(
        [*RUN, "build", str(talk)],
        cwd=tmp_path,
        env={**os.environ, "VIVAVOZ_CACHE": str(cache)},
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
