"""The house style's hard rules, over transcripts of every shape."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules import HOUSES, check_house, check_words
from vivavoz.captions import caption, estimate_timeline, list_styles, load_style
from vivavoz.source import Clock, Picture, Timeline, Token, UsageError, Word
from wordings import build_wording

NASTY = [
    "-->",
    "<script>alert(1)</script>",
    "&amp;",
    "&",
    "WEBVTT",
    "NOTE",
    "STYLE",
    "00:00:01.000",
    "x" * 5000,
    "日本語の長い文章です。",
    "👩‍👩‍👧‍👦" * 30,
    "שלום,",
    "مرحبا؟",
    "e\u0301" * 60,
    "[laughs]",
    "--",
    "“Well,”",
    "(and",
    "\u200b",
    "\x00",
    "\x07bell",
    "I",
    "a",
    "Mr.",
    "word",
    "sentence.",
    "clause,",
]
words = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(codec="utf-8", exclude_categories=["Zs", "Zl", "Zp"]), min_size=1).filter(
        lambda text: len(text.split()) == 1 and text.split()[0] == text and text[0] not in "@[("
    ),
)
texts = st.lists(
    st.one_of(words, st.sampled_from(["\n\n", "@100", "@7000", "@90000"])), max_size=40
)
speakers = st.sampled_from(["Ann", "José Hernández", "<b>&-->", "日本" * 30, "N\n\nB", "#sound"])


@st.composite
def wordings(draw: st.DrawFn, *, pinned: bool) -> list[tuple[str, str]]:
    said = [("#picture", "A hill.")]
    for speaker, text in draw(st.lists(st.tuples(speakers, texts), max_size=6)):
        kept = [word for word in text if pinned or word[0] != "@"]
        bare = [
            word for word in kept if word.strip() and (speaker != "#sound" or word[0] not in "@[")
        ]
        if any(word[0] != "@" for word in bare):
            said.append((speaker, " ".join(bare if speaker == "#sound" else kept).strip()))
            said.append(("#picture", "A road and a hill."))
    return said


houses = st.sampled_from(sorted(HOUSES))


@settings(max_examples=200)
@given(wordings(pinned=False), houses)
def test_every_rule_holds_on_our_own_time(said: list[tuple[str, str]], house: str) -> None:
    captions = caption(estimate_timeline(build_wording(said)), house)
    check_house(captions)
    check_words(captions)
    check_order(captions.timeline)


@settings(max_examples=200)
@given(wordings(pinned=True), houses)
def test_every_rule_holds_between_time_stamps(said: list[tuple[str, str]], house: str) -> None:
    captions = caption(estimate_timeline(build_wording(said)), house)
    check_house(captions)
    check_words(captions)
    check_order(captions.timeline)


def check_order(timeline: Timeline) -> None:
    for part in timeline.parts:
        times = [time for word in part.words for time in (word.start_ms, word.end_ms)]
        assert times == sorted(times)
        assert part.start_ms <= part.end_ms
        assert not times or (part.start_ms <= times[0] and times[-1] <= part.end_ms)
    for before, after in pairwise(timeline.parts):
        assert before.end_ms <= after.start_ms
    assert not timeline.parts or timeline.parts[-1].end_ms <= timeline.duration_ms


def test_what_was_read_late_is_caught_up_in_the_next_silence() -> None:
    fast = "extraordinarily " * 30
    said = [("Ann", f"@0 {fast} @4000 {fast} @300000 Later.")]
    timeline = estimate_timeline(build_wording(said))
    captions = caption(timeline)
    words = captions.timeline.parts[0].words
    assert timeline.clock is Clock.STAMPS
    assert words[30].start_ms > 4000
    assert words[-1].start_ms == 300_000


def test_our_own_voices_wait_for_readers_and_keep_what_follows_in_step() -> None:
    said = [("A very long name indeed", "I."), ("#picture", "A hill."), ("B", "So. " * 9)]
    timeline = estimate_timeline(build_wording(said))
    paced = caption(timeline).timeline
    delays = [
        after.start_ms - before.start_ms
        for old, new in zip(timeline.parts, paced.parts, strict=True)
        for before, after in zip(old.words, new.words, strict=True)
    ]
    assert delays == sorted(delays)
    assert paced.duration_ms >= timeline.duration_ms + delays[-1]
    assert isinstance(paced.parts[1].part, Picture)


def test_a_narrators_words_wait_with_the_rest() -> None:
    said = [("A very long name indeed", "I."), ("#picture", "A hill."), ("B", "So. " * 9)]
    timeline = estimate_timeline(build_wording(said))
    before, picture, after = timeline.parts
    narrated = replace(picture, words=(Word(Token("A"), picture.start_ms, picture.start_ms + 90),))
    captions = caption(
        replace(timeline, clock=Clock.VOICES, parts=(before, narrated, after), duration_ms=99_999)
    )
    check_house(captions)
    check_words(captions)
    check_order(captions.timeline)
    moved = captions.timeline.parts[1]
    assert moved.words[0].start_ms - narrated.words[0].start_ms == moved.start_ms - picture.start_ms


def test_a_timeline_with_nothing_said_has_no_cues() -> None:
    timeline = estimate_timeline(build_wording([("#picture", "A hill.")]))
    captions = caption(timeline)
    assert captions.cues == ()
    assert captions.timeline == timeline


def test_cues_come_to_the_same_twice() -> None:
    said = [("Ann", "We walked a long way, and then we sang. " * 20), ("Bo", "Did you? " * 30)]
    assert caption(estimate_timeline(build_wording(said))) == caption(
        estimate_timeline(build_wording(said))
    )


def test_an_unknown_style_names_those_there_are() -> None:
    with pytest.raises(UsageError, match="netflix"):
        load_style("nextflix")


def test_every_style_names_its_sections() -> None:
    for name in list_styles():
        style = load_style(name)
        assert all(style.sections.values())
        assert style.shortest_ms < style.longest_ms
