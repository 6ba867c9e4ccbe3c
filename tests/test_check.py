"""The judge of caption files: each rule, alone; and that it agrees with the captions we build."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_pacing import wordings
from test_recording_captions import timelines
from vivavoz.captions import (
    Finding,
    Style,
    caption,
    check_captions,
    estimate_timeline,
    list_styles,
    load_style,
    parse_caption_file,
    write_captions,
)
from vivavoz.source import Timeline
from wordings import build_wording

NETFLIX = load_style("netflix")
WEBVTT = "WebVTT, 4."


def check(text: str, style: Style = NETFLIX, name: str = "captions.vtt") -> tuple[Finding, ...]:
    return check_captions(parse_caption_file(text, Path(name)), style).findings


def cues(*blocks: str) -> str:
    """Put good cues before and after those given, and a signature above them all."""
    first = "00:00:01.000 --> 00:00:03.000\n<v Ann>[Ann] We began here."
    last = "00:01:01.000 --> 00:01:03.000\nWe ended here."
    return "\n\n".join(["WEBVTT", first, *blocks, last]) + "\n"


def test_a_good_file_has_no_findings() -> None:
    assert check(cues("00:00:10.000 --> 00:00:12.000\n<v Bo>[Bo] So did we.", "NOTE\nGood.")) == ()


TIMES = "00:00:10.000 --> 00:00:12.000\n"
DASHED = (
    f"{TIMES}<v Ann>-Where?</v>\n<v Bo>-Here.</v>\n\n"
    "00:00:20.000 --> 00:00:22.000\n<v Ann>[Ann] Ah."
)
BROKEN = [
    (
        "reading_speed",
        "Reading Speed",
        f"{TIMES}Two whole lines of text such as these\nhave too many",
    ),
    ("shortest", "Duration", "00:00:10.000 --> 00:00:10.800\nToo short."),
    ("longest", "Duration", "00:00:10.000 --> 00:00:17.001\nToo long."),
    ("gap", "Frame Gap", f"{TIMES}One.\n\n00:00:12.050 --> 00:00:14.000\nTwo."),
    ("small_gap", "Timing", f"{TIMES}One.\n\n00:00:12.300 --> 00:00:14.000\nTwo."),
    ("overlap", "Frame Gap", f"{TIMES}One.\n\n00:00:11.000 --> 00:00:14.000\nTwo."),
    ("line_width", "Character", "00:00:10.000 --> 00:00:14.000\n" + "x" * 43),
    ("lines", "Line Treatment", "00:00:10.000 --> 00:00:14.000\nOne\ntwo\nthree"),
    ("one_line", "Line Treatment", f"{TIMES}This is\none line."),
    ("label", "Speaker", f"{TIMES}<v Bo>It is me."),
    ("dash", "Dual Speakers", f"{TIMES}<v Ann>-Where?</v>\n<v Bo>Here, I think.</v>"),
    ("dash", "Dual Speakers", f"{TIMES}<v Ann>Where?</v> <v Bo>Here.</v>"),
    ("empty", "ours", f"{TIMES}<v Ann></v>"),
    ("control", "ours", f"{TIMES}A \x07 bell."),
    ("end", WEBVTT + "1", "00:00:10.000 --> 00:00:10.000\nNever."),
    ("end", WEBVTT + "1", "00:00:10.000 --> 00:00:09.000\nNever."),
    (
        "end",
        WEBVTT + "1",
        "00:00:10.000 --> 00:00:10.000\nNever.\n\n00:00:10.300 --> 00:00:12.300\nSeen.",
    ),
    ("timings", WEBVTT + "1", "00:00:10,000 --> 00:00:12,000\nComma."),
    ("timings", WEBVTT + "1", "0:00:10.000 --> 00:00:12.000\nOne digit."),
    ("timings", WEBVTT + "1", "00:00:10.000-->00:00:12.000\nNo space."),
    ("arrow", WEBVTT + "1", f"{TIMES}No blank line.\n00:00:13.000 --> 00:00:15.000\nFine."),
    ("block", WEBVTT + "1", "A line that belongs to nothing."),
    ("block", WEBVTT + "1", "STYLE\n::cue { color: white }"),
    ("block", WEBVTT + "1", f"NOTE\n{TIMES}Is this a remark?"),
    ("identifier", WEBVTT + "1", f"7\n{TIMES}One.\n\n7\n00:00:14.000 --> 00:00:16.000\nTwo."),
    ("setting", WEBVTT + "4", "00:00:10.000 --> 00:00:12.000 align:middle\nOld."),
    ("setting", WEBVTT + "4", "00:00:10.000 --> 00:00:12.000 size:120%\nWide."),
    ("escape", WEBVTT + "2.2", f"{TIMES}You & I."),
    ("escape", WEBVTT + "2.2", f"{TIMES}AT&T; yes."),
    ("tag", WEBVTT + "2.2", f"{TIMES}<script>No."),
    ("tag", WEBVTT + "2.2", f"{TIMES}<v Ann>A <video>."),
    ("nesting", WEBVTT + "2.2", f"{TIMES}<i>Open."),
    ("nesting", WEBVTT + "2.2", f"{TIMES}Closed.</i>"),
    ("tag", WEBVTT + "2.2", f"{TIMES}One < two."),
    ("tag", WEBVTT + "2.2", f"{TIMES}Late <00:00:14.000>time."),
    ("tag", WEBVTT + "2.2", f"{TIMES}<lang>Wo?</lang>"),
    ("voice", WEBVTT + "2.2", f"{TIMES}<v >Who?"),
]


@pytest.mark.parametrize(("rule", "section", "block"), BROKEN)
def test_each_rule_alone(rule: str, section: str, block: str) -> None:
    (found,) = check(cues(block))
    assert found.rule == rule
    assert section in found.section
    assert found.message.endswith(".")
    assert found.line is not None


@pytest.mark.parametrize(
    ("rule", "line", "text"),
    [
        ("signature", 1, "WEBVTTX\n\n00:01.000 --> 00:03.000\nFine.\n"),
        ("signature", 1, "00:01.000 --> 00:03.000\nFine.\n"),
        ("header", 2, "WEBVTT\nKind: captions\n\n00:01.000 --> 00:03.000\nFine.\n"),
        ("header", 2, "WEBVTT\n00:01.000 --> 00:03.000\nFine.\n"),
        ("order", 6, "WEBVTT\n\n00:05.000 --> 00:07.000\nA.\n\n00:01.000 --> 00:03.000\nB.\n"),
        (
            "contrast",
            6,
            "WEBVTT\n\nSTYLE\n::cue { color: white }\n/* dark */\n::cue(.a) { color: #333 }\n",
        ),
    ],
)
def test_each_rule_of_a_whole_file(rule: str, line: int, text: str) -> None:
    (found,) = check(text)
    assert (found.rule, found.line) == (rule, line)


def test_a_finding_says_how_far_off_it_is() -> None:
    (found,) = check(cues("00:00:10.000 --> 00:00:10.800\nToo short."))
    assert (found.cue, found.start_ms, found.line) == (1, 10_000, 6)
    assert (found.value, found.limit, found.unit) == (800, 834, "ms")
    assert found.message == "Stands for 0.800 s; 0.834 s is the least."


def test_two_speakers_with_dashes_need_no_label_and_no_single_line() -> None:
    assert check(cues(DASHED)) == ()


def test_each_house_has_its_own_rules() -> None:
    block = "00:00:10.000 --> 00:00:14.000\nA line of thirty-five columns, no m\nore"
    rules = {
        name: [found.rule for found in check(cues(block), load_style(name))]
        for name in list_styles()
    }
    assert rules == {"bbc": ["label"], "dcmp": ["label", "line_width"], "netflix": ["one_line"]}


def test_a_style_of_ones_own_is_judged_too(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text('extends = "netflix"\n[longest]\nseconds = 4\nsection = "Ours, 2"\n', "utf-8")
    (found,) = check(cues("00:00:10.000 --> 00:00:15.000\nFive."), load_style(str(path)))
    assert (found.rule, found.section, found.limit) == ("longest", "Ours, 2", 4000)


def test_a_word_before_a_colon_is_no_label() -> None:
    bbc = load_style("bbc")
    assert bbc.find_label("ANN SMITH: Well") == "ANN SMITH:"
    assert bbc.find_label("He said this: well") == ""


def test_what_was_not_checked_is_said() -> None:
    named = check_captions(parse_caption_file(cues(), Path("a.vtt")), NETFLIX)
    plain = "1\n00:00:01,000 --> 00:00:03,000\nFine.\n"
    unnamed = check_captions(parse_caption_file(plain, Path("a.srt")), NETFLIX)
    assert any("recording" in what for what in named.not_checked)
    assert any("who speaks" in what for what in unnamed.not_checked)
    assert not any("who speaks" in what for what in named.not_checked)


def test_figures_are_counted_of_what_is_seen() -> None:
    text = cues(
        "00:00:10.000 --> 00:00:09.000\nNever.",
        "00:00:20.000 --> 00:00:24.000\n<v Bo>[Bo] One two.",
    )
    figures = check_captions(parse_caption_file(text, Path("a.vtt")), NETFLIX).figures
    assert figures.cues == 4
    assert (figures.shortest_ms, figures.longest_ms) == (2000, 4000)
    assert figures.words_a_minute == {"Ann": 90, "Bo": 30}
    assert figures.captioned == pytest.approx(8 / 62)
    assert figures.speeds == {50: 7, 90: 10, 95: 10, 100: 10}


def readable(said: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Leave out control characters, which no transcript's reader lets through."""
    return [
        (speaker, "".join(sign for sign in text if sign == "\n" or category(sign) != "Cc"))
        for speaker, text in said
    ]


