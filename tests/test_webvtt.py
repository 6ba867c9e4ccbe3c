"""The files themselves: what was written is what is read, whoever reads it."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judge import find_errors
from test_pacing import wordings
from vivavoz.captions import (
    Captions,
    caption,
    estimate_timeline,
    write_captions,
    write_chapters,
    write_descriptions,
)
from webvtt import WebVTT
from wordings import build_wording


def _caption(said: list[tuple[str, str]]) -> Captions:
    return caption(estimate_timeline(build_wording(said)))


def test_captions_read_like_this() -> None:
    captions = _caption(
        [
            ("Interviewer", "What was it like, up there?"),
            ("#picture", "A rocket on its pad."),
            ("José Hernández", "Quiet. You look down & you see <everything> you know."),
            ("#sound", "applause"),
        ]
    )
    assert write_captions(captions) == (
        "WEBVTT\n"
        "\n"
        "NOTE\n"
        "Captions\n"
        "Language: en\n"
        "Times come from an estimate from the length of the words.\n"
        "\n"
        "STYLE\n"
        '::cue(v[voice="Interviewer"]) { color: #ffffff; }\n'
        '::cue(v[voice="José Hernández"]) { color: #ffe14d; }\n'
        "\n"
        "00:00:00.000 --> 00:00:02.150\n"
        "<v Interviewer>[Interviewer] What was it like, up there?\n"
        "\n"
        "00:00:04.555 --> 00:00:08.055\n"
        "<v José Hernández>[José Hernández] Quiet. You look down\n"
        "&amp; you see &lt;everything&gt; you know.\n"
        "\n"
        "00:00:08.139 --> 00:00:10.139\n"
        "[applause]\n"
    )


def test_descriptions_stay_as_long_as_they_take_to_say() -> None:
    said = [("#picture", "A hill."), ("#picture", "A long road & rain."), ("Ann", "@0 Yes.")]
    cues = WebVTT.from_string(write_descriptions(_caption(said).timeline))
    assert [html.unescape(cue.text) for cue in cues] == ["A hill.", "A long road & rain."]
    assert all(cue.end_in_seconds - cue.start_in_seconds >= 1 for cue in cues)


def test_marks_alone_describe_nothing() -> None:
    said = [("#picture", "| …"), ("#picture", "🎈"), ("Ann", "@0 Yes.")]
    cues = WebVTT.from_string(write_descriptions(_caption(said).timeline))
    assert [cue.text for cue in cues] == ["🎈"]


def test_descriptions_never_overlap_though_they_have_no_time() -> None:
    said = [*[("#picture", "A hill " * 9)] * 5, ("Ann", "@0 Yes.")]
    cues = list(WebVTT.from_string(write_descriptions(_caption(said).timeline)))
    times = [t.in_milliseconds() for cue in cues for t in (cue.start_time, cue.end_time)]
    assert times == sorted(times)
    assert all(cue.start_time < cue.end_time for cue in cues)


@settings(max_examples=150)
@given(wordings(pinned=True))
def test_what_webvtt_py_reads_back_is_what_was_written(said: list[tuple[str, str]]) -> None:
    captions = _caption(said)
    cues = list(WebVTT.from_string(write_captions(captions), strict=True))
    assert len(cues) == len(captions.cues)
    for read, cue in zip(cues, captions.cues, strict=True):
        times = read.start_time.in_milliseconds(), read.end_time.in_milliseconds()
        assert times == (cue.start_ms, cue.end_ms)
        shown = "\n".join(cue.lines).replace("\0", "\N{REPLACEMENT CHARACTER}")
        assert _unescape(read.text) == shown
        speaker = cue.spans[0].speaker
        voice = " ".join(speaker.split()) if speaker else None
        assert (None if read.voice is None else _unescape(read.voice)) == voice


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@settings(max_examples=100)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=20))
def test_no_text_breaks_out_of_its_cue(name: str, picture: str, language: str) -> None:
    wording = build_wording([(f"A{name}", "Well."), ("#picture", f"B{picture}")], language)
    captions = caption(estimate_timeline(wording))
    for text in (write_captions(captions), write_descriptions(captions.timeline)):
        assert len(re.findall("-->", text)) == 1
        assert len(WebVTT.from_string(text, strict=True)) == 1


@pytest.mark.parametrize("name", ["Anna --", "Anna -", "--", "A & <B> --"])
def test_a_name_that_ends_in_dashes_makes_no_arrow(name: str) -> None:
    text = write_captions(_caption([(name, "Well.")]))
    (cue,) = WebVTT.from_string(text, strict=True)
    assert _unescape(cue.voice or "").strip() == name
    assert len(re.findall("-->", text)) == 1


NASTY = [
    ("Interviewer", "Does --> this break? <script> &amp; & a < b > c"),
    ("<b>&-->\r\n\r\n00:00:01.000 --> 00:00:02.000", "NOTE STYLE WEBVTT\n\n00:01.000 \u2028 done"),
    ("#picture", "WEBVTT\n\n00:00.000 --> 00:01.000\nA <c>hill</c> & more"),
    ("#heading", "Part & <one> -->"),
    ("مريم", "مرحبا، كيف حالك؟ 日本語の文章です。"),
    ("#sound", "<i>applause</i> & cheers"),
]


def test_w3c_parser_finds_no_error(tmp_path: Path) -> None:
    captions = _caption(NASTY)
    texts = {
        "captions": write_captions(captions),
        "descriptions": write_descriptions(captions.timeline),
        "chapters": write_chapters(captions.timeline),
    }
    files = [(kind, tmp_path / f"{kind}.vtt") for kind in texts]
    for kind, path in files:
        path.write_text(texts[kind], encoding="utf-8", newline="")
    assert find_errors(files) == {str(path): [] for _, path in files}


def test_the_judge_knows_an_error_when_it_sees_one(tmp_path: Path) -> None:
    path = tmp_path / "broken.vtt"
    path.write_text("WEBVTT\n\n00:02.000 --> 00:01.000\n<x>no\n", encoding="utf-8")
    assert find_errors([("captions", path)])[str(path)]
