"""Caption files of every make, read as players show them; garbage, too, and quickly."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judge import find_errors
from vivavoz.captions import CaptionFile, check_captions, load_style, parse_caption_file
from vivavoz.captions import read_caption_file as read
from vivavoz.source import UnreadableSource

Write = Callable[..., Path]


def parse(text: str, name: str = "captions.vtt") -> CaptionFile:
    return parse_caption_file(text, Path(name))


FULL = """WEBVTT - made by hand

REGION
id:low
width:40%

STYLE
::cue(v[voice="Ann"]) { color: #ffe14d }

NOTE A remark
of two lines

intro
123:00:01.000 --> 123:00:03.500 region:low align:start position:20%,line-left
<v.loud.guest Ann Lee>It&rsquo;s <i>one</i> &lt;b&gt; &#x26; <c.yellow.bg_blue>two</c>,
<lang es>¿sí?</lang> <123:00:02.000><ruby>漢<rt>kan</rt></ruby>
"""


def test_all_that_webvtt_has_is_read() -> None:
    file = parse(FULL)
    (cue,) = file.cues
    assert file.faults == ()
    assert (cue.line, cue.start_ms, cue.end_ms) == (14, 442_801_000, 442_803_500)
    assert cue.lines == ("It’s one <b> & two,", "¿sí? 漢(kan)")
    assert cue.voices == (("Ann Lee",), ("Ann Lee",))
    assert cue.settings == "region:low align:start position:20%,line-left"
    (colour,) = file.colours
    assert (colour.line, colour.selector) == (8, '::cue(v[voice="Ann"])')
    assert (colour.text, colour.background) == ("#ffe14d", "#000000")


def test_each_line_has_the_voices_that_speak_on_it() -> None:
    said = "All: <v Ann>One.</v> <v Bo>Two.</v>\n<v A &amp; B\n>Three.</v>\nFour.\n"
    text = f"WEBVTT\n\n00:01.000 --> 00:03.000\n{said}"
    (cue,) = parse(text).cues
    assert cue.lines == ("All: One. Two.", "Three.", "Four.")
    assert cue.voices == (("Ann", "Bo"), ("A & B",), ())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:03.000\nÀ Málaga, señor.\n"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:03,000\nÀ Málaga, señor.\n"),
    ],
)
def test_encodings_and_line_ends(
    write: Write, name: str, text: str, encoding: str, end: str
) -> None:
    file = read(write(text.replace("\n", end), name, encoding))
    (cue,) = file.cues
    assert (cue.start_ms, cue.end_ms, cue.lines) == (1000, 3000, ("À Málaga, señor.",))
    wrong = encoding == "cp1252" or (name == "a.vtt" and encoding.startswith("utf-16"))
    assert [fault.rule for fault in file.faults] == ["encoding"] * wrong


SRT = """1
00:00:01,000 --> 00:00:03,000
{\\an8}<i>Italics</i> and <font color="#ff0000">red</font>,
and a < b.

00:00:04.5 --> 00:00:06.250 X1:10 X2:20
No number, and points.


7
00:00:08,000 --> 00:00:09,000

42
9
00:00:10,000 --> 00:00:11,000
The number stands right above.
2026
"""


def test_subrip_is_read_as_people_write_it() -> None:
    file = parse(SRT, "a.srt")
    assert file.format.value == "SubRip"
    assert [(cue.start_ms, cue.end_ms, cue.lines) for cue in file.cues] == [
        (1000, 3000, ("Italics and red,", "and a < b.")),
        (4500, 6250, ("No number, and points.",)),
        (8000, 9000, ("42",)),
        (10_000, 11_000, ("The number stands right above.", "2026")),
    ]
    assert file.faults == ()


def test_what_a_file_is_is_told_by_its_signature_first() -> None:
    assert parse(SRT, "a.vtt").format.value == "WebVTT"
    assert parse(SRT, "a.txt").format.value == "SubRip"
    assert parse("WEBVTT\n", "a.srt").format.value == "WebVTT"


@pytest.mark.parametrize(
    "text", ["Hello.", "# A title\n\nAnn: Well.", "00:01.000 -> 00:02.000\nNo."]
)
@pytest.mark.parametrize("name", ["a.vtt", "a.srt", "a.txt"])
def test_what_has_no_captions_is_refused(text: str, name: str) -> None:
    with pytest.raises(UnreadableSource, match="no captions"):
        parse(text, name)


def test_what_is_no_text_is_refused(write: Write) -> None:
    path = write("", "a.vtt")
    for data, sentence in ((b"", "empty"), (b"%PDF-1.4", "PDF"), (b"\x00\x01" * 99, "not a text")):
        path.write_bytes(data)
        with pytest.raises(UnreadableSource, match=sentence):
            read(path)


def test_a_fault_tells_its_line() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:03.000\nOne\ntwo & three\n<i>four\n"
    assert [(fault.line, fault.cue, fault.rule) for fault in parse(text).faults] == [
        (5, 0, "escape"),
        (6, 0, "nesting"),
    ]


PIECES = st.sampled_from(
    [
        *("WEBVTT", "\n", "\n\n", "\r", "-->", " --> ", "00:01.000", "00:00:02.000", "1", "NOTE"),
        *(
            "STYLE",
            "REGION",
            "::cue {",
            "}",
            "color: #12",
            "/*",
            "<",
            ">",
            "<v ",
            "<v Ann>",
            "</v>",
        ),
        *(
            "<ruby>",
            "<rt>",
            "</ruby>",
            "<00:01.500>",
            "&",
            "&amp;",
            "&#" + "9" * 5000 + ";",
            "{\\an8}",
        ),
        *("<i", "<c.x.y>", "line:5%", "align:start", "\x00", "\x1b[31m", "\ud800", "9" * 5000, "é"),
        *("{", "text", " ", "\t", "<font ", "00:01,000", "\u2028", "rgb(1,2,3)", "::cue(", ";"),
    ]
)


@settings(max_examples=300)
@given(
    st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=60).map("".join),
    st.sampled_from(
        [
            "WEBVTT\n\n00:01.000 --> 00:02.000\n",
            "WEBVTT\n\nSTYLE\n",
            "00:01,000 --> 00:02,000\n",
            "",
        ]
    ),
    st.sampled_from(["a.vtt", "a.srt"]),
)
def test_no_text_is_too_strange(text: str, opening: str, name: str) -> None:
    try:
        file = parse(opening + text, name)
    except UnreadableSource:
        return
    verdict = check_captions(file, load_style("netflix"))
    assert all(found.line for found in verdict.findings)
    assert all(len(cue.lines) == len(cue.voices) for cue in file.cues)


@settings(max_examples=200)
@given(data=st.binary(max_size=400))
def test_no_bytes_are_too_strange(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzz.vtt"
    path.write_bytes(data)
    with suppress(UnreadableSource):
        read(path)


SIZE = 300_000
"""Characters: work that grew with their square would take minutes."""
HEAD = "WEBVTT\n\n00:01.000 --> 00:02.000\n"


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "<",
            ">",
            "<v ",
            "<b>",
            "</b>",
            "<b>x",
            "&",
            "&amp",
            "&#9",
            "a",
            "\n-->",
            "00:01.000 --> ",
        ),
        *("{\\", "<font ", "<i", " ", "\t", "1\n", "<v A>x\n", "漢", "e\u0301", "\x07"),
    ],
)
@pytest.mark.parametrize("head", [HEAD, "1\n00:00:01,000 --> 00:00:02,000\n"])
def test_a_lot_of_garbage_is_soon_read(head: str, piece: str) -> None:
    started = time.process_time()
    text = head + piece * (SIZE // len(piece))
    check_captions(parse(text, "a.srt"), load_style("netflix"))
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    "piece", ["/*", "{", "}", "::cue{", "::cue{color:#fff}", "color:", ";", "rgb(1,", " "]
)
def test_a_lot_of_style_is_soon_read(piece: str) -> None:
    started = time.process_time()
    text = "WEBVTT\n\nSTYLE\n" + piece * (SIZE // len(piece)) + "\n\n00:01.000 --> 00:02.000\nA.\n"
    check_captions(parse(text), load_style("netflix"))
    assert time.process_time() - started < 3


GOOD = "00:01.000 --> 00:03.000\nFine.\n"
SYNTAX = [
    f"WEBVTT\n\n{GOOD}",
    FULL.replace("REGION\nid:low\nwidth:40%\n\n", "").replace("region:low ", ""),
    f"WEBVTT\nKind: captions\n\n{GOOD}",
    f"WEBVTT\n\n00:04.000 --> 00:06.000\nA.\n\n{GOOD}",
    "WEBVTT\n\n00:03.000 --> 00:01.000\nNever.\n",
    "WEBVTT\n\n00:01,000 --> 00:03,000\nComma.\n",
    "WEBVTT\n\n00:01.000-->00:03.000\nNo space.\n",
    "WEBVTT\n\n00:01.000 --> 00:03.000 align:middle\nOld.\n",
    "WEBVTT\n\n00:01.000 --> 00:03.000 size:120%\nWide.\n",
    "WEBVTT\n\n00:01.000 --> 00:03.000 line:5,center size:50% position:10%,line-left\nFine.\n",
    "WEBVTT\n\n00:01.000 --> 00:03.000\nYou & I\n",
    "WEBVTT\n\n00:01.000 --> 00:03.000\n<script>No.\n",
    "WEBVTT\n\n00:01.000 --> 00:03.000\n<i>Open.\n",
    "WEBVTT\n\n00:01.000 --> 00:03.000\nClosed.</i>\n",
    "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ann>One.\n",
    "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ann>One.</v>\n<v Bo>Two.</v>\n",
    "WEBVTT\n\n00:01.000 --> 00:03.000\n<v>Who?</v>\n",
    f"WEBVTT\n\n{GOOD}00:04.000 --> 00:06.000\nNo blank line.\n",
]


def test_w3c_parser_and_ours_agree_about_what_is_right(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.vtt" for number in range(len(SYNTAX))]
    for path, text in zip(paths, SYNTAX, strict=True):
        path.write_text(text, encoding="utf-8")
    errors = find_errors([("captions", path) for path in paths])
    style = load_style("netflix")
    for path in paths:
        found = check_captions(read(path), style).findings
        ours = [one.rule for one in found if one.section.startswith("WebVTT")]
        assert bool(ours) == bool(errors[str(path)]), (
            path.read_text("utf-8"),
            ours,
            errors[str(path)],
        )


def test_times_that_are_wrong_in_subrip_are_named_and_swallow_nothing() -> None:
    text = "1\n00:00:01,000 --> 00:00:03,000\nOne.\n\n2\n00:00:04,000 -> 00:00:06,000\nTwo.\n"
    file = parse(text, "captions.srt")
    assert [cue.lines for cue in file.cues] == [("One.",)]
    assert [fault.line for fault in file.faults] == [6]
