"""Podcasting 2.0's JSON transcript, after its namespace's documents (transcripts.md).

Vivavoz writes it too, and gives those who share a caption a segment each, at the caption's times.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, groupby

from msgspec import Struct, field

from ..speech import Heard, Speech
from .service import Service, Tree, compose_segments, fit, opens_with, to_ms


class _Segment(Struct, frozen=True):
    body: str
    start: float | None = field(default=None, name="startTime")
    end: float | None = field(default=None, name="endTime")
    speaker: str | None = None

    @property
    def span_ms(self) -> tuple[int | None, int | None]:
        return to_ms(self.start), to_ms(self.end)


class _Transcript(Struct, frozen=True):
    segments: list[_Segment]


def _fits(tree: Tree) -> bool:
    return opens_with(tree, "segments", "startTime", "body")


def _read(tree: Tree) -> Speech:
    segments = fit(tree, _Transcript).segments
    heard = (
        pair
        for span_ms, group in groupby(segments, lambda one: one.span_ms)
        for pair in _share_time([*group], *span_ms)
    )
    return Speech(tuple(compose_segments(heard)))


def _share_time(
    segments: list[_Segment], start_ms: int | None, end_ms: int | None
) -> Iterator[tuple[str | None, Heard]]:
    """Give each of those who have the same time its part, by the count of letters."""
    if len(segments) == 1 or start_ms is None or end_ms is None:
        yield from ((one.speaker, Heard(one.body, start_ms, end_ms)) for one in segments)
        return
    sums = [0, *accumulate(len(one.body) for one in segments)]
    edges = [start_ms + (end_ms - start_ms) * part // max(1, sums[-1]) for part in sums]
    for one, first_ms, last_ms in zip(segments, edges, edges[1:], strict=False):
        yield one.speaker, Heard(one.body, first_ms, last_ms)


PODCAST = Service("Podcasting 2.0", _fits, _read)
