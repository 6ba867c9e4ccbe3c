"""The little Markdown that transcripts use, taken off so that only the words are left."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from pathlib import Path

from .sound import is_sound

RULE = re.compile(r"([-=*_~])(?:\s*\1){2,}")
_SUFFIXES = {".md", ".markdown", ".mdown", ".mkd"}
_SIGNS = re.compile(
    r"(?:\s*(?:\*\*|__)[^*_]+(?:[:：](?:\*\*|__)|(?:\*\*|__)\s*[:：])|!\[[^\]]*\]\([^)]*\)|#{1,6}\s+\S)"
)
_LINK = re.compile(
    r"(?<![\\!])\[(?P<text>[^\[\]\n]+)\]\((?P<target>[^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)?)\)"
)
_LIST_OR_QUOTE = re.compile(r"^\s*(?:>\s?)+(?!>)|^\s*[-*+]\s+(?=\S)")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ESCAPED_BRACKET = re.compile(r"\\([\[\]()])")
_MARKED_BRACKET = re.compile(r"(?<![\w*])([*_]{1,3})(\[[^\[\]\n?]{1,300}\])\1(?![\w*])")
_MARKED = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?<!`)`(?P<code>[^`\n]+)`(?!`)"
    r"|~~(?=\S)(?P<struck>(?:\\.|[^~\n\\])+?)(?<=\S)~~"
    r"|(?P<mark>\*\*|__)(?=\S)(?P<strong>(?:\\.|[^\n\\])+?)(?<=\S)(?P=mark)"
    r"|(?<![\w*])\*(?=\S)(?P<star>(?:\\.|[^*\n\\])+?)(?<=\S)\*(?![\w*])"
    r"|(?<!\w)_(?=\S)(?P<line>(?:\\.|[^_\n\\])+?)(?<=\S)_(?!\w)"
)


def is_markdown(texts: Iterable[str], path: Path) -> bool:
    """Tell whether a transcript uses Markdown: by its name, or by what only Markdown writes."""
    return path.suffix.casefold() in _SUFFIXES or any(map(_SIGNS.match, texts))


def open_markdown(line: str) -> str:
    """Resolve links, entities, line breaks, quote and list marks, and escaped brackets.

    Bold stays, for labels are made of it.
    """
    if RULE.fullmatch(line.strip()):
        return line  # `* * *` is no list
    line = _LINK.sub(lambda found: found["text"], _LIST_OR_QUOTE.sub("", html.unescape(line)))
    line = _BREAK.sub(" ", line)
    # Brackets mean the same to a transcript whether they were escaped or not.
    return _ESCAPED_BRACKET.sub(r"\1", line)


def free_brackets(text: str) -> str:
    """Take off the emphasis around a bracket, `*[A van passes.]*`, where it means nothing.

    Around a bracket with a question in it, it may say who asks.
    """
    return _MARKED_BRACKET.sub(r"\2", text)


def strip_emphasis(text: str) -> str:
    """Take off bold, italics, code marks and escapes. `*laughs*` stays, for it is a sound."""
    return _MARKED.sub(_strip_mark, text)


def _strip_mark(found: re.Match[str]) -> str:
    if plain := found["escaped"] or found["code"]:
        return plain
    if strong := found["strong"] or found["struck"]:
        return strip_emphasis(strong)
    emphasised: str = found["star"] or found["line"]
    return found[0] if is_sound(emphasised, parenthesis=True) else strip_emphasis(emphasised)


def is_all_marked(text: str) -> bool:
    """Tell whether a whole paragraph is bold or italic, as web pages set a question."""
    found = _MARKED.fullmatch(text.strip())
    return found is not None and bool(found["strong"] or found["star"] or found["line"])
