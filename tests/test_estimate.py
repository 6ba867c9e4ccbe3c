"""The estimated clock, and the time stamps that pin it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from vivavoz.captions import estimate_timeline
from vivavoz.source import Clock, Picture, Timeline, Turn, Word
from wordings import build_wording


def _words(timeline: Timeline) -> list[Word]:
    return [word for part in timeline.parts for word in part.words]


def _start_of(timeline: Timeline, text: str) -> int:
    return next(word.start_ms for word in _words(timeline) if word.token.text == text)


def test_speech_comes_to_an_ordinary_rate() -> None:
    sentence = "It was never the biggest company, but everybody wanted to work there anyway. "
    timeline = estimate_timeline(build_wording([("Ann", sentence * 40)]))
    rate = len(_words(timeline)) * 60_000 / timeline.duration_ms
    assert timeline.clock is Clock.ESTIMATE
    assert 130 < rate < 190


def test_a_stamp_says_when_its_word_starts() -> None:
    timeline = estimate_timeline(build_wording([("Ann", "One two @9000 three four")]))
    assert timeline.clock is Clock.STAMPS
    assert _start_of(timeline, "three") == 9000


def test_words_keep_their_speed_and_wait_for_the_next_stamp() -> None:
    free = estimate_timeline(build_wording([("Ann", "One two three")]))
    pinned = estimate_timeline(build_wording([("Ann", "@0 One two @60000 three")]))
    assert _start_of(pinned, "two") == _start_of(free, "two")
    assert _start_of(pinned, "three") == 60_000


def test_words_are_compressed_where_they_would_miss_the_stamp() -> None:
    timeline = estimate_timeline(build_wording([("Ann", "@1000 One two three four @1500 five")]))
    starts = [word.start_ms for word in _words(timeline)]
    assert starts[0] == 1000
    assert starts[4] == 1500
    assert starts == sorted(starts)


def test_a_stamp_that_goes_backwards_is_passed_over() -> None:
    timeline = estimate_timeline(build_wording([("Ann", "@5000 One @2000 two @9000 three")]))
    assert _start_of(timeline, "two") > 5000
    assert _start_of(timeline, "three") == 9000


def test_a_picture_has_time_to_be_read_only_where_the_timing_is_ours() -> None:
    said = [("Ann", "@0 One."), ("#picture", "A long road in the rain."), ("Ann", "Two.")]
    pinned = estimate_timeline(build_wording(said))
    free = estimate_timeline(build_wording([("Ann", "One."), *said[1:]]))

    def picture_ms(timeline: Timeline) -> int:
        return next(p.end_ms - p.start_ms for p in timeline.parts if isinstance(p.part, Picture))

    assert picture_ms(free) > 1000
    assert picture_ms(pinned) == 0


def test_a_picture_fills_the_slack_between_two_stamps() -> None:
    said = [("Ann", "@0 One."), ("#picture", "A long road in the rain."), ("Ann", "@1200 Two.")]
    picture = estimate_timeline(build_wording(said)).parts[1]
    assert 0 < picture.end_ms - picture.start_ms < 1200


def test_headings_and_sounds_take_what_they_take() -> None:
    said = [("#heading", "The start"), ("#sound", "loud applause"), ("Ann", "Thanks.")]
    heading, sound, _ = estimate_timeline(build_wording(said)).parts
    assert heading.start_ms == heading.end_ms == 0
    assert (sound.start_ms, sound.end_ms) == (0, 1500)


@given(st.lists(st.integers(0, 50_000), max_size=12))
def test_time_never_runs_backwards(stamps: list[int]) -> None:
    said = " ".join(f"@{stamp} word, another [laughs] one." for stamp in stamps)
    timeline = estimate_timeline(
        build_wording([("Ann", f"First {said}"), ("#picture", "A hill."), ("Bo", said or "Yes.")])
    )
    times = [time for word in _words(timeline) for time in (word.start_ms, word.end_ms)]
    assert times == sorted(times)
    assert all(isinstance(time, int) for time in times)
    for before, after in pairwise(timeline.parts):
        assert before.start_ms <= before.end_ms <= after.start_ms
    assert timeline.duration_ms == timeline.parts[-1].end_ms
    assert isinstance(timeline.parts[-1].part, Turn)
