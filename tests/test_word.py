"""Word documents: what stands in them comes out, and Word's own settings say what it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
from docx import Document
from docx.shared import Pt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vivavoz.scripts.listing import list_interview
from vivavoz.source import Interview, Picture, read_interview
from word_documents import (
    RELATIONS,
    STRICT_RELATIONS,
    STRICT_WORD,
    WORD,
    list_parts,
    pack,
    run,
    say,
)

Read = Callable[..., Interview]

TALK = say("Anna: Hello there.") + say("Ben: Good morning.") + say("Anna: Why a lighthouse?")
DECORATIVE = '<a:decorative val="1"/>'
BREAK = "<w:r><w:br/></w:r>"
STYLES = """
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Ours"><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Cap"><w:name w:val="caption"/></w:style>
<w:style w:type="character" w:styleId="Name"><w:name w:val="Name"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>
<w:style w:styleId="B"><w:basedOn w:val="A"/><w:rPr><w:b/></w:rPr></w:style>
"""


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that reads a body's XML."""

    def read_body(body: str, **others: str) -> Interview:
        return read_interview(pack(tmp_path / "talk.docx", list_parts(body, **others)), "en")

    return read_body


def said(interview: Interview) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in interview.turns()]


def messages(interview: Interview) -> list[str]:
    return [notice.message for notice in interview.notices]


