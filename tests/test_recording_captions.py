"""Captions on a recording's time: words can't wait, so cues make do with the time there is."""

from __future__ import annotations

import pytest
from alignments import align_by_hand, build_alignment
from hypothesis import given, settings
from hypothesis import strategies as st
from rules import HOUSES, check_recording
from vivavoz.audio.listen.timing import time_alignment
from vivavoz.captions import (
    Captions,
    caption,
    find_chapters,
    write_captions,
    write_chapters,
    write_descriptions,
)
from vivavoz.source import Clock, TimedPart, Timeline, Word
from webvtt import WebVTT
from wordings import build_wording


def _caption(said: list[tuple[str, str]], *pauses: int, rest_ms: int = 0) -> Captions:
    return caption(time_alignment(build_alignment(said, pauses, rest_ms)))


def _show(captions: Captions) -> list[str]:
    return [f"{cue.start_ms}-{cue.end_ms} {' / '.join(cue.lines)}" for cue in captions.cues]


def test_a_cue_starts_with_its_word_and_stays_until_it_is_read() -> None:
    said = [("A", "so"), ("B", "Incomprehensibly."), ("A", "so")]
    captions = _caption(said, 777, 5000, 1000, 9000)
    assert _show(captions) == [
        "777-1611 [A] so",
        "6077-7293 [B] Incomprehensibly.",
        "7377-8211 [A] so",
    ]
    assert [found.rule for found in captions.exceptions] == []


def test_words_are_never_moved() -> None:
    timeline = time_alignment(build_alignment([("A", "so it went on and on " * 30)]))
    assert caption(timeline).timeline == timeline


def test_a_cue_that_speech_leaves_no_time_for_is_listed() -> None:
    said = [
        ("A", "well he never said that to me or to any of the others."),
        ("B", "no?"),
        ("A", "never at all, not in all the years that we were there."),
    ]
    captions = _caption(said, 500, *[0] * 26, 3000)
    check_recording(captions)
    assert [
        (captions.cues[found.cue].lines, found.rule, round(found.value, 1), found.limit)
        for found in captions.exceptions
    ] == [
        (("[B] no?",), "reading_speed", 32.4, 20),
        (("[B] no?",), "shortest", 216, 834),
    ]


def test_short_turns_share_a_cue_where_that_helps_to_read_them() -> None:
    said = [("A", "well he never said that."), ("B", "no?"), ("A", "never at all.")]
    captions = _caption(said, 500, *[0] * 8, 3000)
    check_recording(captions)
    assert [cue.lines for cue in captions.cues] == [
        ("[A] well he never said that.",),
        ("-[B] no?", "-[A] never at all."),
    ]
    assert captions.exceptions == ()
    assert "<v B>-[B] no?</v>\n<v A>-[A] never at all.</v>\n" in write_captions(captions)
    dcmp = caption(captions.timeline, "dcmp")  # which has no form for it
    assert all(len(cue.spans) == 1 for cue in dcmp.cues)


@pytest.mark.parametrize("between", [[("#heading", "Home")], [("#picture", "A hill.")]])
def test_turns_that_something_parts_share_no_cue(between: list[tuple[str, str]]) -> None:
    captions = _caption([("A", "never?"), *between, ("B", "no."), ("B", "I was not there.")])
    assert all(len(cue.spans) == 1 for cue in captions.cues)


def test_a_silence_of_two_seconds_parts_two_cues() -> None:
    said = [("A", "so it was and then it was not")]
    assert len(_caption(said, 0, 0, 1900).cues) == 1
    assert [cue.lines for cue in _caption(said, 0, 0, 0, 2000).cues] == [
        ("[A] so it was",),
        ("and then it was not",),
    ]


def test_a_real_pause_is_a_better_end_than_a_phrase_and_a_breath_is_not() -> None:
    said = [("A", "so we were on the way to the house and then they came to us by the road")]
    pauses = [0] * 9
    assert "the house" in " ".join(_caption(said, rest_ms=0).cues[0].lines)
    lines = [cue.lines for cue in _caption(said, *pauses, 1500, rest_ms=0).cues]
    assert " ".join(lines[0]) == "[A] so we were on the way to the house"
    assert all("way / to" not in " / ".join(cue) for cue in lines)
    broken = [" ".join(cue.lines) for cue in _caption(said, *pauses[:6], 1900, rest_ms=0).cues]
    assert broken[0] == "[A] so we were on the way"


def test_cues_end_with_the_recording() -> None:
    captions = _caption([("A", "so it was. [laughs]")], 500)
    assert captions.cues[-1].end_ms == captions.timeline.duration_ms == 1400


def test_a_sound_without_room_is_shown_all_the_same() -> None:
    said = [("A", "so it was."), ("#sound", "applause"), ("B", "[laughs]"), ("A", "not so.")]
    captions = _caption(said)
    check_recording(captions)
    assert [cue.lines[0] for cue in captions.cues] == [
        "[A] so it was.",
        "[applause]",
        "-[B] [laughs]",
    ]
    assert captions.cues[-1].lines == ("-[B] [laughs]", "-[A] not so.")


def test_short_sentences_said_fast_share_a_cue() -> None:
    said = [("A", "so. no. oh. it is. yes it is. he was. no he was not.")]
    assert len(_caption(said).cues) <= 2


def test_no_word_flashes_by_that_could_stay_with_others() -> None:
    answer = (
        "well, because they’ve really considered watching it once more "
        "as a way to understand how to deal with what may happen"
    )
    captions = _caption([("A", "so."), ("Mireille B. Reece, Psy.D", answer), ("A", "right.")])
    assert min(cue.end_ms - cue.start_ms for cue in captions.cues[1:-1]) > 1000


