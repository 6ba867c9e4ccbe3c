"""SubRip (SRT), which has no standard, as players read it: from one line of times to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ..track import PLAIN, Align, Edge, Line, Look, Place, Run, join_line
from .cue_text import trim_line
from .model import CaptionFile, Fault, FileFormat, ReadCue
from .stamp import read_stamp
from .stylesheet import name_colour

SUBRIP = "SubRip, as players read it; it has no standard"

_STAMP = r"(?:([0-9]{1,9}):)?([0-9]{1,2}):([0-9]{1,2})[,.:]([0-9]{1,3})"
_TIMES = re.compile(rf"[ \t]*{_STAMP}[ \t]*-->[ \t]*{_STAMP}(?:[ \t]+(.*))?")
_NEARLY = re.compile(r"[ \t]*[0-9][0-9:,. \t]*-+>[ \t]*[0-9:,. \t]+")
"""What somebody meant for times."""
_MARKUP = re.compile(r"(</?(?:[bius]|font)(?:[ \t][^<>\n]*)?>|\{\\[^{}\n]*\})", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-z]+)(?:.*?\bcolor[ \t]*=[ \t]*[\"']?([#\w]+))?.*>", re.IGNORECASE)
_ALIGNMENT = re.compile(r"\{(?:\\[^{}\n]*)?\\an([1-9])[^{}\n]*\}")
_LOOKS = {"i": "italic", "b": "bold", "u": "underline"}

GUARD = "\N{WORD JOINER}"
"""Stands, unseen, in what a player would take for mark-up; SubRip has no way to escape it."""
_GUARDED = re.compile(rf"(?<=[<{{-]){GUARD}(?=[/a-zA-Z\\>])")

MARGIN = 10
"""Per cent: how far from the picture's edge captions stand where only a corner is named."""
_ROWS = {
    0: (Edge.BOTTOM, 100 - MARGIN),
    1: (Edge.MIDDLE, 50),
    2: (Edge.TOP, MARGIN),
}
_COLUMNS = (Align.LEFT, Align.CENTER, Align.RIGHT)


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
        text = _find_text(lines[place + 1 : following], last=following == len(lines))
        rows = tuple(_read_rows(text))
        cues.append(
            ReadCue(
                line=place + 1,
                start_ms=read_stamp(*times.groups()[:4]),
                end_ms=read_stamp(*times.groups()[4:8]),
                lines=tuple(map(join_line, rows)),
                voices=((),) * len(rows),
                settings=times[9] or "",
                rows=rows,
                place=_find_place("".join(text)),
            )
        )
    return CaptionFile(path, FileFormat.SRT, tuple(cues), (), tuple(faults))


def _find_text(lines: Sequence[str], *, last: bool) -> list[str]:
    """Return a cue's lines without the number of the next one."""
    texts = [line.strip(" \t") for line in lines]
    if not last and texts and texts[-1].isdecimal():
        texts.pop()
    return [text for text in texts if text]


def _read_rows(texts: Sequence[str]) -> Iterator[Line]:
    """Yield the lines that are not blank; a tag holds on from one to the next."""
    looks: list[tuple[str, Look]] = []
    for text in texts:
        if "<" not in text and "{" not in text and GUARD not in text:
            yield (Run(text, look=looks[-1][1] if looks else PLAIN),)
            continue
        runs: list[Run] = []
        for number, piece in enumerate(_MARKUP.split(text)):
            if number % 2:
                _take_tag(piece, looks)
            elif piece:
                shown = _GUARDED.sub("", piece)
                runs.append(Run(shown, look=looks[-1][1] if looks else PLAIN))
        if line := trim_line(runs):
            yield line


def _take_tag(tag: str, looks: list[tuple[str, Look]]) -> None:
    """Open a tag, or close the last of its name."""
    found = _TAG.fullmatch(tag)
    if found is None:
        return
    name = found[2].lower()
    if found[1]:
        place = next((at for at in reversed(range(len(looks))) if looks[at][0] == name), None)
        if place is not None:
            del looks[place:]
        return
    look = looks[-1][1] if looks else PLAIN
    colour = name_colour(found[3].lower()) if found[3] else None
    if name in _LOOKS:
        look = replace(look, **{_LOOKS[name]: True})
    elif colour:
        look = replace(look, colour=colour)
    looks.append((name, look))


def _find_place(text: str) -> Place | None:
    found = _ALIGNMENT.search(text) if "\\an" in text else None
    return find_corner(int(found[1])) if found else None


def find_corner(number: int) -> Place | None:
    r"""Return the place that `\an` and a figure of a telephone's keys stand for, upside down."""
    row, column = divmod(number - 1, 3)
    if (row, column) == (0, 1):
        return None  # where captions stand anyway
    return Place(*_ROWS[row], MARGIN, 100 - 2 * MARGIN, _COLUMNS[column])


def name_corner(place: Place | None) -> int:
    """Return the figure that comes nearest to a place."""
    if place is None:
        return 2
    row = 2 if place.level < 100 / 3 else 1 if place.level < 200 / 3 else 0
    column = {Align.LEFT: 0, Align.START: 0, Align.CENTER: 1}.get(place.align, 2)
    return row * 3 + column + 1
