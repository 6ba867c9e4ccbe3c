"""The rules of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate, pairwise

from ...source.caption_file import CaptionFile, FileFormat, ReadCue
from ..finding import MILLISECONDS, Finding, find_haste, say_time
from ..style import Style

_STRUCTURE = {
    FileFormat.WEBVTT: "WebVTT, 4.1 WebVTT file structure (cue timings)",
    FileFormat.SRT: "SubRip has no standard; what players need",
}


def find_bad_times(file: CaptionFile, style: Style) -> Iterator[Finding]:
    """Find cues whose times are wrong, too short, too long, or too near to the next cue's."""
    cues = file.cues
    starts, ends = [cue.start_ms for cue in cues], [cue.end_ms for cue in cues]
    yield from find_haste(starts, ends, [cue.lines for cue in cues], style)
    yield from _find_disorder(cues, _STRUCTURE[file.format])
    yield from _find_overlaps(cues, style)
    yield from _find_flicker(cues, style)
    for number, cue in enumerate(cues):
        shown, most = cue.end_ms - cue.start_ms, style.longest_ms
        if shown > most:
            yield Finding(
                cue=number,
                rule="longest",
                message=f"Stands for {say_time(shown)}; {say_time(most)} is the most.",
                section=style.sections["longest"],
                value=shown,
                limit=most,
                unit=MILLISECONDS,
            )


def _find_disorder(cues: Sequence[ReadCue], section: str) -> Iterator[Finding]:
    latest_ms = 0
    for number, cue in enumerate(cues):
        found = partial(Finding, cue=number, section=section, unit=MILLISECONDS)
        if cue.end_ms <= cue.start_ms:
            when = "when" if cue.end_ms == cue.start_ms else "before"
            yield found(
                rule="end",
                message=f"Ends {when} it starts, so that nobody sees it.",
                value=cue.end_ms - cue.start_ms,
                limit=1,
            )
        if cue.start_ms < latest_ms:
            early = latest_ms - cue.start_ms
            yield found(
                rule="order",
                message=f"Starts {say_time(early)} before a cue that stands above it.",
                value=early,
                limit=0,
            )
        latest_ms = max(latest_ms, cue.start_ms)


def _find_overlaps(cues: Sequence[ReadCue], style: Style) -> Iterator[Finding]:
    """Find cues that come while an earlier one still stands."""
    until = accumulate((cue.end_ms for cue in cues), max)
    for number, (latest_ms, cue) in enumerate(zip(until, cues[1:], strict=False), 1):
        over = latest_ms - cue.start_ms
        if over > 0 and cue.start_ms < cue.end_ms and cue.start_ms >= cues[number - 1].start_ms:
            yield Finding(
                cue=number,
                rule="overlap",
                message=f"Starts {say_time(over)} before an earlier cue is gone.",
                section=style.sections["gap"],
                value=over,
                limit=0,
                unit=MILLISECONDS,
            )


def _find_flicker(cues: Sequence[ReadCue], style: Style) -> Iterator[Finding]:
    """Find gaps so small that they flicker."""
    for number, (cue, after) in enumerate(pairwise(cues)):
        gap = after.start_ms - cue.end_ms
        seen = cue.start_ms < cue.end_ms
        if seen and style.gap_ms < gap <= style.small_gap_ms:
            most = say_time(style.small_gap_ms)
            closed = f" to {say_time(style.gap_ms)}" if style.gap_ms else ""
            yield Finding(
                cue=number,
                rule="small_gap",
                message=f"Stops {say_time(gap)} before the next, which flickers; close it"
                f"{closed}, or leave more than {most}.",
                section=style.sections["small_gap"],
                value=gap,
                limit=style.small_gap_ms,
                unit=MILLISECONDS,
            )
