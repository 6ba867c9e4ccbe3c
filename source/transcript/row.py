"""A line of a transcript, and the label that may stand on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .label import Label, LabelForm, find_label
from .line import Line, Setting
from .markdown import open_markdown
from .picture import find_picture

HEADING = re.compile(r"(#{1,6})\s+(.*)")
_BOLD_FORMS = {LabelForm.BOLD, LabelForm.BARE, LabelForm.HEADER}


@dataclass(frozen=True, slots=True)
class Row:
    """A line, its number, and what may say who speaks on it."""

    number: int
    text: str
    label: Label | None = None
    setting: Setting | None = None
    marked: bool = False
    """All in bold or italics."""
    apart: bool = False
    """By itself, as a row of a table is."""

    @property
    def heading(self) -> str | None:
        """The heading that the line is, or None."""
        if self.setting is Setting.HEADING:
            return self.text.strip()
        found = HEADING.fullmatch(self.text.strip())
        return found[2].rstrip("#").rstrip() if found else None


def read_rows(lines: Sequence[Line], *, markdown: bool) -> list[Row]:
    """Find what may be a label on each line."""
    return [_read_row(line, open_markdown(line.text) if markdown else line.text) for line in lines]


def _read_row(line: Line, text: str) -> Row:
    label = None
    if line.setting in {None, Setting.ASIDE} or line.bold:
        label = (line.bold and _find_bold_label(line.text, line.bold)) or _find_label(text)
    if line.voice and not label:
        label = Label(line.voice, text.strip(), LabelForm.BOLD)
    return Row(line.number, text, label, line.setting, line.marked, line.apart)


def _find_bold_label(text: str, bold: slice) -> Label | None:
    """Find a label by its bold type, which is written as Markdown writes it."""
    label = _find_label(f"{text[: bold.start]}**{text[bold]}**{text[bold.stop :]}")
    return label if label and label.form in _BOLD_FORMS else None


def _find_label(text: str) -> Label | None:
    text = text.strip()
    if not text or HEADING.fullmatch(text) or find_picture(text):
        return None
    return find_label(text)
