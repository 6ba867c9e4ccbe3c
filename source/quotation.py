"""What came from elsewhere, in a sentence of ours: short, on one line, steering no terminal."""

from __future__ import annotations

import re

UNSHOWN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""C0 and C1 controls, line ends among them, what changes the direction of a text, and no text."""

_LONGEST = 60
"""Characters of a quotation: enough to find it again."""


def quote(text: str) -> str:
    """Put a text in quotation marks, shortened where it is long."""
    line = " ".join(text.split())
    return f"“{tame(line)}”" if len(line) <= _LONGEST else f"“{tame(line[: _LONGEST - 1])}…”"


def tame(text: str) -> str:
    """Return one line of text without what would steer a terminal."""
    return UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", text)
