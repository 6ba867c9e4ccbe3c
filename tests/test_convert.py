"""`vivavoz convert`, as a user runs it: between formats, with what both can hold."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from builds import run
from judge import judge_imsc
from vivavoz.captions import TrackFormat, read_track
from vivavoz.scripts.command import convert

Write = Callable[..., Path]

CAPTIONS = """WEBVTT
Language: es

STYLE
::cue(v[voice="Inés"]) { color: #ffe14d }

1
00:01.000 --> 00:03.000 line:10%
<v Inés>[Inés] ¿Quién <i>es</i>?

00:04.000 --> 00:06.000
<v Bo>Soy yo.</v>

00:07.000 --> 00:07.000
Never seen.
"""


def test_speakers_places_and_looks_are_kept_where_they_can_be(write: Write, tmp_path: Path) -> None:
    write(CAPTIONS, "in.vtt")
    original, _ = read_track(tmp_path / "in.vtt")
    run("convert", "in.vtt", "out.ttml", cwd=tmp_path)
    run("convert", "out.ttml", "again.vtt", cwd=tmp_path)
    again, _ = read_track(tmp_path / "again.vtt")
    assert again.cues == original.cues
    assert (again.language, again.colours) == ("es", (("Inés", "#ffe14d"),))
    assert judge_imsc([tmp_path / "out.ttml"])[str(tmp_path / "out.ttml")]["faults"] == []


def test_what_is_lost_is_said(write: Write, tmp_path: Path) -> None:
    write(CAPTIONS, "in.vtt")
    told = run("convert", "in.vtt", "out.srt", cwd=tmp_path).stdout
    header, *notices = told.splitlines()
    assert header == "out.srt: 2 cues."
    assert [notice.strip().partition(":")[0] for notice in notices] == [
        "line 2",
        "Cues that nobody sees, without text or with no time",
        "SubRip has nothing that tells who speaks, and no label says so",
    ]
    text = (tmp_path / "out.srt").read_bytes().decode("utf-8")
    assert text.startswith(
        "1\r\n00:00:01,000 --> 00:00:03,000\r\n{\\an8}[Inés] ¿Quién <i>es</i>?\r\n\r\n2\r\n"
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        *((f"out{ending}", ()) for ending in (".vtt", ".srt", ".ttml", ".dfxp", ".scc", ".SRT")),
        *(("out.xml", ("--to", form)) for form in ("imsc", "ebu-tt-d")),
        ("out.txt", ("--to", "srt")),
        ("out.captions", ("--to", "scc-ndf")),
    ],
)
def test_every_format_goes_round(
    write: Write, tmp_path: Path, name: str, words: tuple[str, ...]
) -> None:
    write(CAPTIONS, "in.vtt")
    told = json.loads(run("convert", "in.vtt", name, *words, "--json", cwd=tmp_path).stdout)
    assert (told["file"], told["output"], told["cues"]) == ("in.vtt", name, 2)
    # What a file is, is told by its content.
    (tmp_path / name).rename(tmp_path / "renamed.bin")
    run("convert", "renamed.bin", "back.vtt", cwd=tmp_path)
    track, _ = read_track(tmp_path / "back.vtt")
    assert ["".join(run.text for run in cue.runs) for cue in track.cues] == [
        "[Inés] ¿Quién es?",
        "Soy yo.",
    ]


def test_readings_stand_behind_their_letters(write: Write, tmp_path: Path) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:03.000\n<ruby>漢<rt>kan</rt>字<rt>ji</rt></ruby>\n"
    told = json.loads(
        run("convert", write(text, "in.vtt"), "out.srt", "--json", cwd=tmp_path).stdout
    )
    assert "漢(kan)字(ji)" in (tmp_path / "out.srt").read_text("utf-8")
    assert any("(ruby)" in notice["message"] for notice in told["warnings"])


def test_every_format_can_be_asked_for() -> None:
    (to,) = [option for option in convert.params if option.name == "to"]
    assert list(to.type.choices) == list(TrackFormat)


def test_transcripts_are_written_too(write: Write, tmp_path: Path) -> None:
    write(CAPTIONS, "in.vtt")
    for name in ("out.txt", "out.html", "out.json"):
        run("convert", "in.vtt", name, cwd=tmp_path)
    assert (tmp_path / "out.txt").read_text("utf-8") == (
        "in\n\n[00:00:01] Inés: ¿Quién es?\n\n[00:00:04] Bo: Soy yo.\n"
    )
    segments = json.loads((tmp_path / "out.json").read_text("utf-8"))["segments"]
    assert segments[1] == {"speaker": "Bo", "startTime": 4.0, "endTime": 6.0, "body": "Soy yo."}


def test_the_captions_are_never_replaced(write: Write, tmp_path: Path) -> None:
    path = write(CAPTIONS, "in.vtt")
    (tmp_path / "link.srt").hardlink_to(path)
    for name in ("in.vtt", "link.srt", "./in.vtt"):
        assert "another name" in run("convert", "in.vtt", name, cwd=tmp_path, code=2).stderr
    assert path.read_text("utf-8") == CAPTIONS


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["in.vtt", "out.xml"], 2, "--to"),
        (["in.vtt", "out.doc"], 2, "--to"),
        (["in.vtt", "out.srt", "--to", "mp3"], 2, "mp3"),
        (["in.vtt", "out.srt", "--language", "!!"], 2, "!!"),
        (["missing.vtt", "out.srt"], 3, "no such file"),
        (["note.txt", "out.srt"], 3, "no captions"),
        (["in.vtt", "in.vtt/out.srt"], 1, "OUT"),
        (["in.vtt"], 2, "OUT"),
    ],
)
def test_failures_are_one_sentence_and_an_exit_code(
    write: Write, tmp_path: Path, words: list[str], code: int, sentence: str
) -> None:
    write(CAPTIONS, "in.vtt")
    write("No captions here.", "note.txt")
    ran = run("convert", *words, cwd=tmp_path, code=code)
    assert sentence in ran.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.vtt", "note.txt"]


def test_what_cannot_be_written_leaves_what_was_there(write: Write, tmp_path: Path) -> None:
    write("1\n00:00:01,000 --> 00:00:02,000\nمرحبا، كيف حالك؟\n", "in.srt")
    write("as it was", "out.scc")
    assert "Latin" in run("convert", "in.srt", "out.scc", cwd=tmp_path, code=2).stderr
    assert (tmp_path / "out.scc").read_text("utf-8") == "as it was"


def test_a_language_is_asked_for_where_it_is_needed(write: Write, tmp_path: Path) -> None:
    write("1\n00:00:01,000 --> 00:00:02,000\nHola.\n", "in.srt")
    assert "--language" in run("convert", "in.srt", "out.ttml", cwd=tmp_path).stdout
    told = run("convert", "in.srt", "out.ttml", "--language", "es", cwd=tmp_path).stdout
    assert "--language" not in told
    assert 'xml:lang="es"' in (tmp_path / "out.ttml").read_text("utf-8")