@pytest.mark.parametrize("house", list_styles())
@settings(max_examples=80)
@given(said=wordings(pinned=True))
def test_captions_on_our_own_time_have_no_findings(house: str, said: list[tuple[str, str]]) -> None:
    captions = caption(estimate_timeline(build_wording(readable(said))), house)
    assert check(write_captions(captions), load_style(house)) == ()


@pytest.mark.parametrize("house", list_styles())
def test_real_interviews_have_no_findings(house: str, podcasts: list[Timeline]) -> None:
    for timeline in podcasts:
        assert check(write_captions(caption(timeline, house)), load_style(house)) == ()


def stamp(time_ms: int) -> str:
    return f"{time_ms // 60_000:02}:{time_ms // 1000 % 60:02}.{time_ms % 1000:03}"


@given(data=st.data())
def test_one_mutation_makes_one_finding(data: st.DataObject) -> None:
    """Good cues of 3 s, 1 s apart: what one of them is made to break is found, and nothing else."""
    count = data.draw(st.integers(2, 12))
    spans = [[number * 4000, number * 4000 + 3000] for number in range(count)]
    lines = ["So it was."] * count
    place = data.draw(st.integers(0, count - 2))
    start = spans[place][0]
    rule = data.draw(
        st.sampled_from(
            [
                "shortest",
                "gap",
                "small_gap",
                "overlap",
                "end",
                "line_width",
                "reading_speed",
                "lines",
            ]
        )
    )
    match rule:
        case "shortest":
            spans[place][1] = start + data.draw(st.integers(500, 832))
        case "gap":
            spans[place][1] = start + data.draw(st.integers(3918, 4000))
        case "small_gap":
            spans[place][1] = start + data.draw(st.integers(4000 - 459, 4000 - 85))
        case "overlap":
            spans[place][1] = start + data.draw(st.integers(4001, 6999))
        case "end":
            spans[place][1] = data.draw(st.integers(0, start))
        case "line_width":
            lines[place] = "x" * data.draw(st.integers(43, 60))
        case "reading_speed":
            lines[place] = "x" * 42 + "\n" + "x" * data.draw(st.integers(18, 42))
        case "lines":
            lines[place] = "so\n" * data.draw(st.integers(3, 20))
    blocks = [
        f"{stamp(start)} --> {stamp(end)}\n{line.strip()}"
        for (start, end), line in zip(spans, lines, strict=True)
    ]
    found = check("\n\n".join(["WEBVTT", *blocks]))
    assert {
        (one.cue if rule != "overlap" else one.cue - 1, one.rule)
        for one in found
        if one.cue is not None
    } == {(place, rule)}
    assert len(found) == 1


def test_a_style_without_dashes_gives_each_speaker_a_cue() -> None:
    style = replace(NETFLIX, dash="")
    (found,) = check(cues(DASHED), style)
    assert found.rule == "dash"


@given(timelines(), st.sampled_from(list_styles()))
def test_a_recording_leaves_no_findings_but_its_exceptions(timeline: Timeline, house: str) -> None:
    captions = caption(timeline, house)
    found = check(write_captions(captions), captions.style)
    assert {(one.cue, one.rule) for one in found} == {
        (one.cue, one.rule) for one in captions.exceptions
    }
