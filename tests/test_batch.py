"""Many interviews: whatever happens to one of them, the others are built, and all is said."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from builds import RUN, run
from deadly_voices import install_deadly_voices
from hypothesis import given
from hypothesis import strategies as st
from processes import list_family, wait_for_ends
from talks import CAPTIONS, TRANSCRIPT, write_all
from vivavoz.scripts.batch import attempt
from vivavoz.scripts.batch.attempt import attempt_job
from vivavoz.scripts.batch.board import Board, Slip, put_up_board
from vivavoz.scripts.batch.catalogue import plan_all
from vivavoz.scripts.batch.dispatch import do_all
from vivavoz.scripts.batch.display import Display
from vivavoz.scripts.batch.job import Job
from vivavoz.scripts.batch.outcome import Outcome, State
from vivavoz.scripts.batch.pool import open_workers
from vivavoz.scripts.batch.progress import Kind, TimeLeft
from vivavoz.scripts.batch.summary import Summary
from vivavoz.source import Edition, Settings, UnreadableSource

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")


def plan_job(folder: Path) -> Job:
    """Write a transcript, and plan its captions."""
    (name,) = write_all(folder, 1)
    (plan,) = plan_all([folder / name], Settings(narration=Edition.NONE), folder / "out")
    assert not hasattr(plan, "error")
    return Job(plan)  # type: ignore[arg-type]


@POSIX
def test_a_worker_that_dies_takes_down_its_own_interview_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_deadly_voices(tmp_path / "site")
    paths = [str(tmp_path / "site"), os.environ.get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, paths)))
    names = write_all(tmp_path, 6)
    for name, word in ((names[1], "always"), (names[3], "once")):
        (tmp_path / name).write_text(f"Anna: Will it {word} end?\n\nBen: Yes.\n", encoding="utf-8")
    words = ["build", *names, "--voice", "deadly", "--language", "en"]
    ran = run(*words, cwd=tmp_path, code=1)
    assert f"failed               1  {names[1]}: The process that built it ended" in ran.stdout
    assert "the last time while it was speaking" in ran.stderr
    assert "SIGSEGV" in ran.stderr
    assert f"second attempt       1  {names[3]}" in ran.stdout
    assert "built                5" in ran.stdout
    assert len(list(tmp_path.glob("out/*/narration.mp3"))) == 5
    assert not list(tmp_path.glob("out/.vivavoz/board-*"))
    again = run(*words, "--json", cwd=tmp_path, code=1).stdout.splitlines()
    assert [json.loads(line)["state"] for line in again].count("unchanged") == 5


def test_a_defect_is_one_interviews_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> Outcome:
        raise KeyError("gone")

    job = plan_job(tmp_path)
    monkeypatch.setattr(attempt, "do_job", break_down)
    outcome = attempt_job(job, tmp_path / "0")
    assert outcome.state is State.FAILED
    assert outcome.failure is not None
    assert outcome.failure.exit_code == 1
    assert "(KeyError: 'gone'); please report it with" in str(outcome.failure)
    (told,) = (tmp_path / "out" / ".vivavoz" / "defects").iterdir()
    assert "in break_down" in told.read_text(encoding="utf-8")
    assert str(told) in outcome.failure.message


def test_what_can_not_be_sent_is_a_defect_and_no_death(tmp_path: Path) -> None:
    job = plan_job(tmp_path)
    sealed = replace(job, plan=replace(job.plan, speakers=(lambda: None,)))  # type: ignore[arg-type]
    board = Board(tmp_path)
    with open_workers(1) as crew:
        outcomes = list(do_all([job, sealed], crew, board))
    built, failed = sorted(outcomes, key=lambda each: each.state)
    assert built.state is State.BUILT
    assert failed.failure is not None
    assert "Vivavoz broke down at this interview (" in failed.failure.message
    assert "pickle" in failed.failure.message
    assert "ended" not in failed.failure.message


def test_a_stop_ends_all_workers_and_says_how_to_go_on(tmp_path: Path) -> None:
    names = [*write_all(tmp_path, 2), "large-1.txt", "large-2.txt"]
    for name in names[2:]:
        (tmp_path / name).write_text(TRANSCRIPT * 2000, encoding="utf-8")
    command = [*RUN, "build", *names, "--jobs", "2", "--language", "en", "--json"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        assert process.stdout.readline()
        time.sleep(0.5)
        family = list_family(process.pid)
        began_s = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=10)
    assert time.monotonic() - began_s < 4
    assert process.returncode == 130
    assert "2 of 4 interviews are done; the same command does the rest." in told
    assert told.strip().count("\n") == 0
    assert {path.name for path in (tmp_path / "out").glob("[!.]*")} == {"talk-00", "talk-01"}
    assert not list(tmp_path.glob("out/.vivavoz/board-*"))
    wait_for_ends(family, 5)


def test_a_killed_commands_board_is_taken_down_by_the_next(tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_text(TRANSCRIPT * 2000, encoding="utf-8")
    with subprocess.Popen([*RUN, "build", "large.txt", "--language", "en"], cwd=tmp_path) as build:
        end_s = time.monotonic() + 20
        while not list(tmp_path.glob("out/.vivavoz/board-*/0")):
            assert time.monotonic() < end_s
            time.sleep(0.02)
        with put_up_board(tmp_path / "out") as ours:
            boards = [path for path in ours.folder.parent.glob("board-*") if path.is_dir()]
            assert len(boards) == 2, "one that is in use stays"
        build.kill()
    assert list(tmp_path.glob("out/.vivavoz/board-*"))
    with put_up_board(tmp_path / "out") as ours:
        assert [path for path in ours.folder.parent.glob("board-*") if path.is_dir()] == [
            ours.folder
        ]
    assert not list(tmp_path.glob("out/.vivavoz/board-*"))


def test_each_of_several_has_a_line_and_all_a_summary(tmp_path: Path) -> None:
    names = write_all(tmp_path, 3)
    (tmp_path / names[0]).write_text(" \n", encoding="utf-8")
    ran = run("build", *names, *CAPTIONS, cwd=tmp_path, code=1)
    built, others = ran.stdout.splitlines()[:2], ran.stdout.splitlines()[2:]
    assert sorted(line.split(":")[0] for line in built) == ["out/talk-01", "out/talk-02"]
    assert others[:3] == [
        "built                2",
        "unchanged            0",
        f"failed               1  {names[0]}: The transcript is blank; there is nothing to build.",
    ]
    assert others[3].startswith("3 interviews in ")
    assert (
        ran.stderr == f"vivavoz: {names[0]}: The transcript is blank; there is nothing to build.\n"
    )
    again = run("build", *names[1:], *CAPTIONS, cwd=tmp_path)
    assert again.stdout.splitlines()[:2] == ["built                0", "unchanged            2"]


def test_a_results_folder_that_is_none_fails_its_own_interviews(tmp_path: Path) -> None:
    for name in ("bad", "good"):
        (tmp_path / name).mkdir()
        write_all(tmp_path / name, 2)
    (tmp_path / "bad" / "out").touch()
    ran = run("build", "bad", "good", *CAPTIONS, cwd=tmp_path, code=1)
    assert "built                2" in ran.stdout
    assert "failed               2" in ran.stdout
    assert ran.stderr.count("bad/out: The results can't be written here (File exists)") == 2
    assert len(list(tmp_path.glob("good/out/*/captions.en.vtt"))) == 2
    alone = run("build", "bad", *CAPTIONS, cwd=tmp_path, code=2)
    assert alone.stderr == "vivavoz: bad/out: This is a file; name a folder with --out.\n"


def test_a_single_one_is_told_in_full_and_needs_no_worker(tmp_path: Path) -> None:
    (name,) = write_all(tmp_path, 1)
    told = run("build", name, *CAPTIONS, cwd=tmp_path).stdout
    files = "captions.en.vtt, captions.en.srt, chapters.en.vtt, index.html, report.json"
    assert told.splitlines()[1].strip() == files
    assert "interviews in" not in told
    again = run("build", name, *CAPTIONS, cwd=tmp_path).stdout
    assert again == f"{name}: nothing has changed since it was built.\n"


def test_warnings_of_several_are_counted(tmp_path: Path) -> None:
    names = write_all(tmp_path, 2)
    run("build", *names, *CAPTIONS, cwd=tmp_path)
    told = run("build", *names, "--narration", "none", "--language", "es", cwd=tmp_path)
    assert told.stderr == ""
    assert "built                2  6 warnings: see report.json in each folder" in told.stdout
    assert told.stdout.splitlines()[0].endswith(", 3 warnings")


def test_a_summary_names_what_a_person_should_look_at(tmp_path: Path) -> None:
    summary = Summary(4)
    done = Outcome(tmp_path / "a.txt", State.BUILT, summary="a", kept=("captions.en.vtt",))
    summary.count(done)
    summary.count(replace(done, transcript=tmp_path / "b.txt", attempts=2, kept=()))
    failure = UnreadableSource("It is \x1b[2Jgone.")
    summary.count(Outcome(tmp_path / "c.txt", State.FAILED, failure=failure))
    waiting = {"unapplied": {"d.txt": 1, "d.es.txt": 2}}
    summary.count(Outcome(tmp_path / "d.txt", State.UNCHANGED, waiting))
    waits = f"{tmp_path}/d.txt: 1\n{tmp_path}/d.es.txt: 2\n`vivavoz edits` says why"
    assert list(summary.list_rows()) == [
        ("built", 2, ""),
        ("unchanged", 1, ""),
        ("failed", 1, f"{tmp_path}/c.txt: It is \N{REPLACEMENT CHARACTER}[2Jgone."),
        ("second attempt", 1, f"{tmp_path}/b.txt"),
        ("kept", 1, f"{tmp_path}/a.txt: captions.en.vtt was edited"),
        ("edits waiting", 3, waits),
    ]
    assert summary.codes == {0, 3}
    assert summary.describe()["failed"] == 1


def test_a_summary_of_a_thousand_failures_stays_short(tmp_path: Path) -> None:
    summary = Summary(1000)
    for number in range(1000):
        failure = UnreadableSource("It is gone.")
        summary.count(Outcome(tmp_path / f"{number}.txt", State.FAILED, failure=failure))
    (told,) = [names for what, _, names in summary.list_rows() if what == "failed"]
    assert told.splitlines()[-1] == "and 980 more, named above"
    assert len(told.splitlines()) == 21


def test_json_ends_with_a_summary_where_it_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for sums_up in (False, True):
        with Display(1, as_json=True, sums_up=sums_up) as display:
            display.show(Outcome(tmp_path / "a.txt", State.UNCHANGED, {"interview": "a.txt"}))
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert lines[0] == {"interview": "a.txt", "state": "unchanged"}
        assert [set(line) for line in lines[1:]] == [{"summary"}] * sums_up


def test_names_steer_no_terminal(tmp_path: Path) -> None:
    name = "\x1b]0;mine\x07.txt"
    names = [*write_all(tmp_path, 1), name]
    (tmp_path / name).write_text(" \n", encoding="utf-8")
    ran = run("build", *names, *CAPTIONS, cwd=tmp_path, code=1)
    assert "\x1b" not in ran.stdout + ran.stderr
    assert "\x07" not in ran.stdout + ran.stderr


def test_the_board_tells_what_is_done_and_how_often_it_was_begun(tmp_path: Path) -> None:
    board = Board(tmp_path)
    for _ in range(2):
        slip = Slip(board.place(7))
        slip.begin()
        slip.write("reading")
        slip.write("speaking 1/9")
        slip.write("speaking 2/9")  # a moment later: nobody reads that fast
    (tmp_path / ".nfs0001").touch()  # what a network's file system leaves of a file still open
    assert list(board.read(9)) == [(7, "speaking 1/9")]
    assert slip.read().attempt == 2
    slip.remove()
    assert not list(board.read(9))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the time on a clock that goes when it is told to."""
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def test_the_time_left_is_told_once_each_kind_is_known(tmp_path: Path, clock: list[float]) -> None:
    captions = plan_job(tmp_path)
    timed = replace(captions, plan=replace(captions.plan, media=tmp_path / "talk.mp3"))
    left = TimeLeft([captions] * 10 + [timed] * 2, workers=2)
    assert left.estimate(2) is None
    clock[0] += 5
    for _ in range(4):
        left.count(Kind.CAPTIONED, 1000)
    assert left.estimate(2) is None
    left.count(Kind.TIMED, 60_000)
    # Six of a second and one of a minute, two of the seven begun, on two workers.
    assert left.estimate(2) == pytest.approx(66 / 2 * (1 - 1 / 7))


@given(st.lists(st.integers(0, 5000), min_size=3, max_size=30))
def test_the_time_left_never_jumps(took: Sequence[int]) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        now_s = 100.0
        patch.setattr(time, "monotonic", lambda: now_s)
        left = TimeLeft([plan_job(Path(folder))] * len(took), workers=1)
        now_s += 5
        told: list[float] = []
        for each in took[:-1]:
            now_s += 0.25
            left.count(Kind.CAPTIONED, each)
            estimate = left.estimate(1)
            assert estimate is not None
            told.append(estimate)
    most_s = 5 * len(took)
    assert all(abs(after - before) <= 0.25 + most_s * 0.025 for before, after in pairwise(told))
