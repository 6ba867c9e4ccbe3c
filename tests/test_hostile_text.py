"""Transcripts that were made to do harm: what is in them stays words, wherever they go."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import av
import pytest
from builds import RUN, build
from vivavoz.captions import TrackFormat, parse_track, read_caption_file, write_track
from vivavoz.scripts import terminal
from vivavoz.scripts.command import vivavoz
from vivavoz.source import UnreadableSource, UsageError, VivavozError, read_interview
from vivavoz.source.toml_file import read_toml

STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What no line that is printed has."""
TALK = """# {title}

{speaker}: Hello to everyone. {text}

![{text}]({target})

Bo Reed: Thank you for having me. {text}
"""


def write_talk(path: Path, **words: str) -> Path:
    told = {"title": "A talk", "speaker": "Ann Lee", "text": "Salt.", "target": "a.png"} | words
    path.write_text(TALK.format(**told), encoding="utf-8")
    return path


def list_files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.mark.parametrize(
    "words",
    [
        {"target": "../../../escaped.png"},
        {"target": "/escaped.png"},
        {"target": "file:///etc/passwd"},
        {"title": "../../escaped"},
        {"title": "/escaped"},
        {"speaker": "../../Escaped"},
        {"text": "![x](../../../escaped.png) and `$(touch escaped)` ; touch escaped"},
    ],
)
def test_no_name_in_a_transcript_becomes_a_path(tmp_path: Path, words: dict[str, str]) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    built = build(write_talk(folder / "talk.txt", **words), "--narration", "none")
    assert built.code == 0
    assert {name for name in list_files(tmp_path) if "escaped" in name.casefold()} == set()
    assert {path.name for path in tmp_path.iterdir()} == {"a"}
    assert {path.name for path in folder.iterdir()} == {"talk.txt", "out"}


@pytest.mark.parametrize("language", ["../../en", "en/../../x", "e\x1bn", "en\n", "-rf", ""])
def test_a_language_is_no_path(tmp_path: Path, language: str) -> None:
    talk = write_talk(tmp_path / "talk.txt")
    command = [*RUN, "build", str(talk), "--narration", "none", "--out", str(tmp_path / "out")]
    ran = subprocess.run([*command, f"--language={language}"], capture_output=True, check=False)
    assert ran.returncode in {0, 2}, ran.stderr
    assert b"Traceback" not in ran.stderr
    assert b"\x1b" not in ran.stderr
    assert {path.name for path in tmp_path.iterdir()} <= {"talk.txt", "out"}


@pytest.mark.parametrize(
    "line",
    [
        *(f"{opening}{' ' * 20_000}b" for opening in ("a", "**a", "__a", "**a**", "[00:01] a")),
        f"# a{' ' * 20_000}#####x",
        f"# {'#' * 20_000}x",
        f"[a]({'x' * 20_000}",
    ],
    ids=lambda line: line[:8],
)
def test_blanks_and_marks_without_end_are_gone_through_once(tmp_path: Path, line: str) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(f"Q: Why?\nA: So.\n{line}\nQ: Ah?\nA: No.\n", encoding="utf-8")
    begun_s = time.process_time()
    assert len([*read_interview(path, "en").turns()]) == 4
    assert time.process_time() - begun_s < 2


NAMES = [
    *(b"...txt", b"-rf.txt", b"--json", b".vivavoz.txt", b"..txt", b"two\nlines.txt", b"$(id).txt"),
    *(b"\x1b]0;owned\x07.txt", b"\xff\xfe.txt", b"\x7f\xc2\x9b31m.txt", b" .txt", b"con.txt"),
    *("\u202etxt.exe".encode(), b"%s%n.txt", b"a;b|c&d.txt", b"talk.txt\n", b"out"),
]


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes are Linux's")
@pytest.mark.parametrize("name", NAMES, ids=[repr(name) for name in NAMES])
def test_whatever_a_transcript_is_called_it_stays_in_its_folder(
    tmp_path: Path,
    name: bytes,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "inside"
    folder.mkdir()
    monkeypatch.chdir(folder)
    talk = write_talk(folder / os.fsdecode(name))
    words = ["build", "--narration", "none", "--out", "results", "--", talk.name]
    with contextlib.suppress(VivavozError):
        code = vivavoz.main(words, standalone_mode=False)
        assert code or list((folder / "results").rglob("captions.en.vtt"))
        assert not (folder / "results" / ".vivavoz" / "captions.en.vtt").exists()
    said = "".join(capsys.readouterr())
    assert not STEERING.search(said)
    assert "\nlines" not in said
    assert {path.name for path in tmp_path.iterdir()} == {"inside"}
    assert {path.name for path in folder.iterdir()} <= {talk.name, "results"}
    assert talk.read_text(encoding="utf-8") == TALK.format(
        title="A talk", speaker="Ann Lee", text="Salt.", target="a.png"
    )


MARKUP = [
    "--> <script>alert(1)</script>",
    "</v><c.red>x</c> &lt; &amp; &#0;",
    "STYLE ::cue { background: url(http://127.0.0.1/x) }",
    "NOTE hidden",
    "REGION id:x",
    "00:00:01.000 --> 00:00:02.000",
    "]]> <!-- -- --> <?php x ?> <!DOCTYPE x>",
    "\"' onload=alert(1) %s {0} \\N {\\an8} $HOME `id`",
    "title=x ; # \\ [CHAPTER]",
]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)


