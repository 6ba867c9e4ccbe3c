"""Where the words of edited lines come from."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from .ink import ink_token
from .rewriting import ShownCue


def trace_lines(words: Sequence[str], lines: Sequence[str]) -> list[int]:
    """Return for each line with which of the words it begins, none before the line above it.

    `words` are ink. A line begins with the first word that it shares with them; one that shares
    none, behind the line above. The first begins with the first.
    """
    tokens = [
        (word, row) for row, line in enumerate(lines) for word in map(ink_token, line.split())
    ]
    matcher = SequenceMatcher(None, words, [word for word, _ in tokens], autojunk=False)
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for place, other, size in matcher.get_matching_blocks():
        for offset in range(size):
            row = tokens[other + offset][1]
            first.setdefault(row, place + offset)
            last[row] = place + offset
    starts: list[int] = []
    following = 0
    for row in range(len(lines)):
        start = first.get(row, following) if row else 0
        starts.append(max(0, min(start, len(words) - 1)))
        following = max(last.get(row, 0), starts[-1]) + 1
    return starts


def trace_voices(built: Sequence[ShownCue], left: Sequence[ShownCue]) -> list[tuple[str, ...]]:
    """Return for each line of edited cues who says its words in those that were built."""
    words = [
        (ink_token(token), voice)
        for cue in built
        for line, voice in zip(cue.lines, cue.voices, strict=True)
        for token in line.split()
    ]
    lines = [line for cue in left for line in cue.lines]
    starts = iter(trace_lines([word for word, _ in words], lines))
    return [tuple(words[next(starts)][1] if words else "" for _ in cue.lines) for cue in left]
