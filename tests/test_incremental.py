"""A second build does what has changed, and nothing that was there is lost on the way."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from builds import RUN, build, run
from vivavoz.scripts.batch.catalogue import plan_all
from vivavoz.scripts.freshness import is_settled
from vivavoz.scripts.ingredient import ALWAYS, TRANSLATION
from vivavoz.scripts.plan import Plan
from vivavoz.scripts.record import locate_record, read_record
from vivavoz.source import Edition, Settings

Write = Callable[..., Path]

TRANSCRIPT = """Anna: What do you hear at night?

Ben: The sea, and the wind in the wires.

Anna: And in the morning?

Ben: Only the gulls.
"""
QUIET = ("--narration", "none")
DIE_AT = """
import os, signal, sys
from pathlib import Path

left, replace = int(sys.argv.pop(1)), Path.replace

def replace_or_die(self, target):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return replace(self, target)

Path.replace = replace_or_die
from vivavoz.scripts.command import main
main()
"""
"""The command, in a process that is killed when it is about to move a file for the nth time."""

EDIT_MEANWHILE = """
import sys
from pathlib import Path
from vivavoz.scripts import output
from vivavoz.scripts.command import main

voiced, place = Path(sys.argv.pop(1)), output.flush_files

def edit_and_place(paths):
    with voiced.open("ab") as file:
        file.write(b"mine")
    place(paths)

