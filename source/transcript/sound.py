"""Which brackets are sounds: `[laughs]`, `(applause)`, `[inaudible 00:00:11]`, `[Adela laughs]`."""

from __future__ import annotations

import re

from .lexicon import load_lexicon
from .stamp import STAMP

_STAMP = re.compile(rf"\s*[\[(]?\s*(?:at\s+)?{STAMP}\s*[\])]?")
_WORD = re.compile(r"[\w'’.♪♫-]+")
_LONGEST_IN_BRACKETS = 7
_LONGEST_IN_PARENTHESES = 3
"""Words. A longer parenthesis is something that somebody says."""


def strip_stamp(text: str) -> str:
    """Leave out the time that services put inside a sound: `inaudible 00:00:11`."""
    return _STAMP.sub("", text).strip()


def is_sound(text: str, *, parenthesis: bool = False) -> bool:
    """Tell a sound from words. `text` is what stands between the brackets."""
    lexicon = load_lexicon()
    phrase = strip_stamp(text).casefold().rstrip(".!,;…")
    if phrase in lexicon.sound_events:
        return True
    words = _WORD.findall(phrase)
    longest = _LONGEST_IN_PARENTHESES if parenthesis else _LONGEST_IN_BRACKETS
    if not 0 < len(words) <= longest or words[0] in lexicon.sound_openers:
        return False
    ends = {words[0], words[-1]}
    if ends & lexicon.sound_events:
        return True
    if parenthesis or len(words) == 1:
        return False
    sounding = words[0] in lexicon.sound_sources and words[-1].endswith(lexicon.activity_endings)
    return sounding or bool(ends & lexicon.sound_actions)
