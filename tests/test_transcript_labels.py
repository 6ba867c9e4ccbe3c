"""Who speaks in a transcript: the labels that people really write, and what is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from told import list_turns
from vivavoz.source import (
    Front,
    Role,
    read_interview,
)

Write = Callable[..., Path]


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
    assert list_turns(read_interview(write(transcript))) == expected


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
        (
            "Speaker 0    00:00:01    Hi.\n\nSpeaker 1    00:00:05    Hello.",
            ["Speaker 0", "Speaker 1"],
        ),
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


@pytest.mark.parametrize(
    "spoken",
    [
        "Reader: It was a dark night.",
        "Speaker: it was a dark night.",
        "Speaker 2: okay.",
        "Audience question: how do you know?",
        "READER: It was a dark night.",
        "Lectora: era de noche.",
    ],
)
def test_a_part_beside_names_needs_to_be_played_only_once(write: Write, spoken: str) -> None:
    interview = read_interview(
        write(f"Anna: A reader is a speaker; so is a lectora.\n\n{spoken}\n\nAnna: Good.\n"), "en"
    )
    assert list_turns(interview)[1] == tuple(spoken.split(": "))


@pytest.mark.parametrize(
    "spoken",
    [
        "Answer: nobody knows.",
        "reader: it was night.",
        "All: the people came.",
        "Voz: eso es todo.",
    ],
)
def test_words_that_are_rarely_parts_stay_words(write: Write, spoken: str) -> None:
    interview = read_interview(write(f"Anna: So.\n\n{spoken}\n\nAnna: Good.\n"), "en")
    assert [speaker.name for speaker in interview.speakers] == ["Anna"]


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
    assert list_turns(interview)[0] == ("Anna", f"{sentence}\n\n{sentence}")


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
        assert [type(part).__name__ for part in interview.parts] == [
            "Front",
            "Front",
            *["Turn"] * 4,
        ]


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
    assert list_turns(interview) == [(name, text)]


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


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Maeve O'Sullivan", ["MO", "MOS", "MO'S", "MO’S", "M.O."]),
        ("Ann McDonald", ["AM", "AMD", "AMCD", "AMcD"]),
        ("Ann MacLeod", ["AM", "AML"]),
        ("Anna d'Arcy", ["AD", "ADA", "AA"]),
        ("Jean-Luc Roy", ["JR", "JLR", "J-LR"]),
        ("Berta de la Cruz", ["BC", "BDLC", "BdlC"]),
        ("Dr. Élodie Martin, PhD", ["EM", "ÉM"]),
    ],
)
def test_initials_lead_to_the_name_in_full(write: Write, name: str, initials: list[str]) -> None:
    for short in initials:
        talk = f"Tom Bell: Hi.\n{name}: Hello.\nTB: Good?\n{short}: Yes.\nTB: And?\n{short}: Yes.\n"
        interview = read_interview(write(talk))
        assert [speaker for speaker, _ in list_turns(interview)] == ["Tom Bell", name] * 3, short
        assert not [notice for notice in interview.notices if notice.line], short


def test_initials_that_two_people_share_are_nobodys(write: Write) -> None:
    talk = "Maeve O'Sullivan: Hi.\nMark Owen: Hello.\nMO: Good?\nMark Owen: Yes.\nMO: And?\n"
    assert "MO" in {speaker for speaker, _ in list_turns(read_interview(write(talk)))}


def test_initials_that_stand_once_speak_among_others(write: Write) -> None:
    talk = "Tom Bell: Hi.\nMaeve O'Sullivan: Hello.\nTB: Good?\nMO: yes.\nTB: So?\nPG: It is.\n"
    interview = read_interview(write(f"{talk}TB: Then thanks.\nMO: Thanks.\n"))
    speakers = [speaker for speaker, _ in list_turns(interview)]
    assert speakers == ["Tom Bell", "Maeve O'Sullivan"] * 2 + [
        *("Tom Bell", "PG"),
        *("Tom Bell", "Maeve O'Sullivan"),
    ]
    doubts = [notice for notice in interview.notices if notice.line]
    assert [notice.line for notice in doubts] == [6]
    assert "“PG”" in doubts[0].message


def test_initials_that_nothing_backs_are_reported(write: Write) -> None:
    talk = "Anna Lee: Why?\nBen: Ask.\nAnna Lee: Who knows?\nPG: I do.\nBen: He does.\n"
    interview = read_interview(write(talk))
    assert "PG: I do." in list_turns(interview)[2][1]
    assert [(notice.line, "“PG:”" in notice.message) for notice in interview.notices] == [(4, True)]


@pytest.mark.parametrize("word", ["NB", "N.B.", "PS", "FAQ", "USA"])
@pytest.mark.parametrize("times", [1, 2])
def test_abbreviations_are_no_people(write: Write, word: str, times: int) -> None:
    talk = "Tom Bell: Hi.\nMaeve O'Sullivan: Hello.\nTB: Good?\nMO: Yes.\n"
    interview = read_interview(write(talk + f"{word}: Not now.\n" * times + "TB: Thanks.\n"))
    assert [speaker.name for speaker in interview.speakers] == ["Tom Bell", "Maeve O'Sullivan"]
    assert list_turns(interview)[3][1].count(f"{word}: Not now.") == times


@pytest.mark.parametrize("name", ["Nora Bell", "Pat Stone"])
def test_a_persons_initials_are_no_abbreviation(write: Write, name: str) -> None:
    short = "".join(word[0] for word in name.split())
    talk = f"{name}: Hi.\nMaeve O'Sullivan: Hello.\n{short}: Good?\nMO: Yes.\n"
    assert [speaker for speaker, _ in list_turns(read_interview(write(talk)))] == [
        *(name, "Maeve O'Sullivan"),
        *(name, "Maeve O'Sullivan"),
    ]


def test_a_word_of_the_talk_in_capitals_is_nobodys_initials(write: Write) -> None:
    talk = "TB: Was it NASA?\nMO: It was.\nTB: Who else?\nMO: Two.\nNASA: Big.\nTB: Thanks.\n"
    interview = read_interview(write(talk))
    assert [speaker.name for speaker in interview.speakers] == ["TB", "MO"]
    assert [notice.line for notice in interview.notices if notice.line] == [5]


@pytest.mark.parametrize(
    "said_first", ["x" * 300_000, "and then we went on " * 10, "I WAS IN " * 20]
)
def test_what_is_longer_than_a_line_is_no_title(write: Write, said_first: str) -> None:
    interview = read_interview(write(f"Ann: {said_first}\nBob: Ok?\n"))
    assert [speaker for speaker, _ in list_turns(interview)] == ["Ann", "Bob"]
    interview = read_interview(write(f"{said_first}\n\nAnn: Hi there.\nBob: Ok?\n"))
    assert interview.title not in said_first
    interview = read_interview(write(f"Ann: {said_first}\nBob: Ok?\nBob: Yes.\nCarl: Fine.\n"))
    told = [notice.line for notice in interview.notices if "“Ann" in notice.message]
    assert interview.speakers[0].name == "Ann" or told == [1]
