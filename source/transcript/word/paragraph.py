"""A Word paragraph, taken apart: its lines, its pictures, and what hangs on it.

Word puts text into elements within elements (links, corrections, fields, content controls): all
are gone through, and only those that are known to hold no words of the text are passed over.
After ECMA-376, part 1, section 17.3 (Paragraphs and rich formatting).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from xml.etree.ElementTree import Element

from ...text_file import CONTROLS, LINE_ENDS
from ..line import Line
from ..stamp import BRACKETED, STAMP
from .style import Face, StyleSheet

_PASSED_OVER = {"pPr", "rPr", "sdtPr", "instrText", "delText", "delInstrText", "rt", "Fallback"}
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_SYMBOLS = {"F04A": "☺", "F04C": "☹", "F0DF": "←", "F0E0": "→"}
"""What Word makes of `:)`, `:(`, `<--` and `-->` as they are typed; the font is Wingdings."""
_LETTER = re.compile(r"[0-9A-C][0-9A-F]{3}")
"""A code of which every font makes the same; most symbols are in a font's private area."""
_SOFT_HYPHEN = "\u00ad"
_BEFORE_NAME = re.compile(rf"\s*(?:>+\s*)?(?:(?:{BRACKETED}|{STAMP})\s*[-–—]?\s*)?")
_SAID_BY_WORD = re.compile(r"\s*Description automatically generated.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are set alike."""

    text: str
    face: Face


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture shows by its alternative text, which may be missing."""

    text: str
    leads: bool
    """Stands before the paragraph's words."""


@dataclass(slots=True)
class Paragraph:
    """A paragraph's contents, in the order in which they stand."""

    lines: list[list[Piece]] = field(default_factory=lambda: [[]])
    """Parted by its line breaks."""
    pictures: list[Picture] = field(default_factory=list[Picture])
    boxes: list[Element] = field(default_factory=list[Element])
    """Text boxes that are anchored here."""
    notes: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """`footnote`, `endnote` or `comment`, and its identifier."""
    hidden: list[str] = field(default_factory=list[str])
    deletions: int = 0
    symbols: int = 0
    """Characters that stand for nothing but a font's drawings."""

    @property
    def texts(self) -> list[str]:
        """The words of each line."""
        return ["".join(piece.text for piece in line) for line in self.lines]


def read_paragraph(element: Element, sheet: StyleSheet) -> Paragraph:
    """Take a `w:p` apart."""
    paragraph = Paragraph()
    _read_inside(element, paragraph, sheet, sheet.find(element.find("pPr"), "pStyle").face)
    return paragraph


def _read_inside(element: Element, paragraph: Paragraph, sheet: StyleSheet, face: Face) -> None:
    for child in element:
        match child.tag:
            case tag if tag in _PASSED_OVER or is_placeholder(child):
                pass
            case "t":
                _add(paragraph, re.sub(r"[\r\n]", " ", child.text or ""), face)
            case tag if tag in _CHARACTERS:
                _add(paragraph, _CHARACTERS[tag], face)
            case "sym":
                _add(paragraph, _read_symbol(child, paragraph), face)
            case "r":
                set_in = sheet.find_face(child.find("rPr"), face)
                _read_inside(child, paragraph, sheet, set_in)
            case "del" | "moveFrom":
                paragraph.deletions += 1
            case "drawing" | "pict" | "object":
                _read_drawing(child, paragraph)
            case "footnoteReference" | "endnoteReference" | "commentReference":
                kind = child.tag.removesuffix("Reference")
                paragraph.notes.append((kind, child.get("id", "")))
            case _:
                _read_inside(child, paragraph, sheet, face)


def is_placeholder(element: Element) -> bool:
    """Tell a content control that only says what should be written into it."""
    return element.tag == "sdt" and element.find("sdtPr/showingPlcHdr") is not None


def _add(paragraph: Paragraph, text: str, face: Face) -> None:
    if face.hidden:
        paragraph.hidden.append(text)
        return
    plain = CONTROLS.sub("", LINE_ENDS.sub("\n", text.replace(_SOFT_HYPHEN, "")))
    first, *others = plain.split("\n")
    paragraph.lines[-1].append(Piece(first, face))
    paragraph.lines += [[Piece(other, face)] for other in others]


def _read_symbol(element: Element, paragraph: Paragraph) -> str:
    code = element.get("char", "").upper()
    if code in _SYMBOLS:
        return _SYMBOLS[code]
    if _LETTER.fullmatch(code):
        return chr(int(code, 16))
    paragraph.symbols += 1
    return "\ufffd"


def _read_drawing(element: Element, paragraph: Paragraph) -> None:
    """Read text boxes, and what is said about a picture; other shapes show nothing."""
    boxes = [*_find_boxes(element)]
    paragraph.boxes += boxes
    if boxes or any(mark.get("val") != "0" for mark in element.iter("decorative")):
        return
    text = _find_description(element)
    shows = next((True for tag in ("blip", "imagedata") for _ in element.iter(tag)), False)
    if text or shows:
        leads = not any(map(str.strip, paragraph.texts))
        paragraph.pictures.append(Picture(text, leads))


def _find_boxes(element: Element) -> Iterator[Element]:
    """Find the text boxes of a drawing; those within a box are read with its words."""
    for child in element:
        if child.tag == "txbxContent":
            yield child
        elif child.tag not in _PASSED_OVER:
            yield from _find_boxes(child)


def _find_description(element: Element) -> str:
    """Find the alternative text, which drawings and the shapes of old Word keep differently."""
    texts = (
        _SAID_BY_WORD.sub("", thing.get(name, ""))
        for tag, name in (("docPr", "descr"), ("cNvPr", "descr"), ("shape", "alt"))
        for thing in element.iter(tag)
    )
    return next((" ".join(text.split()) for text in texts if text.strip()), "")


def write_lines(paragraph: Paragraph, number: int) -> Iterator[Line]:
    """Write a paragraph as lines that know which words are bold."""
    for pieces, text in zip(paragraph.lines, paragraph.texts, strict=True):
        faces = {(piece.face.bold, piece.face.italic) for piece in pieces if piece.text.strip()}
        marked = bool(faces) and (
            all(bold for bold, _ in faces) or all(italic for _, italic in faces)
        )
        yield Line(number, text, bold=_find_bold(pieces), marked=marked)


def _find_bold(pieces: list[Piece]) -> slice | None:
    """Find the bold words that a line begins with, a time stamp before them at most."""
    words = [piece for piece in pieces if piece.text]
    plain = [*takewhile(lambda piece: not (piece.face.bold and piece.text.strip()), words)]
    before = "".join(piece.text for piece in plain)
    if not _BEFORE_NAME.fullmatch(before):
        return None
    rest = words[len(plain) :]
    bold = "".join(
        piece.text
        for piece in takewhile(lambda piece: piece.face.bold or not piece.text.strip(), rest)
    )
    name = bold.strip()
    start = len(before) + len(bold) - len(bold.lstrip())
    return slice(start, start + len(name)) if name else None
