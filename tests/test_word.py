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
from told import list_messages, list_turns
from vivavoz.scripts.listing import list_interview
from vivavoz.source import Interview, Picture, read_interview
from word_documents import (
    RELATIONS,
    STRICT_RELATIONS,
    STRICT_WORD,
    STYLES,
    TALK,
    WORD,
    draw,
    list_parts,
    pack,
    row,
    run,
    say,
    styled,
)

Read = Callable[..., Interview]

DECORATIVE = '<a:decorative val="1"/>'


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


def test_bold_words_in_speech_leave_no_marks(read_word: Read) -> None:
    body = f"<w:p>{run('Anna: I ')}{run('really', '<w:b/>')}{run(' do *not*.')}</w:p>"
    body += f"<w:p>{run('Really', '<w:b/>')}{run(' and truly.')}</w:p>"
    assert list_turns(read_word(body + say("Ben: Hi.")))[0] == (
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
def test_words_are_found_wherever_word_keeps_them(read_word: Read, inside: str) -> None:
    words = inside.format(run("lamp"))
    body = TALK + f"<w:p>{run('Ben: The ')}{words}{run(' turns.')}</w:p>"
    assert list_turns(read_word(body))[-1] == ("Ben", "The lamp turns.")


@pytest.mark.parametrize(
    "inside",
    [
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:customXml>{}</w:customXml>",
        "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>",
        "<w:tbl><w:sdt><w:tr><w:tc><w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl></w:tc></w:tr></w:sdt></w:tbl>",
    ],
)
def test_paragraphs_are_found_wherever_word_keeps_them(read_word: Read, inside: str) -> None:
    assert list_turns(read_word(inside.format(TALK))) == list_turns(read_word(TALK))


def test_signs_that_word_writes_as_elements(read_word: Read) -> None:
    signs = (
        run("Ben: ice")
        + "<w:r><w:noBreakHyphen/></w:r>"
        + run("cold")
        + "<w:r><w:softHyphen/></w:r>"
        + run("\u00ad wa\u00adter\u00a0?")
        + '<w:r><w:sym w:char="F04A"/><w:sym w:char="F0FF"/><w:sym w:char="x"/></w:r>'
    )
    interview = read_word(TALK + f"<w:p>{signs}</w:p>")
    assert list_turns(interview)[-1] == ("Ben", "ice\u2011cold water\u00a0?☺��")
    assert list_messages(interview) == [
        "Symbols of a font that stand for no letter: 2; “�” is shown for each."
    ]


def test_right_to_left_text_is_kept_in_its_order(read_word: Read) -> None:
    body = say("آنا: مرحبا بكم.") + say("بن: صباح الخير.") + say("آنا: لماذا؟")
    assert list_turns(read_word(body)) == [
        ("آنا", "مرحبا بكم."),
        ("بن", "صباح الخير."),
        ("آنا", "لماذا؟"),
    ]


def test_headings_are_known_by_style_and_by_outline_level(read_word: Read) -> None:
    level = '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'
    body = styled("One", "berschrift1") + TALK + styled("Two", "Ours") + say("Three", level)
    headings = [
        part.text for part in read_word(body, styles=STYLES).parts if "Head" in repr(type(part))
    ]
    assert headings == ["One", "Two", "Three"]


def test_pictures_have_their_alternative_text(read_word: Read) -> None:
    body = (
        TALK
        + f"<w:p>{run('Ben: Look.')}{draw('A [white] lighthouse')}</w:p>"
        + f"<w:p>{draw('A boat&#10;&#10;Description automatically generated')}</w:p>"
        + f"<w:p>{draw('', DECORATIVE)}</w:p>"
        + '<w:p><w:pict><v:shape alt="An old chart"><v:imagedata/></v:shape></w:pict></w:p>'
        + styled("Drawn by Ann Lee in 1911", "Cap")
    )
    interview = read_word(body, styles=STYLES)
    pictures = [part.text for part in interview.parts if isinstance(part, Picture)]
    assert pictures == ["A [white] lighthouse", "A boat", "An old chart"]
    assert list_turns(interview)[-1] == ("Ben", "Look.")
    assert list_messages(interview) == []


def test_what_nobody_says_stays_out_of_turns_and_is_kept_or_reported(read_word: Read) -> None:
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
    interview = read_word(
        body,
        styles=STYLES,
        footnotes=f'<w:footnote w:id="2">{say("First lit in May.")}</w:footnote>',
        comments=f'<w:comment w:id="0" w:author="Kim">{say("Check the year")}</w:comment>',
        header=say("One two three four five six seven eight nine ten eleven twelve thirteen"),
        footer=say("Page 3"),
    )
    assert list_turns(interview)[-1] == ("Ben", "Since 1911, always.")
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


def test_boxes_within_boxes_are_each_read_once(read_word: Read) -> None:
    deepest = 18
    body = TALK
    for depth in range(deepest):
        box = f"<w:pict><w:txbxContent>{body}</w:txbxContent></w:pict>"
        body = f"<w:p>{run(f'Anna: Box {depth}.')}<w:r>{box}</w:r></w:p>"
    turns = list_turns(read_word(body))
    assert [turn[1] for turn in turns].count("Box 0.") == 1
    assert len(turns) == deepest + 3


def test_a_text_box_with_names_in_it_is_part_of_the_talk(read_word: Read) -> None:
    box = (
        f"<w:r><w:pict><v:textbox><w:txbxContent>{TALK}</w:txbxContent></v:textbox></w:pict></w:r>"
    )
    assert len(list_turns(read_word(f"<w:p>{box}</w:p>"))) == 3


def test_a_line_is_a_paragraph_wherever_it_stands(read_word: Read) -> None:
    table = f"<w:tbl>{row(say('Anna'), say('Hi.'))}{row(say('Ben'), say('Hello.'))}</w:tbl>"
    body = say("") + table + say("Anna: One more.") + say("Ben: Two more.")
    assert [turn.line for turn in read_word(body).turns()] == [2, 4, 6, 7]


def test_documents_saved_as_strict_or_with_macros_are_read_too(tmp_path: Path) -> None:
    parts = {
        name: content.replace(WORD, STRICT_WORD).replace(RELATIONS, STRICT_RELATIONS)
        for name, content in list_parts(TALK).items()
    }
    pack(tmp_path / "strict.docx", parts)
    pack(tmp_path / "macro.docm", {**list_parts(TALK), "word/vbaProject.bin": "Shell"})
    for name in ("strict.docx", "macro.docm"):
        assert len(list_turns(read_interview(tmp_path / name, "en"))) == 3


def test_a_document_is_known_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    pack(tmp_path / "talk.txt", list_parts(TALK))
    (tmp_path / "talk.docx").write_text("Anna: Hello.\n\nBen: Hi.\n", encoding="utf-8")
    assert len(list_turns(read_interview(tmp_path / "talk.txt", "en"))) == 3
    assert len(list_turns(read_interview(tmp_path / "talk.docx", "en"))) == 2


WORDS = st.text(st.characters(categories=["L", "Nd", "Po"]), min_size=1, max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
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
        list_messages(interview)
    )
    for words in paragraphs:
        for word in words:
            letters = "".join(filter(str.isalnum, word))
            assert letters in "".join(filter(str.isalnum, kept))