def styled(text: str, style: str) -> str:
    return say(text, f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>')


def draw(alternative: str, more: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{alternative}">{more}'
        '</wp:docPr><a:blip r:embed="r9"/></wp:inline></w:drawing></w:r>'
    )


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def test_a_transcript_made_in_word_reads_as_its_author_set_it(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Lights at Sea", 0)
    document.add_paragraph("Guest: Inés Carballo")
    document.add_heading("The tower", 1)
    for name, text in (
        ("Tobias Lund: ", "What do you do first?"),
        ("Carballo: ", "I listen [laughs]. People think"),
        ("Tobias Lund: ", "“And then?”"),
    ):
        paragraph = document.add_paragraph()
        paragraph.add_run(name).bold = True
        paragraph.add_run(text).font.size = Pt(11)
    document.add_paragraph("[Picture: A white lighthouse | A lighthouse]")
    document.add_paragraph("Point one", style="List Bullet")
    document.save(str(tmp_path / "talk.docx"))
    assert list_interview(read_interview(tmp_path / "talk.docx")) == dedent("""\
        Lights at Sea (en)
          Tobias Lund, interviewer
          Inés Carballo, guest

            1 [heading]: Lights at Sea
            2 [front]: Guest: Inés Carballo
            3 [heading]: The tower
            4 Tobias Lund: What do you do first?
            5 Inés Carballo: I listen [laughs]. People think
            6 Tobias Lund: “And then?”
            7 [picture]: A white lighthouse | A lighthouse
            8 Tobias Lund: Point one""")


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
    assert said(interview) == [("Anna Lee", "Hello there."), ("Ben Katz", "Good morning.")]
    assert [turn.start_ms for turn in interview.turns()] == stamps


def test_meeting_software_puts_name_time_and_words_into_one_paragraph(read: Read) -> None:
    turns = (("Anna Lee", "0:03", "Hello there."), ("Ben Katz", "0:07", "Good morning."))
    body = "".join(
        f"<w:p>{draw('')}{run(name, '<w:b/>')}{run('   ' + time)}{BREAK}{run(text)}</w:p>"
        for name, time, text in turns
    )
    interview = read(body)
    assert said(interview) == [(name, text) for name, _, text in turns]
    assert messages(interview) == ["Pictures without alternative text, the first here: 2."]


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
    words = [(name, text.split()) for name, text in said(interview)]
    flat = [(name, word) for name, texts in words for word in texts]
    assert flat == [
        *(("Anna", word) for word in ["Hello", "there."]),
        *(("Ben", word) for word in ["Good", "morning.", "And", "welcome."]),
    ]
    stamps = [turn.start_ms for turn in interview.turns()]
    assert stamps[:2] == ([3000, 7000] if ":0" in str(rows) else [None, None])


def test_a_table_of_facts_above_the_interview_is_nobodys_speech(read: Read) -> None:
    table = f"<w:tbl>{row(say('Date'), say('3 May'))}{row(say('Guest'), say('Ann Lee'))}</w:tbl>"
    interview = read(table + say("Ann: Hello.") + say("Ben: Hi.") + say("Ann: Well."))
    assert [name for name, _ in said(interview)] == ["Ann Lee", "Ben", "Ann Lee"]


def test_a_table_of_facts_in_the_interview_names_no_speakers(read: Read) -> None:
    table = f"<w:tbl>{row(say('Lamp'), say('12 kg'))}{row(say('Tower'), say('30 m'))}</w:tbl>"
    assert {name for name, _ in said(read(TALK + table))} == {"Anna", "Ben"}


def test_the_rows_of_a_table_are_never_one_paragraph(read: Read) -> None:
    facts = [("Name of participant", "Ben Fox"), ("Interviewed by", "Anna Lee")]
    table = "".join(row(say(key), say(value)) for key, value in facts)
    interview = read(
        f"<w:tbl>{table}</w:tbl>" + "".join(map(say, ["BF: Hi.", "AL: So?", "BF: No.", "AL: Oh?"]))
    )
    assert interview.title == "Name of participant\tBen Fox"
    assert [one.name for one in interview.speakers] == ["Ben Fox", "Anna Lee"]


def test_names_before_tab_stops_are_labels(read: Read) -> None:
    turns = [("ANNA", "Hello: there."), ("BEN", "Hi."), ("ANNA", "So?"), ("BEN", "So.")]
    body = "".join(f"<w:p>{run(name)}<w:r><w:tab/></w:r>{run(text)}</w:p>" for name, text in turns)
    assert said(read(body)) == turns


def test_names_set_as_headings_are_labels_when_they_come_again(read: Read) -> None:
    turns = [("Anna Lee", "Hello."), ("Ben Katz", "Hi."), ("Anna Lee", "So?"), ("Ben Katz", "So.")]
    body = "".join(styled(name, "berschrift1") + say(text) for name, text in turns)
    assert said(read(body, styles=STYLES)) == turns


def test_a_section_that_comes_twice_stays_a_heading(read: Read) -> None:
    sections = [styled(name, "Ours") + TALK for name in ("Questions", "War", "Questions")]
    interview = read("".join(sections), styles=STYLES)
    assert {name for name, _ in said(interview)} == {"Anna", "Ben"}
    assert not any("Questions" in text for _, text in said(interview))


def test_styles_that_are_named_for_roles_say_who_speaks(read: Read) -> None:
    styles = "".join(
        f'<w:style w:styleId="{name[0]}"><w:name w:val="{name}"/></w:style>'
        for name in ("Question", "Answer", "Speaker")
    )
    body = styled("Why clay", "Q") + styled("It is: cheap.", "A") + styled("And good.", "A")
    assert said(read(body + styled("So.", "Q"), styles=styles)) == [
        ("Interviewer", "Why clay"),
        ("Guest", "It is: cheap.\n\nAnd good."),
        ("Interviewer", "So."),
    ]
    turns = [("Anna", "Hello."), ("Ben", "Hi."), ("Anna", "So?"), ("Ben", "So.")]
    body = "".join(styled(name, "S") + say(text) for name, text in turns)
    assert said(read(body, styles=styles)) == turns


def test_questions_in_bold_are_the_interviewers(read: Read) -> None:
    bold = "<w:b/>"
    body = "".join(
        f"<w:p>{run(question, bold)}</w:p>" + say(answer)
        for question, answer in (("Why clay?", "It is cheap."), ("And now?", "Now it is dear."))
    )
    assert said(read(body)) == [
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
        run("Anna: ", "<w:rtl/><w:bCs/>"),
        run("Anna: ", '<w:rStyle w:val="A"/>'),
    ],
)
def test_a_name_may_be_set_in_bold_in_any_way(read: Read, name: str) -> None:
    body = f"<w:p>{name}{run('Hello.')}</w:p>"
    assert said(read(body + say("Ben: Hi."), styles=STYLES)) == [("Anna", "Hello."), ("Ben", "Hi.")]


def test_a_request_in_bold_above_the_first_question_is_asked_too(read: Read) -> None:
    bold = "<w:b/>"
    body = "".join(
        f"<w:p>{run(asked, bold)}</w:p>{say(answer)}"
        for asked, answer in (
            ("Tell me about yourself.", "I build boats."),
            ("When did you start?", "In 1990."),
        )
    )
    assert [text for name, text in said(read(body)) if name == "Interviewer"] == [
        "Tell me about yourself.",
        "When did you start?",
    ]


def test_bold_words_in_speech_leave_no_marks(read: Read) -> None:
    body = f"<w:p>{run('Anna: I ')}{run('really', '<w:b/>')}{run(' do *not*.')}</w:p>"
    body += f"<w:p>{run('Really', '<w:b/>')}{run(' and truly.')}</w:p>"
    assert said(read(body + say("Ben: Hi.")))[0] == (
        "Anna",
        "I really do *not*.\n\nReally and truly.",
    )


@pytest.mark.parametrize(
    "inside",
    [
        '<w:hyperlink r:id="r1">{}</w:hyperlink>',
        "<w:ins>{}</w:ins>",
        "<w:moveTo>{}</w:moveTo>",
        "<w:smartTag><w:smartTag>{}</w:smartTag></w:smartTag>",
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        '<w:fldSimple w:instr="REF x">{}</w:fldSimple>',
        "<w:r><w:instrText>REF x</w:instrText></w:r>{}",
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>{}",
        "<w:bdo>{}</w:bdo>",
        "<w:unheardOf>{}</w:unheardOf>",
        "<mc:AlternateContent>{0}<mc:Fallback>{0}</mc:Fallback></mc:AlternateContent>",
        "<w:r><w:ruby><w:rt><w:r><w:t>over</w:t></w:r></w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>",
    ],
)
def test_words_are_found_wherever_word_keeps_them(read: Read, inside: str) -> None:
    words = inside.format(run("lamp"))
    body = TALK + f"<w:p>{run('Ben: The ')}{words}{run(' turns.')}</w:p>"
    assert said(read(body))[-1] == ("Ben", "The lamp turns.")


@pytest.mark.parametrize(
    "inside",
    [
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:customXml>{}</w:customXml>",
        "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>",
        "<w:tbl><w:sdt><w:tr><w:tc><w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl></w:tc></w:tr></w:sdt></w:tbl>",
    ],
)
def test_paragraphs_are_found_wherever_word_keeps_them(read: Read, inside: str) -> None:
    assert said(read(inside.format(TALK))) == said(read(TALK))


def test_signs_that_word_writes_as_elements(read: Read) -> None:
    signs = (
        run("Ben: ice")
        + "<w:r><w:noBreakHyphen/></w:r>"
        + run("cold")
        + "<w:r><w:softHyphen/></w:r>"
        + run("\u00ad wa\u00adter\u00a0?")
        + '<w:r><w:sym w:char="F04A"/><w:sym w:char="F0FF"/><w:sym w:char="x"/></w:r>'
    )
    interview = read(TALK + f"<w:p>{signs}</w:p>")
    assert said(interview)[-1] == ("Ben", "ice\u2011cold water\u00a0?☺��")
    assert messages(interview) == [
        "Symbols of a font that stand for no letter: 2; “�” is shown for each."
    ]


def test_right_to_left_text_is_kept_in_its_order(read: Read) -> None:
    body = say("آنا: مرحبا بكم.") + say("بن: صباح الخير.") + say("آنا: لماذا؟")
    assert said(read(body)) == [("آنا", "مرحبا بكم."), ("بن", "صباح الخير."), ("آنا", "لماذا؟")]


def test_headings_are_known_by_style_and_by_outline_level(read: Read) -> None:
    level = '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'
    body = styled("One", "berschrift1") + TALK + styled("Two", "Ours") + say("Three", level)
    headings = [part.text for part in read(body, styles=STYLES).parts if "Head" in repr(type(part))]
    assert headings == ["One", "Two", "Three"]


def test_pictures_have_their_alternative_text(read: Read) -> None:
    body = (
        TALK
        + f"<w:p>{run('Ben: Look.')}{draw('A [white] lighthouse')}</w:p>"
        + f"<w:p>{draw('A boat&#10;&#10;Description automatically generated')}</w:p>"
        + f"<w:p>{draw('', DECORATIVE)}</w:p>"
        + '<w:p><w:pict><v:shape alt="An old chart"><v:imagedata/></v:shape></w:pict></w:p>'
        + styled("Drawn by Ann Lee in 1911", "Cap")
    )
    interview = read(body, styles=STYLES)
    pictures = [part.text for part in interview.parts if isinstance(part, Picture)]
    assert pictures == ["A [white] lighthouse", "A boat", "An old chart"]
    assert said(interview)[-1] == ("Ben", "Look.")
    assert messages(interview) == []


def test_what_nobody_says_stays_out_of_turns_and_is_kept_or_reported(read: Read) -> None:
    box = f"<w:txbxContent>{say('A pull quote')}</w:txbxContent>"
    body = (
        styled("Contents ... 3", "TOC1")
        + TALK
        + "<w:p>"
        + run("Ben: Since 1911")
        + '<w:r><w:footnoteReference w:id="2"/><w:commentReference w:id="0"/></w:r>'
        + run(", always.")
        + run("secret", "<w:vanish/>")
        + "<w:del><w:r><w:delText>never</w:delText></w:r></w:del>"
        + "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        + run("Click here")
        + "</w:sdtContent></w:sdt>"
        + "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>"
        + box
        + "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        + box
        + "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        + '<w:altChunk r:id="r8"/><w:sectPr/>'
    )
    interview = read(
        body,
        styles=STYLES,
        footnotes=f'<w:footnote w:id="2">{say("First lit in May.")}</w:footnote>',
        comments=f'<w:comment w:id="0" w:author="Kim">{say("Check the year")}</w:comment>',
        header=say("One two three four five six seven eight nine ten eleven twelve thirteen"),
        footer=say("Page 3"),
    )
    assert said(interview)[-1] == ("Ben", "Since 1911, always.")
    assert [part.text for part in interview.parts[3:]][1:] == ["First lit in May.", "A pull quote"]
    assert [(notice.line, notice.message) for notice in interview.notices] == [
        (None, interview.notices[0].message),
        (1, "The table of contents is not read; lines: 1."),
        (5, "Hidden text is not read: “secret”"),
        (5, "A comment by Kim is not read: “Check the year”"),
        (5, "Deletions that Word still keeps are not read: 1."),
        (5, "Files that are only linked in here are not read: 1."),
    ]
    assert "thirteen" in interview.notices[0].message


def test_boxes_within_boxes_are_each_read_once(read: Read) -> None:
    deepest = 18
    body = TALK
    for depth in range(deepest):
        box = f"<w:pict><w:txbxContent>{body}</w:txbxContent></w:pict>"
        body = f"<w:p>{run(f'Anna: Box {depth}.')}<w:r>{box}</w:r></w:p>"
    turns = said(read(body))
    assert [turn[1] for turn in turns].count("Box 0.") == 1
    assert len(turns) == deepest + 3


def test_a_text_box_with_names_in_it_is_part_of_the_talk(read: Read) -> None:
    box = (
        f"<w:r><w:pict><v:textbox><w:txbxContent>{TALK}</w:txbxContent></v:textbox></w:pict></w:r>"
    )
    assert len(said(read(f"<w:p>{box}</w:p>"))) == 3


def test_a_line_is_a_paragraph_wherever_it_stands(read: Read) -> None:
    table = f"<w:tbl>{row(say('Anna'), say('Hi.'))}{row(say('Ben'), say('Hello.'))}</w:tbl>"
    body = say("") + table + say("Anna: One more.") + say("Ben: Two more.")
    assert [turn.line for turn in read(body).turns()] == [2, 4, 6, 7]


def test_documents_saved_as_strict_or_with_macros_are_read_too(tmp_path: Path) -> None:
    parts = {
        name: content.replace(WORD, STRICT_WORD).replace(RELATIONS, STRICT_RELATIONS)
        for name, content in list_parts(TALK).items()
    }
    pack(tmp_path / "strict.docx", parts)
    pack(tmp_path / "macro.docm", {**list_parts(TALK), "word/vbaProject.bin": "Shell"})
    for name in ("strict.docx", "macro.docm"):
        assert len(said(read_interview(tmp_path / name, "en"))) == 3


def test_a_document_is_known_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    pack(tmp_path / "talk.txt", list_parts(TALK))
    (tmp_path / "talk.docx").write_text("Anna: Hello.\n\nBen: Hi.\n", encoding="utf-8")
    assert len(said(read_interview(tmp_path / "talk.txt", "en"))) == 3
    assert len(said(read_interview(tmp_path / "talk.docx", "en"))) == 2


WORDS = st.text(st.characters(categories=["L", "Nd", "Po"]), min_size=1, max_size=8)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50
)
@given(paragraphs=st.lists(st.lists(WORDS, max_size=6), min_size=1, max_size=8), bold=st.booleans())
def test_whatever_stands_in_paragraphs_comes_out(
    tmp_path: Path, paragraphs: list[list[str]], *, bold: bool
) -> None:
    document = Document()
    document.add_paragraph("Anna: Hello.")
    document.add_paragraph("Ben: Hi.")
    for words in paragraphs:
        paragraph = document.add_paragraph("a")
        for word in words:
            paragraph.add_run(" " + word).bold = bold
    document.save(str(tmp_path / "any.docx"))
    interview = read_interview(tmp_path / "any.docx", "en")
    kept = "".join(getattr(part, "speaker", "") + part.text for part in interview.parts) + "".join(
        messages(interview)
    )
    for words in paragraphs:
        for word in words:
            letters = "".join(filter(str.isalnum, word))
            assert letters in "".join(filter(str.isalnum, kept))
