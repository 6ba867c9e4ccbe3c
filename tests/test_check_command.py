"""`vivavoz check` as people and scripts run it, and the page that it writes."""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from builds import build, run
from conftest import ROOT
from vivavoz.captions import list_styles

Write = Callable[..., Path]
BROKEN = Path(__file__).with_name("golden") / "broken"
GOOD = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ann>[Ann] All is well.\n"
HOSTILE = """WEBVTT

00:01.000 --> 00:02.000
<v <script>alert(1)</script>">\x1b[31m]0;x\x07<img src=x onerror=alert(1)>
"><script>&lt;script&gt;alert(2)&lt;/script&gt; \u202eevil\x9b

STYLE
::cue(v[voice="</style><script>"]) { color: #000 }
"""


@pytest.mark.parametrize("name", ["captions.vtt", "captions.srt"])
def test_a_broken_file_reads_like_this(name: str) -> None:
    told = run("check", name, cwd=BROKEN, code=1).stdout
    assert told == (BROKEN / f"{name}.txt").read_text(encoding="utf-8")


def test_a_good_file_is_one_line_and_no_finding(write: Write, tmp_path: Path) -> None:
    write(GOOD, "good.vtt")
    lines = run("check", "good.vtt", cwd=tmp_path).stdout.splitlines()
    assert lines[0] == "good.vtt: 1 cue, nothing found under Netflix Timed Text Style Guide."
    assert lines[1] == "Not checked:"


def test_json_has_one_object_a_line(write: Write, tmp_path: Path) -> None:
    write(GOOD, "good.vtt")
    ran = run("check", "good.vtt", BROKEN / "captions.vtt", "--json", cwd=tmp_path, code=1)
    good, broken = map(json.loads, ran.stdout.splitlines())
    keys = {"file", "format", "style", "cues", "findings", "figures", "not_checked"}
    assert set(good) == set(broken) == keys
    assert (good["cues"], good["findings"]) == (1, [])
    assert good["figures"]["words_a_minute"] == {"Ann": 90}
    speed = next(found for found in broken["findings"] if found["rule"] == "reading_speed")
    assert speed == {
        "cue": 1,
        "line": 11,
        "start": 1.0,
        "rule": "reading_speed",
        "value": 26.0,
        "limit": 20.0,
        "unit": "columns a second",
        "section": "English (USA) Timed Text Style Guide, Reading Speed Limits (adult programmes)",
        "message": "Must be read at 26.0 columns a second; 20 is the most.",
    }
    gap = next(found for found in broken["findings"] if found["rule"] == "gap")
    assert (gap["value"], gap["limit"], gap["unit"]) == (0.02, 0.084, "seconds")


def test_one_that_cannot_be_read_does_not_stop_the_rest(write: Write, tmp_path: Path) -> None:
    write("No captions at all.", "bad.vtt")
    write(GOOD, "good.vtt")
    ran = run("check", "bad.vtt", "good.vtt", "missing.srt", "--json", cwd=tmp_path, code=3)
    bad, good, missing = map(json.loads, ran.stdout.splitlines())
    assert bad["error"]["exit_code"] == missing["error"]["exit_code"] == 3
    assert good["findings"] == []
    assert ran.stderr.count("\n") == 2


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["check"], 2, "FILE..."),
        (["check", "good.vtt", "--style", "nowhere"], 2, "netflix"),
        (["check", "good.vtt", "--report", "other.vtt"], 2, ".html"),
        (["check", "missing.vtt"], 3, "no such file"),
        (["check", "."], 3, "folder"),
        (["check", "good.vtt", "--report", "good.vtt/page.html"], 1, "--report"),
    ],
)
def test_failures_are_one_sentence_and_an_exit_code(
    write: Write, tmp_path: Path, words: list[str], code: int, sentence: str
) -> None:
    write(GOOD, "good.vtt")
    assert sentence in run(*words, cwd=tmp_path, code=code).stderr