output.flush_files = edit_and_place
main()
"""
"""The command, while somebody adds to a result that the build leaves as it is."""


def stand(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Return how every file below a folder stands."""
    return {
        str(path.relative_to(folder)): (
            path.stat().st_ino,
            path.stat().st_mtime_ns,
            path.read_bytes(),
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def read_all(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every result in a folder, hidden ones too."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def foresee(transcript: Path, *options: str) -> list[str]:
    """Return the reasons that a dry run gives."""
    return build(transcript, *QUIET, "--dry-run", *options).told["reasons"]


def test_what_has_not_changed_is_not_touched(write: Write) -> None:
    transcript = write(TRANSCRIPT)
    time.sleep(0.05)  # a file that changed a moment ago is looked at twice
    first = build(transcript, *QUIET)
    before = stand(first.folder.parent)
    second = build(transcript, *QUIET)
    assert (first.told["state"], second.told["state"]) == ("built", "unchanged")
    assert stand(first.folder.parent) == before
    assert {**second.told, "state": ""} == {**first.told, "state": ""}


def test_a_changed_transcript_is_built_though_its_size_and_time_are_the_same(write: Write) -> None:
    transcript = write(TRANSCRIPT)
    build(transcript, *QUIET)
    status = transcript.stat()
    write(TRANSCRIPT.replace("gulls", "geese"))
    os.utime(transcript, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert foresee(transcript) == ["the transcript changed"]
    built = build(transcript, *QUIET)
    assert built.told["state"] == "built"
    assert "geese" in (built.folder / "captions.en.vtt").read_text(encoding="utf-8")


def test_a_transcript_that_was_only_saved_again_is_not_built(write: Write) -> None:
    transcript = write(TRANSCRIPT)
    before = stand(build(transcript, *QUIET).folder)
    write(TRANSCRIPT)
    again = build(transcript, *QUIET)
    assert again.told["state"] == "unchanged"
    assert stand(again.folder) == before


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--style", "bbc"), "the style changed from netflix to bbc"),
        (("--language", "es"), "the language changed from detected to es"),
        (("--editorial", "drop"), "the editorial policy changed from unwrap to drop"),
        (("--narration", "auto"), "the narration changed from none to auto"),
    ],
)
def test_a_changed_option_is_a_reason(write: Write, options: tuple[str, str], reason: str) -> None:
    transcript = write(TRANSCRIPT)
    build(transcript, *QUIET)
    assert reason in foresee(transcript, *options)


def test_a_dry_run_writes_nothing(write: Write, tmp_path: Path) -> None:
    transcript = write(TRANSCRIPT)
    assert foresee(transcript) == ["it was never built"]
    assert list(tmp_path.iterdir()) == [transcript]


def test_a_result_that_is_gone_is_made_again(write: Write) -> None:
    transcript = write(TRANSCRIPT)
    (build(transcript, *QUIET).folder / "chapters.en.vtt").unlink()
    assert foresee(transcript) == ["chapters.en.vtt is not there"]
    assert "chapters.en.vtt" in build(transcript, *QUIET).files


def test_what_a_person_edited_is_kept_and_named_until_force(write: Write) -> None:
    transcript = write(TRANSCRIPT)
    chapters = build(transcript, *QUIET).folder / "chapters.en.vtt"
    edited = chapters.read_text(encoding="utf-8").replace("What do you hear", "What is it")
    chapters.write_text(edited, encoding="utf-8")
    kept = build(transcript, *QUIET)
    assert (kept.told["state"], kept.told["kept"]) == ("unchanged", ["chapters.en.vtt"])
    write(TRANSCRIPT.replace("morning", "evening"))
    for _ in range(2):  # it is a person's still when it was kept once
        kept = build(transcript, *QUIET)
        assert kept.told["kept"] == ["chapters.en.vtt"]
        assert chapters.read_text(encoding="utf-8") == edited
    forced = build(transcript, *QUIET, "--force")
    assert "kept" not in forced.told
    assert "evening" in chapters.read_text(encoding="utf-8")


def test_a_file_that_somebody_else_put_there_is_kept(write: Write) -> None:
    transcript = write(TRANSCRIPT)
    own = transcript.parent / "out" / "interview" / "captions.en.vtt"
    own.parent.mkdir(parents=True)
    own.write_text("WEBVTT\n\nmine\n", encoding="utf-8")
    assert build(transcript, *QUIET).told["kept"] == [own.name]
    assert own.read_text(encoding="utf-8") == "WEBVTT\n\nmine\n"


def test_an_edit_that_is_taken_back_is_none(write: Write) -> None:
    transcript = write(TRANSCRIPT)
    chapters = build(transcript, *QUIET).folder / "chapters.en.vtt"
    made = chapters.read_bytes()
    chapters.write_bytes(made + b"\n")
    build(transcript, *QUIET)
    chapters.write_bytes(made)
    assert "kept" not in build(transcript, *QUIET).told


def test_a_result_that_comes_back_after_another_kind_of_build_is_our_own(write: Write) -> None:
    transcript = write("Photo: A lamp.\n\n" + TRANSCRIPT)
    build(transcript, *QUIET)
    write(TRANSCRIPT)
    build(transcript, *QUIET)  # it has no picture now
    write("Photo: A lighthouse.\n\n" + TRANSCRIPT)
    assert "kept" not in build(transcript, *QUIET).told


@pytest.mark.parametrize("moment", range(1, 9))
def test_a_build_that_is_killed_loses_nothing_and_the_next_finishes(
    write: Write, tmp_path: Path, moment: int
) -> None:
    transcript = write(TRANSCRIPT)
    old = read_all(build(transcript, *QUIET).folder)
    write(TRANSCRIPT.replace("gulls", "geese").replace("Ben", "Benjamin"))
    words = ["build", str(transcript), "--out", str(tmp_path / "out"), *QUIET]
    command = [RUN[0], "-c", DIE_AT, str(moment), *words]
    killed = subprocess.run(command, check=False).returncode
    between = read_all(tmp_path / "out" / "interview")
    finished = build(transcript, *QUIET)
    new = read_all(finished.folder)
    assert killed == -signal.SIGKILL
    assert set(between) == set(old)
    assert all(between[name] in {old[name], new[name]} for name in between)
    assert "kept" not in finished.told
    assert b"Benjamin" in new["captions.en.vtt"]
    assert finished.files == set(new)  # nothing hidden is left
    assert foresee(transcript) == []


def test_what_a_killed_build_moved_is_no_persons_whatever_changes_next(
    write: Write, tmp_path: Path
) -> None:
    transcript = write(TRANSCRIPT)
    build(transcript, *QUIET)
    write(TRANSCRIPT.replace("gulls", "geese"))
    words = ["build", str(transcript), "--out", str(tmp_path / "out"), *QUIET]
    subprocess.run([RUN[0], "-c", DIE_AT, "5", *words], check=False)
    write(TRANSCRIPT.replace("gulls", "terns"))
    finished = build(transcript, *QUIET)
    assert "kept" not in finished.told
    assert "terns" in (finished.folder / "captions.en.vtt").read_text(encoding="utf-8")


def test_what_a_killed_build_left_is_told_and_stays_our_own(write: Write, tmp_path: Path) -> None:
    transcript = write(TRANSCRIPT)
    build(transcript, *QUIET)
    write(TRANSCRIPT.replace("gulls", "geese"))
    more = (*QUIET, "--formats", "imsc,srt,vtt")
    words = ["build", str(transcript), "--out", str(tmp_path / "out"), *more]
    subprocess.run([RUN[0], "-c", DIE_AT, "5", *words], check=False)
    left = "captions.en.ttml"
    assert (tmp_path / "out" / "interview" / left).exists()
    assert build(transcript, *QUIET).list_warnings(f"{left} in the same folder is from an earlier")
    write(TRANSCRIPT.replace("gulls", "terns"))
    assert "kept" not in build(transcript, *more).told


def test_what_a_person_edits_while_it_is_built_is_kept(write: Write, tmp_path: Path) -> None:
    transcript = write(TRANSCRIPT)
    voiced = build(transcript).folder / "narration.mp3"
    edited = [sys.executable, "-c", EDIT_MEANWHILE, str(voiced), "build", str(transcript)]
    options = ["--out", str(tmp_path / "out"), "--style", "bbc"]
    subprocess.run([*edited, *options], check=True)
    assert voiced.read_bytes().endswith(b"mine")
    write(TRANSCRIPT.replace("gulls", "geese"))
    assert "narration.mp3" in build(transcript, "--style", "bbc").told["kept"]
    assert voiced.read_bytes().endswith(b"mine")


def test_an_edited_result_is_not_read_again_and_again(write: Write) -> None:
    transcript = write(TRANSCRIPT)
    chapters = build(transcript, *QUIET).folder / "chapters.en.vtt"
    chapters.write_bytes(chapters.read_bytes() + b"\n")
    time.sleep(0.05)
    build(transcript, *QUIET)
    (plan,) = plan_all([transcript], Settings(narration=Edition.NONE), transcript.parent / "out")
    assert isinstance(plan, Plan)
    assert is_settled(plan, read_record(locate_record(plan)))
    assert build(transcript, *QUIET).told["kept"] == ["chapters.en.vtt"]


def test_it_does_not_matter_where_one_stands(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(TRANSCRIPT)
    run("build", tmp_path, *QUIET, cwd=tmp_path)
    monkeypatch.chdir(tmp_path)
    for named in (Path(), Path("..", tmp_path.name)):
        (plan,) = plan_all([named], Settings(narration=Edition.NONE))
        assert isinstance(plan, Plan)
        assert is_settled(plan, read_record(locate_record(plan)))


def test_what_a_killed_build_left_is_cleared_though_nothing_has_changed(write: Write) -> None:
    transcript = write(TRANSCRIPT)
    built = build(transcript, *QUIET)
    left = built.folder / ".building-0"
    left.mkdir()
    (left / "programme.wav").write_bytes(b"RIFF")
    transcript.touch()
    assert build(transcript, *QUIET).told["state"] == "unchanged"
    assert not left.exists()


def test_other_golden_files_mean_another_number_of_a_step() -> None:
    golden = sorted(Path(__file__).with_name("golden").glob("the-lighthouse*/*"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in golden)).hexdigest()
    numbers = {step.name: step.number for step in (*ALWAYS, TRANSLATION)}
    # Where what is built has changed, the step that changed it is counted up: else what was built
    # before would be taken for up to date. Then both are written here.
    assert (digest[:16], numbers) == (
        "ca518660792e8cc9",
        {
            "reading": 4,
            "timing": 1,
            "captions": 2,
            "report": 1,
            "page": 1,
            "translation": 2,
        },
    )


def test_two_builds_at_once_give_what_one_gives(write: Write, tmp_path: Path) -> None:
    transcript = write(TRANSCRIPT * 30)
    command = [*RUN, "build", str(transcript), "--json", *QUIET]
    builds = [
        subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    states = [json.loads(each.communicate(timeout=60)[0])["state"] for each in builds]
    assert sorted(states) == ["built", "unchanged"]
    assert {path.name for path in (tmp_path / "out" / "interview").iterdir()} == {
        *("captions.en.vtt", "captions.en.srt", "chapters.en.vtt", "report.json", "index.html"),
    }


def test_a_disk_that_is_full_leaves_what_was_there(write: Write, tmp_path: Path) -> None:
    transcript = write(TRANSCRIPT)
    before = stand(build(transcript, *QUIET).folder.parent)
    write(TRANSCRIPT * 400)
    ran = subprocess.run(
        [*RUN, "build", str(transcript), *QUIET],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)),
    )
    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1
    assert "free some space" in ran.stderr
    assert stand(tmp_path / "out") == before
    assert build(transcript, *QUIET).told["state"] == "built"


def test_a_record_that_is_damaged_makes_no_file_a_persons(write: Write, tmp_path: Path) -> None:
    transcript = write(TRANSCRIPT)
    build(transcript, *QUIET)
    record = tmp_path / "out" / ".vivavoz" / "records" / "interview.json"
    record.write_bytes(record.read_bytes()[:100])
    again = build(transcript, *QUIET)
    assert again.told["state"] == "built"
    assert "kept" not in again.told  # what is the same to the byte is nobody's edit
    assert read_record(record).outputs


def test_a_build_that_lacked_something_is_tried_again(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    transcript = write(TRANSCRIPT)
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", "false")
    run("build", transcript, cwd=tmp_path, code=4)
    assert (tmp_path / "out" / "interview" / "captions.en.vtt").is_file()
    (reason,) = build(transcript, "--dry-run").told["reasons"]
    assert reason.startswith("something was missing: ffmpeg")
    monkeypatch.delenv("IMAGEIO_FFMPEG_EXE")
    run("build", transcript, cwd=tmp_path)
    assert build(transcript, "--dry-run").told["reasons"] == []
