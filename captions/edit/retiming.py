"""Which times a person moved, and which are only where others have left them room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..pacing import FRAME
from .pairing import Pairing
from .rewriting import Grid, ShownCue


class Retiming(NamedTuple):
    """Whether a person set a cue's start and its end."""

    start: bool
    end: bool


def find_retimings(
    base: Sequence[ShownCue],
    edited: Sequence[ShownCue],
    pairings: Sequence[Pairing],
    grid: Grid,
) -> list[Retiming]:
    """Tell for each edited cue which of its times were moved.

    A cue that only makes room for a neighbour that was moved was not. One that such a neighbour
    would leave no room for was left there on purpose.
    """
    starts, ends = _pair_times(base, len(edited), pairings)
    retimings: list[Retiming] = []
    reached_ms = -1
    for number, cue in enumerate(edited):
        start, end = starts[number], ends[number]
        following = edited[number + 1].start_ms if number + 1 < len(edited) else None
        makes_room = start is not None and cue.start_ms == reached_ms > start
        gives_way = end is not None and following is not None and cue.end_ms == following < end
        retimings.append(
            Retiming(
                start is None or not (makes_room or grid.explains(start, cue.start_ms)),
                end is None or not (gives_way or grid.explains(end, cue.end_ms)),
            )
        )
        reached_ms = max(reached_ms, cue.end_ms)
    return _keep_overlaps(edited, retimings)


def _pair_times(
    base: Sequence[ShownCue], count: int, pairings: Sequence[Pairing]
) -> tuple[list[int | None], list[int | None]]:
    """Return what each start and each end was; None for what was none."""
    starts: list[int | None] = [None] * count
    ends: list[int | None] = [None] * count
    for pairing in pairings:
        cues = base[pairing.first : pairing.stop]
        first, stop = pairing.edited_first, pairing.edited_stop
        if len(cues) == stop - first:
            starts[first:stop] = [cue.start_ms for cue in cues]
            ends[first:stop] = [cue.end_ms for cue in cues]
        elif cues and first < stop:
            starts[first], ends[stop - 1] = cues[0].start_ms, cues[-1].end_ms
    return starts, ends


def _keep_overlaps(edited: Sequence[ShownCue], retimings: Sequence[Retiming]) -> list[Retiming]:
    """Take as set what could not be shown if it made room."""
    kept: list[Retiming] = []
    reached_ms = -1
    for number, (cue, retiming) in enumerate(zip(edited, retimings, strict=True)):
        start_ms, end_ms = cue.start_ms, cue.end_ms
        if not retiming.start:
            start_ms = max(start_ms, reached_ms)
        if not retiming.end and number + 1 < len(edited) and retimings[number + 1].start:
            end_ms = min(end_ms, edited[number + 1].start_ms)
        crushed = (start_ms, end_ms) != (cue.start_ms, cue.end_ms) and end_ms - start_ms < FRAME
        kept.append(Retiming(start=True, end=True) if crushed else retiming)
        if kept[-1].end:
            reached_ms = max(reached_ms, cue.end_ms)
    return kept
