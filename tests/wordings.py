"""Wordings made by hand: an interview as the reader would give it, worded as every build does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from vivavoz.source import (
    Front,
    Heading,
    Interview,
    Part,
    Picture,
    Role,
    Sound,
    Span,
    SpanKind,
    Speaker,
    Turn,
    Wording,
    word_interview,
)

TALK = (
    ("Ann Lee", "What do you hear up there, when the light comes on at night?"),
    ("Bo", "[laughs] I listen & I look: everything at once."),
    ("#sound", "wind howling"),
    ("Ann Lee", "No!"),
    ("Bo", "Yes."),
)
_MARK = re.compile(r"((?<!\S)@[0-9]+(?!\S)|(?<!\S)\[[^\s\]]+\](?!\S))")


def build_wording(said: Iterable[tuple[str, str]], language: str = "en") -> Wording:
    """Make a wording of (speaker, text).

    `#picture`, `#sound`, `#heading` and `#front` are no speakers.
    A word in [brackets] is a sound, a blank line a new paragraph, `@1500` before a word pins it.
    """
    parts = tuple(_make_part(speaker, text, line) for line, (speaker, text) in enumerate(said, 1))
    names = dict.fromkeys(part.speaker for part in parts if isinstance(part, Turn))
    roles = {name: Role.INTERVIEWER if name == "Interviewer" else Role.GUEST for name in names}
    speakers = tuple(Speaker(name, roles[name]) for name in names)
    return word_interview(Interview("A test", language, speakers, parts))


def _make_part(speaker: str, text: str, line: int) -> Part:
    match speaker:
        case "#picture":
            return Picture(text, line)
        case "#sound":
            return Sound(text, line)
        case "#heading":
            return Heading(text, line)
        case "#front":
            return Front(text, line)
        case _:
            return Turn(speaker, tuple(_split_spans(text)), line)


def _split_spans(text: str) -> Iterator[Span]:
    pin = None
    for place, piece in enumerate(_MARK.split(text)):
        if place % 2 and piece.startswith("@"):
            pin = int(piece[1:])
        elif piece:
            sound = bool(place % 2)
            kind = SpanKind.SOUND if sound else SpanKind.SPEECH
            yield Span(kind, piece[1:-1] if sound else piece, pin if piece.strip() else None)
            pin = None if piece.strip() else pin
