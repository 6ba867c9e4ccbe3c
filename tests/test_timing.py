"""The recording's clock: what is said keeps its time, and what is not said is gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from alignments import align_by_hand, build_alignment
from hypothesis import given, settings
from hypothesis import strategies as st
from vivavoz.audio.listen.alignment import Alignment
from vivavoz.audio.listen.timing import time_alignment
from vivavoz.source import (
    Clock,
    Heading,
    Picture,
    Sound,
    Timeline,
    TokenKind,
    Turn,
    read_interview,
    word_interview,
)
from wordings import build_wording


def _show(timeline: Timeline) -> list[str]:
    """Write each part as its words and their times, or as its own time."""
    return [
        " ".join(f"{word.token.text}@{word.start_ms}-{word.end_ms}" for word in part.words)
        or f"{type(part.part).__name__}@{part.start_ms}-{part.end_ms}"
        for part in timeline.parts
    ]


def _time(said: list[tuple[str, str]], *pauses: int) -> list[str]:
    return _show(time_alignment(build_alignment(said, pauses)))


def test_turns_and_words_that_are_not_said_are_left_out() -> None:
    said = [("A", "Was it? NO."), ("B", "NEVER EVER."), ("A", "THEN so it was.")]
    assert _time(said) == [
        "Was@1000-1300 it?@2300-2600",
        "so@3600-3900 it@4900-5200 was.@6200-6500",
    ]


def test_the_programme_is_as_long_as_the_recording() -> None:
    timeline = time_alignment(build_alignment([("A", "So.")], [0, 70_000]))
    assert (timeline.clock, timeline.duration_ms) == (Clock.RECORDING, 70_300)


@pytest.mark.parametrize(
    ("pause_ms", "sound"), [(1000, "1300-1900"), (400, "1300-1700"), (0, "1300-1300")]
)
def test_a_sound_takes_what_the_pause_behind_a_word_leaves(pause_ms: int, sound: str) -> None:
    (turn,) = _time([("A", "One [laughs] two.")], 1000, pause_ms)
    assert turn.split()[1] == f"laughs@{sound}"


def test_a_sound_that_begins_a_turn_comes_right_before_its_words() -> None:
    said = [("A", "One."), ("B", "[laughs] two.")]
    assert _time(said)[1] == "laughs@1700-2300 two.@2300-2600"


def test_a_sound_of_its_own_has_the_time_between_its_neighbours() -> None:
    said = [("#sound", "music"), ("A", "One."), ("#sound", "loud applause"), ("B", "[coughs] two.")]
    assert _time(said, 9000, 4000) == [
        "music@7500-9000",
        "One.@9000-9300",
        "loud@9300-10050 applause@10050-10800",
        "coughs@12700-13300 two.@13300-13600",
    ]


def test_sounds_share_a_short_pause_in_their_order() -> None:
    said = [
        ("A", "One [laughs] ."),
        ("#sound", "applause"),
        ("B", "[coughs]"),
        ("A", "[sighs] two."),
    ]
    assert _time(said, 0, 330) == [
        "One@0-300 laughs@300-360 .@360-360",
        "applause@360-510",
        "coughs@510-570",
        "sighs@570-630 two.@630-930",
    ]


def test_sounds_in_a_passage_that_was_cut_are_cut_with_it() -> None:
    said = [
        ("A", "One. WE ALL SANG [laughs] AND DANCED THEN. Two [coughs] WENT UP THERE."),
        ("B", "NEVER [sighs] ."),
        ("#sound", "applause"),
        ("A", "[cries] NO."),
    ]
    assert _time(said) == ["One.@1000-1300 Two@2300-2600 coughs@2600-3200"]


def test_a_sound_beside_a_slip_is_kept() -> None:
    assert _time([("A", "One UH [laughs] two.")]) == [
        "One@1000-1300 laughs@1300-1900 two.@2300-2600"
    ]


def test_marks_that_nobody_says_stay_with_their_words() -> None:
    assert _time([("A", "— One — two [laughs] . GONE IT IS —")]) == [
        "—@1000-1000 One@1000-1300 —@1300-1300 two@2300-2600 laughs@2600-3200 .@3200-3200"
    ]


def test_words_after_what_was_left_out_neither_touch_nor_join_others() -> None:
    alignment = build_alignment([("A", "It was bad—because we left. GONE IS GONE.\n\nMORE. Home.")])
    (heard,) = alignment.words
    cut = tuple(
        replace(word, start_ms=None, end_ms=None) if word.token.text == "bad—" else word
        for word in heard
    )
    (part,) = time_alignment(replace(alignment, words=(cut,))).parts
    tokens = [word.token for word in part.words]
    assert [token.text for token in tokens if token.spaced] == [token.text for token in tokens]
    assert [token.text for token in tokens if token.opens_paragraph] == ["Home."]


def test_no_caption_reaches_over_a_sentence_that_was_cut() -> None:
    (part,) = time_alignment(build_alignment([("A", "One. GONE. Two THREE four.")])).parts
    opening = [word.token.text for word in part.words if word.token.opens_paragraph]
    assert opening == ["Two"]


def test_pictures_share_the_gap_in_which_they_stand() -> None:
    said = [
        ("#picture", "A."),
        ("A", "One."),
        ("#picture", "B."),
        ("#picture", "C."),
        ("B", "Two."),
    ]
    assert _time(said) == [
        "Picture@0-1000",
        "One.@1000-1300",
        "Picture@1300-1800",
        "Picture@1800-2300",
        "Two.@2300-2600",
    ]


def test_pictures_beside_what_was_cut_are_still_there() -> None:
    said = [("A", "One."), ("B", "GONE."), ("#picture", "B."), ("A", "GONE."), ("B", "Two.")]
    assert _time(said, 0, 0) == ["One.@0-300", "Picture@300-300", "Two.@300-600"]


def test_a_picture_keeps_its_own_time_stamp_as_far_as_the_order_allows() -> None:
    said = [
        ("A", "One."),
        ("#picture", "B."),
        ("#picture", "C."),
        ("#picture", "D."),
        ("B", "Two."),
    ]
    wording = build_wording(said)
    stamps: dict[int, int] = {1: 2900, 2: 100, 3: 99_000}
    parts = tuple(
        replace(worded, part=replace(worded.part, start_ms=stamps.get(index)))
        for index, worded in enumerate(wording.parts)
    )
    timeline = time_alignment(align_by_hand(replace(wording, parts=parts), [0, 5000], 0))
    assert _show(timeline)[1:4] == [
        "Picture@2900-2900",
        "Picture@2900-5300",
        "Picture@5300-5300",
    ]


def test_a_heading_stands_where_what_it_heads_begins() -> None:
    said = [
        ("#heading", "Launch"),
        ("A", "One."),
        ("#heading", "Home"),
        ("#picture", "A hill."),
        ("B", "Two."),
        ("#picture", "A road."),
        ("#heading", "After"),
        ("A", "Three."),
    ]
    shown = [part for part in _time(said) if part[0] in "HP"]
    assert shown == [
        "Heading@1000-1000",
        "Heading@1300-1300",
        "Picture@1300-2300",
        "Picture@2600-3600",
        "Heading@3600-3600",
    ]


def test_a_heading_with_nothing_said_under_it_is_left_out() -> None:
    said = [
        ("#heading", "The launch"),
        ("#heading", "Morning"),
        ("A", "One."),
        ("#heading", "The book"),
        ("#heading", "In orbit"),
        ("A", "GONE."),
        ("#heading", "Home"),
        ("#picture", "A hill."),
        ("A", "GONE. Two."),
        ("#heading", "Thanks"),
    ]
    timeline = time_alignment(build_alignment(said))
    titles = [part.part.text for part in timeline.parts if isinstance(part.part, Heading)]
    assert titles == ["The launch", "Morning", "Home"]


WORDS = ["one", "two.", "so,", "[laughs]", "[coughs]", "GONE", "LOST.", "NEVER", "—", ".", "\n\n"]
PARTS = st.lists(
    st.tuples(
        st.sampled_from(["Ann", "Interviewer", "#sound", "#picture", "#heading"]),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join),
    ).filter(lambda part: bool(part[1].strip())),
    max_size=9,
)
PAUSES = st.lists(st.one_of(st.just(0), st.integers(0, 4000)), max_size=60)


@settings(max_examples=300)
@given(PARTS, PAUSES, st.integers(0, 3000))
def test_what_is_said_keeps_its_time_and_nothing_else_is_said(
    said: list[tuple[str, str]], pauses: list[int], rest_ms: int
) -> None:
    alignment = build_alignment(said, pauses, rest_ms)
    timeline = time_alignment(alignment)
    check_time(timeline)
    heard = [
        (word.token.text, word.start_ms, word.end_ms)
        for words in alignment.words
        for word in words
        if word.start_ms is not None
    ]
    spoken = [
        (word.token.text, word.start_ms, word.end_ms)
        for part in timeline.parts
        for word in part.words
        if word.token.kind is TokenKind.SPEECH and word.token.text not in {"—", "."}
    ]
    assert spoken == heard
    kept = [part.part for part in timeline.parts if isinstance(part.part, Picture)]
    assert kept == [part for part in alignment.wording.interview.parts if isinstance(part, Picture)]
    check_presence(alignment, timeline)


def check_time(timeline: Timeline) -> None:
    for part in timeline.parts:
        times = [time for word in part.words for time in (word.start_ms, word.end_ms)]
        assert times == sorted(times)
        assert 0 <= part.start_ms <= part.end_ms <= timeline.duration_ms
        assert not times or (part.start_ms, part.end_ms) == (times[0], times[-1])
        assert bool(times) == isinstance(part.part, Turn | Sound)
    for before, after in pairwise(timeline.parts):
        assert before.end_ms <= after.start_ms


def check_presence(alignment: Alignment, timeline: Timeline) -> None:
    order = [id(part) for part in alignment.wording.interview.parts]
    kept = [id(part.part) for part in timeline.parts]
    assert kept == [part for part in order if part in set(kept)]
    for worded, heard in zip(alignment.wording.parts, alignment.words, strict=True):
        if any(word.start_ms is not None for word in heard):
            assert id(worded.part) in kept
        elif any(
            any(map(str.isalpha, w.token.text)) and w.token.kind is TokenKind.SPEECH for w in heard
        ):
            assert id(worded.part) not in kept


def test_editorial_words_that_nobody_says_are_no_cut(write: Callable[..., Path]) -> None:
    interview = read_interview(
        write("Ann: I love it [VERY MUCH INDEED ALWAYS] [laughs].\n\nBen: Yes.\n")
    )
    timeline = time_alignment(align_by_hand(word_interview(interview), [], 1000))
    assert "laughs" in _show(timeline)[0]
