"""What the README says is so: its commands, its examples and its excerpts."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT
from vivavoz.audio import VoiceSpec, cast_voices, render_edition, speak_wording
from vivavoz.audio.ffmpeg import find_ffmpeg
from vivavoz.source import (
    Interview,
    Picture,
    TimedPart,
    Timeline,
    read_interview,
    word_interview,
)

README = (ROOT / "README.md").read_text(encoding="utf-8")
SAMPLE = ROOT / "source" / "samples" / "the-lighthouse.txt"


def find_blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


PICTURE_MS = 7000
LAST_LINE = "Lund: Who taught you that?\n"


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the first turns of the sample; its video, in which nobody speaks where the picture
    is, stands beside it.
    """
    transcript = tmp_path_factory.mktemp("video") / "talk.txt"
    beginning, line, _ = SAMPLE.read_text(encoding="utf-8").partition(LAST_LINE)
    transcript.write_text(beginning + line, encoding="utf-8")
    path = transcript.with_suffix(".mp4")
    interview = read_interview(transcript)
    said = replace(interview, parts=tuple(interview.turns()))
    reading = speak_wording(word_interview(said), cast_voices(said, VoiceSpec()))
    timeline = make_room(reading.timeline, interview)
    render_edition(reading, timeline, path.with_suffix(".mp3"))
    picture = ("-f", "lavfi", "-i", "color=s=64x48:r=5")
    coding = ("-shortest", "-c:v", "libx264", "-pix_fmt", "yuv420p", str(path))
    command = [find_ffmpeg(), "-v", "error", *picture, "-i", str(path.with_suffix(".mp3"))]
    subprocess.run([*command, *coding], check=True)
    return transcript


def make_room(timeline: Timeline, interview: Interview) -> Timeline:
    """Let whoever speaks after a picture wait for it."""
    parts = list(interview.parts)
    moved: list[TimedPart] = []
    for timed in timeline.parts:
        before = parts[: parts.index(timed.part)]
        by_ms = PICTURE_MS * sum(isinstance(part, Picture) for part in before)
        words = tuple(
            replace(word, start_ms=word.start_ms + by_ms, end_ms=word.end_ms + by_ms)
            for word in timed.words
        )
        moved.append(TimedPart(timed.part, timed.start_ms + by_ms, timed.end_ms + by_ms, words))
    return replace(timeline, parts=tuple(moved), duration_ms=moved[-1].end_ms)


