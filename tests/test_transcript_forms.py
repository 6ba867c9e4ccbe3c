"""Transcripts in the forms that people really have."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vivavoz.source import (
    Front,
    Interview,
    Picture,
    Role,
    Sound,
    SpanKind,
    Turn,
    read_interview,
)

Write = Callable[..., Path]


def said(interview: Interview) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in interview.turns()]


def kinds(interview: Interview) -> list[str]:
    return [type(part).__name__ for part in interview.parts]


@pytest.mark.parametrize(
    ("transcript", "expected"),
    [
        (
            "ANNA LEE: Welcome.\nBEN: Thanks.\n\nANNA LEE: Why?\nBEN: Because.\n",
            [
                ("ANNA LEE", "Welcome."),
                ("BEN", "Thanks."),
                ("ANNA LEE", "Why?"),
                ("BEN", "Because."),
            ],
        ),
        (
            "Q: Where from?\nA: Oslo.\n\nQ. And now?\nA. Here.\n",
            [
                ("Interviewer", "Where from?"),
                ("Guest", "Oslo."),
                ("Interviewer", "And now?"),
                ("Guest", "Here."),
            ],
        ),
        (
            "Anna:Hello there.\nBen:Hi.\nAnna: Bye.\nBen: Bye.\n",
            [("Anna", "Hello there."), ("Ben", "Hi."), ("Anna", "Bye."), ("Ben", "Bye.")],
        ),
        (
            "田中：今日はどうですか？\n佐藤：元気です。\n",
            [("田中", "今日はどうですか？"), ("佐藤", "元気です。")],
        ),
        (
            "**Anna Lee:** Hello.\n\n**Ben**: Hi there.\n",
            [("Anna Lee", "Hello."), ("Ben", "Hi there.")],
        ),
        (
            (
                "Dr. Mary O'Neil-Smith: Hello.\n\nJean-Luc d'Arc, Ph.D: Hi.\n\n"
                "Dr. Mary O'Neil-Smith: So?\n\nJean-Luc d'Arc, Ph.D: Yes.\n"
            ),
            [
                ("Dr. Mary O'Neil-Smith", "Hello."),
                ("Jean-Luc d'Arc, Ph.D", "Hi."),
                ("Dr. Mary O'Neil-Smith", "So?"),
                ("Jean-Luc d'Arc, Ph.D", "Yes."),
            ],
        ),
        (
            "Speaker 1: Hello.\nSpeaker 2: Hi.\nSPEAKER_03: Me too.\n",
            [("Speaker 1", "Hello."), ("Speaker 2", "Hi."), ("SPEAKER_03", "Me too.")],
        ),
    ],
)
def test_labels(write: Write, transcript: str, expected: list[tuple[str, str]]) -> None:
    assert said(read_interview(write(transcript))) == expected


@pytest.mark.parametrize(
    ("transcript", "expected"),
    [
        (
            "Ann: Hello there.\nvon der Heydt: Because.\nAnn: Why?\nvon der Heydt: No idea.",
            ["Ann", "von der Heydt", "Ann", "von der Heydt"],
        ),
        ("ann: hi\nbob: hello. how are you?\nann: fine\nbob: good", ["ann", "bob"] * 2),
        ("P.- ¿Qué hace usted?\nR.- Dormir.\nP.- ¿Y ya?\nR.- Sí.", ["Interviewer", "Guest"] * 2),
        (
            "Q. Your name?\nA. Ruth Cole.\nMS. DE LA CRUZ: Objection.\nTHE COURT: Sustained.",
            ["Interviewer", "Guest", "MS. DE LA CRUZ", "THE COURT"],
        ),
        (
            ">> NORA WHITFIELD: Good evening.\n>> Thank you.\n>> NORA WHITFIELD: Sam?\n>> Yes.",
            ["NORA WHITFIELD", "Guest"] * 2,
        ),
        (
            "[Nora Whitfield] 00:03:22\nGood evening.\n\n[Sam Oduya] 00:03:25\nHello.",
            ["Nora Whitfield", "Sam Oduya"],
        ),
        (
            (
                "Nora Whitfield [00:00:03] Good evening.\n\nSam Oduya [00:00:07] Hello.\n\n"
                "Nora Whitfield [00:00:09] So?\n\nSam Oduya [00:00:11] So."
            ),
            ["Nora Whitfield", "Sam Oduya"] * 2,
        ),
        (
            (
                "NORA WHITFIELD\nGood evening.\n\nSAM ODUYA\nHello.\n\n"
                "NORA WHITFIELD\nWell?\n\nSAM ODUYA\nWell."
            ),
            ["NORA WHITFIELD", "SAM ODUYA"] * 2,
        ),
        (
            (
                "Nora Whitfield (00:03):\nHi everyone.\n\nSam Oduya (00:07):\nHappy to be here\n\n"
                "Speaker 3 (01:02:05):\nCan I ask something?"
            ),
            ["Nora Whitfield", "Sam Oduya", "Speaker 3"],
        ),
        ("Ann: hello\nBob: ok?", ["Ann", "Bob"]),
        ("ANN\tHello.\nBob\t0:09\tHi: you.\nANN\tSo?\nBob\t0:15\tSo.", ["ANN", "Bob"] * 2),
        (
            (
                "**Bo Katz**\n\nWhy clay?\n\n**Ann Lee**\n\nIt is cheap.\n\n"
                "**Bo Katz**\n\nAnd now?\n\n**Ann Lee**\n\nNow it is dear."
            ),
            ["Bo Katz", "Ann Lee"] * 2,
        ),
        ("**Bo Katz: Why clay?**\n\nAnn Lee: It is cheap.", ["Bo Katz", "Ann Lee"]),
        ("[Ann Lee]: Hello.\n[Bob Ray]: Hi there.", ["Ann Lee", "Bob Ray"]),
        (
            "Maria — Olá a todos.\n\nTânia — Bom dia.\n\nMaria — Tudo bem?\n\nTânia — Sim.",
            ["Maria", "Tânia"] * 2,
        ),
        ("00:00:03 - Ann Lee\nHello.\n\n00:00:07 - Bob Ray\nHi.", ["Ann Lee", "Bob Ray"]),
        ("Q1. Where from?\nA1. Oslo.\nQ2. And now?\nA2. Here.", ["Interviewer", "Guest"] * 2),
        ("Pregunta. ¿Por qué?\nRespuesta. Porque sí.", ["Interviewer", "Guest"]),
        (
            "ANN LEE, HOST: Welcome.\nLEE: So.\nBOB: Yes.\nLEE: Why?",
            ["ANN LEE", "ANN LEE", "BOB", "ANN LEE"],
        ),
        ("Speaker 1:\t00:03\tHi there.\nSpeaker 2:\t00:05\tHello.", ["Speaker 1", "Speaker 2"]),
        ("> Mina: And after that?\n\n> Paul: Nothing.", ["Mina", "Paul"]),
        ("JRRT: It began in a hole.\nCSL: Which hole?\nJRRT: Mine.", ["JRRT", "CSL", "JRRT"]),
    ],
)
def test_labels_of_other_trades(write: Write, transcript: str, expected: list[str]) -> None:
    interview = read_interview(write(transcript), "en")
    assert [turn.speaker for turn in interview.turns()] == expected
    assert not any(name in turn.text for turn in interview.turns() for name in expected)


def test_one_person_under_several_labels_is_one_speaker(write: Write) -> None:
    interview = read_interview(
        write(
            "By Ana Torres\n\nThe critic Ana Torres met him.\n\nAna Torres: Why film?\n\n"
            "William “Bill” van den Berg: It breathes.\n\nAT: Dr. O'Neill, you too?\n\n"
            "Dr. Maria-José O'Neill: Yes.\n\nBill: Yes.\n\nDr. O'Neill: No.\n"
        )
    )
    assert [speaker.name for speaker in interview.speakers] == [
        "Ana Torres",
        "William “Bill” van den Berg",
        "Dr. Maria-José O'Neill",
    ]


def test_what_stands_above_an_interview_keeps_its_order(write: Write) -> None:
    interview = read_interview(
        write(
            "Interview with Kim Lee\nInterviewer: Bo Ray\nDate: 2 May\n\n"
            "Bo Ray: Hi there?\nKim Lee: Yes.\n"
        )
    )
    assert [part.line for part in interview.parts] == [1, 2, 3, 5, 6]
    assert interview.title == "Interview with Kim Lee"


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
    assert said(read_interview(write(text, "talk.md"), "en")) == [
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
    assert said(interview) == [
        ("Anna Lee", "Hello there."),
        ("Ben Cole", "Fine.\n\nMore of it."),
        ("Anna Lee", "Bye."),
    ]
    assert [turn.start_ms for turn in interview.turns()] == [3000, 9000, 62000]


@pytest.mark.parametrize(
    "sentence",
    [
        "Remember this: never stop.",
        "Listen: I was there.",
        "One thing: don't.",
        "Here's the truth: nobody knew.",
        "He told me: go.",
        "Note: it was cold.",
        "My advice: wait.",
        "At 10:30 we left.",
        "See https://example.com for more.",
        "Recuerda esto: nunca pares.",
        "Ojo: hace frío.",
        "std::vector is a type.",
        "In 1995 NASA: it flew.",
    ],
)
def test_a_colon_inside_a_sentence_makes_no_speaker(write: Write, sentence: str) -> None:
    interview = read_interview(
        write(f"Anna: {sentence}\n\n{sentence}\n\nBen: {sentence}\n\nAnna: Yes.\n\nBen: No.\n")
    )
    assert [speaker.name for speaker in interview.speakers] == ["Anna", "Ben"]
    assert said(interview)[0] == ("Anna", f"{sentence}\n\n{sentence}")


def test_questions_without_labels_are_the_interviewers(write: Write) -> None:
    interview = read_interview(
        write(
            "A day with Ana Ruiz\n\nWhere did you grow up?\n\n"
            "Ruiz: In a town. Was it small? Yes.\n\n"
            "And then I left.\n\nTell us about the war.\n\nRuiz: No.\n\nWhy?\n\nRuiz: It hurts.\n"
        )
    )
    assert said(interview) == [
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
    assert kinds(interview) == ["Front", *["Turn"] * 4, "Front"]


def test_chevrons_do_not_take_the_guests_name(write: Write) -> None:
    path = write("An interview with Ann Lee.\n\n>> BO RAY: Welcome.\n>> Thanks.\n>> BO RAY: So?\n")
    names = [speaker.name for speaker in read_interview(path, "en").speakers]
    assert names == ["BO RAY", "Guest"]


def test_a_wrapped_sentence_with_a_colon_stays_with_its_speaker(write: Write) -> None:
    interview = read_interview(
        write(
            "Q: How was it up there, at the end of so long a winter and so much waiting?\n\n"
            "A: He asked me one thing before we went, and it was an odd\n"
            "question: would I miss it? I said that I would miss all of\n"
            "it, and the food most of all.\n\nQ: So?\n\nA: So.\n"
        ),
        "en",
    )
    assert [turn.speaker for turn in interview.turns()] == ["Interviewer", "Guest"] * 2


@pytest.mark.parametrize(
    ("front", "guest"),
    [
        ("An interview with the potter Ann Lee, by Bo Ray.", "Ann Lee"),
        ("Entrevista a Lucía Peña Ortega, bióloga.", "Lucía Peña Ortega"),
        ("An interview with Ann Lee. A talk with Bo Ray.", "Guest"),
        ("Ann Lee lives in Oslo.", "Guest"),
    ],
)
def test_a_guest_without_a_label_has_the_name_of_the_front_matter(
    write: Write, front: str, guest: str
) -> None:
    for talk in ("Why clay?\n\nIt is cheap.\n\nAnd now?\n\nNo.\n", "Q: Why?\nA: No.\n"):
        interview = read_interview(write(f"{front}\n\n{talk}"), "en")
        assert [speaker.name for speaker in interview.speakers] == ["Interviewer", guest]


@pytest.mark.parametrize(
    "title", ["Carmen Luz Arrieta: a life uphill", "Carmen Luz: A Life Uphill", "Notes on: hills"]
)
def test_a_title_with_a_colon_is_no_speaker(write: Write, title: str) -> None:
    for talk in (
        "Why climb?\n\nBecause.\n\nAre you afraid?\n\nOften.\n",
        "Bo Ray: Why climb?\n\nLuz: Because.\n\nBo Ray: Are you afraid?\n\nLuz: Often.\n",
    ):
        interview = read_interview(
            write(f"{title}\n\nShe has climbed all of them.\n\n{talk}"), "en"
        )
        assert interview.title == title
        assert kinds(interview) == ["Front", "Front", *["Turn"] * 4]


@pytest.mark.parametrize(
    "sentence",
    [
        "Money: there was none.",
        "Paris: that was her answer.",
        "The New York Times: a good paper.",
        "Toni Morrison: for the music.",
        "Budget: nobody liked it.",
    ],
)
def test_a_sentence_that_goes_on_has_no_label(write: Write, sentence: str) -> None:
    interview = read_interview(
        write(
            f"Speaker 1 (00:03):\nTwo reasons.\n\nSpeaker 2 (00:06):\nIt was there.\n{sentence}\n"
        ),
        "en",
    )
    assert [speaker.name for speaker in interview.speakers] == ["Speaker 1", "Speaker 2"]
    assert sentence in [*interview.turns()][1].text


@pytest.mark.parametrize(
    ("above", "name", "more"),
    [
        *(("", name, "") for name in ("Speaker", "Speaker 1", "Ann", "Ann Lee")),
        ("A recording\n\n", "Ann Lee", ""),
        ("A recording\n\n", "Ann Lee", "\n\nso that's it thanks"),
        ("", "Speaker", "\n\nso that's it thanks"),
    ],
)
def test_a_label_is_one_where_all_is_in_small_letters(
    write: Write, above: str, name: str, more: str
) -> None:
    text = f"this is a recording uh i'm talking pretty fast here{more}"
    interview = read_interview(write(f"{above}{name}: {text}\n"), "en")
    assert said(interview) == [(name, text)]


def test_without_any_label_question_marks_decide(write: Write) -> None:
    interview = read_interview(
        write("A day out\n\nWhere was it?\n\nIn a town.\n\nA small one.\n\nWhy?\n\nWork.\n")
    )
    assert said(interview) == [
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
    assert said(interview)[0] == ("Anna", "Hello.\n\nWho am I?")


def test_markdown(write: Write) -> None:
    interview = read_interview(
        write(
            "# The show\n\n![A red door](door.png)\n\n**Anna:** Hello \\[laughs\\] *dear* friend, "
            "s\\*\\*t.\n\nSecond paragraph.\n\n## Part two\n\n**Ben**: See [this](http://x.y/z).\n",
            "show.md",
        )
    )
    assert kinds(interview) == ["Heading", "Picture", "Turn", "Heading", "Turn"]
    assert interview.title == "The show"
    picture = interview.parts[1]
    assert isinstance(picture, Picture)
    assert (picture.text, picture.file) == ("A red door", "door.png")
    assert said(interview) == [
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
    assert kinds(interview) == ["Turn", "Sound", "Turn", "Sound", "Turn"]
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


def test_names_are_completed_from_the_front_matter(write: Write) -> None:
    interview = read_interview(
        write(
            "Voices of Space: An Interview with José Hernández\nHost: Ana Ruiz\n\n"
            "Ana: What is it?\nJH: A thing.\nAna: Really?\nHernández: Yes.\nHERNANDEZ: Yes!\n"
        )
    )
    assert [(speaker.name, speaker.role) for speaker in interview.speakers] == [
        ("Ana Ruiz", Role.INTERVIEWER),
        ("José Hernández", Role.GUEST),
    ]
    assert [type(part) for part in interview.parts[:2]] == [Front, Front]


def test_a_surname_that_two_people_share_is_left_alone(write: Write) -> None:
    interview = read_interview(
        write(
            "With José Hernández and Adela Hernández.\n\n"
            "Hernández: Hi.\n\nAna: So?\n\nHernández: Yes.\n"
        )
    )
    assert interview.speakers[0].name == "Hernández"


def test_hard_wrapped_paragraphs_are_joined(write: Write) -> None:
    interview = read_interview(
        write(
            "Anna: This is a paragraph that somebody wrapped at sixty columns\n"
            "or so, as people did when they wrote letters by e-mail, and\n"
            "it goes on for a while.\n\nBen: Yes.\n\nAnna: Indeed.\n"
        )
    )
    assert said(interview)[0][1] == (
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
    assert kinds(interview) == ["Turn", "Sound", "Turn"]
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


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(turns=st.lists(st.tuples(st.sampled_from(["Ana Ruiz", "Ben Cole"]), SAYABLE), min_size=2))
def test_every_character_is_read_under_the_right_speaker(
    write: Write, turns: list[tuple[str, str]]
) -> None:
    labels = "Ana Ruiz: Hello.\n\nBen Cole: Hello.\n\n" * 2
    path = write(labels + "\n\n".join(f"{speaker}: {text}" for speaker, text in turns))
    interview = read_interview(path, "en")
    read = [(speaker, "".join(text.split())) for speaker, text in said(interview)][4:]
    assert read == [(speaker, "".join(text.split())) for speaker, text in turns]
