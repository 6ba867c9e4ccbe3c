"""Transcripts in the forms that people really have."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from told import list_kinds, list_turns
from vivavoz.source import (
    Front,
    Picture,
    Role,
    Sound,
    SpanKind,
    Turn,
    UnreadableSource,
    read_interview,
)

Write = Callable[..., Path]


def test_what_stands_above_an_interview_keeps_its_order(write: Write) -> None:
    interview = read_interview(
        write(
            "Interview with Kim Lee\nInterviewer: Bo Ray\nDate: 2 May\n\n"
            "Bo Ray: Hi there?\nKim Lee: Yes.\n"
        )
    )
    assert [part.line for part in interview.parts] == [1, 2, 3, 5, 6]
    assert interview.title == "Interview with Kim Lee"


@pytest.mark.parametrize(
    ("paragraph", "spoken"),
    [
        ("Kim Lee started transcription", False),
        ("Transcribed by Kim Lee.", False),
        ("They waited until they had started transcription", True),
        ("She stopped transcription", True),
    ],
)
def test_what_a_program_says_of_the_interview_nobody_says(
    write: Write, paragraph: str, *, spoken: bool
) -> None:
    interview = read_interview(write(f"Anna: Yes.\n\n{paragraph}\n\nBen: No.\n"), "en")
    assert (("Turn", "Front", "Turn"), ("Turn", "Turn"))[spoken] == tuple(list_kinds(interview))


@pytest.mark.parametrize("word", ["Rires", "Lachen", "تصفيق", "拍手", "risos", "Applausi"])
def test_sounds_in_other_languages_are_not_spoken(write: Write, word: str) -> None:
    interview = read_interview(write(f"Ann: Lovely. [{word}] Yes.\n\nBen: Yes.\n"), "en")
    assert [span.kind for span in next(interview.turns()).spans][1] is SpanKind.SOUND


@pytest.mark.parametrize("words", ["phone", "looks", "starts", "the music", "to the sea", "ride"])
def test_editorial_words_are_not_sounds(write: Write, words: str) -> None:
    interview = read_interview(write(f"Ann: And she [{words}] away.\n\nBen: Yes.\n"), "en")
    assert [span.kind for span in next(interview.turns()).spans][1] is SpanKind.EDITORIAL


def test_stamps_that_time_nothing_are_reported(write: Write) -> None:
    transcript = "[00:09]\n[00:11]\n\nBen: Hi.\n\nAnn: Yo. [music 00:00:00]\n\n[00:20]\n"
    interview = read_interview(write(transcript), "en")
    assert [notice.line for notice in interview.notices] == [1, 6, 8]
    assert next(interview.turns()).start_ms == 11_000


def test_markdown_marks_are_no_words(write: Write) -> None:
    text = (
        "**Ann:** ~~no~~ yes &amp; so<br>on my\\_file \\*.\n\n> **Ben:** _So_.\n\n- **Ann:** Oh.\n"
    )
    assert list_turns(read_interview(write(text, "talk.md"), "en")) == [
        ("Ann", "no yes & so on my_file *."),
        ("Ben", "So."),
        ("Ann", "Oh."),
    ]


HARD = {
    "question marks": "Ann: Hi.\n\n" + "? " * 20_000 + "x",
    "images": "![x](" * 10_000,
    "brackets": "[(" * 20_000,
    "stars": "**a" * 10_000,
    "roles": "".join(f"Speaker {number}: Hello.\n" for number in range(4000)),
    "people": "".join(f"Ana{number} Ruiz{number}: Hello.\n" for number in range(4000)),
    "front": "A line of front matter\n" * 20_000 + "\nAnn: Hi.\nBen: Yo.\nAnn: So.\n",
    "paragraphs": "Ann: Hi.\n\n" + "More words?\n\n" * 8000 + "Ben: Yes.\n",
}


@pytest.mark.parametrize("kind", HARD)
def test_reading_time_grows_with_the_text_and_no_faster(write: Write, kind: str) -> None:
    started = time.process_time()
    read_interview(write(HARD[kind], "hard.md"), "en")
    # Quadratic reading took from 7 to 30 seconds here; linear reading takes under one.
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "transcript",
    [
        (
            "Anna Lee  0:03\nHello there.\n\nBen Cole  0:09  \nFine.\n\nMore of it.\n\n"
            "Anna Lee  1:02\nBye."
        ),
        (
            "Anna Lee (00:03):\nHello there.\n\nBen Cole (00:09):\nFine.\n\nMore of it.\n\n"
            "Anna Lee (01:02):\nBye."
        ),
        (
            "[00:00:03] Anna Lee: Hello there.\n[00:00:09] Ben Cole: Fine.\n\nMore of it.\n\n"
            "[00:01:02] Anna Lee: Bye."
        ),
        (
            "Anna Lee [00:00:03]: Hello there.\nBen Cole [00:00:09]: Fine.\n\nMore of it.\n\n"
            "Anna Lee [00:01:02]: Bye."
        ),
        (
            "Anna Lee: [00:03] Hello there.\n\nBen Cole: (00:09) Fine.\n\nMore of it.\n\n"
            "Anna Lee: [01:02] Bye."
        ),
        (
            "00:00:03 Anna Lee\nHello there.\n\n00:00:09 Ben Cole\nFine.\n\nMore of it.\n\n"
            "00:01:02 Anna Lee\nBye."
        ),
    ],
)
def test_times_beside_the_names(write: Write, transcript: str) -> None:
    interview = read_interview(write(transcript))
    assert list_turns(interview) == [
        ("Anna Lee", "Hello there."),
        ("Ben Cole", "Fine.\n\nMore of it."),
        ("Anna Lee", "Bye."),
    ]
    assert [turn.start_ms for turn in interview.turns()] == [3000, 9000, 62000]


def test_questions_without_labels_are_the_interviewers(write: Write) -> None:
    interview = read_interview(
        write(
            "A day with Ana Ruiz\n\nWhere did you grow up?\n\n"
            "Ruiz: In a town. Was it small? Yes.\n\n"
            "And then I left.\n\nTell us about the war.\n\nRuiz: No.\n\nWhy?\n\nRuiz: It hurts.\n"
        )
    )
    assert list_turns(interview) == [
        ("Interviewer", "Where did you grow up?"),
        ("Ana Ruiz", "In a town. Was it small? Yes.\n\nAnd then I left."),
        ("Interviewer", "Tell us about the war."),
        ("Ana Ruiz", "No."),
        ("Interviewer", "Why?"),
        ("Ana Ruiz", "It hurts."),
    ]
    assert interview.title == "A day with Ana Ruiz"


@pytest.mark.parametrize(
    "transcript",
    [
        "—¿Qué hace?\n\n—Es que llueve.\n\n—Usted dice siempre eso.\n\n—Porque llueve. ¿Y qué?",
        "*Why clay?*\n\nIt is cheap.\n\n*Tell me more.*\n\nWhy should I?",
        "### Why clay?\n\nIt is cheap.\n\n### And now?\n\nIt is not.",
    ],
)
def test_questions_are_known_by_their_dress(write: Write, transcript: str) -> None:
    interview = read_interview(write(transcript, "talk.md"), "en")
    assert [turn.speaker for turn in interview.turns()] == ["Interviewer", "Guest"] * 2


@pytest.mark.parametrize(
    "talk",
    ["**Why?**\n\nWork.\n\n**And now?**\n\nRest.", "Why?\n\nLuz: Work.\n\nAnd now?\n\nLuz: Rest."],
)
def test_a_standfirst_and_an_editors_note_are_nobodys(write: Write, talk: str) -> None:
    note = "*This interview has been edited for length.*"
    path = write(f"*She climbs in all weathers.*\n\n{talk}\n\n{note}\n", "talk.md")
    interview = read_interview(path, "en")
    assert list_kinds(interview) == ["Front", *["Turn"] * 4, "Front"]


def test_without_any_label_question_marks_decide(write: Write) -> None:
    interview = read_interview(
        write("A day out\n\nWhere was it?\n\nIn a town.\n\nA small one.\n\nWhy?\n\nWork.\n")
    )
    assert list_turns(interview) == [
        ("Interviewer", "Where was it?"),
        ("Guest", "In a town.\n\nA small one."),
        ("Interviewer", "Why?"),
        ("Guest", "Work."),
    ]
    assert [speaker.role for speaker in interview.speakers] == [Role.INTERVIEWER, Role.GUEST]


def test_a_long_answer_may_end_with_a_question_of_its_own(write: Write) -> None:
    interview = read_interview(
        write("Anna: Hello.\n\nWho am I?\n\nBen: Well.\n\nAnna: So?\n\nBen: So.\n\nAnna: Bye.\n")
    )
    assert list_turns(interview)[0] == ("Anna", "Hello.\n\nWho am I?")


def test_markdown(write: Write) -> None:
    interview = read_interview(
        write(
            "# The show\n\n![A red door](door.png)\n\n**Anna:** Hello \\[laughs\\] *dear* friend, "
            "s\\*\\*t.\n\nSecond paragraph.\n\n## Part two\n\n**Ben**: See [this](http://x.y/z).\n",
            "show.md",
        )
    )
    assert list_kinds(interview) == ["Heading", "Picture", "Turn", "Heading", "Turn"]
    assert interview.title == "The show"
    picture = interview.parts[1]
    assert isinstance(picture, Picture)
    assert (picture.text, picture.file) == ("A red door", "door.png")
    assert list_turns(interview) == [
        ("Anna", "Hello [laughs] dear friend, s**t.\n\nSecond paragraph."),
        ("Ben", "See this."),
    ]


def test_sounds_inside_and_between_turns(write: Write) -> None:
    interview = read_interview(
        write(
            "Anna: Hi (laughs) there [inaudible 00:00:11] you.\n\n[applause]\n\n"
            "Ben: [Adela laughs] I asked [questions] of José (my friend).\n\n(risas)\n\nAnna: Bye."
        )
    )
    assert list_kinds(interview) == ["Turn", "Sound", "Turn", "Sound", "Turn"]
    first, second, _ = interview.turns()
    assert [(span.kind, span.text) for span in first.spans if span.kind is not SpanKind.SPEECH] == [
        (SpanKind.SOUND, "laughs"),
        (SpanKind.SOUND, "inaudible"),
    ]
    assert first.spans[3].start_ms == 11000
    assert [span.kind for span in second.spans] == [
        SpanKind.SOUND,
        SpanKind.SPEECH,
        SpanKind.EDITORIAL,
        SpanKind.SPEECH,
    ]
    assert second.text.endswith("of José (my friend).")


def test_hard_wrapped_paragraphs_are_joined(write: Write) -> None:
    interview = read_interview(
        write(
            "Anna: This is a paragraph that somebody wrapped at sixty columns\n"
            "or so, as people did when they wrote letters by e-mail, and\n"
            "it goes on for a while.\n\nBen: Yes.\n\nAnna: Indeed.\n"
        )
    )
    assert list_turns(interview)[0][1] == (
        "This is a paragraph that somebody wrapped at sixty columns or so, as people did when "
        "they wrote letters by e-mail, and it goes on for a while."
    )


def test_a_stamp_that_goes_back_is_reported_with_its_line(write: Write) -> None:
    interview = read_interview(
        write("[00:10] Anna: Hi.\n\n[00:05] Ben: Hello.\n\nAnna: Bye.\n"), "en"
    )
    assert [notice.line for notice in interview.notices] == [3]


def test_a_label_with_a_time_and_no_words_is_a_sound(write: Write) -> None:
    interview = read_interview(
        write("**Anna:** Hi.\n\n**Break:** \\[22:55\\]\n\n**Ben:** Hello.\n")
    )
    assert list_kinds(interview) == ["Turn", "Sound", "Turn"]
    assert interview.parts[1].start_ms == 1_375_000


def test_what_nobody_can_place_is_kept_and_reported(write: Write) -> None:
    interview = read_interview(
        write("# One\n\nAnna: Hi.\n\nBen: Yo.\n\n## Two\n\nSome stray words.\n\nAnna: Bye.\n"),
        "en",
    )
    stray = next(part for part in interview.parts if part.text == "Some stray words.")
    assert isinstance(stray, Front)
    assert [notice.line for notice in interview.notices] == [9]


def test_ten_real_interviews_lose_nothing(changelog: list[Path]) -> None:
    for path in changelog:
        interview = read_interview(path)
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"\[([^\]]+)\]\(https?:[^)]*\)", r"\1", text)
        text = re.sub(r"\\(.)", r"\1", text)
        text = re.sub(r"^\*\*[^*]+:\*\*", "", text, flags=re.MULTILINE)
        text = re.sub(r"\[[\d:.]+\](?: to \[[\d:.]+\])?", "", text)
        text = re.sub(r" [\d:.]+\]", "]", text)
        read = "".join(
            f"[{part.text}]" if isinstance(part, Sound) and part.text == "jingle" else part.text
            for part in interview.parts
            if isinstance(part, Turn) or part.text == "jingle"
        )
        wanted, got = ("".join(re.sub(r"[`*]", "", one).split()) for one in (text, read))
        assert got == wanted, path.name
        named = set(
            re.findall(r"^\*\*([^*]+):\*\*", path.read_text(encoding="utf-8"), re.MULTILINE)
        )
        assert {speaker.name for speaker in interview.speakers} == named - {"Break", "Jingle"}


SAYABLE = st.text(
    st.characters(
        exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn"),
        exclude_characters="[]()*_`♪♫\ufeff<>:：\\#",
    ),
    min_size=1,
    max_size=80,
).filter(lambda text: text.strip() and not re.fullmatch(r"[-=~\s]+", text.strip()))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=st.lists(st.tuples(st.sampled_from(["Ana Ruiz", "Ben Cole"]), SAYABLE), min_size=2))
def test_every_character_is_read_under_the_right_speaker(
    write: Write, turns: list[tuple[str, str]]
) -> None:
    labels = "Ana Ruiz: Hello.\n\nBen Cole: Hello.\n\n" * 2
    path = write(labels + "\n\n".join(f"{speaker}: {text}" for speaker, text in turns))
    interview = read_interview(path, "en")
    read = [(speaker, "".join(text.split())) for speaker, text in list_turns(interview)][4:]
    assert read == [(speaker, "".join(text.split())) for speaker, text in turns]


@pytest.mark.parametrize("colon", [":", ";"], ids=["full", "drop-frame"])
def test_premieres_names_below_their_times_are_labels(write: Write, colon: str) -> None:
    turns = [
        ("00:00:01:12 - 00:00:04:20", "Speaker 1\nWho wrote these letters?"),
        ("00:00:05:00 - 00:00:09:29", "Inés Carballo\nThe keepers did.\n\nOne a week."),
        ("00:00:10:54 - 00:00:11:20", "Unknown\nAnd who answered?"),
    ]
    text = "\n\n".join(f"{times.replace(':', colon)}\n{words}" for times, words in turns)
    interview = read_interview(write(text), "en")
    assert list_turns(interview) == [
        ("Speaker 1", "Who wrote these letters?"),
        ("Inés Carballo", "The keepers did.\n\nOne a week."),
        ("Unknown", "And who answered?"),
    ]
    assert [(turn.line, turn.start_ms) for turn in interview.turns()] == [
        (2, 1480),
        (6, 5000),
        (12, 10999),
    ]


TEAMS = [
    *("0:0:13.0 --> 0:0:16.5", "Anna Lee", "Hello there."),
    *("0:1:7.0 --> 0:1:9.25", "Ben Katz", "Good morning.", "And thanks."),
]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_teams_names_below_their_times_are_labels(write: Write, between: str) -> None:
    text = "\n".join(TEAMS).replace(".\n0:", f".{between}0:")
    interview = read_interview(write(text), "en")
    assert [
        (turn.speaker, turn.start_ms, " ".join(turn.text.split())) for turn in interview.turns()
    ] == [
        ("Anna Lee", 13_000, "Hello there."),
        ("Ben Katz", 67_000, "Good morning. And thanks."),
    ]


def test_times_without_names_are_those_of_what_stands_below_them(write: Write) -> None:
    lines = ["0:0:3.0 --> 0:0:6.5", "Hello there", "0:0:7.0 --> 0:0:9.25", "Ben: So. Good morning."]
    text = "\n".join(["Anna: Hi.", *lines, "0:0:9.5 --> 0:0:9.75"])
    interview = read_interview(write(text), "en")
    assert list_turns(interview) == [("Anna", "Hi.\n\nHello there"), ("Ben", "So. Good morning.")]
    assert [turn.start_ms for turn in interview.turns()] == [None, 7000]
    assert [notice.line for notice in interview.notices] == [6]


def test_premieres_table_is_refused_in_one_sentence(write: Write) -> None:
    table = 'Speaker Name,Start Time,End Time,Text\n"Ann","00:00:01:12","00:00:04:20","Why?"\n'
    with pytest.raises(UnreadableSource, match="export it as a text file"):
        read_interview(write(table))
