"""`vivavoz align`, and `vivavoz build` with a recording: what people and scripts are told."""

from __future__ import annotations

from pathlib import Path

from vivavoz.audio import Alignment, HeardWord, Stretch, Unspoken
from vivavoz.audio.step_store import StepStore
from vivavoz.scripts.alignment import (
    describe_alignment,
    describe_differences,
    list_alignment,
    summarise_alignment,
)
from vivavoz.scripts.difference import note_all
from vivavoz.scripts.hearing import Hearing
from vivavoz.source import Notice, Recording, TokenKind, Turn, Wording
from wordings import build_wording

SAID = [
    ("#heading", "Part one"),
    ("Ann", "When did [laughs] you — start?"),
    ("Ben", "Long ago. I was young."),
    ("#sound", "applause"),
    ("Ann", "And now?"),
]


def align(wording: Wording, unsaid: set[str], **found: tuple[Stretch, ...]) -> Alignment:
    """Have every word said a second after the one before, but for some that are not."""
    words: list[tuple[HeardWord, ...]] = []
    now_ms = 0
    for worded in wording.parts:
        heard: list[HeardWord] = []
        for token in worded.tokens if isinstance(worded.part, Turn) else ():
            if token.kind is TokenKind.SOUND or token.text in {*unsaid, "—"}:
                heard.append(HeardWord(token, None, None, 0.0))
                continue
            now_ms += 1000
            heard.append(HeardWord(token, now_ms, now_ms + 500, 0.91234))
        words.append(tuple(heard))
    unspoken = (Unspoken(2, "I was young."),) if unsaid else ()
    return Alignment(
        wording,
        tuple(words),
        unspoken,
        found.get("untranscribed", ()),
        found.get("unclear", ()),
        found.get("doubtful", ()),
        0.87654,
        61_234,
    )


def hear(alignment: Alignment, told_ms: int | None = 61_300) -> Hearing:
    return Hearing(
        Recording(Path("talk.mp4"), told_ms, has_video=True, tracks=1), alignment, StepStore("")
    )


UNSAID = {"I", "was", "young."}


def test_json_has_every_spoken_word_in_order() -> None:
    alignment = align(build_wording(SAID), UNSAID, untranscribed=(Stretch(65_250, 70_000),))
    told = describe_alignment(alignment, [Notice(3, "Look.")])
    assert set(told) == {
        *("words", "unspoken", "untranscribed", "unclear", "doubtful"),
        *("confidence", "duration", "warnings"),
    }
    words = told["words"]
    assert isinstance(words, list)
    assert " ".join(word["text"] for word in words) == (
        "When did you — start? Long ago. I was young. And now?"
    )
    times = {"start": 3.0, "end": 3.5}
    assert words[2] == {"text": "you", **times, "confidence": 0.912, "turn": 0, "speaker": "Ann"}
    unsaid = [word for word in words if word["start"] is None]
    assert [(word["text"], word["end"], word["turn"]) for word in unsaid] == [
        *(("—", None, 0), ("I", None, 1), ("was", None, 1), ("young.", None, 1)),
    ]
    assert told["unspoken"] == [{"turn": 1, "text": "I was young."}]
    assert told["untranscribed"] == [{"start": 65.25, "end": 70.0}]
    assert (told["confidence"], told["duration"]) == (0.877, 61.234)
    assert told["warnings"] == [{"line": 3, "message": "Look."}]


def test_the_report_counts_words_that_can_be_said() -> None:
    told = describe_differences(align(build_wording(SAID), UNSAID))
    assert (told["words_heard"], told["words_unheard"]) == (8, 3)
    assert told["editorial_words_unheard"] == 0


def test_the_listing_has_every_turn_in_time_and_every_difference() -> None:
    stretches = {"untranscribed": (Stretch(0, 900),), "doubtful": (Stretch(3_600_000, 3_665_999),)}
    alignment = align(build_wording(SAID), {"And", "now?", *UNSAID}, **stretches)
    listing = list_alignment(alignment, [Notice(None, "Mind the music.")])
    *lines, summary = listing.splitlines()
    assert lines == [
        "A test (en)",
        "",
        "    2 00:01.0–00:04.5 0.91 Ann: When did [laughs] you — start?",
        "    3 00:05.0–00:06.5 0.91 Ben: Long ago. I was young.",
        "    5 not heard            Ann: And now?",
        "",
        "Not in the recording:",
        "    3 I was young.",
        "",
        "Not in the transcript:",
        "      00:00.0–00:00.9",
        "",
        "Doubtful:",
        "      1:00:00.0–1:01:06.0",
        "",
        "Note:",
        "      Mind the music.",
        "",
    ]
    assert summary == (
        "6 of 11 words heard, confidence 0.88, passages not in the recording: 1, "
        "speech not in the transcript: 00:00.9, doubtful stretches: 1"
    )


def test_what_agrees_is_said_in_one_line() -> None:
    alignment = align(build_wording(SAID), set())
    assert summarise_alignment(alignment) == "11 of 11 words heard, confidence 0.88"
    assert note_all(hear(alignment)) == []


def test_each_difference_is_a_warning_with_its_place() -> None:
    stretches = {"untranscribed": (Stretch(65_000, 70_000),), "doubtful": (Stretch(1000, 2000),)}
    notices = note_all(hear(align(build_wording(SAID), UNSAID, **stretches)))
    assert [notice.line for notice in notices] == [3, None, None]
    assert "“I was young.”" in notices[0].message
    assert "01:05.0–01:10.0" in notices[1].message
    assert "00:01.0–00:02.0" in notices[2].message


def test_many_differences_of_a_kind_are_one_warning() -> None:
    many = tuple(Stretch(second * 10_000, second * 10_000 + 6000) for second in range(11))
    notices = note_all(hear(align(build_wording(SAID), set(), untranscribed=many, doubtful=many)))
    assert len(notices) == 2
    assert all("11 " in notice.message and "01:06" in notice.message for notice in notices)


def test_a_recording_that_ends_early_or_in_another_language_is_a_warning() -> None:
    told = note_all(hear(align(build_wording(SAID), set()), 90_000))
    assert ["01:01" in notice.message and "01:30" in notice.message for notice in told] == [True]
    assert note_all(hear(align(build_wording(SAID), set()), None)) == []
    (notice,) = note_all(hear(align(build_wording(SAID, "es-MX"), set())))
    assert "es-MX" in notice.message


def test_text_above_the_interview_may_be_what_is_said_first() -> None:
    above = [("#heading", "A talk"), ("#front", "Ann met Ben."), *SAID[1:]]
    wording = build_wording(above)
    stretches = {"untranscribed": (Stretch(100, 900),)}
    first, second = note_all(hear(align(wording, set(), **stretches)))
    lines = [part.part.line for part in wording.parts[:2]]
    assert first.line == lines[0]
    assert f"Lines {lines[0]}–{lines[1]} were" in first.message
    assert "before 00:01.0" in first.message
    assert "00:00.1–00:00.9" in second.message
    later = {"untranscribed": (Stretch(30_000, 40_000),)}
    assert len(note_all(hear(align(wording, set(), **later)))) == 1
    assert len(note_all(hear(align(build_wording(SAID[1:]), set(), **stretches)))) == 1
