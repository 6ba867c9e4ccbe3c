"""The page of a build, and what stands beside it to be played."""

from __future__ import annotations

import errno
import os
import shutil
import time
from pathlib import Path

import html5lib
import pytest
from builds import build
from synthetic_speech import Saying, Script, SpokenInterview, speak_interview
from vivavoz.scripts.batch.catalogue import plan_all
from vivavoz.scripts.freshness import is_settled
from vivavoz.scripts.plan import Plan
from vivavoz.scripts.record import locate_record, read_record
from vivavoz.source import Settings, join_tokens, read_interview, word_interview

SCRIPT = Script(
    "en",
    (
        Saying("Nora Whitfield", "Captain Brandt, do you remember the first crossing?"),
        Saying("Emil Brandt", "It was a Tuesday in March, and there was ice along the pier."),
    ),
)
TICK_S = 0.05
"""A file that changed a moment ago is looked at twice."""


@pytest.fixture(scope="module")
def spoken() -> SpokenInterview:
    return speak_interview(SCRIPT)


@pytest.fixture
def talk(tmp_path: Path, spoken: SpokenInterview) -> Path:
    """Write `talk.txt`, and `talk.wav` beside it; return the transcript."""
    transcript, _ = spoken.write(tmp_path, "talk")
    time.sleep(TICK_S)
    return transcript


def is_done(transcript: Path) -> bool:
    """Say whether the next build has nothing to do, by the times and sizes of files alone."""
    (plan,) = plan_all([transcript], Settings(), transcript.parent / "out")
    assert isinstance(plan, Plan)
    return is_settled(plan, read_record(locate_record(plan)))


def test_the_recording_has_a_second_name_and_nothing_is_read_again(talk: Path) -> None:
    built = build(talk)
    played, recording = built.folder / "recording.wav", talk.with_suffix(".wav")
    assert played.samefile(recording)
    assert is_done(talk)
    assert build(talk).told["state"] == "unchanged"
    assert build(talk, "--force").told["state"] == "built"
    assert played.samefile(recording)
    assert is_done(talk)


def test_a_recording_that_is_edited_in_place_is_no_edited_result(talk: Path) -> None:
    played = build(talk).folder / "recording.wav"
    with talk.with_suffix(".wav").open("ab") as file:
        file.write(bytes(32000))
    time.sleep(TICK_S)
    again = build(talk)
    assert again.told["state"] == "built"
    assert "kept" not in again.told
    assert played.samefile(talk.with_suffix(".wav"))
    assert is_done(talk)


def test_a_recording_that_is_replaced_is_played(talk: Path) -> None:
    played = build(talk).folder / "recording.wav"
    recording = talk.with_suffix(".wav")
    new = talk.with_name("new.wav")
    new.write_bytes(recording.read_bytes() + bytes(32000))
    new.replace(recording)
    again = build(talk)
    assert "kept" not in again.told
    assert played.samefile(recording)


def test_what_an_earlier_build_left_is_told_and_no_file_of_a_persons(talk: Path) -> None:
    folder = build(talk).folder
    for name in ("recording.notes.txt", "transcript.mine.txt"):
        (folder / name).write_text("mine", "utf-8")
    talk.with_suffix(".wav").unlink()
    for _ in range(2):
        built = build(talk, "--narration", "none", "--no-page", "--force")
        told = [
            one["message"].partition(" in the same folder is ") for one in built.told["warnings"]
        ]
        stale = "from an earlier build and does not belong to this one; delete it if you don't need"
        assert [(name, what) for name, split, what in told if split] == [
            ("index.html", f"{stale} it."),
            ("recording.wav", "the recording of an earlier build."),
        ]


def find_file_id(path: Path) -> tuple[int, int]:
    """Return what is another where a file was written again, though not where it was read."""
    found = path.stat()
    return found.st_ino, found.st_mtime_ns


