"""How the words of a translated sentence share the time in which the original is said.

Where its speaker pauses, so does the translation, at the likeliest place that is near.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from ..punctuation import INLINE_SOUND_MS, pause_after
from ..rate import speech_ms
from ..wording import Token, TokenKind

Span = tuple[int, int]
"""Start and end in milliseconds."""

_PAUSE_MS = 400
"""A shorter silence is a part of speech."""
_DRAW = 5
"""How much further off a pause may stand for each millisecond of the silence that a mark means:
it goes to a comma within 0.6 s rather than between two words."""
_LEAST_MS = 1.0
"""The weight of what nobody can say, a dash."""


def share_time(tokens: Sequence[Token], said: Iterable[Span]) -> list[Span]:
    """Give each token its time; `said` is when the original's words are, of which there is one."""
    runs = _join_runs(said)
    efforts = [*_weigh(tokens)]
    cuts = [0, *_place_pauses(tokens, efforts, runs), len(tokens)]
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


def _place_pauses(
    tokens: Sequence[Token], efforts: Sequence[float], runs: Sequence[Span]
) -> Iterator[int]:
    """Yield before which token each pause of the original falls."""
    pace = sum(end - start for start, end in runs) / sum(efforts)
    places_ms = [0.0, *accumulate(effort * pace for effort in efforts)]
    latest = 0
    for due_ms in [*accumulate(end - start for start, end in runs)][:-1]:

        def miss(place: int, due_ms: int = due_ms) -> float:
            return abs(places_ms[place] - due_ms) - _DRAW * pause_after(tokens[place - 1].text)

        latest = min(range(latest + 1, len(tokens)), key=miss, default=len(tokens))
        yield latest


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
