"""A caption file's text into speech, with notices of what is damaged in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from pathlib import Path

from ...caption_file import CaptionFile, ReadCue, parse_caption_file
from ...interview import Notice
from ..speech import Speech
from .cue import Cue, Piece
from .repetition import drop_repetitions
from .voice import Voices

_TOLD = {"timings", "block", "tag"}
"""The faults by which words may be lost."""
_DEFINITION = re.compile(r"(?:STYLE|REGION)[ \t]*$")
_SBV_TIMES = re.compile(r"^(\d+:\d\d:\d\d\.\d{3}),(\d+:\d\d:\d\d\.\d{3})[ \t]*$", re.MULTILINE)
_LISTED = 10
"""Faults of one kind; more are told as a sum."""


def read_captions(text: str, path: Path) -> Speech:
    """Read a WebVTT, SubRip or SBV file's text. Raises UnreadableSource where it has no captions.

    YouTube's SBV is SubRip without numbers, and with a comma between two times for an arrow.
    """
    text = _SBV_TIMES.sub(r"\1 --> \2", text)
    file = parse_caption_file(text, path)
    notices = [*_note_faults(file)]
    cues = [*_list_cues(file, text.split("\n"))]
    ordered = _sort_cues(cues)
    if ordered != cues:
        notices.append(
            Notice(None, "The cues don't stand in the order of their times; they are put into it.")
        )
    kept, repeated = drop_repetitions(ordered)
    if repeated:
        notices.append(
            Notice(
                None,
                f"Cues that show again what stood there before: {repeated}; it is read once.",
            )
        )
    voices = Voices(kept)
    utterances = tuple(one for cue in kept for one in voices.split_cue(cue))
    return Speech(utterances, file.language, notices=tuple(notices))


def _list_cues(file: CaptionFile, lines: Sequence[str]) -> list[Cue]:
    """List the cues, and between them the text that stands under no times, or none to be read."""
    cues = [_read_cue(cue) for cue in file.cues]
    for fault in file.faults:
        if fault.rule in {"timings", "block"} and fault.cue is None:
            texts = _find_text(lines, fault.line - (fault.rule == "block"))
            cues.append(Cue(fault.line, None, tuple((Piece(text),) for text in texts)))
    return sorted((cue for cue in cues if cue.rows), key=lambda cue: cue.line)


def _read_cue(cue: ReadCue) -> Cue:
    rows = (tuple(Piece(run.text, run.speaker, run.start_ms) for run in row) for row in cue.rows)
    return Cue(cue.line, (cue.start_ms, max(cue.start_ms, cue.end_ms)), tuple(rows))


def _find_text(lines: Sequence[str], line: int) -> Iterator[str]:
    """Yield the lines behind so many, up to a blank one; a style sheet is no text."""
    for text in takewhile(str.strip, islice(lines, line, None)):
        if "-->" in text or _DEFINITION.match(text):
            return
        yield text.strip()


def _sort_cues(cues: Sequence[Cue]) -> list[Cue]:
    """Put cues into the order of their times; one that has none stays behind its neighbour."""
    latest_ms = 0
    times: list[int] = []
    for cue in cues:
        latest_ms = cue.span_ms[0] if cue.span_ms else latest_ms
        times.append(latest_ms)
    return [cues[place] for place in sorted(range(len(cues)), key=times.__getitem__)]


def _note_faults(file: CaptionFile) -> Iterator[Notice]:
    told: Counter[str] = Counter()
    for fault in file.faults:
        told[fault.rule] += fault.rule in _TOLD
        if 0 < told[fault.rule] <= _LISTED:
            yield Notice(fault.line, fault.message)
    for rule, count in told.items():
        if count > _LISTED:
            yield Notice(None, f"There are {count - _LISTED} more faults of the kind “{rule}”.")
