"""What an alignment found: which words a recording says, when, and where the two differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ...source import Token, TokenKind, Wording, join_tokens


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A token of a turn and when it is said; both times are None where it is not."""

    token: Token
    start_ms: int | None
    end_ms: int | None
    confidence: float
    """From 0 to 1. A sound's is 0: its time is only where the words around it leave room."""


@dataclass(frozen=True, slots=True)
class Unspoken:
    """A turn, or sentences of it, that the recording does not have."""

    part: int
    """The index of the wording's part."""
    text: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the recording."""

    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """An interview's words in its recording."""

    wording: Wording
    words: tuple[tuple[HeardWord, ...], ...]
    """For each part of the wording its tokens; none for what is not a turn."""
    unspoken: tuple[Unspoken, ...]
    untranscribed: tuple[Stretch, ...]
    """Speech that the transcript lacks."""
    unclear: tuple[Stretch, ...]
    """Sound that may be speech and that no words were found in."""
    doubtful: tuple[Stretch, ...]
    """Where the words' times can't be trusted."""
    confidence: float
    """From 0 to 1: how well what is said matches what is written."""
    duration_ms: int
    """The recording's."""


def list_unspoken(heard: Sequence[Sequence[HeardWord]]) -> Iterator[Unspoken]:
    """Yield the passages of each turn that are not said; an editor's words need not be."""
    for part, words in enumerate(heard):
        speech = [word for word in words if word.token.kind is TokenKind.SPEECH]
        for missing, run in groupby(speech, lambda word: word.start_ms is None):
            tokens = [word.token for word in run]
            wanted = [token for token in tokens if not token.editorial]
            if missing and any(token.is_word for token in wanted):
                yield Unspoken(part, join_tokens(tokens)[0])
