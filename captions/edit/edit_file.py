"""Edits files: TOML that people read, and may change."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from ...source import UsageError
from ...source.caption_file.cue_setting import find_wrong_settings, read_place, write_place
from ...source.caption_file.cue_text import CueText
from ...source.caption_file.stamp import STRICT_STAMP, read_stamp, write_stamp
from ...source.toml_file import Table, fit_table, read_toml
from ...source.track import Line, Place, join_line
from ..webvtt import write_run
from .model import Edit, EditedCue, Edits

_HEADER = """\
# What people changed in these captions. Every build makes the same changes again.
#
# was       the words that are replaced; nothing where cues are added
# follows   some words before them, and “^” for the beginning of the captions
# precedes  some words after them, and “$” for the end
# cues      what stands there instead; nothing where the words are taken out
# at        when the words began, to look them up
#
# Times that are not given follow the words, and so do lines that are not given. Lines with <i>, <b>
# or <u> are `marked`, with &lt; and &amp; for < and &; `place` is as in WebVTT. Delete an edit,
# from its [[edit]] to the next one, to take it back.
"""
_OPENING = "[[edit]]"
_EXAMPLE = "write a place like line:10% position:50% align:center, with nothing above 100%."
_UNPLACED = re.compile(r"(?<!\S)(?:region|vertical):")
"""Cue settings that are no place."""


class _CueTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    start: str = ""
    end: str = ""
    voices: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    place: str = ""


class _EditTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    at: str
    follows: str
    was: str
    precedes: str
    repeated: bool = False
    cues: tuple[_CueTable, ...]

    def __post_init__(self) -> None:
        for cue in self.cues:
            lines = cue.lines or cue.marked
            if cue.lines and cue.marked:
                raise ValueError("A cue has lines or marked ones, and not both")
            if not lines and (len(self.cues) > 1 or not self.was or cue.voices):
                raise ValueError("Each cue needs lines, unless it is alone and was only moved")
            if not self.was and "" in {cue.start, cue.end}:
                raise ValueError("Each cue that is added needs a start and an end")
            if cue.voices and len(cue.voices) != len(lines):
                raise ValueError("A cue needs as many voices as lines")
            if any(not line.strip() or "\n" in line for line in lines):
                raise ValueError("A line must not be blank or hold a line break")
        if not self.was and not self.cues:
            raise ValueError("An edit needs words that it replaces, or cues that it adds")


class _EditsFile(Struct, frozen=True, forbid_unknown_fields=True):
    edit: tuple[Table, ...] = ()


def read_edits(path: str | Path) -> Edits:
    """Read an edits file.

    Raises UnreadableSource where there is none, UsageError with what is wrong in it.
    """
    path = Path(path)
    file = fit_table(read_toml(path), _EditsFile, path, "file of edits")
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    places = [number for number, line in enumerate(lines, 1) if line.strip() == _OPENING]
    if len(places) != len(file.edit):  # somebody wrote the tables in another way
        places = [None] * len(file.edit)
    found = zip(file.edit, places, strict=True)
    return Edits(tuple(_take_edit(table, path, place) for table, place in found), path)


def _take_edit(table: Table, path: Path, line: int | None) -> Edit:
    try:
        return _compose(fit_table(table, _EditTable, path, "edit", _OPENING), line)
    except UsageError as error:
        raise UsageError(error.message, file=path, line=line) from None


def _compose(table: _EditTable, line: int | None) -> Edit:
    cues = tuple(map(_compose_cue, table.cues))
    return Edit(
        at_ms=_take_stamp(table.at),
        was=table.was,
        follows=table.follows,
        precedes=table.precedes,
        cues=cues,
        repeated=table.repeated,
        line=line,
    )


def _compose_cue(table: _CueTable) -> EditedCue:
    marked = tuple(map(_take_marked, table.marked))
    return EditedCue(
        lines=tuple(map(join_line, marked)) or table.lines,
        voices=table.voices,
        marked=marked,
        place=_take_place(table.place) if table.place else None,
        start_ms=_take_stamp(table.start) if table.start else None,
        end_ms=_take_stamp(table.end) if table.end else None,
    )


def _take_marked(text: str) -> Line:
    parted = CueText(text, 0, 0)
    rows = tuple(parted.list_rows())
    if parted.faults or len(rows) != 1:
        why = parted.faults[0].message if parted.faults else "Nothing of it can be seen."
        raise UsageError(f"“{text}” is no marked line: {why}")
    return rows[0]


def _take_place(text: str) -> Place:
    place = read_place(text)
    if place is None or _UNPLACED.search(text):
        raise UsageError(f"“{text}” is no place; {_EXAMPLE}")
    for wrong in find_wrong_settings(text):
        raise UsageError(f"{wrong}; {_EXAMPLE}")
    return place


def _take_stamp(text: str) -> int:
    stamp = STRICT_STAMP.fullmatch(text.strip())
    if stamp is None:
        raise UsageError(f"“{text}” is no time; write one like 00:00:27.621.")
    return read_stamp(*stamp.groups())


def write_edits(edits: Edits) -> str:
    """Write an edits file, which reads back as the same edits."""
    return "\n".join([_HEADER, *("\n".join(_write_edit(edit)) + "\n" for edit in edits.edits)])


def _write_edit(edit: Edit) -> Iterator[str]:
    yield _OPENING
    yield f"at = {_quote(write_stamp(edit.at_ms))}"
    yield f"follows = {_quote(edit.follows)}"
    yield f"was = {_quote(edit.was)}"
    yield f"precedes = {_quote(edit.precedes)}"
    if edit.repeated:
        yield "repeated = true  # the same words stood elsewhere, too"
    if not edit.cues:
        yield "cues = []"
        return
    yield "cues = ["
    for cue in edit.cues:
        yield f"  {{ {', '.join(_write_cue(cue))} }},"
    yield "]"


def _write_cue(cue: EditedCue) -> Iterator[str]:
    if cue.start_ms is not None:
        yield f"start = {_quote(write_stamp(cue.start_ms))}"
    if cue.end_ms is not None:
        yield f"end = {_quote(write_stamp(cue.end_ms))}"
    if cue.voices:
        yield f"voices = [{', '.join(map(_quote, cue.voices))}]"
    if cue.place:
        yield f"place = {_quote(write_place(cue.place))}"
    if cue.marked:
        yield f"marked = [{', '.join(map(_quote, write_marked(cue)))}]"
    elif cue.lines:
        yield f"lines = [{', '.join(map(_quote, cue.lines))}]"


def write_marked(cue: EditedCue) -> list[str]:
    """Write a cue's marked lines, in which <i>, <b> and <u> make letters look otherwise."""
    return ["".join(map(write_run, line)) for line in cue.marked]


def _quote(text: str) -> str:
    """Write a TOML basic string (TOML 1.0, String): JSON's, which may hold a DEL as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
