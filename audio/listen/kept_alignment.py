"""An alignment as it is kept: what was heard, without the wording that it was heard of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from ...source import Turn, Wording
from ..step import ALIGNMENT
from ..step_store import StepStore
from .alignment import Alignment, HeardWord, Stretch, list_unspoken


class _Kept(Struct, frozen=True, array_like=True):
    words: tuple[tuple[tuple[int | None, int | None, float], ...], ...]
    """Start, end and confidence of each token of each turn; what is no turn is not aligned."""
    untranscribed: tuple[Stretch, ...]
    unclear: tuple[Stretch, ...]
    doubtful: tuple[Stretch, ...]
    confidence: float
    duration_ms: int


def recall_alignment(
    wording: Wording, store: StepStore, align: Callable[[], Alignment]
) -> Alignment:
    """Return the alignment of a wording with the store's recording, made now if it is not there.

    It depends on what the turns say and on the language alone: pictures come and go without it.
    """
    turns = [worded.tokens for worded in wording.parts if isinstance(worded.part, Turn)]
    name = store.name_result(ALIGNMENT, wording.interview.language, turns)
    return _restore(store.recall(name, _Kept, lambda: _strip(align())), wording)


def _strip(alignment: Alignment) -> _Kept:
    pairs = zip(alignment.wording.parts, alignment.words, strict=True)
    return _Kept(
        tuple(
            tuple((word.start_ms, word.end_ms, word.confidence) for word in words)
            for worded, words in pairs
            if isinstance(worded.part, Turn)
        ),
        alignment.untranscribed,
        alignment.unclear,
        alignment.doubtful,
        alignment.confidence,
        alignment.duration_ms,
    )


def _restore(kept: _Kept, wording: Wording) -> Alignment:
    words = tuple(_restore_words(kept, wording))
    return Alignment(
        wording=wording,
        words=words,
        unspoken=tuple(list_unspoken(words)),
        untranscribed=kept.untranscribed,
        unclear=kept.unclear,
        doubtful=kept.doubtful,
        confidence=kept.confidence,
        duration_ms=kept.duration_ms,
    )


def _restore_words(kept: _Kept, wording: Wording) -> Iterator[tuple[HeardWord, ...]]:
    turns = iter(kept.words)
    for worded in wording.parts:
        said = next(turns) if isinstance(worded.part, Turn) else ()
        tokens = worded.tokens if isinstance(worded.part, Turn) else ()
        yield tuple(HeardWord(token, *times) for token, times in zip(tokens, said, strict=True))
