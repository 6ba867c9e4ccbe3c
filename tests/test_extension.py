"""The extended edition and the script: every description, in order, and no word cut or softened."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_placement import describe, time_words
from vivavoz.audio.describe.composition import (
    compose_extension,
    compose_narration,
    compose_script,
    time_pictures,
)
from vivavoz.audio.describe.extension import Extension, extend_descriptions, hold_omitted
from vivavoz.audio.describe.gap import Gap
from vivavoz.audio.describe.hold import ExtendedClock, Hold
from vivavoz.audio.describe.narration import Description, Narration
from vivavoz.audio.describe.placement import BETWEEN_MS, Step, place_descriptions
from vivavoz.audio.describe.subject import Subject, find_places
from vivavoz.captions.description import find_descriptions
from vivavoz.source import TimedPart, Timeline

Programme = tuple[list[Subject], list[Gap], Timeline]


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    """Draw speech with silences of every length, and pictures that stand between its words."""
    words: list[tuple[int, int]] = []
    gaps: list[Gap] = []
    now = 0
    for _ in range(draw(st.integers(1, 12))):
        pause = draw(st.sampled_from([0, 40, 300, 900, 2_500, 5_000, 12_000]))
        if pause >= 1_500:
            gaps.append(Gap(now, now + pause, draw(st.sampled_from([0.3, 0.7, 1.0]))))
        now += pause
        words.append((now, now + draw(st.integers(100, 2_000))))
        now = words[-1][1]
    duration_ms = now + draw(st.sampled_from([0, 500, 4_000]))
    subjects: list[Subject] = []
    latest = 0
    for line in range(1, draw(st.integers(0, 6)) + 1):
        latest = draw(st.integers(latest, duration_ms))
        subjects.append(describe(latest, latest, draw(st.integers(1, 30)), line=line))
    return subjects, gaps, time_words(words, duration_ms)


def keep_level(descriptions: list[Description]) -> list[float]:
    """Leave every clip as loud as it is."""
    return [0.0 for _ in descriptions]


def is_inside_a_word(at_ms: int, timeline: Timeline) -> bool:
    return any(
        word.start_ms < at_ms < word.end_ms for part in timeline.parts for word in part.words
    )


def check_narration(narration: Narration, timeline: Timeline, holds: list[Hold]) -> None:
    """Hold what is said against the words on its clock: none is softened, nothing overlaps."""
    clock = ExtendedClock(holds)
    for before, after in pairwise(narration.descriptions):
        assert after.start_ms >= before.end_ms + BETWEEN_MS
    for part in timeline.parts:
        for word in part.words:
            start_ms, end_ms = clock.move_span(word.start_ms, word.end_ms)
            for duck in narration.gains.ducks:
                assert duck.end_ms <= start_ms or duck.start_ms >= end_ms


@given(programmes())
def test_the_extended_edition_has_every_description_between_words(drawn: Programme) -> None:
    subjects, gaps, timeline = drawn
    extended = extend_descriptions(subjects, gaps, timeline)
    assert [one.subject for one in extended] == subjects
    holds = [one.hold for one in extended if one.hold]
    for one in extended:
        assert one.rendition is one.subject.renditions[0]
        assert 0 <= one.start_ms <= timeline.duration_ms
        if one.hold:
            assert not is_inside_a_word(one.hold.at_ms, timeline)
    narration = compose_extension(extended, keep_level, timeline.duration_ms, -10)
    check_narration(narration, timeline, holds)
    whole_ms = timeline.duration_ms + sum(hold.duration_ms for hold in holds)
    assert all(one.end_ms <= whole_ms for one in narration.descriptions)


@given(programmes())
def test_the_script_has_every_description_in_order(drawn: Programme) -> None:
    subjects, gaps, timeline = drawn
    placements = place_descriptions(subjects, gaps)
    narration = compose_narration(placements, keep_level, timeline.duration_ms, -10)
    check_narration(narration, timeline, [])
    omitted = hold_omitted(placements, gaps, timeline)
    pictures = [subject.place.picture for subject in subjects]
    script = compose_script(narration, omitted, keep_level, pictures)
    assert [one.picture for one in script.descriptions] == pictures
    for before, after in pairwise(script.descriptions):
        assert after.start_ms >= (before.start_ms if before.hold else before.end_ms)
    for placement, description in zip(placements, script.descriptions, strict=True):
        assert (description.hold is not None) == (placement.step is Step.NOWHERE)


@given(programmes())
def test_the_text_track_is_in_order_and_ends_with_the_programme(drawn: Programme) -> None:
    subjects, gaps, timeline = drawn
    placements = place_descriptions(subjects, gaps)
    narration = compose_narration(placements, keep_level, timeline.duration_ms, -10)
    pictures = (
        TimedPart(subject.place.picture, subject.place.earliest_ms, subject.place.latest_ms)
        for subject in subjects
    )
    parts = (*(subject.place.picture for subject in subjects), *timeline.interview.parts)
    whole = replace(
        timeline,
        interview=replace(timeline.interview, parts=parts),
        parts=(*pictures, *timeline.parts),
    )
    cues = find_descriptions(time_pictures(whole, find_places(whole), narration))
    assert len(cues) == len(subjects)
    spoken = {one.start_ms: one for one in narration.descriptions}
    for before, after in pairwise(cues):
        assert before.start_ms <= after.start_ms
    for cue in cues:
        assert cue.start_ms < cue.end_ms
        assert cue.start_ms not in spoken or cue.text.split() == (spoken[cue.start_ms].text.split())
    assert all(cue.end_ms <= max(timeline.duration_ms, 1) + len(cues) for cue in cues)


def extend_one(subject: Subject, gaps: list[Gap], timeline: Timeline) -> Extension:
    (extended,) = extend_descriptions([subject], gaps, timeline)
    return extended


def test_the_picture_holds_between_words() -> None:
    timeline = time_words([(0, 4_000), (4_050, 7_000), (7_400, 9_000)], 9_000)
    extended = extend_one(describe(6_000, 6_000, 20), [], timeline)
    assert extended.hold
    assert extended.hold.at_ms == 7_200


def test_it_holds_where_a_sentence_ends_rather_than_in_its_midst() -> None:
    timeline = time_words([(0, 2_000), (2_400, 5_000), (5_150, 8_000)], 8_000, ends={1})
    extended = extend_one(describe(3_000, 3_000, 20), [], timeline)
    assert extended.hold
    assert extended.hold.at_ms == 5_075


def test_in_a_silence_that_is_too_short_the_picture_holds_at_its_time() -> None:
    timeline = time_words([(0, 4_000), (9_000, 12_000)], 12_000)
    extended = extend_one(describe(5_000, 5_000, 30), [Gap(4_000, 9_000, 1.0)], timeline)
    assert extended.hold
    assert extended.hold.at_ms == 5_000


def test_near_its_time_a_silence_serves_without_a_hold() -> None:
    timeline = time_words([(0, 4_000), (9_000, 12_000)], 12_000)
    extended = extend_one(describe(4_000, 4_000, 8), [Gap(4_000, 9_000, 1.0)], timeline)
    assert extended.hold is None
    assert extended.start_ms == 4_200


def test_the_rest_of_a_silence_serves_for_a_hold() -> None:
    timeline = time_words([(0, 4_000), (10_000, 12_000), (12_100, 14_000)], 14_000)
    subjects = [describe(4_000, 10_000, 12), describe(4_000, 10_000, 12)]
    first, second = extend_descriptions(subjects, [Gap(4_000, 10_000, 1.0)], timeline)
    assert (first.hold, first.start_ms) == (None, 4_200)
    assert second.hold
    assert 8_700 <= second.hold.at_ms <= 10_000


@pytest.mark.parametrize("word_ms", [80, 300])
def test_a_short_word_between_two_descriptions_is_not_softened(word_ms: int) -> None:
    word = (10_000, 10_000 + word_ms)
    gaps = [Gap(2_000, word[0], 1.0), Gap(word[1], 18_000, 1.0)]
    subjects = [describe(2_000, word[0], 20), describe(word[1], 18_000, 20)]
    placements = place_descriptions(subjects, gaps)
    narration = compose_narration(placements, keep_level, 18_000, -10)
    check_narration(narration, time_words([word], 18_000), [])
    assert len(narration.gains.ducks) == 2
