"""The words of an interview, before any clock gives them times.

Captions show these words and voices speak them, so that both always agree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate

from .errors import UsageError
from .interview import Interview, Part, Sound, Span, SpanKind, Turn
from .word_break import split_word


class Editorial(StrEnum):
    """What becomes of the words that an editor put in [square brackets]."""

    UNWRAP = "unwrap"
    """They stand without the brackets; `[sic]` is dropped, for nobody says it.

    An editor's notes, `[1996, Ed.]`, are dropped under every policy.
    """
    KEEP = "keep"
    DROP = "drop"


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
    editorial: bool = False
    """Whether an editor put it there: in a recording it may be said or not."""
    opens_sound: bool = False
    """Whether a sound begins with it: two may stand side by side."""

    @property
    def is_word(self) -> bool:
        """Whether it has a letter or a figure; a dash that stands alone has neither."""
        return any(map(str.isalnum, self.text))


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
    """How many editorial brackets were unwrapped, kept and dropped."""


def join_tokens(tokens: Sequence[Token]) -> tuple[str, list[int]]:
    """Join tokens to a text, and say at which character of it each begins."""
    pieces = [
        f" {token.text}" if token.spaced and place else token.text
        for place, token in enumerate(tokens)
    ]
    ends = accumulate(map(len, pieces))
    offsets = [end - len(token.text) for end, token in zip(ends, tokens, strict=True)]
    return "".join(pieces), offsets


_REMARKS = {"sic", "sic!"}
_CLOSING = re.compile(r"[,.;:!?…)\]}»”’%]")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text of one kind, as it will be shown, ready to be split into tokens."""

    text: str
    kind: TokenKind
    pinned_ms: int | None
    editorial: frozenset[int] = frozenset()
    """Which of its characters an editor put there, white space not counted."""

    def extend(self, text: str, *, editorial: bool) -> _Piece:
        """Put more text behind it."""
        marked = self.editorial
        if editorial:
            first = _count_ink(self.text)
            marked |= frozenset(range(first, first + _count_ink(text)))
        return replace(self, text=self.text + text, editorial=marked)


def word_interview(interview: Interview, editorial: Editorial | str = Editorial.UNWRAP) -> Wording:
    """Split every part into the words that captions show and voices speak.

    Every character of speech that is no white space stands in the tokens, in order; only
    editorial brackets are treated as the policy says, and counted. Raises UsageError for a
    policy that there is not.
    """
    if editorial not in {*Editorial}:
        raise UsageError(
            f"There is no editorial policy “{editorial}”; choose one of: {', '.join(Editorial)}."
        )
    policy = Editorial(editorial)
    counts: Counter[str] = Counter(unwrapped=0, kept=0, dropped=0)
    language = interview.language
    parts = tuple(
        WordedPart(part, tuple(_tokenise(_find_pieces(part, policy, counts), language)))
        for part in interview.parts
    )
    return Wording(interview, parts, dict(counts))


def _find_pieces(part: Part, policy: Editorial, counts: Counter[str]) -> list[_Piece]:
    if isinstance(part, Turn):
        return _resolve_spans(part, policy, counts)
    kind = TokenKind.SOUND if isinstance(part, Sound) else TokenKind.SPEECH
    return [_Piece(part.text, kind, part.start_ms)]


def _resolve_spans(turn: Turn, policy: Editorial, counts: Counter[str]) -> list[_Piece]:
    """Apply the policy; speech and editorial words that touch become one piece."""
    pieces: list[_Piece] = []
    pin = turn.start_ms
    dropped = False
    for span in turn.spans:
        pin = span.start_ms if span.start_ms is not None else pin
        if span.kind is SpanKind.SOUND:
            pieces.append(_Piece(span.text, TokenKind.SOUND, pin))
            pin, dropped = None, False
            continue
        editorial = span.kind is not SpanKind.SPEECH
        text = _resolve_editorial(span, policy, counts) if editorial else span.text
        if dropped and pieces and _CLOSING.match(text):
            # "to ask [questions]." without its bracket is "to ask."
            pieces[-1] = replace(pieces[-1], text=pieces[-1].text.rstrip())
        dropped = not text
        last = pieces[-1] if pieces else None
        if last and last.kind is TokenKind.SPEECH and (pin is None or not text.strip()):
            pieces[-1] = last.extend(text, editorial=editorial)
        elif text:
            piece = _Piece("", TokenKind.SPEECH, pin)
            pieces.append(piece.extend(text, editorial=editorial))
            pin = None if text.strip() else pin
    return pieces


def _resolve_editorial(span: Span, policy: Editorial, counts: Counter[str]) -> str:
    note = span.kind is SpanKind.NOTE
    remark = note or span.text.casefold() in _REMARKS
    if policy is Editorial.KEEP and not note:
        counts["kept"] += 1
        return f"[{span.text}]"
    if policy is Editorial.DROP or remark:
        counts["dropped"] += 1
        return ""
    counts["unwrapped"] += 1
    return span.text


def _tokenise(pieces: list[_Piece], language: str) -> Iterator[Token]:
    spaced = True
    opens_paragraph = False
    for piece in pieces:
        pin = piece.pinned_ms
        opens_sound = piece.kind is TokenKind.SOUND
        place = 0
        for number, paragraph in enumerate(piece.text.split("\n\n")):
            opens_paragraph = opens_paragraph or number > 0
            spaced = spaced or number > 0 or paragraph[:1].isspace()
            for word in paragraph.split():
                for phrase in split_word(word, language):
                    editorial = bool(piece.editorial) and _is_editorial(piece, phrase, place)
                    yield Token(
                        phrase, piece.kind, spaced, opens_paragraph, pin, editorial, opens_sound
                    )
                    pin, opens_paragraph, spaced, opens_sound = None, False, False, False
                    place += len(phrase)
                spaced = True
            spaced = paragraph[-1:].isspace() or (spaced and not paragraph)


def _is_editorial(piece: _Piece, phrase: str, place: int) -> bool:
    """Tell whether an editor wrote every letter and digit of a phrase."""
    letters = {place + offset for offset, sign in enumerate(phrase) if sign.isalnum()}
    return bool(letters) and letters <= piece.editorial


def _count_ink(text: str) -> int:
    return len("".join(text.split()))
