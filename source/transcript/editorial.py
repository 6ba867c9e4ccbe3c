"""Which paragraphs are about the interview itself: what an editor or a program says of it."""

from __future__ import annotations

import re

from .label import could_be_name, is_capitalised
from .lexicon import load_lexicon

_TRANSCRIBING = re.compile(r"(?P<name>\S+\s.+) (?:started|stopped) transcription")
"""Teams' word on itself. A name of one word might be a pronoun."""


def is_editorial(text: str) -> bool:
    """Tell what an editor or a program says about the interview itself."""
    if text.casefold().startswith(load_lexicon().editorial):
        return True
    found = _TRANSCRIBING.fullmatch(text)
    return found is not None and could_be_name(found["name"]) and is_capitalised(found["name"])
