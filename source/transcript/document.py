"""A transcript file as lines: what is no transcript is refused, what is no text left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ..errors import UnreadableSource
from ..interview import Notice
from ..text_file import CONTROLS, ESCAPE_SEQUENCE, LINE_ENDS, load_text

_MARKUP = re.compile(r"\s*(?:<!doctype html|<html|<\?xml)", re.IGNORECASE)
_CAPTIONS = re.compile(
    r"WEBVTT(?:[ \t][^\n]*)?\n.*?\d\d:\d\d\.\d{3}[ \t]+-->"
    r"|\s*\d+[ \t]*\n\d+:\d\d:\d\d[,.]\d{3}[ \t]+-->",
    re.DOTALL,
)
_PLAIN_TEXT = "Vivavoz reads plain text and Markdown: save the transcript as one of them"


@dataclass(frozen=True, slots=True)
class Document:
    """A transcript's lines, without their ends, and what was noticed on the way in."""

    lines: tuple[str, ...]
    notices: tuple[Notice, ...]


def load_document(path: Path) -> Document:
    """Read a transcript file, whatever its encoding and line ends.

    Raises UnreadableSource for what is missing, a folder, empty, blank or no text.
    """
    file = load_text(path, _PLAIN_TEXT)
    notices = [file.doubt] if file.doubt else []
    text = LINE_ENDS.sub("\n", file.text)
    if _MARKUP.match(text):
        raise UnreadableSource(f"This is a web page or XML. {_PLAIN_TEXT}.", file=path)
    if _CAPTIONS.match(text):
        raise UnreadableSource(f"This is a caption file already. {_PLAIN_TEXT}.", file=path)
    text, dropped = _drop_controls(text)
    if dropped:
        notices.append(Notice(None, f"Control characters were left out: {dropped}."))
    if not text.strip():
        raise UnreadableSource("The transcript is blank; there is nothing to build.", file=path)
    return Document(tuple(text.split("\n")), tuple(notices))


def _drop_controls(text: str) -> tuple[str, int]:
    text, escapes = ESCAPE_SEQUENCE.subn("", text)
    text, controls = CONTROLS.subn("", text)
    return text, escapes + controls
