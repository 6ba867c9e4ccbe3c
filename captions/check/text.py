"""The rules of what stands in a cue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from ...source.caption_file import ReadCue
from ..finding import OURS, Finding
from ..measure import measure_columns
from ..style import Style

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_DASHES = ("-", "‐", "–", "—")


def find_bad_text(number: int, cue: ReadCue, style: Style) -> Iterator[Finding]:
    """Find what is wrong with the lines of one cue."""
    found = partial(Finding, cue=number)
    lines = cue.lines
    if not lines:
        yield found(rule="empty", message="There is nothing to read in it.", section=OURS)
    for row, line in enumerate(lines, 1):
        width = measure_columns(line)
        if width > style.line_width:
            yield found(
                rule="line_width",
                message=f"Line {row} is {width} columns wide; {style.line_width} is the most.",
                section=style.sections["line_width"],
                value=width,
                limit=style.line_width,
                unit="columns",
            )
    if len(lines) > style.lines:
        yield found(
            rule="lines",
            message=f"It has {len(lines)} lines; {style.lines} is the most.",
            section=style.sections["lines"],
            value=len(lines),
            limit=style.lines,
            unit="lines",
        )
    elif len(lines) > 1 and "one_line" in style.sections and _fits_one_line(cue, style):
        yield found(
            rule="one_line",
            message=f"Its {len(lines)} lines fit on one.",
            section=style.sections["one_line"],
            value=len(lines),
            limit=1,
            unit="lines",
        )
    if any(map(_CONTROL.search, lines)):
        message = "It holds control characters, which no player shows."
        yield found(rule="control", message=message, section=OURS)


def _fits_one_line(cue: ReadCue, style: Style) -> bool:
    """Tell whether one line would do; two speakers have a line each."""
    if len({*cue.voices}) > 1 or any(line.startswith(_DASHES) for line in cue.lines):
        return False
    return measure_columns(" ".join(cue.lines)) <= style.line_width
