"""A picture of how fast captions must be read, over time: SVG that stretches with its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from .listing import format_time

if TYPE_CHECKING:
    from ..captions import Finding, ReadCue, Verdict

_BARS = 240
"""At most: more would be narrower than a pixel of a telephone."""
_FLOOR = 88.0
"""Per cent of the height, under which the findings are marked."""
_LEAST_TOP, _MOST_TOP = 1.3, 2.5
"""How many times the limit the picture reaches to; faster cues reach its edge."""


def draw_speeds(verdict: Verdict, number: int) -> str:
    """Draw a bar for the fastest cue of each stretch of time, the limit, and each finding."""
    cues = [cue for cue in verdict.file.cues if cue.end_ms > cue.start_ms]
    if not cues:
        return ""
    style = verdict.style
    end_ms = max(cue.end_ms for cue in cues)
    speeds = [style.measure_speed(cue.lines, cue.end_ms - cue.start_ms) for cue in cues]
    limit = style.reading_speed
    top = find_top(speeds, limit)
    title = f"Reading speed over {format_time(end_ms)}, in {style.reading.unit}"
    described = (
        f"The fastest caption needs {max(speeds):.0f}; the limit is {limit:g}. "
        f"{sum(speed > limit for speed in speeds)} of {len(cues)} captions are over it."
    )
    height = _FLOOR * (1 - limit / top)
    return "".join(
        [
            f'<svg role="img" aria-labelledby="t{number} d{number}">',
            f'<title id="t{number}">{title}</title><desc id="d{number}">{described}</desc>',
            *_draw_bars(_find_fastest(cues, speeds, end_ms), limit, top),
            f'<line class="limit" x1="0" x2="100%" y1="{height:.1f}%" y2="{height:.1f}%"/>',
            f'<text class="limit" x="4" y="{height:.1f}%" dy="-5">limit {limit:g}</text>',
            f'<line class="floor" x1="0" x2="100%" y1="{_FLOOR}%" y2="{_FLOOR}%"/>',
            *_mark_findings(verdict.findings, end_ms),
            "</svg>",
        ]
    )


def find_top(speeds: Sequence[float], limit: float) -> float:
    """Return the speed that a picture of speeds reaches to."""
    return limit * min(max(max(speeds, default=0) / limit, _LEAST_TOP), _MOST_TOP)


def _find_fastest(cues: Sequence[ReadCue], speeds: Sequence[float], end_ms: int) -> list[float]:
    """Return the greatest speed of each stretch of time; 0 where there is no cue."""
    fastest = [0.0] * _BARS
    for cue, speed in zip(cues, speeds, strict=True):
        first = cue.start_ms * _BARS // end_ms
        last = max(first, (cue.end_ms * _BARS - 1) // end_ms)
        for bar in range(first, last + 1):
            fastest[bar] = max(fastest[bar], speed)
    return fastest


def _draw_bars(speeds: Sequence[float], limit: float, top: float) -> Iterator[str]:
    place = 0.0
    for speed, bars in groupby(speeds):
        width = 100 * len(list(bars)) / len(speeds)
        if speed:
            height = _FLOOR * min(1.0, speed / top)
            kind = "over" if speed > limit else "bar"
            yield (
                f'<rect class="{kind}" x="{place:.2f}%" width="{width:.2f}%" '
                f'y="{_FLOOR - height:.1f}%" height="{height:.1f}%"/>'
            )
        place += width


def _mark_findings(findings: Sequence[Finding], end_ms: int) -> Iterator[str]:
    starts = {found.start_ms for found in findings if found.start_ms is not None}
    for place in sorted({min(999, start_ms * 1000 // end_ms) for start_ms in starts}):
        yield f'<rect class="mark" x="{place / 10}%" width="3" y="91%" height="9%"/>'
