"""Question marks of the world's scripts, and whose question they end."""

from __future__ import annotations

import re

QUESTION_MARKS = "?？؟⁇՞፧꘏\u037e"
_OTHER_MARKS = "!！…"
_CLOSERS = ")]}*_ "
_QUOTED = re.compile(
    r"“[^“”]*[?？]”|\"[^\"]*[?？]\"|«[^«»]*[?？]»|「[^「」]*[?？]」|‘[^‘]*[?？]’|'[^']*[?？]'"
)


def asks(text: str) -> bool:
    """Tell whether a paragraph ends with a question of its own.

    One that only stands in quotation marks at the end is somebody else's, told again.
    """
    text = text.strip()
    bare = text.rstrip(_CLOSERS)
    ending = bare[len(bare.rstrip(QUESTION_MARKS + _OTHER_MARKS)) :]
    return bool(set(ending) & set(QUESTION_MARKS) or _QUOTED.fullmatch(text))
