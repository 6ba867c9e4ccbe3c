"""A line of a transcript, and what its file says about it beside its words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Setting(StrEnum):
    """What a line is by the file's own word, where the file has one."""

    HEADING = "heading"
    PICTURE = "picture"
    NOTE = "note"
    """Nobody says it: a footnote, a caption under a picture."""
    ASIDE = "aside"
    """In a box beside the text: nobody says it, unless it names who does."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, without its end. A text file says nothing about its lines but their words."""

    number: int
    """From 1; in a Word document the paragraph's, those in tables included."""
    text: str
    setting: Setting | None = None
    bold: slice | None = None
    """The first words that are set in bold, a name perhaps."""
    marked: bool = False
    """All in bold or italics."""
    voice: str | None = None
    """Who begins to speak here by the name of the style: `Question`, `Answer`."""
    apart: bool = False
    """By itself, as a row of a table is: no part of a paragraph with what is around it."""
