"""A transcript file as lines: what is no transcript is refused, what is no text left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path

from ..errors import UnreadableSource
from ..interview import Notice
from ..text_file import ARCHIVE, CONTROLS, ESCAPE_SEQUENCE, LINE_ENDS, load_head, load_text
from .line import Line
from .speech import Speech

_MARKUP = re.compile(r"\s*(?:<!doctype html|<html|<\?xml)", re.IGNORECASE)
_CAPTIONS = re.compile(
    r"WEBVTT(?:[ \t][^\n]*)?\n"
    r"|\s*(?:\d+[ \t]*\n\s*)?(?!\d+:\d:\d+\.)\d[\d:]*:\d\d[,.:]\d{1,3}[ \t]*-->"
    r"|\s*\d+:\d\d:\d\d\.\d{3},\d+:\d\d:\d\d\.\d{3}[ \t]*\n"
)
"""Times without noughts before them, as `0:0:13.25`, are not captions' but Teams'."""
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*\{)")
_PREMIERE_TABLE = re.compile(r"\"?Speaker Name\"?,\"?Start Time\"?,", re.IGNORECASE)
_READABLE = (
    "Vivavoz reads plain text, Markdown, Word (.docx), captions (WebVTT, SRT, SBV) and the "
    "JSON of transcription services: save the transcript as one of them"
)
_MOST_LINES = 500_000
"""A day of talk takes a tenth of them; 50 MB of empty ones would take all memory."""


@dataclass(frozen=True, slots=True)
class Document:
    """A transcript's lines, or its speech, and what was noticed on the way in."""

    lines: tuple[Line, ...]
    notices: tuple[Notice, ...]
    speech: Speech | None = None
    """Where the file has times of its own, and then no lines."""


def load_document(path: Path) -> Document:
    """Read a transcript file: a Word document, or text in any encoding with any line ends.

    What it is, captions, JSON or a plain text, is seen by what stands in it, not by its name.

    Raises UnreadableSource for what is missing, a folder, empty, blank, endless or no text.
    """
    document = _load_word(path) if load_head(path, len(ARCHIVE)) == ARCHIVE else _load_lines(path)
    spoken = document.speech and document.speech.utterances
    if not spoken and not any(line.text.strip() for line in document.lines):
        raise UnreadableSource("The transcript is blank; there is nothing to build.", file=path)
    return document


def _load_word(path: Path) -> Document:
    from .word import read_word  # noqa: PLC0415 - most transcripts are text

    return Document(*read_word(path))


def _load_lines(path: Path) -> Document:
    file = load_text(path, _READABLE)
    notices = [file.doubt] if file.doubt else []
    text = LINE_ENDS.sub("\n", file.text)
    if _MARKUP.match(text):
        raise UnreadableSource(f"This is a web page or XML. {_READABLE}.", file=path)
    if _PREMIERE_TABLE.match(text):
        raise UnreadableSource(
            "This is Premiere's transcript as a table (CSV); export it as a text file.", file=path
        )
    text, dropped = _drop_controls(text)
    if dropped:
        notices.append(Notice(None, f"Control characters were left out: {dropped}."))
    if text.count("\n") > _MOST_LINES and not _JSON.match(text):
        raise UnreadableSource(
            f"The transcript has more than {_MOST_LINES:,} lines; see that it is the right file, "
            "or cut it into parts.",
            file=path,
        )
    if speech := _read_speech(text, path):
        return Document((), (*notices, *speech.notices), speech)
    return Document(tuple(starmap(Line, enumerate(text.split("\n"), 1))), tuple(notices))


def _read_speech(text: str, path: Path) -> Speech | None:
    """Read what has times of its own; None for a plain text."""
    if _CAPTIONS.match(text):
        from .caption import read_captions  # noqa: PLC0415

        return read_captions(text, path)

    if _JSON.match(text):
        from .service import read_export  # noqa: PLC0415

        return read_export(text, path)
    return None


def _drop_controls(text: str) -> tuple[str, int]:
    text, escapes = ESCAPE_SEQUENCE.subn("", text)
    text, controls = CONTROLS.subn("", text)
    return text, escapes + controls
