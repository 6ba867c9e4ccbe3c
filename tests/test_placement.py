"""Where descriptions go: never over speech, in order, and no lower on the ladder than they must."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from vivavoz.audio.describe.gain import GUARD_MS
from vivavoz.audio.describe.gap import Gap
from vivavoz.audio.describe.placement import (
    BETWEEN_MS,
    WINDOW_MS,
    Placement,
    Step,
    place_descriptions,
)
from vivavoz.audio.describe.subject import RATES, Place, Rendition, Subject, find_places
from vivavoz.audio.speak.voice import Clip
from vivavoz.source import (
    Clock,
    Interview,
    Picture,
    Role,
    Span,
    SpanKind,
    Speaker,
    TimedPart,
    Timeline,
    Token,
    Turn,
    Word,
)


def speak(text: str, words_per_minute: int) -> Clip:
    """Return silence as long as the words take."""
    duration_ms = len(text.split()) * 60_000 // words_per_minute
    return Clip(bytes(2 * (duration_ms // 20)), 50)


def describe(
    earliest_ms: int, latest_ms: int, words: int, short: int | None = None, line: int = 1
) -> Subject:
    """Return a subject whose texts have so many words."""
    stamp_ms = earliest_ms if earliest_ms == latest_ms else None
    form = None if short is None else "word " * short
    picture = Picture("word " * words, line, stamp_ms, short=form)
    renditions = [
        Rendition(text, text is picture.short, rate, speak(text, rate))
        for text in (picture.text, picture.short)
        if text is not None
        for rate in RATES
    ]
    return Subject(Place(picture, earliest_ms, latest_ms), tuple(renditions))


def place_one(subject: Subject, *gaps: tuple[int, int], confidence: float = 1.0) -> Placement:
    (placed,) = place_descriptions([subject], [Gap(*gap, confidence) for gap in gaps])
    return placed


def test_what_fits_is_said_at_its_place_at_the_usual_pace() -> None:
    placed = place_one(describe(10_000, 20_000, words=16), (10_000, 20_000))
    assert placed.step is Step.USUAL
    assert placed.rendition
    assert placed.rendition.words_per_minute == RATES[0]
    assert (placed.start_ms, placed.end_ms) == (10_200, 16_200)


def test_the_ladder() -> None:
    # 16 words take 6.0 s at 160 words a minute, 5.3 s at 180 and 4.8 s at 200.
    home = {6_400: (Step.USUAL, 160), 5_800: (Step.FASTER, 180), 5_200: (Step.FASTER, 200)}
    for length_ms, (step, rate) in home.items():
        placed = place_one(describe(0, length_ms, 16, short=4), (0, length_ms))
        assert placed.rendition
        assert (placed.step, placed.rendition.words_per_minute) == (step, rate)
    placed = place_one(describe(0, 5_000, 16, short=4), (0, 5_000), (9_000, 30_000))
    assert placed.step is Step.SHORT
    assert placed.rendition
    assert placed.rendition.words_per_minute == RATES[0]
    placed = place_one(describe(0, 5_000, 16), (0, 5_000), (9_000, 30_000))
    assert placed.step is Step.NEIGHBOUR
    assert placed.start_ms == 9_000 + GUARD_MS
    assert place_one(describe(0, 5_000, 16), (0, 5_000), (30_000, 90_000)).step is Step.NOWHERE


def test_the_gap_before_serves_too_but_not_long_before() -> None:
    before, after = (5_000, 15_000), (40_000, 60_000)
    placed = place_one(describe(14_000, 14_500, 16), before, after)
    assert placed.step is Step.NEIGHBOUR
    assert placed.end_ms == 15_000 - GUARD_MS
    assert place_one(describe(20_000, 20_500, 16), before, after).step is Step.NOWHERE


def test_a_time_of_its_own_is_kept() -> None:
    placed = place_one(describe(14_000, 14_000, 5), (10_000, 20_000))
    assert (placed.step, placed.start_ms) == (Step.USUAL, 14_000)


def test_a_gap_that_may_hold_speech_is_not_spoken_in() -> None:
    subject = describe(0, 10_000, 5)
    assert place_one(subject, (0, 10_000), confidence=0.3).step is Step.NOWHERE


def test_where_ends_of_words_may_drown_more_stays_free() -> None:
    placed = place_one(describe(0, 10_000, 5), (0, 10_000), confidence=0.7)
    assert placed.start_ms == 2 * GUARD_MS


def test_descriptions_make_room_for_each_other() -> None:
    subjects = [describe(0, 11_500, 16), describe(0, 11_500, 16)]
    first, second = place_descriptions(subjects, [Gap(0, 11_500, 1.0)])
    assert {first.step, second.step} == {Step.FASTER}
    assert second.start_ms - first.end_ms >= BETWEEN_MS


def test_what_follows_gets_the_time_that_it_needs() -> None:
    subjects = [describe(5_000, 5_000, 16), describe(6_000, 6_000, 8)]
    first, second = place_descriptions(subjects, [Gap(0, 12_500, 1.0)])
    assert Step.NOWHERE not in {first.step, second.step}
    assert first.start_ms < 5_000


def test_many_pictures_in_one_place_are_placed_soon() -> None:
    subjects = [describe(0, 1_200_000, words) for words in range(2, 20)] * 12
    placed = place_descriptions(subjects, [Gap(0, 1_200_000, 1.0)])
    assert {one.step for one in placed} == {Step.USUAL}  # in all they take 17 minutes


def test_time_stamps_beyond_the_end_do_not_count_and_the_others_give_the_order() -> None:
    spoken = time_words([(1_000, 4_000), (5_000, 7_000)], 30_000)
    pictures = [Picture("A", 1, 20_000), Picture("B", 2, 3_600_000), Picture("C", 3, 7_000)]
    parts = (*spoken.parts, *(TimedPart(picture, 7_000, 7_000) for picture in pictures))
    interview = replace(spoken.interview, parts=(*spoken.interview.parts, *pictures))
    timeline = Timeline(interview, Clock.RECORDING, parts, 30_000)
    assert find_places(timeline) == [
        Place(pictures[1], 7_000, 30_000),
        Place(pictures[2], 7_000, 7_000),
        Place(pictures[0], 20_000, 20_000),
    ]


def test_a_picture_of_a_passage_that_was_cut_belongs_nowhere() -> None:
    spoken = time_words([(1_000, 4_000)], 30_000)
    (said,) = spoken.interview.parts
    cut = Turn("Ann", (Span(SpanKind.SPEECH, "cut"),), 2)
    kept, lost, last = Picture("A", 1), Picture("B", 2), Picture("C", 3)
    interview = replace(spoken.interview, parts=(kept, said, cut, lost, cut, last))
    parts = (TimedPart(kept, 0, 1_000), *spoken.parts, TimedPart(lost, 4_000, 30_000))
    assert find_places(Timeline(interview, Clock.RECORDING, parts, 30_000)) == [
        Place(kept, 0, 1_000)
    ]


@st.composite
def programmes(draw: st.DrawFn) -> tuple[list[Subject], list[Gap]]:
    """Draw gaps, and subjects whose places follow one another."""
    gaps: list[Gap] = []
    now = 0
    for _ in range(draw(st.integers(0, 12))):
        start = now + draw(st.integers(100, 20_000))
        now = start + draw(st.integers(100, 15_000))
        gaps.append(Gap(start, now, draw(st.sampled_from([0.2, 0.6, 1.0]))))
    subjects: list[Subject] = []
    at = 0
    for _ in range(draw(st.integers(0, 10))):
        at += draw(st.integers(0, 20_000))
        words = draw(st.integers(1, 30))
        short = draw(st.none() | st.integers(1, words))
        subjects.append(describe(at, at + draw(st.integers(0, 5_000)), words, short))
    return subjects, gaps


@given(programmes())
def test_whatever_the_programme(drawn: tuple[list[Subject], list[Gap]]) -> None:
    subjects, gaps = drawn
    placed = place_descriptions(subjects, gaps)
    assert [one.subject for one in placed] == subjects
    spoken = [one for one in placed if one.step is not Step.NOWHERE]
    for one in spoken:
        assert one.gap
        assert one.gap.confidence > 0.5
        assert one.gap.start_ms + one.gap.guard_ms <= one.start_ms
        assert one.end_ms <= one.gap.end_ms - one.gap.guard_ms
        assert one.subject.place.measure_distance(one.start_ms) <= WINDOW_MS
    for before, after in pairwise(spoken):
        assert after.start_ms >= before.end_ms + BETWEEN_MS


def time_words(
    spans: Sequence[tuple[int, int]], duration_ms: int, ends: Collection[int] = ()
) -> Timeline:
    """Return a timeline of one turn with words at these times; some of them end a sentence."""
    turn = Turn("Ann", (Span(SpanKind.SPEECH, "word " * len(spans)),), 1)
    words = tuple(
        Word(Token("word." if number in ends else "word"), start, end)
        for number, (start, end) in enumerate(spans)
    )
    interview = Interview("Talk", "en", (Speaker("Ann", Role.GUEST),), (turn,))
    timed = TimedPart(turn, words[0].start_ms, words[-1].end_ms, words) if words else None
    parts = (timed,) if timed else ()
    return Timeline(interview, Clock.RECORDING, parts, duration_ms)


def test_a_picture_belongs_between_what_is_said_around_it() -> None:
    spoken = time_words([(1_000, 4_000), (4_050, 7_000)], 30_000)
    opening, pinned, closing = Picture("A", 1), Picture("B", 2, 20_000), Picture("C", 3)
    parts = (
        TimedPart(opening, 0, 1_000),
        *spoken.parts,
        TimedPart(pinned, 7_000, 8_000),
        TimedPart(closing, 8_000, 30_000),
    )
    pictures = (opening, *spoken.interview.parts, pinned, closing)
    interview = replace(spoken.interview, parts=pictures)
    assert find_places(Timeline(interview, Clock.RECORDING, parts, 30_000)) == [
        Place(opening, 0, 1_000),
        Place(closing, 7_000, 30_000),
        Place(pinned, 20_000, 20_000),
    ]
