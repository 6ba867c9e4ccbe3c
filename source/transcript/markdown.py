"""The little Markdown that transcripts use, taken off so that only the words are left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from .sound import is_sound

_SUFFIXES = {".md", ".markdown", ".mdown", ".mkd"}
_SIGNS = re.compile(
    r"(?:\s*(?:\*\*|__)[^*_]+(?:[:：](?:\*\*|__)|(?:\*\*|__)\s*[:：])|!\[[^\]]*\]\([^)]*\)|#{1,6}\s+\S)"
)
_IMAGE = re.compile(r"(?<!\\)!\[(?P<text>[^\]\n]*)\]\((?P<file>[^)\n]*)\)")
_LINK = re.compile(
    r"(?<![\\!])\[(?P<text>[^\[\]\n]+)\]\((?P<target>[^()\s]*(?:\([^()\s]*\))?[^()\s]*)\)"
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])|(?<!\w)_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)"
)

_HIDDEN = 0xE000
"""Escaped characters wait in the private use area while emphasis is taken off."""
_SHOWN = {_HIDDEN + code: chr(code) for code in range(0x21, 0x7F)}


def is_markdown(lines: Sequence[str], path: Path) -> bool:
    """Tell whether a transcript uses Markdown: by its name, or by what only Markdown writes."""
    return path.suffix.casefold() in _SUFFIXES or any(map(_SIGNS.match, lines))


def open_markdown(line: str) -> str:
    """Resolve links, inline pictures and escapes; bold stays, for labels are made of it."""
    if not _IMAGE.fullmatch(line.strip()):
        line = _IMAGE.sub(lambda found: f"[Picture: {found['text'] or found['file']}]", line)
    line = _LINK.sub(lambda found: found["text"], line)
    # Brackets mean the same to a transcript whether they were escaped or not.
    return _ESCAPE.sub(
        lambda found: found[1] if found[1] in "[]()" else chr(_HIDDEN + ord(found[1])), line
    )


def strip_emphasis(text: str) -> str:
    """Take off bold, italics and code marks, and show what was escaped. `*laughs*` stays."""
    text = _CODE.sub(r"\1", text)
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(
        lambda found: (
            found[0] if is_sound(found[1] or found[2], parenthesis=True) else found[1] or found[2]
        ),
        text,
    )
    return text.translate(_SHOWN)


def is_all_bold(text: str) -> bool:
    """Tell whether a whole paragraph is in bold, as web pages set an interviewer's questions."""
    text = text.strip()
    return (
        len(text) > 4  # noqa: PLR2004 - the marks themselves
        and text[:2] in {"**", "__"}
        and text.endswith(text[:2])
        and text[:2] not in text[2:-2]
    )
