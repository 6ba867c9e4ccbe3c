"""What people changed since the captions were last built, in one file of them or in several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ...source.caption_file import CaptionFile, FileFormat, ReadCue
from ...source.caption_file.subrip import find_corner, name_corner
from ...source.track import PLAIN
from .anchor import AnchorGround, find_extent
from .difference import find_edits
from .ink import ink
from .model import Edit, Edits
from .rewriting import show_cues


@dataclass(frozen=True, slots=True)
class Changes:
    """What somebody did to a file that had edits already."""

    made: tuple[Edit, ...]
    taken_back: tuple[Edit, ...]


def find_changes(base: CaptionFile, shown: CaptionFile, edited: CaptionFile) -> Changes:
    """Find what a person changed in a file that was built as `shown`.

    `base` is the same without any edits. Where `edited` names nobody, voices that were edited stay
    so: its format has none, or its editor drops them. The same holds for places, and for looks.
    """
    if edited.format is FileFormat.SRT:
        shown = _move_to_corners(shown)
    before = dict.fromkeys(find_edits(base, shown).edits)
    after = dict.fromkeys(find_edits(base, edited).edits)
    kept = _find_kept(edited)
    dropped = _drop_lost(shown, kept)
    if dropped != shown:
        known = {_locate(edit): edit for edit in before}
        before = dict.fromkeys(find_edits(base, dropped).edits)
        after = dict.fromkeys(
            edit if edit in before else _restore(edit, known.get(_locate(edit)), kept)
            for edit in after
        )
    return Changes(
        tuple(edit for edit in after if edit not in before),
        tuple(edit for edit in before if edit not in after),
    )


@dataclass(frozen=True, slots=True)
class _Kept:
    """What some cue of an edited file still has: its format has it, and its editor keeps it."""

    voices: bool
    places: bool
    looks: bool


def _find_kept(edited: CaptionFile) -> _Kept:
    cues = edited.cues
    return _Kept(
        voices=any(voice for cue in cues for voice in cue.voices),
        places=any(cue.place for cue in cues),
        looks=any(run.look != PLAIN for cue in cues for row in cue.rows for run in row),
    )


def _drop_lost(shown: CaptionFile, kept: _Kept) -> CaptionFile:
    """Drop what the edited file has not kept."""
    if not kept.voices:
        shown = _drop_voices(shown)
    if not kept.places:
        shown = replace(shown, cues=tuple(replace(cue, place=None) for cue in shown.cues))
    if not kept.looks:
        shown = replace(shown, cues=tuple(map(_drop_looks, shown.cues)))
    return shown


def _drop_looks(cue: ReadCue) -> ReadCue:
    rows = (tuple(replace(run, look=PLAIN) for run in row) for row in cue.rows)
    return replace(cue, rows=tuple(rows))


def _restore(edit: Edit, former: Edit | None, kept: _Kept) -> Edit:
    """Give an edit the places and the looks of its cues, where its file has not kept them."""
    if former is None or len(former.cues) != len(edit.cues):
        return edit
    cues = (
        replace(
            cue,
            place=cue.place if kept.places else old.place,
            marked=old.marked if not kept.looks and old.lines == cue.lines else cue.marked,
        )
        for cue, old in zip(edit.cues, former.cues, strict=True)
    )
    return replace(edit, cues=tuple(cues))


def _drop_voices(file: CaptionFile) -> CaptionFile:
    cues = (replace(cue, voices=((),) * len(cue.lines)) for cue in file.cues)
    return replace(file, cues=tuple(cues))


def _move_to_corners(file: CaptionFile) -> CaptionFile:
    """Put cues where SubRip can."""
    cues = (replace(cue, place=find_corner(name_corner(cue.place))) for cue in file.cues)
    return replace(file, cues=tuple(cues))


def merge_changes(
    edits: Iterable[Edit], changes: Sequence[Changes], base: CaptionFile | None
) -> Edits:
    """Change edits as several files were changed.

    `base` is what the last build made without any edits, if that is known. Edits that it could not
    apply give way to what is made of the same words now. What two files make of them stays two
    edits, which a build shows to be a conflict.
    """
    gone = {_locate(edit) for each in changes for edit in each.taken_back}
    made = [edit for each in changes for edit in each.made]
    ground = AnchorGround(show_cues(base)).ink if base else ""
    extents = [_find_extent(ground, edit) for edit in made]
    merged: dict[Edit, None] = {}
    replaced: dict[tuple[int, str, str, str], Edit] = {}
    for edit in edits:
        if _locate(edit) in gone:
            replaced[_locate(edit)] = edit
        elif not _find_extent(ground, edit).overlaps(extents):
            merged[edit] = None
    merged |= dict.fromkeys(_keep_voices(edit, replaced.get(_locate(edit))) for edit in made)
    return Edits(tuple(sorted(merged, key=lambda edit: edit.at_ms)))


class _Extent(NamedTuple):
    """What an edit covers."""

    begin: int
    end: int
    adds: bool
    """Whether it replaces no words."""

    def overlaps(self, others: Iterable[_Extent]) -> bool:
        """Tell whether one of these has some of the same words, or adds cues in the same place."""
        for other in others:
            if self.begin < other.end and other.begin < self.end:
                return True
            if self.adds and other.adds and self.begin <= other.end and other.begin <= self.end:
                return True
        return False


def _find_extent(ground: str, edit: Edit) -> _Extent:
    begin, end = find_extent(ground, edit) or (-1, -1)
    return _Extent(begin, end, adds=not edit.was and begin >= 0)


def _locate(edit: Edit) -> tuple[int, str, str, str]:
    """Return what tells the place of an edit apart, among those of the same captions."""
    return edit.at_ms, ink(edit.was), ink(edit.follows), ink(edit.precedes)


def _keep_voices(edit: Edit, former: Edit | None) -> Edit:
    """Keep who was said to say the lines, where as many lines stand there and name nobody."""
    if former is None or any(cue.voices for cue in edit.cues):
        return edit
    before = [len(cue.lines) for cue in former.cues]
    if before != [len(cue.lines) for cue in edit.cues]:
        return edit
    cues = zip(edit.cues, former.cues, strict=True)
    return replace(edit, cues=tuple(replace(cue, voices=old.voices) for cue, old in cues))
