"""The extended edition's clock: the programme stands still, and nothing is lost or turned round."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vivavoz.audio.describe.hold import ExtendedClock, Hold, extend_timeline
from vivavoz.captions import caption, estimate_timeline
from vivavoz.captions.chapters import find_chapters
from vivavoz.source import Picture, Timeline, read_interview, word_interview

INTERVIEW = """Ann Lee: Who keeps the light?

[Picture: A white lighthouse.]

Bo Ray: I do, every night of the year.

Ann Lee: And who keeps you?
"""

moments = st.integers(0, 60_000)
holds_of_any_kind = st.lists(st.builds(Hold, moments, st.integers(1, 20_000)), max_size=8)


@pytest.fixture(scope="module")
def timeline(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    path = tmp_path_factory.mktemp("held") / "interview.txt"
    path.write_text(INTERVIEW, encoding="utf-8")
    return estimate_timeline(word_interview(read_interview(path)))


def test_what_starts_at_a_hold_waits_and_what_ends_there_does_not() -> None:
    clock = ExtendedClock([Hold(5000, 2000), Hold(1000, 300)])
    assert [clock.move_start(at) for at in (0, 999, 1000, 4999, 5000)] == [0, 999, 1300, 5299, 7300]
    assert [clock.move_end(at) for at in (1000, 1001, 5000, 5001)] == [1000, 1301, 5300, 7301]
    assert clock.move_span(4000, 6000) == (4300, 8300)
    assert clock.move_span(5000, 5000) == (7300, 7300)


@given(holds=holds_of_any_kind, times=st.lists(moments, min_size=2, max_size=2).map(sorted))
def test_a_span_keeps_its_length_but_for_the_holds_inside(
    holds: list[Hold], times: list[int]
) -> None:
    start_ms, end_ms = times
    start, end = ExtendedClock(holds).move_span(start_ms, end_ms)
    inside = sum(hold.duration_ms for hold in holds if start_ms < hold.at_ms < end_ms)
    assert end - start == end_ms - start_ms + inside
    assert start == start_ms + sum(hold.duration_ms for hold in holds if hold.at_ms <= start_ms)


def test_a_picture_is_described_in_the_hold_before_the_speech_after_it(timeline: Timeline) -> None:
    place = next(
        place for place, part in enumerate(timeline.parts) if isinstance(part.part, Picture)
    )
    answer = timeline.parts[place + 1]
    extended = extend_timeline(timeline, [Hold(answer.start_ms, 4000)])
    picture, moved = extended.parts[place : place + 2]
    assert picture.start_ms == timeline.parts[place].start_ms
    assert moved.start_ms == answer.start_ms + 4000
    assert moved.words[0].start_ms == answer.words[0].start_ms + 4000
    for cue in caption(extended).cues:
        assert cue.end_ms <= answer.start_ms or cue.start_ms >= moved.start_ms
    assert find_chapters(extended)[-1].end_ms == timeline.duration_ms + 4000


def test_no_holds_change_nothing(timeline: Timeline) -> None:
    assert extend_timeline(timeline, []) == timeline


@given(data=st.data())
def test_a_timeline_keeps_its_words_and_their_order(
    timeline: Timeline, data: st.DataObject
) -> None:
    edges = sorted({edge for part in timeline.parts for edge in (part.start_ms, part.end_ms)})
    at = st.sampled_from(edges) | st.integers(0, timeline.duration_ms)
    holds = data.draw(st.lists(st.builds(Hold, at, st.integers(1, 9000)), max_size=5))
    extended = extend_timeline(timeline, holds)
    assert [part.part for part in extended.parts] == [part.part for part in timeline.parts]
    words = [word for part in extended.parts for word in part.words]
    assert [word.token for word in words] == [
        word.token for part in timeline.parts for word in part.words
    ]
    starts = [part.start_ms for part in extended.parts]
    assert starts == sorted(starts)
    for part in extended.parts:
        times = [(word.start_ms, word.end_ms) for word in part.words]
        assert times == sorted(times)
        assert all(part.start_ms <= start <= end <= part.end_ms for start, end in times)
    held_ms = sum(hold.duration_ms for hold in holds)
    assert extended.duration_ms == timeline.duration_ms + held_ms