def test_where_no_file_has_two_names_the_recording_is_copied_once(
    talk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    played, recording = build(talk).folder / "recording.wav", talk.with_suffix(".wav")
    copied = find_file_id(played)
    assert not played.samefile(recording)
    assert played.read_bytes() == recording.read_bytes()
    assert is_done(talk)
    talk.write_text(talk.read_text("utf-8").replace("Emil", "Emile"), "utf-8")
    assert build(talk).told["state"] == "built"
    assert find_file_id(played) == copied
    with played.open("ab") as file:
        file.write(b"mine")
    assert build(talk).told["kept"] == ["recording.wav"]


def test_a_recording_in_the_folder_of_results_stays_there(talk: Path) -> None:
    folder = talk.parent / "out" / "talk"
    folder.mkdir(parents=True)
    media = talk.with_suffix(".wav").rename(folder / "recording.wav")
    options = ("--media", str(media))
    assert build(talk, *options).told["warnings"] == build(talk, *options).told["warnings"] == []
    quiet = build(talk, *options, "--no-page", "--force")
    assert media.is_file()
    assert not quiet.list_warnings("recording.wav")


@pytest.mark.parametrize("options", [(), ("--force",)], ids=" ".join)
def test_a_recording_that_is_called_as_a_result_is_never_replaced(
    talk: Path, options: tuple[str, ...]
) -> None:
    folder = talk.parent / "out" / "talk"
    folder.mkdir(parents=True)
    media = talk.with_suffix(".wav").rename(folder / "recording.m4a")  # which no browser plays
    before = media.read_bytes()
    built = build(talk, "--media", str(media), *options)
    assert media.read_bytes() == before
    assert "move the recording" in built.told["error"]["message"]
    assert {"captions.en.vtt", "index.html"} < built.files


def test_without_a_page_there_is_none_and_nothing_that_only_it_plays(talk: Path) -> None:
    built = build(talk, "--no-page")
    assert set(built.told["outputs"]) == {"captions", "srt", "chapters", "report"}
    talk.with_suffix(".toml").write_text("page = false\n", "utf-8")
    assert "page" not in build(talk).told["outputs"]
    paged = build(talk, "--page")
    assert {"page", "recording"} < set(paged.told["outputs"])
    assert {"index.html", "recording.wav"} < paged.files


def test_what_can_not_be_played_costs_nothing_else_and_is_told(
    talk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("vivavoz.scripts.output.lend_file", fail)
    lacking = build(talk)
    assert "free some space" in lacking.told["error"]["message"]
    assert "recording" not in lacking.told["outputs"]
    assert "Tuesday" in (lacking.folder / "index.html").read_text("utf-8")
    monkeypatch.undo()
    assert "error" not in build(talk).told


def test_a_shorter_recording_leaves_the_whole_transcript_on_the_page(
    tmp_path: Path, million_miles: Path
) -> None:
    paragraphs = million_miles.read_text("utf-8").splitlines()
    answers = [text for text in paragraphs if text.startswith(("Hernández:", "Márquez"))][::2]
    part, whole = tmp_path / "part.txt", tmp_path / "whole.txt"
    part.write_text("\n\n".join(answers), "utf-8")
    shutil.copy(million_miles, whole)
    video = build(part, "--no-page", "--language", "en").folder / "narration.mp3"
    built = build(whole, "--media", str(video), "--narration", "standard")
    page = html5lib.parse((built.folder / "index.html").read_bytes(), namespaceHTMLElements=False)
    shown = " ".join("".join(page.find(".//main").itertext()).split())
    at = 0
    wording = word_interview(read_interview(whole))
    for worded in wording.parts:
        at = shown.index(join_tokens(worded.tokens)[0], at) + 1
    timed = page.findall(".//main//*[@data-t]")
    assert built.told["words"] <= len(timed) < sum(len(each.tokens) for each in wording.parts)
    media = page.find(".//main//*[@src]")
    assert media is not None
    assert media.get("src") == "recording.mp3"
