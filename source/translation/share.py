"""How the words of a translated sentence share the time in which the original is said.

Where its speaker pauses, so does the translation, at the likeliest place that is near.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

import numpy as np

from ..bond import COSTS
from ..phrase import find_bonds
from ..punctuation import INLINE_SOUND_MS, pause_after
from ..rate import speech_ms
from ..sentence import find_sentence_ends
from ..wording import Token, TokenKind

Span = tuple[int, int]
"""Start and end in milliseconds."""

_PAUSE_MS = 400
"""A shorter silence is a part of speech."""
_DRAW_MS = 300
"""How much further off a pause of a second may stand for each 1 that it costs less to part the
words there: it goes to a comma within 0.6 s rather than between two words."""
_LEAST_MS = 1.0
"""The weight of what nobody can say, a dash."""


def share_time(tokens: Sequence[Token], said: Iterable[Span], language: str) -> list[Span]:
    """Give each token its time; `said` is when the original's words are, of which there is one."""
    runs = _join_runs(said)
    efforts = [*_weigh(tokens)]
    pauses = _place_pauses(_cost_pauses(tokens, language), efforts, runs) if len(runs) > 1 else ()
    cuts = [0, *pauses, len(tokens)]
    return [
        span
        for (start, stop), run in zip(pairwise(cuts), runs, strict=True)
        for span in _share(tokens[start:stop], efforts[start:stop], run)
    ]


def _join_runs(said: Iterable[Span]) -> list[Span]:
    """Return the stretches that are said without a pause."""
    runs: list[Span] = []
    for start, end in sorted(said):
        if runs and start - runs[-1][1] < _PAUSE_MS:
            runs[-1] = runs[-1][0], max(runs[-1][1], end)
        else:
            runs.append((start, end))
    return runs


def _weigh(tokens: Sequence[Token]) -> Iterator[float]:
    """Yield how long each token takes with the silence behind it; a sound has its first one's."""
    for token in tokens:
        if token.kind is TokenKind.SPEECH:
            yield max(_LEAST_MS, speech_ms(token.text) + pause_after(token.text))
        else:
            yield INLINE_SOUND_MS if token.opens_sound else _LEAST_MS


def _cost_pauses(tokens: Sequence[Token], language: str) -> list[float]:
    """Return what a pause costs behind each token, as it would the captions that it parts."""
    texts = [token.text for token in tokens]
    spaced = [token.spaced for token in tokens]
    opens = [token.opens_paragraph for token in tokens]
    sentence = find_sentence_ends(texts, spaced, opens, language)
    return COSTS[find_bonds(texts, sentence, language).bond].tolist()


def _place_pauses(
    costs: Sequence[float], efforts: Sequence[float], runs: Sequence[Span]
) -> list[int]:
    """Find before which token each pause of the original falls: all of them at the least cost."""
    pauses = len(runs) - 1
    if pauses >= len(costs):
        return [min(place, len(costs)) for place in range(1, pauses + 1)]
    lengths_ms = [end - start for start, end in runs]
    pace = sum(lengths_ms) / sum(efforts)
    places_ms, due_ms = np.cumsum(efforts)[:-1] * pace, np.cumsum(lengths_ms)[:-1]
    weights = np.minimum([after[0] - run[1] for run, after in pairwise(runs)], 1000) / 1000
    miss = np.abs(due_ms[:, None] - places_ms) + np.outer(_DRAW_MS * weights, costs[:-1])
    totals = [miss[0]]
    for row in miss[1:]:
        before = np.minimum.accumulate(totals[-1])
        totals.append(row + np.append(np.inf, before[:-1]))
    places = [len(costs)]
    for total in reversed(totals):
        places.append(int(total[: places[-1] - 1].argmin()) + 1)
    return places[:0:-1]


def _share(tokens: Sequence[Token], efforts: Sequence[float], run: Span) -> Iterator[Span]:
    """Yield each token's share of a run; the silence behind the last is not in it."""
    if not tokens:
        return
    said = [
        max(_LEAST_MS, effort - pause_after(token.text))
        for token, effort in zip(tokens, efforts, strict=True)
    ]
    start, end = run
    pace = (end - start) / (sum(efforts[:-1]) + said[-1])
    begins = accumulate(efforts[:-1], initial=0.0)
    for begin, length in zip(begins, said, strict=True):
        yield start + round(begin * pace), start + round((begin + length) * pace)