class Page(HTMLParser):
    """The tags of a page and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_report_is_one_page_that_needs_nothing_else(tmp_path: Path) -> None:
    files = [BROKEN / "captions.vtt", BROKEN / "captions.srt"]
    run("check", *files, "--report", "deep/page.html", cwd=tmp_path, code=1)
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["page.html"]
    text = (tmp_path / "deep" / "page.html").read_text(encoding="utf-8")
    page = Page(text)
    assert text.count("<svg ") == 2
    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    assert not {"src", "href", "style"} & page.attributes
    assert "default-src 'none'" in text
    shown = " ".join(page.texts)
    for told in ("Must be read at 26.0 columns a second", "Nobody sees this.", "Words a minute"):
        assert told in shown
    assert "You look down & see" in shown
    for picture in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
        svg = ET.fromstring(picture)  # noqa: S314 - our own page
        assert "limit is 20" in (svg.findtext("desc") or "")


def test_a_hostile_file_reaches_neither_terminal_nor_page(write: Write, tmp_path: Path) -> None:
    write(HOSTILE, "hostile.vtt")
    write(GOOD, "good.vtt")
    ran = run("check", "hostile.vtt", "good.vtt", "--report", "page.html", cwd=tmp_path, code=1)
    printed = run("check", "hostile.vtt", "--json", cwd=tmp_path, code=1).stdout
    for told in (ran.stdout, ran.stderr, printed):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", told)
    page = Page((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert not {"script", "img"} & set(page.tags)
    assert "onerror" not in page.attributes
    assert page.tags.count("style") == 1


def test_build_checks_what_it_wrote(tmp_path: Path) -> None:
    sample = Path(shutil.copy(ROOT / "source" / "samples" / "the-lighthouse.txt", tmp_path))
    for style in list_styles():
        result = build(sample, "--narration", "none", "--style", style).told
        assert result["findings"] == 0
        report = json.loads(Path(result["outputs"]["report"]).read_text("utf-8"))
        assert report["check"] == {"findings": 0, "by_rule": {}, "list": []}
        run("check", result["outputs"]["captions"], "--style", style, cwd=tmp_path)


def test_build_warns_where_a_style_asks_for_what_cannot_be(write: Write, tmp_path: Path) -> None:
    sample = ROOT / "source" / "samples" / "the-lighthouse.txt"
    write('extends = "netflix"\n[longest]\nseconds = 1\n', "hasty.toml")
    words = ("build", sample, "--narration", "none", "--style", "hasty.toml", "--json")
    result = json.loads(run(*words, cwd=tmp_path).stdout)
    assert result["findings"] > 0
    (warning,) = [one for one in result["warnings"] if "break rules" in one["message"]]
    assert "reading_speed" in warning["message"]
    report = json.loads((tmp_path / result["outputs"]["report"]).read_text("utf-8"))
    assert report["check"]["findings"] == result["findings"] == len(report["check"]["list"])
    assert sum(report["check"]["by_rule"].values()) == result["findings"]


def test_a_report_never_replaces_what_it_is_about(write: Write, tmp_path: Path) -> None:
    path = write(GOOD, "keep.html")
    run("check", path, "--report", path, cwd=tmp_path, code=2)
    assert path.read_text(encoding="utf-8") == GOOD
    run("check", path, "--report", "", cwd=tmp_path, code=2)


def test_a_page_names_the_files_that_could_not_be_read(write: Write, tmp_path: Path) -> None:
    write(GOOD, "good.vtt")
    words = ("check", "good.vtt", "missing.vtt", "--report", "page.html")
    run(*words, cwd=tmp_path, code=3)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "missing.vtt" in page
    assert "was not checked" in page


def test_a_label_must_be_the_speakers(write: Write, tmp_path: Path) -> None:
    write(GOOD.replace("[Ann]", "[laughs]"), "sound.vtt")
    write(GOOD.replace("<v Ann>", "<v Ann Lee>"), "first.vtt")
    ran = run("check", "sound.vtt", "first.vtt", "--json", cwd=tmp_path, code=1)
    sound, first = map(json.loads, ran.stdout.splitlines())
    assert [found["rule"] for found in sound["findings"]] == ["label"]
    assert first["findings"] == []
