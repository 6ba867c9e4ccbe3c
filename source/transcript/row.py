"""A line of a transcript, and the label that may stand on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .label import Label, LabelForm, find_label
from .line import Line, Setting
from .markdown import open_markdown
from .picture import find_picture
from .stamp import ARROWED

HEADING = re.compile(r"(#{1,6})\s+(.*)")
_TIME_CODE = r"\d\d(?:[:;]\d\d){3}"
_TIMES = re.compile(rf"{_TIME_CODE} - {_TIME_CODE}|{ARROWED}")
"""On a line of their own, with the name below them, in Premiere's transcripts and in Teams'."""
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
    return [
        _read_row(line, open_markdown(line.text) if markdown else line.text)
        for line in _put_names_first(lines)
    ]


def _put_names_first(lines: Sequence[Line]) -> list[Line]:
    """Write a name and the times above it as other services do, on one line of the same two."""
    ordered = [*lines]
    for number, (times, name, said) in enumerate(zip(lines, lines[1:], lines[2:], strict=False)):
        if not _is_times(times) or _is_times(said) or not said.text.strip():
            continue
        header = f"{name.text.rstrip()} ({times.text.strip().replace(';', ':')})"
        label = find_label(header)
        if label and label.form is LabelForm.HEADER:
            ordered[number : number + 2] = replace(times, text=""), replace(name, text=header)
    return ordered


def _is_times(line: Line) -> bool:
    return _TIMES.fullmatch(line.text.strip()) is not None


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
