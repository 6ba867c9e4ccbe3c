"""The command as people and scripts run it: real files, and real processes where they matter."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import webvtt
from builds import RUN, build, run
from conftest import ROOT
from vivavoz.scripts.output import check_folder
from vivavoz.source import UnwritableOutput

Write = Callable[..., Path]
SAMPLE = ROOT / "source" / "samples" / "the-lighthouse.txt"
TRANSCRIPT = "Anna: Hello there, Ben. How are you?\n\nBen: Fine [laughs], thank you.\n"


def test_json_has_one_object_a_line_and_nothing_else(write: Write, tmp_path: Path) -> None:
    text = TRANSCRIPT.replace("you.", "you — …")
    first, second = write(text, "one.txt"), write(text, "two.txt")
    ran = run("build", first, second, "--narration", "none", "--json", cwd=tmp_path)
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    assert {line["interview"] for line in lines} == {str(first), str(second)}
    for line in lines:
        assert set(line) == {
            *("interview", "outputs", "clock", "media", "language", "speakers", "cues", "words"),
            *("findings", "duration_ms", "warnings", "state"),
        }
        assert set(line["outputs"]) == {"captions", "srt", "chapters", "page", "report"}
        assert line["clock"] == "estimate"
        assert line["words"] == 9
        assert line["findings"] == 0
        assert line["media"] is None
        assert line["speakers"] == [
            {"name": "Anna", "role": "interviewer"},
            {"name": "Ben", "role": "guest"},
        ]
        assert all((tmp_path / path).is_file() for path in line["outputs"].values())
    assert ran.stderr == ""


def test_a_voiced_build_makes_everything_and_repeats_to_the_byte(tmp_path: Path) -> None:
    made = []
    for out in ("a", "b"):
        ran = run("build", SAMPLE, "--out", out, "--json", cwd=tmp_path)
        result = json.loads(ran.stdout)
        assert result["clock"] == "voices"
        assert set(result["outputs"]) == {
            *("captions", "srt", "descriptions", "chapters", "narration", "page", "report"),
        }
        folder = tmp_path / out / "the-lighthouse"
        files = {path.name: path.read_bytes() for path in folder.iterdir()}
        assert set(files) == {Path(path).name for path in result["outputs"].values()}
        made.append(files)
    assert made[0] == made[1]


def test_read_lists_every_part_with_its_line(tmp_path: Path) -> None:
    told = json.loads(run("read", SAMPLE, "--json", cwd=tmp_path).stdout)
    assert told["title"] == "The last lamp on the coast"
    assert {part["kind"] for part in told["parts"]} == {"front", "picture", "turn", "sound"}
    assert set(told["parts"][0]) == {"kind", "speaker", "text", "line", "start_ms"}
    lines = [part["line"] for part in told["parts"]]
    assert lines == sorted(lines)
    listing = run("read", SAMPLE, cwd=tmp_path).stdout
    assert "   16 [sound]: wind howling" in listing
    assert not list(tmp_path.iterdir())


def test_the_demo_says_what_to_open(tmp_path: Path) -> None:
    told = run("demo", cwd=tmp_path).stdout
    (name,) = re.findall(r"vivavoz-demo/\S+\.html", told)
    assert name.endswith("/index.html")
    assert (tmp_path / name).stat().st_size > 0
    assert (tmp_path / "vivavoz-demo" / SAMPLE.name).read_bytes() == SAMPLE.read_bytes()


def test_the_demo_keeps_a_sample_that_was_changed(tmp_path: Path) -> None:
    sample = tmp_path / "vivavoz-demo" / SAMPLE.name
    sample.parent.mkdir()
    sample.write_text("Lund: May I try?\n\nCarballo: Yes.\n", encoding="utf-8")
    run("demo", cwd=tmp_path)
    captions = sample.with_suffix("") / "captions.en.vtt"
    assert "May I try?" in captions.read_text(encoding="utf-8")


def test_one_that_fails_does_not_stop_the_rest(write: Write, tmp_path: Path) -> None:
    good, bad = write(TRANSCRIPT, "good.txt"), write("  \n", "bad.txt")
    ran = run("build", bad, good, "--narration", "none", "--json", cwd=tmp_path, code=1)
    told = {one["interview"]: one for one in map(json.loads, ran.stdout.splitlines())}
    failed, done = told[str(bad)], told[str(good)]  # each is told of as it ends
    assert failed["error"]["exit_code"] == 3
    assert (tmp_path / done["outputs"]["captions"]).is_file()
    assert ran.stderr.count("\n") == 1
    assert str(bad) in ran.stderr
    assert not (tmp_path / "out" / "bad").exists()


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["build", "missing.txt"], 3, "no such file"),
        (["build", "empty"], 2, "no transcript in this folder"),
        (["read", "missing.txt"], 3, "no such file"),
        (["build"], 2, "Missing argument 'TRANSCRIPTS...'. See `vivavoz build --help`."),
        (["align", "-dash.txt", "x.mp4"], 2, "No such option: -d. A file whose name begins with a"),
        (["bild"], 2, "No such command 'bild'. See `vivavoz --help`."),
        (["build", "x.txt", "--narration", "loud"], 2, "--narration"),
        (["build", "x.txt", "--style", "nowhere"], 2, "netflix"),
        (["build", "x.txt", "--voice", "nobody"], 2, "espeak"),
        (["build", "x.txt", "--language", "!"], 2, "language tag"),
        (["build", "x.txt", "--out", "ok.txt"], 2, "ok.txt: This is a file; name a folder"),
        (["build", "x.txt", "--out", "ok.txt/deep"], 2, "ok.txt: This is a file; name a folder"),
        (["voices", "--language", "tlh-xx"], 4, "no voice"),
        (["build", "ok.txt", "--language", "zu"], 4, "--narration none"),
        (["build", "ok.txt", "--voice", "espeak:martian"], 4, "martian"),
    ],
)
def test_failures_are_one_sentence_and_an_exit_code(
    write: Write, tmp_path: Path, words: list[str], code: int, sentence: str
) -> None:
    write(TRANSCRIPT, "ok.txt")
    (tmp_path / "empty").mkdir()
    ran = run(*words, cwd=tmp_path, code=code)
    assert sentence in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert ran.stdout == ""
    assert not (tmp_path / "out").exists()


def test_what_somebody_says_can_never_break_a_caption_file(write: Write) -> None:
    hostile = [
        *("WEBVTT", "NOTE this", "STYLE", "REGION", "00:00:01.000 --> 00:00:02.000", "-->"),
        *("<script>alert(1)</script> & <v Bob>", "&lt;b&gt; &amp;", "w" * 5000, "{1:2} ]]>"),
    ]
    path = write("".join(f"Anna: {text}\nBen: Yes, yes.\n" for text in hostile))
    built = build(path, "--narration", "none", "--language", "en")
    file = Path(built.told["outputs"]["captions"])
    text = file.read_text(encoding="utf-8")
    assert "<script" not in text
    assert len(re.findall(r"-->", text)) == len(webvtt.read(str(file)).captions)


def test_no_name_leads_out_of_the_folder(write: Write, tmp_path: Path) -> None:
    names = ("...txt", "....", ".txt")
    for name in names:
        write(TRANSCRIPT, name)
    run("build", "--narration", "none", "--out", "deep/out", "--", *names, cwd=tmp_path)
    assert not list(tmp_path.glob("*.vtt")) + list(tmp_path.glob("deep/*.vtt"))
    assert len(list(tmp_path.glob("deep/out/*/captions.en.vtt"))) == 3


def test_odd_names_are_only_names(write: Write, tmp_path: Path) -> None:
    names = ("--help.txt", 'ein "Name" & mehr.txt', "😀.txt", ".txt", "-")
    paths = [write(TRANSCRIPT, name) for name in names]
    run("build", "--narration", "none", "--", *names, cwd=tmp_path)
    for path in paths:
        assert (tmp_path / "out" / path.stem / "captions.en.vtt").is_file()


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere"
)
def test_a_read_only_folder_is_reported(write: Write, tmp_path: Path) -> None:
    path = write(TRANSCRIPT)
    (tmp_path / "out").mkdir(mode=0o500)
    ran = run("build", path, "--narration", "none", cwd=tmp_path, code=1)
    assert "--out" in ran.stderr


def test_a_file_in_the_way_is_reported_and_kept(write: Write, tmp_path: Path) -> None:
    path = write(TRANSCRIPT)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "interview").write_text("mine", encoding="utf-8")
    ran = run("build", path, "--narration", "none", cwd=tmp_path, code=1)
    assert "--out" in ran.stderr
    assert (tmp_path / "out" / "interview").read_text(encoding="utf-8") == "mine"


def test_what_can_not_be_written_is_known_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "missing").write_text("mine", encoding="utf-8")
    run("build", "missing.txt", cwd=tmp_path, code=1)
    check_folder(tmp_path / "new" / "deep")
    assert not (tmp_path / "new").exists()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(UnwritableOutput, match="--out"):
        check_folder(tmp_path / "new" / "deep")


def test_a_full_disk_leaves_what_was_there(write: Write, tmp_path: Path) -> None:
    path = write(TRANSCRIPT * 400)
    folder = build(path, "--narration", "none").folder
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    limited = ["bash", "-c", 'ulimit -f 8; exec "$@"', "-", *RUN, "build", str(path)]
    ran = subprocess.run(
        [*limited, "--editorial", "keep", "--narration", "none", "--language", "en"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1, ran.stderr
    assert "free some space" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_a_stale_narration_is_reported(write: Write) -> None:
    path = write(TRANSCRIPT)
    assert not build(path).list_warnings("narration.mp3")
    assert build(path, "--narration", "none").list_warnings("narration.mp3")


@pytest.mark.parametrize(
    ("number", "delay_s"), [(signal.SIGINT, 0.0), (signal.SIGINT, 0.9), (signal.SIGTERM, 0.3)]
)
def test_a_stop_ends_quickly_and_leaves_nothing_half(
    write: Write, tmp_path: Path, number: signal.Signals, delay_s: float
) -> None:
    small, large = write(TRANSCRIPT, "small.txt"), write(TRANSCRIPT * 3000, "large.txt")
    process = subprocess.Popen(
        [*RUN, "build", "--json", str(small), str(large)],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline()  # the small one is done, the large one begins
    time.sleep(delay_s)
    process.send_signal(number)
    _, told = process.communicate(timeout=10)
    assert process.returncode == 128 + number
    assert "Traceback" not in told
    assert "ignored" not in told
    assert not (tmp_path / "out" / "large").exists()
    assert (tmp_path / "out" / "small" / "narration.mp3").is_file()


STOPPED = """
import signal, sys
from vivavoz.scripts import command

