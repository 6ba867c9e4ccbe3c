"""What a rule asks and a caption file doesn't give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from .style import Style

MILLISECONDS = "ms"
ROUNDING_MS = 1
"""Files keep whole milliseconds, and frames are none: 5/6 s is 0.833 as well as 0.834 s."""
OURS = "Not in a guideline; ours"
"""The section of a rule that no guideline has."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is broken, where, and by how much."""

    cue: int | None
    """The cue's index; None where it is about the whole file or what became no cue."""
    rule: str
    """As the style's sections name it, or as WebVTT's own rules are called here."""
    message: str
    """What is wrong, in one sentence."""
    section: str
    """The guideline, and where in it the rule stands."""
    value: float | None = None
    limit: float | None = None
    unit: str | None = None
    """Of value and limit, where the rule is a number."""
    start_ms: int | None = None
    """When the cue starts."""
    line: int | None = None
    """The line of the file that it stands on."""


def find_haste(
    starts: Sequence[int], ends: Sequence[int], lines: Sequence[Sequence[str]], style: Style
) -> Iterator[Finding]:
    """Find the cues that are gone before they can be read, or that touch the next one.

    What ends before it starts, or overlaps the next one, is not judged here.
    """
    last = style.gap_ms  # behind the last cue there is room enough
    gaps = [after - end for after, end in zip(starts[1:], ends, strict=False)] + [last]
    for cue, (start, end, gap) in enumerate(zip(starts, ends, gaps, strict=False)):
        if end > start:
            for found in _judge_time(lines[cue], end - start, gap, style):
                yield replace(found, cue=cue, start_ms=start)


def _judge_time(
    lines: Sequence[str], shown_ms: int, gap_ms: int, style: Style
) -> Iterator[Finding]:
    speed = style.measure_speed(lines, shown_ms)
    if speed > style.reading_speed:
        unit, limit = style.reading.unit, style.reading_speed
        message = f"Must be read at {say_speed(speed)} {unit}; {limit:g} is the most."
        section = style.sections["reading_speed"]
        yield Finding(None, "reading_speed", message, section, speed, limit, unit)
    if shown_ms < style.shortest_ms - ROUNDING_MS:
        least = style.shortest_ms
        message = f"Stands for {say_time(shown_ms)}; {say_time(least)} is the least."
        section = style.sections["shortest"]
        yield Finding(None, "shortest", message, section, shown_ms, least, MILLISECONDS)
    if 0 <= gap_ms < style.gap_ms - ROUNDING_MS:
        least = style.gap_ms
        message = f"Stops {say_time(gap_ms)} before the next; {say_time(least)} is the least."
        section = style.sections["gap"]
        yield Finding(None, "gap", message, section, gap_ms, least, MILLISECONDS)


def say_time(time_ms: int) -> str:
    """Write a length of time in seconds."""
    return f"{time_ms / 1000:.3f} s"


def say_speed(speed: float) -> str:
    """Write a speed, rounded up, so that what is over a limit never looks like the limit."""
    return f"{ceil(speed * 10) / 10:.1f}"
