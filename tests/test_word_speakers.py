"""Who speaks in a Word document: tables, tab stops, styles and bold names tell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from told import list_messages, list_turns
from vivavoz.source import Interview, read_interview
from word_documents import BREAK, STYLES, TALK, draw, row, run, say, styled

Read = Callable[..., Interview]


@pytest.mark.parametrize(
    ("shape", "stamps"),
    [
        # Rev: name and time on a line, the words on the next.
        (["Anna Lee (00:03):", "Hello there.", "Ben Katz (00:07):", "Good morning."], [3000, 7000]),
        # GoTranscript: the time in brackets before the name.
        (["[00:00:03] Anna Lee: Hello there.", "[00:00:07] Ben Katz: Good morning."], [3000, 7000]),
        # Otter: name and time, two spaces between them.
        (["Anna Lee  0:03", "Hello there.", "", "Ben Katz  0:07", "Good morning."], [3000, 7000]),
        # Trint: the time, a tab stop and the name.
        (
            ["[00:00:03]\tAnna Lee: Hello there.", "[00:00:07]\tBen Katz: Good morning."],
            [3000, 7000],
        ),
        # Teams, until 2023: the times, the name and the words, each on a line.
        (
            [
                *("0:0:3.0 --> 0:0:6.5", "Anna Lee", "Hello there."),
                *("0:0:7.0 --> 0:0:9.25", "Ben Katz", "Good morning."),
            ],
            [3000, 7000],
        ),
    ],
)
def test_what_transcription_services_deliver(
    tmp_path: Path, shape: list[str], stamps: list[int]
) -> None:
    document = Document()
    for text in shape:
        document.add_paragraph(text)
    document.save(str(tmp_path / "talk.docx"))
    interview = read_interview(tmp_path / "talk.docx", "en")
    assert list_turns(interview) == [("Anna Lee", "Hello there."), ("Ben Katz", "Good morning.")]
    assert [turn.start_ms for turn in interview.turns()] == stamps


def test_meeting_software_puts_name_time_and_words_into_one_paragraph(read_word: Read) -> None:
    turns = (("Anna Lee", "0:03", "Hello there."), ("Ben Katz", "0:07", "Good morning."))
    body = "".join(
        f"<w:p>{draw('')}{run(name, '<w:b/>')}{run('   ' + time)}{BREAK}{run(text)}</w:p>"
        for name, time, text in turns
    )
    interview = read_word(body + say("Anna Lee stopped transcription"))
    assert list_turns(interview) == [(name, text) for name, _, text in turns]
    assert list_messages(interview) == ["Pictures without alternative text, the first here: 2."]


@pytest.mark.parametrize(
    "rows",
    [
        [("Anna", "Hello there."), ("Ben", "Good morning."), ("", "And welcome.")],
        [
            ("0:03", "Anna", "Hello there."),
            ("0:07", "Ben", "Good morning."),
            ("", "", "And welcome."),
        ],
        [
            ("Anna", "0:03", "Hello there."),
            ("Ben", "0:07", "Good morning."),
            ("", "", "And welcome."),
        ],
        [("Anna", "Hello there.", "0:03"), ("Ben", "Good morning.\nAnd welcome.", "0:07")],
        [("Anna\n0:03", "Hello there."), ("Ben\n0:07", "Good morning.\nAnd welcome.")],
        [("Anna:", "Hello there."), ("Ben:", "Good morning."), ("", "And welcome.")],
        [
            ("1", "Anna", "Hello there."),
            ("2", "Ben", "Good morning."),
            ("3", "Ben", "And welcome."),
        ],
        [
            ("Time", "Speaker", "Comment"),
            ("0:00:03", "Anna", "Hello there."),
            ("0:00:07", "Ben", "Good morning."),
            ("0:00:09", "Ben", "And welcome."),
        ],
        [
            ("Start time", "End time", "Speaker", "Text", "Codes"),
            ("0:00:03", "0:00:06", "Anna", "Hello there.", "greeting"),
            ("0:00:07", "0:00:08", "Ben", "Good morning.", ""),
            ("0:00:09", "0:00:11", "Ben", "And welcome.", "greeting"),
        ],
        [
            ("Timespan", "Content", "Speaker"),
            ("0:03.0 - 0:06.2", "Hello there.", "Anna"),
            ("0:07.0 - 0:08.0", "Good morning.", "Ben"),
            ("0:08.0 - 0:11.5", "And welcome.", "Ben"),
        ],
        [
            ("Anna\nHost", "Hello there."),
            ("Ben\nKeeper", "Good morning."),
            ("Ben\nKeeper", "And welcome."),
        ],
        [("Hello there.", "Anna"), ("Good morning.", "Ben"), ("And welcome.", "Ben")],
        [
            ("007", "Anna", "Hello there."),
            ("008", "Ben", "Good morning."),
            ("009", "Ben", "And welcome."),
        ],
    ],
)
def test_tables_have_columns_for_who_when_and_what(
    tmp_path: Path, rows: list[tuple[str, ...]]
) -> None:
    document = Document()
    table = document.add_table(0, len(rows[0]))
    for texts in rows:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            first, *others = text.split("\n")
            cell.text = first
            for other in others:
                cell.add_paragraph(other)
    document.save(str(tmp_path / "talk.docx"))
    interview = read_interview(tmp_path / "talk.docx", "en")
    words = [(name, text.split()) for name, text in list_turns(interview)]
    flat = [(name, word) for name, texts in words for word in texts]
    assert flat == [
        *(("Anna", word) for word in ["Hello", "there."]),
        *(("Ben", word) for word in ["Good", "morning.", "And", "welcome."]),
    ]
    stamps = [turn.start_ms for turn in interview.turns()]
    assert stamps[:2] == ([3000, 7000] if ":0" in str(rows) else [None, None])


def test_a_table_of_facts_above_the_interview_is_nobodys_speech(read_word: Read) -> None:
    table = f"<w:tbl>{row(say('Date'), say('3 May'))}{row(say('Guest'), say('Ann Lee'))}</w:tbl>"
    interview = read_word(table + say("Ann: Hello.") + say("Ben: Hi.") + say("Ann: Well."))
    assert [name for name, _ in list_turns(interview)] == ["Ann Lee", "Ben", "Ann Lee"]


def test_a_table_of_facts_in_the_interview_names_no_speakers(read_word: Read) -> None:
    table = f"<w:tbl>{row(say('Lamp'), say('12 kg'))}{row(say('Tower'), say('30 m'))}</w:tbl>"
    assert {name for name, _ in list_turns(read_word(TALK + table))} == {"Anna", "Ben"}


def test_the_rows_of_a_table_are_never_one_paragraph(read_word: Read) -> None:
    facts = [("Name of participant", "Ben Fox"), ("Interviewed by", "Anna Lee")]
    table = "".join(row(say(key), say(value)) for key, value in facts)
    interview = read_word(
        f"<w:tbl>{table}</w:tbl>" + "".join(map(say, ["BF: Hi.", "AL: So?", "BF: No.", "AL: Oh?"]))
    )
    assert interview.title == "Name of participant\tBen Fox"
    assert [one.name for one in interview.speakers] == ["Ben Fox", "Anna Lee"]


def test_names_before_tab_stops_are_labels(read_word: Read) -> None:
    turns = [("ANNA", "Hello: there."), ("BEN", "Hi."), ("ANNA", "So?"), ("BEN", "So.")]
    body = "".join(f"<w:p>{run(name)}<w:r><w:tab/></w:r>{run(text)}</w:p>" for name, text in turns)
    assert list_turns(read_word(body)) == turns


def test_names_set_as_headings_are_labels_when_they_come_again(read_word: Read) -> None:
    turns = [("Anna Lee", "Hello."), ("Ben Katz", "Hi."), ("Anna Lee", "So?"), ("Ben Katz", "So.")]
    body = "".join(styled(name, "berschrift1") + say(text) for name, text in turns)
    assert list_turns(read_word(body, styles=STYLES)) == turns


def test_a_section_that_comes_twice_stays_a_heading(read_word: Read) -> None:
    sections = [styled(name, "Ours") + TALK for name in ("Questions", "War", "Questions")]
    interview = read_word("".join(sections), styles=STYLES)
    assert {name for name, _ in list_turns(interview)} == {"Anna", "Ben"}
    assert not any("Questions" in text for _, text in list_turns(interview))


def test_styles_that_are_named_for_roles_say_who_speaks(read_word: Read) -> None:
    styles = "".join(
        f'<w:style w:styleId="{name[0]}"><w:name w:val="{name}"/></w:style>'
        for name in ("Question", "Answer", "Speaker")
    )
    body = styled("Why clay", "Q") + styled("It is: cheap.", "A") + styled("And good.", "A")
    assert list_turns(read_word(body + styled("So.", "Q"), styles=styles)) == [
        ("Interviewer", "Why clay"),
        ("Guest", "It is: cheap.\n\nAnd good."),
        ("Interviewer", "So."),
    ]
    turns = [("Anna", "Hello."), ("Ben", "Hi."), ("Anna", "So?"), ("Ben", "So.")]
    body = "".join(styled(name, "S") + say(text) for name, text in turns)
    assert list_turns(read_word(body, styles=styles)) == turns


def test_questions_in_bold_are_the_interviewers(read_word: Read) -> None:
    bold = "<w:b/>"
    body = "".join(
        f"<w:p>{run(question, bold)}</w:p>" + say(answer)
        for question, answer in (("Why clay?", "It is cheap."), ("And now?", "Now it is dear."))
    )
    assert list_turns(read_word(body)) == [
        ("Interviewer", "Why clay?"),
        ("Guest", "It is cheap."),
        ("Interviewer", "And now?"),
        ("Guest", "Now it is dear."),
    ]


@pytest.mark.parametrize(
    "name",
    [
        run("Anna", "<w:b/>") + run(": "),
        run("An", "<w:b/>") + run("na:", "<w:b w:val='1'/>") + run(" "),
        run("Anna: ", '<w:rStyle w:val="Name"/>'),
        run("0:03 ") + run("Anna: ", "<w:b/>"),
        run("Anna", "<w:b/>") + run(" [00:00:03] "),
        run("Anna: ", "<w:rtl/><w:bCs/>"),
        run("Anna: ", '<w:rStyle w:val="A"/>'),
    ],
)
def test_a_name_may_be_set_in_bold_in_any_way(read_word: Read, name: str) -> None:
    body = f"<w:p>{name}{run('Hello.')}</w:p>"
    assert list_turns(read_word(body + say("Ben: Hi."), styles=STYLES)) == [
        ("Anna", "Hello."),
        ("Ben", "Hi."),
    ]


def test_a_request_in_bold_above_the_first_question_is_asked_too(read_word: Read) -> None:
    bold = "<w:b/>"
    body = "".join(
        f"<w:p>{run(asked, bold)}</w:p>{say(answer)}"
        for asked, answer in (
            ("Tell me about yourself.", "I build boats."),
            ("When did you start?", "In 1990."),
        )
    )
    assert [text for name, text in list_turns(read_word(body)) if name == "Interviewer"] == [
        "Tell me about yourself.",
        "When did you start?",
    ]