def main(**_):
    try:
        signal.raise_signal(int(sys.argv[1]))
    except BaseException as stop:
        raise SystemError("a kernel returned a result with an exception set") from stop

command.vivavoz.main = main
command.main()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_as_compiled_code_returns_is_a_stop(number: signal.Signals) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", STOPPED, str(int(number))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 128 + number
    assert ran.stderr.startswith("Stopped.")
    assert ran.stderr.count("\n") == 1


def test_what_a_killed_build_left_is_cleared_away(write: Write, tmp_path: Path) -> None:
    path = write(TRANSCRIPT)
    left = tmp_path / "out" / "interview" / ".building-4194305"
    left.mkdir(parents=True)
    (left / "narration.mp3").write_bytes(b"half")
    build(path, "--narration", "none")
    assert not left.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("words", ["--help", "voices", "read interview.txt --json"])
def test_output_that_can_not_be_written_is_reported(
    write: Write, tmp_path: Path, words: str
) -> None:
    write(TRANSCRIPT)
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ran = subprocess.run(
            [*RUN, *words.split()],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ran.returncode == 1
    assert ran.stderr.startswith("vivavoz: The output can't be written")
    assert ran.stderr.count("\n") == 1


def test_closed_streams_and_an_empty_environment_are_no_hindrance(
    write: Write, tmp_path: Path
) -> None:
    write(TRANSCRIPT)
    keep = {key: value for key, value in os.environ.items() if key == "PYTHONPATH"}
    command = " ".join(f"'{word}'" for word in RUN)
    subprocess.run(
        ["/bin/sh", "-c", f"unset PATH; exec {command} build interview.txt >&- 2>&-"],
        cwd=tmp_path,
        env=keep,
        check=True,
    )
    assert (tmp_path / "out" / "interview" / "narration.mp3").is_file()


def test_a_name_that_is_no_text_is_only_a_name(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / name).write_text(TRANSCRIPT, encoding="utf-8")
    ran = run("build", "--narration", "none", "--json", name, cwd=tmp_path)
    assert json.loads(ran.stdout)["cues"] == 2
    assert len(list((tmp_path / "out").glob("*/report.json"))) == 1


def test_a_description_in_the_words_of_the_one_before_is_pointed_out(
    write: Write, tmp_path: Path
) -> None:
    path = write(f"Photo: A red door.\n\n{TRANSCRIPT}\nPhoto: A red door!\n")
    warnings = json.loads(run("build", path, "--json", cwd=tmp_path).stdout)["warnings"]
    (line,) = [one["line"] for one in warnings if "says nothing" in one["message"]]
    assert path.read_text(encoding="utf-8").splitlines()[line - 1] == "Photo: A red door!"


def test_a_failure_names_its_file(write: Write, tmp_path: Path) -> None:
    path = write(TRANSCRIPT)
    assert str(path) in run("build", path, "--language", "zu", cwd=tmp_path, code=4).stderr


def test_tracks_of_an_earlier_build_are_reported(write: Write) -> None:
    path = write(f"{TRANSCRIPT}\nPhoto: Two people.\n")
    build(path, "--narration", "none")
    write(TRANSCRIPT)
    told = build(path, "--narration", "none", "--language", "es").told
    stale = [warning["message"] for warning in told["warnings"]]
    assert {message.split()[0] for message in stale} == {
        *("captions.en.vtt", "captions.en.srt", "descriptions.en.vtt", "chapters.en.vtt"),
    }


@pytest.mark.parametrize("words", ["voices", "read interview.txt --json"])
def test_a_reader_that_goes_away_is_no_error(write: Write, tmp_path: Path, words: str) -> None:
    write(TRANSCRIPT)
    command = " ".join(f"'{word}'" for word in RUN)
    ran = subprocess.run(
        ["bash", "-c", f"{command} {words} | true; echo ${{PIPESTATUS[0]}}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout == "141\n"
    assert ran.stderr == ""
