"""Chapters tile the programme and are named for what they are about."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from vivavoz.captions import Chapter, estimate_timeline, find_chapters, write_chapters
from vivavoz.captions.measure import measure_columns
from webvtt import WebVTT
from wordings import build_wording

ANSWER = ("Ann", "It was a long time ago, and nobody knew how it would end. " * 3)


def _chapters(said: list[tuple[str, str]], language: str = "en") -> tuple[Chapter, ...]:
    return find_chapters(estimate_timeline(build_wording(said, language)))


def _titles(said: list[tuple[str, str]], language: str = "en") -> list[str]:
    return [chapter.title for chapter in _chapters(said, language)]


def test_each_question_opens_a_chapter() -> None:
    said = [
        ("Interviewer", "You left in 1997. How did it begin?"),
        ANSWER,
        ("Interviewer", "I see."),
        ANSWER,
        ("Interviewer", "Is it true? “Would you go again?” Tell us."),
        ANSWER,
    ]
    assert _titles(said) == ["How did it begin?", "“Would you go again?”"]


def test_a_guest_who_asks_opens_none() -> None:
    said = [("Interviewer", "How did it begin?"), ("Ann", "Why do you ask? I forgot.")]
    assert _titles(said) == ["How did it begin?"]


def test_headings_win_over_questions() -> None:
    said = [
        ("#heading", "The launch"),
        ("Interviewer", "How did it begin?"),
        ANSWER,
        ("#heading", "Coming home"),
        ("#heading", "And after"),
        ANSWER,
    ]
    assert _titles(said) == ["The launch", "Coming home – And after"]


def test_what_comes_before_the_first_is_the_introduction() -> None:
    said = [ANSWER, ("Interviewer", "¿Cómo empezó?"), ANSWER]
    assert _titles(said) == ["Introduction", "¿Cómo empezó?"]
    assert _titles(said, "es-MX") == ["Introducción", "¿Cómo empezó?"]
    assert _titles([("Ann", "Hello."), *said[1:]]) == ["¿Cómo empezó?"]


def test_an_interview_without_marks_is_one_chapter() -> None:
    assert _titles([ANSWER]) == ["A test"]


def test_a_long_question_is_cut_at_a_word() -> None:
    (title,) = _titles([("Interviewer", "And what " + "about this one " * 20 + "then?"), ANSWER])
    assert measure_columns(title) <= 80
    assert title.endswith((" one…", " about…", " this…"))


def test_a_hundred_questions_are_thinned() -> None:
    said = [("Interviewer", "And then?"), ANSWER] * 100
    chapters = _chapters(said)
    assert 15 < len(chapters) <= 30


@given(
    st.lists(
        st.tuples(st.sampled_from(["Interviewer", "Ann", "#heading", "#picture"]), st.text()),
        max_size=12,
    )
)
def test_chapters_tile_the_programme(said: list[tuple[str, str]]) -> None:
    timeline = estimate_timeline(build_wording([(who, f"So {text}?") for who, text in said]))
    chapters = find_chapters(timeline)
    for before, after in pairwise(chapters):
        assert before.end_ms == after.start_ms
    assert all(chapter.start_ms < chapter.end_ms for chapter in chapters)
    assert bool(chapters) == bool(timeline.duration_ms)
    if chapters:
        assert (chapters[0].start_ms, chapters[-1].end_ms) == (0, timeline.duration_ms)
    assert len(WebVTT.from_string(write_chapters(timeline), strict=True)) == len(chapters)
