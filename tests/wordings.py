"""Build a wording by hand, as the reader would."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vivavoz.source import (
    Heading,
    Interview,
    Part,
    Picture,
    Role,
    Sound,
    Span,
    SpanKind,
    Speaker,
    Token,
    TokenKind,
    Turn,
    WordedPart,
    Wording,
)


def build_wording(said: Iterable[tuple[str, str]], language: str = "en") -> Wording:
    """Make a wording of (speaker, text); `#picture`, `#sound` and `#heading` are no speakers.

    A word in [brackets] is a sound, a blank line a new paragraph, `@1500` before a word pins it.
    """
    parts = [_word_part(speaker, text, line) for line, (speaker, text) in enumerate(said, 1)]
    names = dict.fromkeys(part.part.speaker for part in parts if isinstance(part.part, Turn))
    roles = {name: Role.INTERVIEWER if name == "Interviewer" else Role.GUEST for name in names}
    speakers = tuple(Speaker(name, roles[name]) for name in names)
    interview = Interview("A test", language, speakers, tuple(part.part for part in parts))
    return Wording(interview, tuple(parts), {})


def _word_part(speaker: str, text: str, line: int) -> WordedPart:
    kinds: dict[str, Part] = {
        "#picture": Picture(text, line),
        "#sound": Sound(text, line),
        "#heading": Heading(text, line),
    }
    part = kinds.get(speaker) or Turn(speaker, tuple(_span_turn(text)), line)
    if isinstance(part, Sound):
        return WordedPart(part, tuple(Token(word, TokenKind.SOUND) for word in text.split()))
    return WordedPart(part, tuple(_word_turn(text)) if isinstance(part, Turn) else ())


def _span_turn(text: str) -> Iterable[Span]:
    bare = re.sub(r"(?<!\S)@[0-9]+(?!\S)", "", text)
    for place, piece in enumerate(re.split(r"(?<!\S)\[([^\s\]]+)\](?!\S)", bare)):
        yield Span(SpanKind.SOUND if place % 2 else SpanKind.SPEECH, piece)


def _word_turn(text: str) -> Iterable[Token]:
    for number, paragraph in enumerate(text.split("\n\n")):
        pin = None
        for place, word in enumerate(paragraph.split()):
            if re.fullmatch(r"@[0-9]+", word):
                pin = int(word[1:])
                continue
            sound = re.fullmatch(r"\[([^\s\]]+)\]", word)
            yield Token(
                sound[1] if sound else word,
                TokenKind.SOUND if sound else TokenKind.SPEECH,
                opens_paragraph=number > 0 and place == 0,
                pinned_ms=pin,
            )
            pin = None
