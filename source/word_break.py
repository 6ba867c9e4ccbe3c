"""Words of scripts that put no spaces between them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from budoux import Parser

UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_SHORTEST = 3
"""Characters; what is shorter is one word."""
_DASH = re.compile(r"(?<=[^\W\d_])(—+|–|--+|…|\.\.\.+)(?=[^\W\d_])")
"""A dash or an ellipsis between two words parts them as a space would (UAX #14, class B2)."""


def split_word(word: str, language: str) -> list[str]:
    """Split text without spaces into words or phrases; joined, they are the text again.

    Words are parted behind a dash (`bad—because`); Japanese, Chinese and Thai are split into
    phrases that a line should not break, with BudouX's models; everything else stays whole.
    """
    if _DASH.search(word):
        parts = _DASH.sub(r"\1 ", word).split()
        return [phrase for part in parts for phrase in _split(part, language)]
    return _split(word, language)


def _split(word: str, language: str) -> list[str]:
    if word.isascii() or len(word) < _SHORTEST or not UNSPACED.search(word):
        return [word]
    if _KANA.search(word) or language.startswith("ja"):
        model = "ja"
    elif _THAI.search(word):
        model = "th"
    else:
        traditional = re.search(r"Hant|TW|HK|MO", language) is not None
        model = "zh-hant" if traditional else "zh-hans"
    return _load_parser(model).parse(word)


@cache
def _load_parser(model: str) -> Parser:
    import budoux  # noqa: PLC0415 - only for the few languages that need it

    match model:
        case "ja":
            return budoux.load_default_japanese_parser()
        case "th":
            return budoux.load_default_thai_parser()
        case "zh-hant":
            return budoux.load_default_traditional_chinese_parser()
        case _:
            return budoux.load_default_simplified_chinese_parser()
