"""Where nobody speaks: the aligned words and what else sounds like speech, turned inside out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...source import Recording, TokenKind
from ..listen.alignment import Alignment
from ..step_store import StepStore
from .activity import FRAME_MS, Activity, hear_activity, recall_activity, smooth
from .gain import GUARD_MS

Flags = NDArray[np.bool_]
Floats = NDArray[np.float32]

LEAST_MS = 1500
"""A pause under about 2 s is too short to be usable (WCAG 2.2, F113); what is found of one of 2 s
may be a little less, since its edges are sought with caution."""

_LIKELY = 0.4
"""From here on somebody is taken to speak, …"""
_POSSIBLE = 0.1
"""… and right after speech from here on: a voice dies away."""
_ABOVE_DB = 6
"""What is spoken is so much louder than …"""
_QUIET = 20
"""… the quietest 20 % of what is heard between two words."""
_LEVEL_AROUND = 2
_ONSET = 20
_TAIL = 50
_DYING = 35
"""Frames by which speech may begin before and end behind what is known of it."""
_CLEAR_DB = 20
"""Where it is so much softer than in words, no word goes unheard; where it is as loud, half do."""

_SURE = 0.9
_DROWNED_MS = 200
"""By how much words go on, at most, that noise or music drowns the ends of."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of the programme in which nobody speaks, from the one voice to the next."""

    start_ms: int
    end_ms: int
    confidence: float
    """From 0 to 1: the share of it, but for the guards, in which nobody is expected to speak; up to
    a half less in noise or music that a voice may hide in."""

    @property
    def guard_ms(self) -> int:
        """How much stays free at both ends: more where noise or music drowns how words end."""
        return GUARD_MS if self.confidence >= _SURE else GUARD_MS + _DROWNED_MS


def find_gaps(
    alignment: Alignment, recording: Recording, store: StepStore | None = None
) -> tuple[Gap, ...]:
    """Find the gaps of a second and a half and more, in order.

    None of them overlaps an aligned word. A recording that the store knows is not listened to
    again. Raises UnreadableSource where nothing of the recording can be decoded.
    """
    return fuse(alignment, recall_activity(recording, store) if store else hear_activity(recording))


def fuse(alignment: Alignment, activity: Activity) -> tuple[Gap, ...]:
    """Find the gaps between the words of an alignment in which no voice is active either."""
    words = _mark_words(alignment, len(activity))
    usual_db = float(np.median(activity.level[words] if words.any() else activity.level))
    likeness = activity.rate_speech(usual_db)
    loud = _mark_loud(words, smooth(activity.level, _LEVEL_AROUND))
    spoken = words | (likeness >= _LIKELY) & loud
    spoken = _spread(spoken, loud, _ONSET, _TAIL)
    spoken = _spread(spoken, likeness >= _POSSIBLE, 0, _DYING)
    return tuple(
        Gap(
            start * FRAME_MS,
            min(stop * FRAME_MS, alignment.duration_ms),
            _rate(likeness[start:stop], activity.level[start:stop] - usual_db),
        )
        for start, stop in _find_runs(~spoken)
        if (stop - start) * FRAME_MS >= LEAST_MS
    )


def _rate(likeness: Floats, level: Floats) -> float:
    """Return how sure it is that nobody speaks in some frames; `level` is above that of words."""
    guard = GUARD_MS // FRAME_MS
    silent = 1 - float(likeness[guard:-guard].mean())
    clear = min(1.0, max(0.0, -float(np.median(level)) / _CLEAR_DB))
    return round(silent * (1 + clear) / 2, 3)


def _mark_words(alignment: Alignment, count: int) -> Flags:
    """Tell in which frames something of a word is said."""
    words = np.zeros(count, np.bool_)
    for word in (word for part in alignment.words for word in part):
        if word.token.kind is TokenKind.SPEECH and word.start_ms is not None and word.end_ms:
            words[word.start_ms // FRAME_MS : -(-word.end_ms // FRAME_MS)] = True
    return words


def _mark_loud(words: Flags, level: NDArray[np.float64]) -> Flags:
    """Tell in which frames between words it is louder than where nobody speaks there."""
    loud = np.zeros(len(words), np.bool_)
    for start, stop in _find_runs(~words):
        between = level[start:stop]
        loud[start:stop] = between > np.percentile(between, _QUIET) + _ABOVE_DB
    return loud


def _spread(spoken: Flags, onto: Flags, before: int, after: int) -> Flags:
    """Let speech begin and end by up to so many frames farther, as far as these go on."""
    wider = spoken.copy()
    for start, stop in _find_runs(spoken):
        earlier, later = onto[max(0, start - before) : start][::-1], onto[stop : stop + after]
        wider[start - _count_leading(earlier) : stop + _count_leading(later)] = True
    return wider


def _count_leading(flags: Flags) -> int:
    """Count the true values before the first false one."""
    return len(flags) if flags.all() else int(flags.argmin())


def _find_runs(flags: Flags) -> Iterator[tuple[int, int]]:
    """Yield where true values begin and end."""
    edges = np.flatnonzero(np.diff(flags, prepend=False, append=False))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