def test_a_file_says_whose_time_it_keeps() -> None:
    said = [("#picture", "A hill."), ("Interviewer", "is it?"), ("#heading", "Home"), ("A", "no.")]
    captions = _caption(said, 4000, 0, 0, 300)
    assert write_captions(captions) == (
        "WEBVTT\n"
        "\n"
        "NOTE\n"
        "Captions\n"
        "Language: en\n"
        "Times come from the recording.\n"
        "\n"
        "STYLE\n"
        '::cue(v[voice="Interviewer"]) { color: #ffffff; }\n'
        '::cue(v[voice="A"]) { color: #ffe14d; }\n'
        "\n"
        "00:00:04.000 --> 00:00:04.516\n"
        "<v Interviewer>[Interviewer] is it?\n"
        "\n"
        "00:00:04.600 --> 00:00:05.200\n"
        "<v A>[A] no.\n"
    )
    for text in (write_descriptions(captions.timeline), write_chapters(captions.timeline)):
        assert "\nTimes come from the recording.\n" in text


def test_descriptions_end_with_the_recording_and_keep_their_length() -> None:
    said = [("A", "so it was."), ("#picture", "A white hill."), ("#picture", "A road.")]
    text = write_descriptions(_caption(said, rest_ms=1500).timeline)
    times = [(cue.start_time, cue.end_time) for cue in WebVTT.from_string(text, strict=True)]
    spans = [(start.in_milliseconds(), end.in_milliseconds()) for start, end in times]
    assert [end - start >= 1000 for start, end in spans] == [True, True]
    assert spans[0][1] <= spans[1][0]
    assert spans[1][1] == 4 * 1500 + 3 * 300


def test_a_question_that_is_not_said_opens_no_chapter() -> None:
    said = [
        ("Interviewer", "how did it begin?"),
        ("A", "so."),
        ("Interviewer", "WHY?"),
        ("A", "SO."),
        ("Interviewer", "how did it end?"),
        ("A", "WE LEFT. no."),
    ]
    chapters = find_chapters(_caption(said, rest_ms=200).timeline)
    assert [(chapter.title, chapter.start_ms, chapter.end_ms) for chapter in chapters] == [
        ("how did it begin?", 0, 2700),
        ("how did it end?", 2700, 5200),
    ]


def test_a_heading_over_what_is_not_said_opens_no_chapter() -> None:
    said = [
        ("#heading", "Launch"),
        ("A", "so."),
        ("#heading", "Orbit"),
        ("A", "GONE."),
        ("#heading", "Home"),
        ("A", "no."),
    ]
    chapters = find_chapters(_caption(said, rest_ms=200).timeline)
    assert [chapter.title for chapter in chapters] == ["Launch", "Home"]


WORDS = ["a", "so", "no.", "well,", "extraordinarily", "[laughs]", "[sighs]", "—", "\n\n", "x" * 90]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join)
PARTS = st.lists(
    st.tuples(st.sampled_from(["Ann", "Interviewer", "#sound", "#picture", "#heading"]), TEXTS),
    max_size=8,
).map(lambda parts: [part for part in parts if part[1].strip()])
TIMES = st.lists(st.one_of(st.just(0), st.integers(0, 300), st.integers(0, 9000)), max_size=400)


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """Draw a recording's timeline in which words may take any time, or none."""
    timeline = time_alignment(align_by_hand(build_wording(draw(PARTS)), (), 0))
    steps = iter(draw(TIMES))
    clock_ms = 0
    parts: list[TimedPart] = []
    for part in timeline.parts:
        begun_ms, words = clock_ms, []
        for word in part.words:
            start_ms = clock_ms + next(steps, 0)
            clock_ms = start_ms + next(steps, 0)
            words.append(Word(word.token, start_ms, clock_ms))
        start_ms = words[0].start_ms if words else begun_ms
        parts.append(TimedPart(part.part, start_ms, clock_ms, tuple(words)))
    # What nobody could tell apart needs a frame: so much time must there be for every cue.
    duration_ms = max(clock_ms + next(steps, 0), 42 * 1000)
    return Timeline(timeline.interview, Clock.RECORDING, tuple(parts), duration_ms)


@settings(max_examples=200)
@given(timelines(), st.sampled_from(sorted(HOUSES)))
def test_every_recording_gets_the_captions_there_is_time_for(
    timeline: Timeline, house: str
) -> None:
    captions = caption(timeline, house)
    assert captions.timeline == timeline
    check_recording(captions)
    check_in_times(captions)
    for text in (write_captions(captions), write_descriptions(timeline), write_chapters(timeline)):
        cues = list(WebVTT.from_string(text, strict=True))
        assert all(cue.start_time < cue.end_time for cue in cues)
        assert all(cue.end_time.in_milliseconds() <= timeline.duration_ms for cue in cues)


def check_in_times(captions: Captions) -> None:
    """Cues start with their first word, unless there is less than a frame for each."""
    planned: list[int] = []
    begun: set[tuple[int, int]] = set()
    for cue in captions.cues:
        span = cue.spans[0]
        word = captions.timeline.parts[span.part].words[span.first_word]
        opens = (span.part, span.first_word) not in begun
        planned.append(word.start_ms if opens else cue.start_ms)
        begun |= {(span.part, number) for number in range(span.first_word, span.last_word + 1)}
    due = [*planned, captions.timeline.duration_ms]
    for number, (cue, start_ms) in enumerate(zip(captions.cues, planned, strict=True)):
        crowded = any(due_ms - start_ms < 42 * later for later, due_ms in enumerate(due[number:]))
        assert cue.start_ms == start_ms or crowded or start_ms < 42 * number
