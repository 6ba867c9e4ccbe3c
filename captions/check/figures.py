"""What can be counted of a caption file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from ...source.caption_file import ReadCue
from ..measure import count_words
from ..style import Style


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the cues that are seen at all."""

    cues: int
    """Those that are never seen included."""
    speeds: Mapping[int, float]
    """Percentile (50, 90, 95, 100) → how fast cues must be read, in what the style counts."""
    shortest_ms: int | None
    longest_ms: int | None
    words_a_minute: Mapping[str, float]
    """Speaker → how many of their words there are in a minute of their cues, labels left out."""
    captioned: float
    """The share of time with a caption, from 0 to 1, from the first cue to the last."""


def count_figures(cues: Sequence[ReadCue], style: Style) -> Figures:
    """Count what there is to count."""
    seen = [cue for cue in cues if cue.end_ms > cue.start_ms]
    shown = [cue.end_ms - cue.start_ms for cue in seen]
    speeds = sorted(style.measure_speed(cue.lines, cue.end_ms - cue.start_ms) for cue in seen)
    return Figures(
        cues=len(cues),
        speeds={share: _percentile(speeds, share) for share in (50, 90, 95, 100)} if seen else {},
        shortest_ms=min(shown, default=None),
        longest_ms=max(shown, default=None),
        words_a_minute=_count_by_speaker(seen, style),
        captioned=_share_captioned(seen),
    )


def _percentile(ordered: Sequence[float], share: int) -> float:
    """Return the smallest value that `share` percent of the values do not exceed."""
    return ordered[max(0, ceil(len(ordered) * share / 100) - 1)]


def _count_by_speaker(cues: Sequence[ReadCue], style: Style) -> dict[str, float]:
    words: defaultdict[str, float] = defaultdict(float)
    times_ms: Counter[str] = Counter()
    for cue in cues:
        voices = {voice for row in cue.voices for voice in row}
        if len(voices) == 1:
            (voice,) = voices
            said = (line.removeprefix(style.find_label(line)) for line in cue.lines)
            words[voice] += sum(map(count_words, said))
            times_ms[voice] += cue.end_ms - cue.start_ms
    return {voice: words[voice] * 60_000 / times_ms[voice] for voice in words}


def _share_captioned(cues: Sequence[ReadCue]) -> float:
    covered = until = 0
    for start_ms, end_ms in sorted((cue.start_ms, cue.end_ms) for cue in cues):
        covered += max(0, end_ms - max(start_ms, until))
        until = max(until, end_ms)
    whole = until - min((cue.start_ms for cue in cues), default=0)
    return covered / whole if whole else 0.0
