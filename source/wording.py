"""The words of an interview, before any clock gives them times.

Captions show these words and voices speak them, so that both always agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .interview import Interview, Part


class TokenKind(StrEnum):
    """What a token is."""

    SPEECH = "speech"
    SOUND = "sound"
    """`[laughs]`: shown, not spoken. A sound of several words is several tokens."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is written, with the punctuation that touches it.

    Never holds white space. In scripts without spaces it is a phrase that no line should split.
    """

    text: str
    kind: TokenKind = TokenKind.SPEECH
    spaced: bool = True
    """Whether a space parts it from the token before."""
    opens_paragraph: bool = False
    pinned_ms: int | None = None
    """The time stamp of the transcript that says when this token starts."""


@dataclass(frozen=True, slots=True)
class WordedPart:
    """A part and its words. A sound of its own has tokens of kind sound, without brackets."""

    part: Part
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """An interview's words under one editorial policy."""

    interview: Interview
    parts: tuple[WordedPart, ...]
    editorial: dict[str, int]
    """How many editorial brackets were unwrapped, kept or dropped."""
