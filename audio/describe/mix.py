"""The described mix: a narration spoken over a programme, which is softened meanwhile."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path

import numpy as np

from .gain import GainPoint
from .limiter import ATTACK, CONTEXT, limit
from .narration import Description, Narration
from .pcm import FRAMES_PER_MS, PcmFile, Programme, change_pcm, open_pcm, write_programme
from .sample import Floats, Pcm, to_samples
from .voice_track import lay_voice


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Frames from `start` to `end` in which the mix is not the programme."""

    start: int
    end: int
    points: tuple[GainPoint, ...]
    descriptions: tuple[Description, ...]


def mix_narration(programme: Programme, narration: Narration, out: Path) -> Programme:
    """Write a programme with a narration mixed into it.

    What lies outside the ducks stays what it was, to the bit. Inside, true peaks stay below
    −1 dBTP, but for those that the programme itself has in a duck's first and last 20 ms. Raises
    UnreadableSource or UnwritableOutput.
    """
    with open_pcm(programme) as source:
        blocks = _mix(source, _find_stretches(narration, programme.frames))
        return write_programme(out, programme.layout, programme.bits, blocks)


def remix(programme: Programme, mix: Programme, before: Narration, after: Narration) -> None:
    """Change a programme's mix in place from one narration to another, only where they differ.

    It then is what mixing anew would make, to the bit. Raises UnreadableSource or
    UnwritableOutput.
    """
    old = _find_stretches(before, programme.frames)
    new = _find_stretches(after, programme.frames)
    kept = {stretch.start: stretch for stretch in new}
    gone = [stretch for stretch in old if kept.get(stretch.start) != stretch]
    known = {stretch.start: stretch for stretch in old}
    come = [stretch for stretch in new if known.get(stretch.start) != stretch]
    with open_pcm(programme) as source, change_pcm(mix) as target:
        for stretch in gone:
            target.write(stretch.start, source.blocks(stretch.start, stretch.end))
        for stretch in come:
            target.write(stretch.start, _mix_stretch(source, stretch))


def _mix(source: PcmFile, stretches: Iterable[_Stretch]) -> Iterator[Pcm]:
    at = 0
    for stretch in stretches:
        yield from source.blocks(at, stretch.start)
        yield from _mix_stretch(source, stretch)
        at = stretch.end
    yield from source.blocks(at, source.programme.frames)


def _find_stretches(narration: Narration, frames: int) -> list[_Stretch]:
    """Return where the programme is touched: in the ducks, and where a description has none."""
    spans = [(duck.start_ms, duck.end_ms) for duck in narration.gains.ducks]
    spans += [(one.start_ms, one.end_ms + 1) for one in narration.descriptions]
    joined: list[tuple[int, int]] = []
    for start_ms, end_ms in sorted(spans):
        if joined and start_ms <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end_ms)
        else:
            joined.append((start_ms, end_ms))
    return [
        _Stretch(
            min(start_ms * FRAMES_PER_MS, frames),
            min(end_ms * FRAMES_PER_MS, frames),
            tuple(narration.gains.near(start_ms, end_ms).points()),
            _find_begun(narration.descriptions, start_ms, end_ms),
        )
        for start_ms, end_ms in joined
    ]


def _find_begun(
    descriptions: tuple[Description, ...], start_ms: int, end_ms: int
) -> tuple[Description, ...]:
    """Return those that begin in a time, its ends included."""
    first = bisect_left(descriptions, start_ms, key=lambda one: one.start_ms)
    last = bisect_right(descriptions, end_ms, key=lambda one: one.start_ms)
    return descriptions[first:last]


def _mix_stretch(source: PcmFile, stretch: _Stretch) -> Iterator[Pcm]:
    """Yield the mix from a stretch's start to its end."""
    frames = stretch.end - stretch.start
    # At the seams the mix goes on as the programme does; where that ends there is none.
    first = ATTACK if stretch.start else 0
    last = frames - (ATTACK if stretch.end < source.programme.frames else 0)
    spoken = chain(
        [source.read_floats(stretch.start - CONTEXT, CONTEXT)],
        _speak_over(source, stretch),
        [source.read_floats(stretch.end, CONTEXT)],
    )
    for block in limit(spoken, first, last):
        yield to_samples(block, source.programme.depth)


def _speak_over(source: PcmFile, stretch: _Stretch) -> Iterator[Floats]:
    at = stretch.start
    for voice in lay_voice(stretch.descriptions, stretch.start, stretch.end):
        sound = source.read_floats(at, len(voice))
        _soften(sound, at, stretch.points)
        sound[:, source.programme.layout.spoken] += voice
        yield sound
        at += len(voice)


def _soften(sound: Floats, at: int, points: Sequence[GainPoint]) -> None:
    """Turn sound that begins at a frame down to its gain, in place."""
    for before, after in pairwise(points):
        first, last = before.at_ms * FRAMES_PER_MS, after.at_ms * FRAMES_PER_MS
        start, end = max(first, at), min(last, at + len(sound))
        if start >= end:
            continue
        part = sound[start - at : end - at]
        if before.gain == after.gain:
            part *= before.gain
        else:
            gain = before.interpolate(after, start / FRAMES_PER_MS)
            until = before.interpolate(after, end / FRAMES_PER_MS)
            gains = np.linspace(gain, until, end - start, endpoint=False)
            part *= gains[:, None].astype(sound.dtype)
