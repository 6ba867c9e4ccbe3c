"""Alignments made by hand: what an aligner would have found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat

from vivavoz.audio.listen.alignment import Alignment, HeardWord
from vivavoz.source import Token, TokenKind, Turn, Wording
from wordings import build_wording

WORD_MS = 300


def build_alignment(
    said: Sequence[tuple[str, str]], pauses: Iterable[int] = (), rest_ms: int = 1000
) -> Alignment:
    """Make an alignment of (speaker, text): what is in CAPITALS is not in the recording.

    A word takes 300 ms; before each come the next of `pauses`, and then `rest_ms`.
    """
    return align_by_hand(build_wording(said), pauses, rest_ms)


def align_by_hand(wording: Wording, pauses: Iterable[int], rest_ms: int) -> Alignment:
    """Time the words of a wording one after the other."""
    silences = chain(pauses, repeat(rest_ms))
    clock_ms = 0
    words: list[tuple[HeardWord, ...]] = []
    for worded in wording.parts:
        tokens = worded.tokens if isinstance(worded.part, Turn) else ()
        heard = tuple(_hear(tokens, clock_ms, silences))
        clock_ms = max((word.end_ms or 0 for word in heard), default=clock_ms) or clock_ms
        words.append(heard)
    return Alignment(wording, tuple(words), (), (), (), (), 1.0, clock_ms + next(silences))


def _hear(tokens: Iterable[Token], clock_ms: int, silences: Iterator[int]) -> Iterator[HeardWord]:
    for token in tokens:
        said = token.kind is TokenKind.SPEECH and token.text.upper() != token.text
        if said:
            start_ms = clock_ms + next(silences)
            clock_ms = start_ms + WORD_MS
            yield HeardWord(token, start_ms, clock_ms, 1.0)
        else:
            yield HeardWord(token, None, None, 0.0)
