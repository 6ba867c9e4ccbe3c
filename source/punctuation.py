"""Marks that end what is said, and the silences that a speaker makes at them."""

from __future__ import annotations

SENTENCE_MARKS = ".?!…。！？؟۔।"
CLAUSE_MARKS = ":;—–；：؛"
COMMAS = ",、，،"
CLOSERS = "\"'”’»)]}」』）*_"
"""What may stand behind a mark: closing quotes and brackets."""

COMMA_MS = 120
CLAUSE_MS = 200
SENTENCE_MS = 400
PARAGRAPH_MS = 500
TURN_MS = 600
"""Between two speakers."""
SOUND_MS = 1500
"""A sound of its own; one inside what somebody says takes less."""
INLINE_SOUND_MS = 600

_PAUSES = (
    dict.fromkeys(SENTENCE_MARKS, SENTENCE_MS)
    | dict.fromkeys(CLAUSE_MARKS, CLAUSE_MS)
    | dict.fromkeys(COMMAS, COMMA_MS)
)


def ends_sentence(word: str) -> bool:
    """Tell whether a word's last mark, closing quotes aside, ends a sentence."""
    return word.rstrip(CLOSERS)[-1:] in tuple(SENTENCE_MARKS)


def pause_after(word: str) -> int:
    """Return the silence in milliseconds that a word's last mark stands for."""
    return _PAUSES.get(word[-1:], 0) or _PAUSES.get(word.rstrip(CLOSERS)[-1:], 0)
