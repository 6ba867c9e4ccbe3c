"""A Word document into a transcript's lines, and into notices of what is not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

from ...interview import Notice
from ..label import could_be_name
from ..line import Line, Setting
from ..name import fold
from .package import load_parts
from .paragraph import Paragraph, is_placeholder, read_paragraph, write_lines
from .style import Kind, StyleSheet
from .table import (
    Cell,
    find_order,
    is_numbered,
    is_talk,
    join_cells,
    read_cell,
    read_head,
)

_GONE = {"del", "moveFrom", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "Fallback"}
_ELSEWHERE = {"altChunk", "subDoc"}
_LONGEST_MARGIN = 12
"""Words. A header that has more is no running head."""


def read_word(path: Path) -> tuple[tuple[Line, ...], tuple[Notice, ...]]:
    """Read a document's lines; a line's number is its paragraph's, those in tables included.

    Raises UnreadableSource for what is no Word document, damaged, protected or too large.
    """
    parts = load_parts(path)
    reader = _Reader(StyleSheet(parts.styles), parts.notes)
    lines = tuple(_offer_headings_as_labels([*reader.read(parts.body)]))
    notices = [*reader.notices, *reader.summarise()]
    for margin in parts.margins:
        notices += reader.note_margin(margin)
    return lines, tuple(dict.fromkeys(notices))


class _Reader:
    """Goes through a document once, in order."""

    def __init__(self, sheet: StyleSheet, notes: dict[str, Element]) -> None:
        self.notices: list[Notice] = []
        self._sheet = sheet
        self._notes = {
            (kind, note.get("id", "")): note for kind, part in notes.items() for note in part
        }
        self._number = 0
        self._role: str | None = None
        self._firsts: dict[str, int] = {}
        self._counts: Counter[str] = Counter()

    def read(self, container: Element) -> Iterator[Line]:
        """Yield the lines of a body, a cell or a box."""
        for child in container:
            match child.tag:
                case "p":
                    self._number += 1
                    yield from self._read_paragraph(child)
                case "tbl":
                    yield from self._read_table(child)
                case tag if tag in _ELSEWHERE:
                    self._count("Files that are only linked in here are not read: {}.")
                case tag if tag in _GONE or is_placeholder(child):
                    pass
                case _:
                    yield from self.read(child)

    def _read_paragraph(self, element: Element) -> Iterator[Line]:
        number = self._number
        paragraph = read_paragraph(element, self._sheet)
        kind = self._sheet.find_kind(element.find("pPr"))
        self._note_unread(paragraph)
        yield from self._show(paragraph, number, leads=True)
        text = " ".join(" ".join(paragraph.texts).split())
        if kind is Kind.CONTENTS:
            self._count("The table of contents is not read; lines: {}.", bool(text))
        elif kind and text:
            setting = Setting.HEADING if kind is Kind.HEADING else Setting.NOTE
            yield Line(number, text, setting)
        else:
            yield from self._find_voice(element, [*write_lines(paragraph, number)])
        yield from self._show(paragraph, number, leads=False)
        yield from self._read_notes(paragraph, number)
        for box in paragraph.boxes:
            for line in self.read(box):
                yield replace(line, number=number, setting=line.setting or Setting.ASIDE)
        self._number = number

    def _find_voice(self, element: Element, lines: Sequence[Line]) -> Sequence[Line]:
        """Let a style's name say who speaks, from where it takes the place of another one."""
        role = self._sheet.find(element.find("pPr"), "pStyle").role
        if not any(line.text.strip() for line in lines):
            return lines
        before, self._role = self._role, role
        return lines if role == before else [replace(lines[0], voice=role), *lines[1:]]

    def _show(self, paragraph: Paragraph, number: int, *, leads: bool) -> Iterator[Line]:
        for picture in paragraph.pictures:
            if picture.leads is leads and picture.text:
                yield Line(number, picture.text, Setting.PICTURE)

    def _read_notes(self, paragraph: Paragraph, number: int) -> Iterator[Line]:
        for key in paragraph.notes:
            note = self._notes.get(key)
            text = "" if note is None else self._read_text(note)
            if not text or note is None:
                continue
            if key[0] == "comment":
                author = f" by {note.get('author')}" if note.get("author") else ""
                self.notices.append(Notice(number, f"A comment{author} is not read: “{text}”"))
            else:
                yield Line(number, text, Setting.NOTE)

    def _read_table(self, element: Element) -> Iterator[Line]:
        rows = [
            [self._read_cell(cell) for cell in _seek(row, "tc")] for row in _seek(element, "tr")
        ]
        rows = self._sort_columns(rows)
        talk = is_talk(rows)
        for cells in rows:
            for line in join_cells(cells, talk=talk):
                yield replace(line, apart=True)

    def _sort_columns(self, rows: list[list[Cell]]) -> list[list[Cell]]:
        """Leave out the head and what is no column of a transcript; put names before texts."""
        head = read_head(rows[0]) if rows else []
        number = _first_number(rows)
        names = [read_cell(cell) for cell in rows.pop(0)] if head else []
        if names:
            message = f"The table's head is not read: {', '.join(filter(None, names))}."
            self.notices.append(Notice(number, message))
        if is_numbered(rows):
            message = "The first column only counts the rows; it is not read."
            self.notices.append(Notice(number, message))
            rows = [cells[1:] if len(cells) > 1 else cells for cells in rows]
            head, names = head[1:], names[1:]
        order = find_order(rows, head)
        unread = [name for place, name in enumerate(names) if order and place not in order]
        if any(unread):
            message = f"These columns are not read: {', '.join(filter(None, unread))}."
            self.notices.append(Notice(number, message))
        width = max(order, default=0) + 1
        return [
            [cells[place] for place in order] if order and len(cells) >= width else cells
            for cells in rows
        ]

    def _read_cell(self, element: Element) -> Cell:
        return [*self.read(element)]

    def _read_text(self, element: Element) -> str:
        """Read all words of a note or a header as one text."""
        texts = (
            " ".join(read_paragraph(paragraph, self._sheet).texts)
            for paragraph in element.iter("p")
        )
        return " ".join(" ".join(texts).split())

    def _note_unread(self, paragraph: Paragraph) -> None:
        if hidden := "".join(paragraph.hidden).strip():
            self.notices.append(Notice(self._number, f"Hidden text is not read: “{hidden}”"))
        bare = sum(not picture.text for picture in paragraph.pictures)
        self._count("Pictures without alternative text, the first here: {}.", bare)
        self._count("Deletions that Word still keeps are not read: {}.", paragraph.deletions)
        self._count(
            "Symbols of a font that stand for no letter: {}; “�” is shown for each.",
            paragraph.symbols,
        )

    def _count(self, sentence: str, times: int = 1) -> None:
        if times:
            self._firsts.setdefault(sentence, self._number)
            self._counts[sentence] += times

    def summarise(self) -> Iterator[Notice]:
        """Yield one notice for all of what may come often, at the line of the first."""
        for sentence, number in self._firsts.items():
            yield Notice(number, sentence.format(self._counts[sentence]))

    def note_margin(self, margin: Element) -> Iterator[Notice]:
        """Note what a header or a footer says, where it says more than a running head."""
        text = self._read_text(margin)
        if len(text.split()) > _LONGEST_MARGIN:
            yield Notice(None, f"The header or footer of a page is not read: “{text}”")


def _seek(element: Element, tag: str) -> Iterator[Element]:
    """Find rows or cells, also inside content controls; deleted rows are gone."""
    for child in element:
        if child.tag == tag and child.find("trPr/del") is None:
            yield child
        elif child.tag not in {*_GONE, "tr", "tc"}:
            yield from _seek(child, tag)


def _first_number(rows: Sequence[Sequence[Cell]]) -> int | None:
    return min((line.number for cells in rows for cell in cells for line in cell), default=None)


def _offer_headings_as_labels(lines: Sequence[Line]) -> Iterator[Line]:
    """Let headings that come again and again be names, as some services set those who speak."""
    headings = Counter(fold(line.text) for line in lines if line.setting is Setting.HEADING)
    names = {text for text, count in headings.items() if count > 1}
    for line in lines:
        heading = line.setting is Setting.HEADING and fold(line.text) in names
        if heading and could_be_name(line.text):
            yield replace(line, bold=slice(0, len(line.text)))
        else:
            yield line