@pytest.fixture
def folder(tmp_path: Path, talk: Path) -> Path:
    (tmp_path / "talks").mkdir()
    for name in ("interview.txt", "talk.txt", "talks/interview.txt"):
        shutil.copy(talk, tmp_path / name)
    shutil.copy(talk.with_suffix(".mp4"), tmp_path)
    return tmp_path


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Put a `vivavoz` first on the path, as an activated environment does."""
    program = tmp_path / "bin" / "vivavoz"
    program.parent.mkdir()
    start = "from vivavoz.scripts.command import main; main()"
    program.write_text(f"#!/bin/sh\nexec '{sys.executable}' -c '{start}' \"$@\"\n", "utf-8")
    program.chmod(0o755)
    return {**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"}


def test_the_excerpts_are_what_the_demo_makes(folder: Path, environment: dict[str, str]) -> None:
    subprocess.run(["vivavoz", "demo"], cwd=folder, env=environment, check=True)
    built = folder / "vivavoz-demo" / "the-lighthouse"
    captions, descriptions = find_blocks("vtt")
    assert captions.count("-->") > 3
    assert "-->" in descriptions
    assert (built / "captions.en.vtt").read_text(encoding="utf-8").startswith(captions.rstrip())
    assert descriptions.strip() in (built / "descriptions.en.vtt").read_text(encoding="utf-8")


def test_the_commands_run(folder: Path, environment: dict[str, str]) -> None:
    style, spoken, settings = find_blocks("toml")
    (folder / "ours.toml").write_text(style, encoding="utf-8")
    (folder / "talk.toml").write_text(spoken, encoding="utf-8")
    (folder / "talks" / "interview.toml").write_text(settings, encoding="utf-8")
    lines = [line for block in find_blocks("sh")[2:] for line in block.splitlines()]
    commands = dict.fromkeys(line.partition("#")[0].strip() for line in lines)
    assert len(commands) >= 16
    for command in commands:
        if command.startswith(("vivavoz watch", "vivavoz serve")):
            continue  # they never end by themselves; tests of their own do that
        wanted = expect_files(command)
        for built in wanted:
            shutil.rmtree(folder / built, ignore_errors=True)
        subprocess.run(command, shell=True, cwd=folder, env=environment, check=True)  # noqa: S602
        assert {built: list_files(folder / built) for built in wanted} == wanted, command


def expect_files(command: str) -> dict[str, set[str]]:
    """Return the files that one of the README's builds leaves in each folder, by its tables."""
    if not command.startswith("vivavoz build") or "--dry-run" in command:
        return {}
    always, voiced, played, described = find_tables()
    if "*.txt --out built --narration none" in command:
        return {"built/interview": always, "built/talk": always | played}
    if "--formats" in command:
        forms = {"captions.en.ttml", "captions.en.scc", "transcript.en.html"}
        return {"out/interview": always - {"captions.en.srt"} | voiced | forms}
    if " talks" in command:
        return {"talks/out/interview": always | voiced}
    if "talk.txt" not in command:
        return {"out/interview": always | voiced}
    if "--media none" in command:
        return {"out/talk": always | voiced}
    if "--narration extended" in command:
        return {"out/talk": always | played | described}
    standard = {name for name in described if not name.startswith("extended.")}
    return {"out/talk": always | played | standard}


def list_files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def find_tables() -> list[set[str]]:
    """Return the files that each of the README's tables names, for an English talk in an MP4."""
    tables = re.findall(r"(?:^\|.*\|\n)+", README, re.MULTILINE)
    return [
        {
            name.replace("<lang>", "en").replace("<ext>", "mp4")
            for cell in re.findall(r"^\|([^|]*)\|", table, re.MULTILINE)
            for name in re.findall(r"`([^`]+)`", cell)
        }
        for table in tables
    ]


def test_the_python_examples_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    shutil.copy(SAMPLE, "interview.txt")  # of which the recording has only the beginning
    scope: dict[str, object] = {}
    for block in find_blocks("python"):
        exec(compile(block, "README.md", "exec"), scope)  # noqa: S102 - our own examples
    assert (folder / "captions.vtt").read_text(encoding="utf-8").startswith("WEBVTT")
    assert (folder / "narration.mp3").stat().st_size > 100_000


def test_ci_runs_the_readmes_own_commands() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for command in find_blocks("sh")[:2]:
        assert command.strip() in script


def test_the_help_knows_every_option_and_exit_code_of_the_readme(
    environment: dict[str, str],
) -> None:
    told = {command: read_help(command, environment) for command in ("build", "check")}
    option = re.compile(r"--[a-z]+(?:-[a-z]+)*")
    helps = (*told.values(), *(read_help(other, environment) for other in ("convert", "serve")))
    known = {*option.findall(" ".join(helps)), "--help", "--nthreads"}  # the last is dask's
    assert set(option.findall(README)) <= known
    codes = dict(zip(told, re.findall(r"exit code is (.*?)\n\n", README, re.DOTALL), strict=True))
    for command, text in told.items():
        listed = text.partition("Exit codes:")[2].partition("Options:")[0]
        assert set(re.findall(r"\b\d\b", codes[command])) == set(re.findall(r"\b\d\b", listed))


def read_help(command: str, environment: dict[str, str]) -> str:
    words = ["vivavoz", command, "--help"]
    return subprocess.run(words, env=environment, check=True, capture_output=True, text=True).stdout
