"""A caption file under one house style: what is wrong, what there is, what was not looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...source.caption_file import CaptionFile, FileFormat
from ..finding import Finding
from ..style import Style
from .figures import Figures, count_figures
from .speaker import find_pale_colours, find_unclear_speakers
from .text import find_bad_text
from .timing import find_bad_times

_NOT_CHECKED = (
    "whether captions keep time with the speech, or lack words: that takes the recording",
    "whether lines end at the best places: what looks poor may be the best there is",
    "whether the sounds that matter are captioned",
    "shot changes, and what captions cover in the picture",
    "colours, but for those that a STYLE block gives",
)
_NO_VOICES = "whether it is clear who speaks: the file names no speakers"
_NO_STANDARD = "the syntax, beyond what players need: SubRip has no standard"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a check."""

    file: CaptionFile
    style: Style
    findings: tuple[Finding, ...]
    """In the order of the file's lines."""
    figures: Figures
    not_checked: tuple[str, ...]


def check_captions(file: CaptionFile, style: Style) -> Verdict:
    """Hold a caption file against every rule of a style, and of its own format."""
    found = [_place(finding, file) for finding in _find_all(file, style)]
    return Verdict(
        file,
        style,
        tuple(sorted(found, key=lambda finding: finding.line or 0)),
        count_figures(file.cues, style),
        tuple(_list_unchecked(file)),
    )


def _find_all(file: CaptionFile, style: Style) -> Iterator[Finding]:
    for fault in file.faults:
        yield Finding(fault.cue, fault.rule, fault.message, fault.section, line=fault.line)
    yield from find_bad_times(file, style)
    for number, cue in enumerate(file.cues):
        yield from find_bad_text(number, cue, style)
    yield from find_unclear_speakers(file.cues, style)
    yield from find_pale_colours(file.colours)


def _place(finding: Finding, file: CaptionFile) -> Finding:
    """Say where in the file and when a finding is."""
    if finding.cue is None:
        return finding
    cue = file.cues[finding.cue]
    return replace(finding, start_ms=cue.start_ms, line=finding.line or cue.line)


def _list_unchecked(file: CaptionFile) -> Iterator[str]:
    yield from _NOT_CHECKED
    if not any(voices for cue in file.cues for voices in cue.voices):
        yield _NO_VOICES
    if file.format is FileFormat.SRT:
        yield _NO_STANDARD
