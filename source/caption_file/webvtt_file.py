"""WebVTT files: blocks and times as players take them (W3C WebVTT, 6.1 and 6.3), held against 4.

webvtt-py reads WebVTT too, but keeps no line numbers, sees a voice only at the start of a cue, and
leaves `&amp;` as it stands; what is judged must be what viewers see.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ..track import join_line
from .cue_setting import find_wrong_settings, read_place
from .cue_text import CUE_TEXT, CueText, list_voices
from .model import CaptionFile, CueColour, Fault, FileFormat, ReadCue
from .stamp import read_stamp
from .stylesheet import STANDARD_CLASSES, find_classes, find_colours

SIGNATURE = re.compile(r"WEBVTT(?=[ \t\n]|\Z)")
FILE_STRUCTURE = "WebVTT, 4.1 WebVTT file structure"
CUE_SETTINGS = "WebVTT, 4.4 WebVTT cue settings"

_STAMP = r"(?:([0-9]{1,9}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})"
_TIMINGS = re.compile(rf"([ \t\f]*){_STAMP}([ \t\f]*)-->([ \t\f]*){_STAMP}(?![0-9])(.*)")
_NOTE = re.compile(r"NOTE(?:[ \t].*)?")
_LANGUAGE = re.compile(r"Language:[ \t]*([A-Za-z0-9-]+)[ \t]*")
"""As old files and ours say it; WebVTT itself has no place for it."""
_DEFINITION = re.compile(r"(STYLE|REGION)[ \t]*")


def parse_webvtt(lines: Sequence[str], path: Path) -> CaptionFile:
    """Read a file's lines."""
    parsing = _Parsing(lines)
    place = parsing.take_header()
    while place < len(lines):
        place = parsing.take_block(place) if lines[place] else place + 1
    return CaptionFile(
        path,
        FileFormat.WEBVTT,
        tuple(parsing.cues),
        tuple(parsing.colours),
        tuple(parsing.faults),
        parsing.language,
    )


class _Parsing:
    """What has been read of a file so far. Places count lines from 0."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.cues: list[ReadCue] = []
        self.colours: list[CueColour] = []
        self.faults: list[Fault] = []
        self.language = ""
        self._palette = dict(STANDARD_CLASSES)
        self._identifiers: set[str] = set()

    def _blame(
        self,
        place: int,
        rule: str,
        message: str,
        *,
        cue: int | None = None,
        section: str = FILE_STRUCTURE,
    ) -> None:
        self.faults.append(Fault(place + 1, cue, rule, message, section))

    def take_header(self) -> int:
        """Read what stands above the first block, and return where that is."""
        if not SIGNATURE.match(self.lines[0]):
            message = "The file must begin with “WEBVTT” on a line; players refuse it."
            self._blame(0, "signature", message)
            if not self.lines[0].startswith("WEBVTT"):
                return 0
        place = 1
        while place < len(self.lines) and self.lines[place] and "-->" not in self.lines[place]:
            self._find_language(self.lines[place])
            place += 1
        if place > 1 or (place < len(self.lines) and self.lines[place]):
            message = "A blank line must follow “WEBVTT”; players skip what stands here instead."
            self._blame(1, "header", message)
        return place

    def take_block(self, place: int) -> int:
        """Read the block that begins here, and return where the next may begin."""
        lines = self.lines
        timings = next((at for at in (place, place + 1) if "-->" in _at(lines, at)), None)
        stop = (place if timings is None else timings) + 1
        while _at(lines, stop) and "-->" not in lines[stop]:
            stop += 1
        if timings is not None:
            self._take_cue(lines[place] if place < timings else None, timings, stop)
        else:
            self._take_other(place, stop)
        if _at(lines, stop):
            message = (
                "A blank line is missing before this line with “-->”, which ends what is above."
            )
            self._blame(stop, "arrow", message)
        return stop

    def _take_other(self, place: int, stop: int) -> None:
        first = self.lines[place]
        definition = _DEFINITION.fullmatch(first)
        if definition and self.cues:
            message = f"{definition[1]} must stand before the first cue; players skip it here."
            self._blame(place, "block", message)
        elif definition and definition[1] == "STYLE":
            css = "\n".join(self.lines[place + 1 : stop])
            colours = list(find_colours(css, place + 2))
            self.colours.extend(colours)
            self._palette.update(find_classes(colours))
        elif _NOTE.fullmatch(first):
            for line in self.lines[place + 1 : stop]:
                self._find_language(line)
        elif not definition:
            message = "This is neither a cue nor a NOTE; players skip it."
            self._blame(place, "block", message)

    def _find_language(self, line: str) -> None:
        if not self.cues and (told := _LANGUAGE.fullmatch(line)):
            self.language = told[1]

    def _take_cue(self, identifier: str | None, place: int, stop: int) -> None:
        timings = _TIMINGS.fullmatch(self.lines[place])
        cue = len(self.cues)
        if timings is None:
            message = "These are no times such as 00:01.000 --> 00:03.500; players skip the cue."
            self._blame(place, "timings", message)
            return
        lead, before, after, rest = timings[1], timings[6], timings[7], timings[12]
        hours = [len(hour) for hour in (timings[2], timings[8]) if hour]
        if lead or not before or not after or 1 in hours or rest[:1] not in {"", " ", "\t"}:
            message = "Times are written 00:00:01.000 --> 00:00:03.500, with spaces at the arrow."
            self._blame(place, "timings", message, cue=cue)
        if identifier is not None:
            self._take_identifier(identifier, place - 1)
        self._check_settings(rest, place)
        start_ms, end_ms = read_stamp(*timings.groups()[1:5]), read_stamp(*timings.groups()[7:11])
        shown = "\n".join(self.lines[place + 1 : stop])
        text = CueText(shown, start_ms, end_ms, self._palette)
        for fault in text.faults:
            self._blame(place + 1 + fault.row, fault.rule, fault.message, cue=cue, section=CUE_TEXT)
        rows = tuple(text.list_rows())
        settings = rest.strip()
        self.cues.append(
            ReadCue(
                line=place + 1,
                start_ms=start_ms,
                end_ms=end_ms,
                lines=tuple(map(join_line, rows)),
                voices=tuple(map(list_voices, rows)),
                settings=settings,
                rows=rows,
                place=read_place(settings) if settings else None,
            )
        )

    def _take_identifier(self, identifier: str, place: int) -> None:
        cue = len(self.cues)
        if _NOTE.fullmatch(identifier) or _DEFINITION.fullmatch(identifier):
            message = "A blank line is missing below: this is taken for the name of a cue."
            self._blame(place, "block", message, cue=cue)
        elif identifier in self._identifiers:
            message = "Another cue has the same identifier."
            self._blame(place, "identifier", message, cue=cue)
        self._identifiers.add(identifier)

    def _check_settings(self, settings: str, place: int) -> None:
        for wrong in find_wrong_settings(settings):
            message = f"{wrong}; players leave it out."
            self._blame(place, "setting", message, cue=len(self.cues), section=CUE_SETTINGS)


def _at(lines: Sequence[str], place: int) -> str:
    return lines[place] if place < len(lines) else ""
