"""A line of a transcript, and the label that may stand on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .label import Label, find_label
from .markdown import open_markdown
from .picture import find_picture

HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*")


@dataclass(frozen=True, slots=True)
class Row:
    """A line, its number from 1, and what may say who speaks on it."""

    number: int
    text: str
    label: Label | None = None


def read_rows(lines: Sequence[str], *, markdown: bool) -> list[Row]:
    """Find what may be a label on each line."""
    texts = [open_markdown(line) if markdown else line for line in lines]
    return [Row(number, text, _find_label(text.strip())) for number, text in enumerate(texts, 1)]


def _find_label(text: str) -> Label | None:
    if not text or HEADING.fullmatch(text) or find_picture(text):
        return None
    return find_label(text)
