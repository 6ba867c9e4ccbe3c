"""What a style asks and a cue doesn't give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .style import Style


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a cue breaks, and by how much."""

    cue: int
    """The cue's index."""
    rule: str
    """As the style's sections name it."""
    value: float
    limit: float
    """Both in what the style's reading counts for the reading speed, or else in milliseconds."""


def find_haste(
    starts: Sequence[int], ends: Sequence[int], lines: Sequence[Sequence[str]], style: Style
) -> Iterator[Finding]:
    """Find the cues that are gone before they can be read, or that touch the next one."""
    gaps = [after - end for after, end in zip(starts[1:], ends, strict=False)]
    for cue, (start, end, gap) in enumerate(zip(starts, ends, [*gaps, style.gap_ms], strict=True)):
        speed = style.measure_speed(lines[cue], end - start)
        if speed > style.reading_speed:
            yield Finding(cue, "reading_speed", speed, style.reading_speed)
        if end - start < style.shortest_ms:
            yield Finding(cue, "shortest", end - start, style.shortest_ms)
        if gap < style.gap_ms:
            yield Finding(cue, "gap", gap, style.gap_ms)