@pytest.mark.parametrize("markup", MARKUP)
def test_words_that_look_like_code_stay_words(tmp_path: Path, markup: str) -> None:
    plain = build(write_talk(tmp_path / "plain.txt"), "--narration", "none")
    talk = write_talk(tmp_path / "talk.txt", text=markup)
    built = build(talk, "--narration", "none")
    assert built.code == 0
    for path in built.folder.glob("*.vtt"):
        lines = path.read_text(encoding="utf-8").split("\n")
        file = read_caption_file(path)
        assert not [fault for fault in file.faults if "not" in fault.message], path
        assert lines.count("STYLE") == count_blocks(plain.folder / path.name, "STYLE")
        assert "\n\nREGION" not in path.read_text(encoding="utf-8")
        assert sum("-->" in line for line in lines) == len(file.cues)
    json.loads((built.folder / "report.json").read_text(encoding="utf-8"))
    (captions,) = built.folder.glob("captions*.vtt")
    track = parse_track(captions.read_text(encoding="utf-8"), captions)[0]
    for form in (TrackFormat.IMSC, TrackFormat.EBU_TT_D):
        ET.fromstring(write_track(track, form).text)  # noqa: S314 - it is ours
    page = tmp_path / "page.html"
    subprocess.run([*RUN, "check", str(captions), "--report", str(page)], check=False)
    tags = _Tags()
    tags.feed(page.read_text(encoding="utf-8"))
    assert not tags.found & {"script", "img", "iframe", "c", "v"}


def count_blocks(path: Path, name: str) -> int:
    return path.read_text(encoding="utf-8").split("\n").count(name)


def test_tags_of_an_mp3_are_only_text(tmp_path: Path) -> None:
    title = "x=y;#\\\\ -i /etc/passwd %s [CHAPTER] title=z"
    built = build(write_talk(tmp_path / "talk.txt", title=title, speaker="Ann=Lee; -y"))
    with av.open(str(built.folder / "narration.mp3")) as file:
        assert file.metadata["title"].startswith("x=y;#")
        assert "-i /etc/passwd" in file.metadata["title"]
        assert not file.chapters()


STEERED = (
    "Salt of the sea and of the earth. " * 20
    + "\x1b[31mred\x1b]0;owned\x07\x9b2J\x7f\x08 \u202eturned\u2066"
)


@pytest.mark.parametrize("words", [["read"], ["read", "--json"], ["build"], ["build", "--json"]])
def test_what_is_printed_steers_no_terminal(tmp_path: Path, words: list[str]) -> None:
    talk = write_talk(tmp_path / "\x1b[2Jtalk.txt", title=STEERED, speaker="Ann", text=STEERED)
    more = ["--narration", "none", "--out", str(tmp_path)] if "build" in words else []
    ran = subprocess.run([*RUN, *words, *more, str(talk)], capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr
    said = (ran.stdout + ran.stderr).decode()
    assert "turned" in said or "build" in words
    assert not STEERING.search(said)
    if "--json" in words:
        for line in ran.stdout.splitlines():
            json.loads(line)


def test_a_refusal_steers_no_terminal(tmp_path: Path) -> None:
    for command in ("read", "check", "build"):
        ran = subprocess.run(
            [*RUN, command, "\x1b]0;owned\x07\n\u202e.vtt"],
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        assert ran.returncode == 3
        assert not STEERING.search(ran.stderr.decode())
        assert ran.stderr.count(b"\n") == 1


def test_captions_of_others_steer_no_terminal(tmp_path: Path) -> None:
    path = tmp_path / "theirs.vtt"
    cue = f"00:00:01.000 --> 00:00:01.100\n<v {STEERED}>{STEERED}\n"
    path.write_text(f"WEBVTT\n\n{cue}", encoding="utf-8")
    for more in ([], ["--json"]):
        ran = subprocess.run([*RUN, "check", str(path), *more], capture_output=True, check=False)
        assert ran.returncode == 1, ran.stderr
        assert not STEERING.search((ran.stdout + ran.stderr).decode())


def test_all_that_is_printed_goes_through_one_place() -> None:
    room = Path(terminal.__file__).parent
    printing = re.compile(r"\bclick\.s?echo\(|\bprint\(|\.std(?:out|err)\.write\(")
    found = {path.name for path in room.rglob("*.py") if printing.search(path.read_text("utf-8"))}
    assert found == {"terminal.py"}


def test_a_text_of_gigabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge"
    with path.open("wb") as file:
        file.truncate(1 << 33)
    began = time.monotonic()
    for read in (read_interview, read_caption_file, read_toml):
        with pytest.raises(UnreadableSource, match="more than 50 MB"):
            read(path)
    assert time.monotonic() - began < 2


def test_a_text_of_a_million_lines_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("Ann: Hello." + "\n" * 1_000_000 + "Bo: Bye.", encoding="utf-8")
    with pytest.raises(UnreadableSource, match="more than 500,000 lines"):
        read_interview(path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no named pipes here")
    path = tmp_path / "pipe.toml"
    os.mkfifo(path)
    with pytest.raises(UnreadableSource, match="a pipe or a device"):
        read_toml(path)


def test_settings_that_nest_without_end_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep.toml"
    path.write_text(f"a = {'[' * 100_000}", encoding="utf-8")
    with pytest.raises(UsageError, match=r"deep\.toml: This nests"):
        read_toml(path)
