"""SubRip (SRT), which has no standard, as players read it: from one line of times to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from .model import CaptionFile, Fault, FileFormat, ReadCue
from .stamp import read_stamp

SUBRIP = "SubRip, as players read it; it has no standard"

_STAMP = r"(?:([0-9]{1,9}):)?([0-9]{1,2}):([0-9]{1,2})[,.:]([0-9]{1,3})"
_TIMES = re.compile(rf"[ \t]*{_STAMP}[ \t]*-->[ \t]*{_STAMP}(?:[ \t]+(.*))?")
_NEARLY = re.compile(r"[ \t]*[0-9][0-9:,. \t]*-+>[ \t]*[0-9:,. \t]+")
"""What somebody meant for times."""
_MARKUP = re.compile(r"</?(?:[bius]|font)(?:[ \t][^<>\n]*)?>|\{\\[^{}\n]*\}", re.IGNORECASE)


def parse_subrip(lines: Sequence[str], path: Path) -> CaptionFile:
    """Read a file's lines; line numbers between cues may be missing, and blank lines too many."""
    cues: list[ReadCue] = []
    faults: list[Fault] = []
    places = [place for place, line in enumerate(lines) if "-->" in line or _NEARLY.fullmatch(line)]
    for place, following in zip(places, [*places[1:], len(lines)], strict=True):
        times = _TIMES.fullmatch(lines[place].rstrip())
        if times is None:
            message = "These are no times such as 00:00:01,000 --> 00:00:03,500."
            faults.append(Fault(place + 1, None, "timings", message, SUBRIP))
            continue
        shown = _show(lines[place + 1 : following], last=following == len(lines))
        cues.append(
            ReadCue(
                line=place + 1,
                start_ms=read_stamp(*times.groups()[:4]),
                end_ms=read_stamp(*times.groups()[4:8]),
                lines=shown,
                voices=((),) * len(shown),
                settings=times[9] or "",
            )
        )
    return CaptionFile(path, FileFormat.SRT, tuple(cues), (), tuple(faults))


def _show(lines: Sequence[str], *, last: bool) -> tuple[str, ...]:
    """Return a cue's lines without the number of the next one."""
    texts = [line.strip(" \t") for line in lines]
    if not last and texts and texts[-1].isdecimal():
        texts.pop()
    bare = (_MARKUP.sub("", text).strip(" \t") for text in texts)
    return tuple(text for text in bare if text)
