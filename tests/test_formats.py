"""Every format of captions: what was written is what is read, whoever reads it."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pysubs2
import pytest
import srt
from hypothesis import example, given, settings
from hypothesis import strategies as st
from judge import find_errors, find_schema_errors, judge_imsc
from pycaption import SCCReader
from tracks import Range, tracks
from ttconv.imsc.reader import to_model
from ttconv.model import P
from vivavoz.captions import (
    Track,
    TrackFormat,
    caption,
    compose_track,
    estimate_timeline,
    parse_track,
    write_results,
    write_track,
)
from vivavoz.source import UnreadableSource, UsageError
from vivavoz.source.track import PLAIN, Align, Edge, Look, Place, Run, TrackCue, join_line
from wordings import TALK, build_wording

CAPTIONS = caption(estimate_timeline(build_wording(TALK)))
ITALIC = Look(italic=True)


def write(track: Track, form: str) -> str:
    return write_track(track, TrackFormat(form)).text


def note(track: Track, form: str) -> list[str]:
    return [notice.message for notice in write_track(track, TrackFormat(form)).notices]


def read(text: str) -> Track:
    return parse_track(text, Path("captions"))[0]


def one_cue(*lines: str, look: Look = PLAIN, place: Place | None = None) -> Track:
    shown = tuple((Run(line, look=look),) for line in lines)
    return Track((TrackCue(1000, 3000, shown, place),), "en")


def show(track: Track) -> list[tuple[int, int, str]]:
    return [(cue.start_ms, cue.end_ms, "\n".join(map(join_line, cue.lines))) for cue in track.cues]


@settings(max_examples=200)
@given(tracks(Range(word_times=True)))
def test_webvtt_keeps_all_that_a_track_has(track: Track) -> None:
    assert read(write(track, "vtt")) == track


@settings(max_examples=200)
@given(tracks(Range(speakers=False, corners=True)))
def test_subrip_keeps_letters_looks_and_corners(track: Track) -> None:
    assert read(write(track, "srt")).cues == track.cues


@settings(max_examples=200)
@given(tracks(Range(sounds=True)), st.sampled_from(["imsc", "ebu-tt-d"]))
def test_ttml_keeps_all_but_the_times_of_words(track: Track, form: str) -> None:
    assert read(write(track, form)) == track


LATIN = st.text(st.sampled_from("abcXYZ 019.,?'-áéñÁÜß♪“”*{}¿"), min_size=1, max_size=32)


@settings(max_examples=100)
@given(
    st.lists(st.lists(LATIN, min_size=1, max_size=4), min_size=1, max_size=5),
    st.sampled_from(["scc", "scc-ndf"]),
)
def test_scc_keeps_latin_letters_and_times_to_a_frame(said: list[list[str]], form: str) -> None:
    cues = [
        TrackCue(5000 * number, 5000 * number + 2500, tuple((Run(line),) for line in lines))
        for number, lines in enumerate(([" ".join(one.split()) for one in cue] for cue in said), 1)
        if all(lines)
    ]
    if cues:
        again = read(write(Track(tuple(cues)), form))
        for before, after in zip(cues, again.cues, strict=True):
            assert [join_line(line) for line in after.lines] == [
                join_line(line) for line in before.lines
            ]
            assert abs(before.start_ms - after.start_ms) <= 17
            # What clears the screen may have to wait for a code that is sent twice.
            assert abs(before.end_ms - after.end_ms) <= 51


@settings(max_examples=100)
@given(st.lists(st.text("ab.é\xa0", min_size=1, max_size=40), min_size=1, max_size=6))
@example(["a" * 32, "b" * 32])
@example(["a" * 30, "quoi\xa0?"])
def test_scc_breaks_wide_lines_and_keeps_every_letter(words: list[str]) -> None:
    said = " ".join(["so", *words])
    (cue,) = read(write(one_cue(said), "scc")).cues
    lines = [join_line(line) for line in cue.lines]
    assert "".join("".join(lines).split()) == "".join(said.split())
    assert max(map(len, lines)) <= 32


def test_subrip_reads_like_this() -> None:
    written = write_results(CAPTIONS, TrackFormat.SUBRIP)
    assert written.notices == ()
    assert written.text.startswith(
        "1\r\n00:00:00,000 --> 00:00:03,831\r\n[Ann Lee] What do you hear up there,\r\n"
        "when the light comes on at night?\r\n\r\n2\r\n"
    )
    cues = list(srt.parse(written.text))
    assert [cue.index for cue in cues] == list(range(1, len(cues) + 1))
    assert [cue.content for cue in cues] == ["\n".join(cue.lines) for cue in CAPTIONS.cues]


@settings(max_examples=100)
@given(tracks(Range(speakers=False, corners=True)))
def test_srt_and_pysubs2_read_the_same_subrip(track: Track) -> None:
    text = write(track, "srt")
    times = [(cue.start_ms, cue.end_ms) for cue in track.cues]
    read_by_srt = list(srt.parse(text))
    assert [
        (int(cue.start.total_seconds() * 1000 + 0.5), int(cue.end.total_seconds() * 1000 + 0.5))
        for cue in read_by_srt
    ] == times
    events = pysubs2.SSAFile.from_string(text, format_="srt")
    assert [(event.start, event.end) for event in events] == times


def test_pysubs2_sees_looks_and_places() -> None:
    place = Place(Edge.TOP, 10, 10, 80)
    text = write(one_cue("Up", look=Look(italic=True, bold=True), place=place), "srt")
    (event,) = pysubs2.SSAFile.from_string(text, format_="srt", keep_html_tags=True)
    assert event.text == "{\\an8}<b><i>Up</i></b>"


def test_what_looks_like_markup_is_shown_all_the_same() -> None:
    track = one_cue("Say <i>, </b> or --> done")
    text = write(track, "srt")
    (event,) = pysubs2.SSAFile.from_string(text, format_="srt")
    assert event.plaintext.replace("\u2060", "") == "Say <i>, </b> or --> done"
    assert read(text).cues == track.cues
    assert any("U+2060" in message for message in note(track, "srt"))


def test_imsc_says_who_speaks() -> None:
    text = write_results(CAPTIONS, TrackFormat.IMSC).text
    assert '<ttm:name type="full">Ann Lee</ttm:name>' in text
    assert 'ttp:contentProfiles="http://www.w3.org/ns/ttml/profile/imsc1.1/text"' in text
    assert re.search(r'ttm:agent="speaker2">\[Bo\] \[laughs\] I listen &amp; I', text)
    assert re.search(r'ttm:role="sound">\[wind howling\]<', text)


def test_imscjs_shows_what_ttml_holds(tmp_path: Path) -> None:
    paths = [tmp_path / "captions.ttml", tmp_path / "captions.xml"]
    track = compose_track(CAPTIONS)
    for path, form in zip(paths, ("imsc", "ebu-tt-d"), strict=True):
        path.write_text(write(track, form), encoding="utf-8")
    told = judge_imsc(paths)
    for path in paths:
        assert told[str(path)]["faults"] == []
        shown = {round(time * 1000): text for time, text in told[str(path)]["shown"]}
        for cue in track.cues:
            assert shown[cue.start_ms] == "\n".join(map(join_line, cue.lines))
            assert cue.end_ms in shown


def test_ttconv_shows_what_ttml_holds() -> None:
    from xml.etree import ElementTree as ET  # noqa: PLC0415

    track = compose_track(CAPTIONS)
    for form in ("imsc", "ebu-tt-d"):
        root = ET.ElementTree(ET.fromstring(write(track, form)))  # noqa: S314 - our own
        model = to_model(root)
        assert model is not None
        body = model.get_body()
        assert body is not None
        times = [
            (paragraph.get_begin() or 0, paragraph.get_end())
            for paragraph in body.dfs_iterator()
            if isinstance(paragraph, P)
        ]
        assert times == [
            (Fraction(cue.start_ms, 1000), Fraction(cue.end_ms, 1000)) for cue in track.cues
        ]


@settings(max_examples=25)
@given(tracks(Range(sounds=True)))
def test_ebu_tt_d_is_what_the_schema_of_ebu_asks(
    tmp_path_factory: pytest.TempPathFactory, track: Track
) -> None:
    path = tmp_path_factory.getbasetemp() / "captions.ebu-tt-d.xml"
    path.write_text(write(track, "ebu-tt-d"), encoding="utf-8")
    assert find_schema_errors(path) == []


def test_both_readers_of_scc_see_the_same() -> None:
    lines = ("Él dijo: “¿Qué?” — ♪ 100 %", "Straße, {ça} & naïve*")
    place = Place(Edge.TOP, 10, 10, 80, Align.LEFT)
    track = Track(
        (
            TrackCue(2000, 4000, tuple((Run(line),) for line in lines)),
            TrackCue(4100, 6000, ((Run("it is "), Run("now", look=ITALIC), Run(" or not")),)),
            TrackCue(9000, 10_000, ((Run("above", look=ITALIC),),), place),
        )
    )
    written = write_track(track, TrackFormat.SCC)
    assert written.notices == ()
    by_ttconv = read(written.text)
    assert by_ttconv.cues[2].place == place
    assert [run.look.italic for run in by_ttconv.cues[1].runs] == [False, True, False]
    by_pycaption = SCCReader().read(written.text).get_captions("en-US")
    for one, other, cue in zip(show(by_ttconv), by_pycaption, track.cues, strict=True):
        text = "\n".join(map(join_line, cue.lines))
        assert one[2] == text
        assert " ".join(other.get_text().split()) == " ".join(text.split())
        assert abs(one[0] - cue.start_ms) <= 17
        assert abs(other.start / 1000 - cue.start_ms) <= 34


def test_scc_keeps_to_the_clock_for_hours() -> None:
    at_ms = [hour * 3_600_000 + 7000 for hour in range(0, 24, 3)]
    cues = tuple(TrackCue(ms, ms + 2000, ((Run("Well."),),)) for ms in at_ms)
    for form in ("scc", "scc-ndf"):
        again = read(write(Track(cues), form))
        lateness = [
            after.start_ms - before.start_ms for before, after in zip(cues, again.cues, strict=True)
        ]
        limit = 120 if form == "scc" else 17  # drop frame itself gains 86 ms in a day
        assert max(map(abs, lateness)) <= limit


def test_scc_says_what_it_changes() -> None:
    wide = "Łukasz had said that this would never fit on a line"
    messages = note(one_cue(wide, look=Look(bold=True)), "scc")
    assert any("no bold letters" in message for message in messages)
    assert any("“Ł” (as “L”)" in message for message in messages)
    assert any("32 columns" in message for message in messages)
    hasty = Track(
        tuple(TrackCue(ms, ms + 300, ((Run("Words " * 5),),)) for ms in range(2000, 4000, 300))
    )
    assert any("late" in message for message in note(hasty, "scc"))
    with pytest.raises(UsageError, match="Latin"):
        write(one_cue("مرحبا، كيف حالك؟"), "scc")


def test_words_have_times_where_they_are_asked_for(tmp_path: Path) -> None:
    text = write_results(CAPTIONS, TrackFormat.WEBVTT, word_times=True).text
    path = tmp_path / "karaoke.vtt"
    path.write_text(text, encoding="utf-8")
    assert find_errors([("captions", path)]) == {str(path): []}
    first = text.partition(" --> ")[2].partition("\n\n")[0]
    assert re.search(r"\[Ann Lee\] What <00:00:00\.\d{3}>do <00:00:00\.\d{3}>you", first)
    plain = write_results(CAPTIONS, TrackFormat.WEBVTT).text
    assert re.sub(r"<[0-9:.]+>", "", text) == plain
    timed = {word.start_ms for part in CAPTIONS.timeline.parts for word in part.words}
    stamps = [run.start_ms for cue in read(text).cues for run in cue.runs if run.start_ms]
    assert stamps == sorted(stamps)
    assert set(stamps) <= timed


def test_webvtt_with_everything_is_right(tmp_path: Path) -> None:
    place = Place(Edge.MIDDLE, 40, 20, 50, Align.END)
    lines = (
        (Run("One ", "Ann"), Run("two", "Ann", Look(bold=True, colour="#123abc")), Run(" x", "Bo")),
        (Run("three", "Bo", Look(underline=True, colour="#ffff00"), start_ms=1500),),
    )
    track = Track((TrackCue(1000, 3000, lines, place),), "en", colours=(("Ann", "#00ffff"),))
    path = tmp_path / "all.vtt"
    path.write_text(write(track, "vtt"), encoding="utf-8")
    assert find_errors([("captions", path)]) == {str(path): []}
    assert read(path.read_text("utf-8")) == track


TTML = """<?xml version="1.0"?>
<tt xmlns="http://www.w3.org/2006/10/ttaf1" xmlns:tts="http://www.w3.org/2006/10/ttaf1#style"
  xmlns:ttp="http://www.w3.org/2006/10/ttaf1#parameter" ttp:frameRate="25" ttp:tickRate="1000"
  xmlns:ttm="http://www.w3.org/2006/10/ttaf1#metadata" xml:lang="en" tts:extent="640px 480px">
 <head><metadata><ttm:title>A talk</ttm:title>
  <ttm:agent xml:id="a" type="person"><ttm:name type="full">Ann</ttm:name></ttm:agent></metadata>
  <styling><style xml:id="s" tts:fontStyle="italic"/><style xml:id="t" style="s"/></styling>
  <layout><region xml:id="r" tts:origin="64px 48px" tts:extent="512px 96px">
   <style tts:displayAlign="before"/><style tts:textAlign="right"/></region></layout></head>
 <body><div begin="10s">
  <p begin="0:00" end="2s">Never.</p>
  <p begin="00:00:01:05" dur="1500ms" region="r" ttm:agent="a"> One
    <span style="t">two</span><br/>three </p>
  <p><span begin="5s" end="6s">Four</span> <span begin="7000t" end="200f">five</span></p>
 </div></body></tt>"""


def test_ttml_is_read_as_people_write_it() -> None:
    track = read(TTML.replace('begin="0:00" end="2s"', 'begin="2s" end="2s"'))
    assert (track.language, track.title) == ("en", "A talk")
    assert show(track) == [
        (11_200, 12_700, "One two\nthree"),
        (15_000, 16_000, "Four"),
        (17_000, 18_000, "five"),
    ]
    first = track.cues[0]
    assert {run.speaker for run in first.runs} == {"Ann"}
    assert [run.text for run in first.runs if run.look.italic] == ["two"]
    assert first.place == Place(Edge.TOP, 10, 10, 80, Align.RIGHT)


DEEP = "<div>" * 999 + "</div>" * 999


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("<tt xmlns='http://www.w3.org/ns/ttml'><body>", "broken"),
        ("<?xml version='1.0'?><html/>", "no TTML"),
        ("<!DOCTYPE tt [<!ENTITY a 'b'>]><tt xmlns='http://www.w3.org/ns/ttml'/>", "document type"),
        ("<tt xmlns='http://www.w3.org/ns/ttml'/>", "no captions"),
        (f"<tt xmlns='http://www.w3.org/ns/ttml'><body>{DEEP}</body></tt>", "too deep"),
        ("Scenarist_SCC V1.0\n\n", "no captions"),
    ],
)
def test_what_has_no_captions_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(UnreadableSource, match=sentence):
        read(text)


PIECES = st.sampled_from(
    [
        *("<p ", "begin='1s'", " end='2s'", " dur='9t'>", "text", "</p>", "<span ", ">", "</span>"),
        *("<br/>", "<div>", "</div>", " style='s'", " region='r'", "&amp;", " ttm:agent='a'"),
        *(" begin='99:99:99:99'", " xml:space='preserve'", "\u2028", " tts:color='red'"),
    ]
)
HEAD = (
    "<tt xmlns='http://www.w3.org/ns/ttml' xmlns:tts='http://www.w3.org/ns/ttml#styling' "
    "xmlns:ttm='http://www.w3.org/ns/ttml#metadata'><head><styling><style xml:id='s' style='s'/>"
    "</styling><layout><region xml:id='r' tts:extent='1px' tts:origin='9% 9%'/></layout></head>"
    "<body><div>"
)


@settings(max_examples=200)
@given(st.lists(PIECES | st.text(max_size=4), max_size=20).map("".join))
def test_no_ttml_is_too_strange(text: str) -> None:
    try:
        read(f"{HEAD}<p begin='1s' end='9s'>A{text}</p></div></body></tt>")
    except UnreadableSource:
        return


CODES = st.sampled_from(
    [
        *("9420", "94ae", "942f", "942c", "9425", "94ad", "9470", "91ae", "c1c2", "1520", "ffff"),
        *("9137", "92a1", "97a1", "9429", "94a1", "94a7", "\n", "\n\n00:00:01;00\t", "0000"),
        *("\n\n00:00:59:29\t", "\n\n99:99:99;99\t", "zz", "80"),
    ]
)


@settings(max_examples=200)
@given(st.lists(CODES | st.text(max_size=4), max_size=30).map(" ".join))
def test_no_scc_is_too_strange(text: str) -> None:
    try:
        read(f"Scenarist_SCC V1.0\n\n00:00:00;20\t9420 {text}")
    except UnreadableSource:
        return
