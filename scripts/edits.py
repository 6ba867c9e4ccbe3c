"""What people changed in captions by hand, for their eyes or for a script's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from ..source import Notice, VivavozError
from ..source.caption_file.cue_setting import write_place
from ..source.caption_file.stamp import write_stamp
from .batch.catalogue import Refusal
from .batch.outcome import join_codes
from .freshness import examine
from .listing import abridge, describe_error, describe_notices, to_seconds
from .plan import Plan
from .record import locate_record, read_record
from .revision import find_revision, list_former
from .terminal import complain, say, write_json

if TYPE_CHECKING:
    from ..captions import Edit

_EXCERPT = 60
"""Columns of each of two texts that differ."""


class State(StrEnum):
    """What became of an edit."""

    APPLIED = "applied"
    SETTLED = "settled"
    """Applied, and the transcript has its words by now."""
    CONFLICT = "conflict"
    """The last build could not apply it."""
    WAITING = "waiting"
    """No build has seen it yet."""
    TAKEN_BACK = "taken back"
    """The last build applied it, and the next one will not."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An edit, and what became of it."""

    edit: Edit
    state: State
    message: str = ""
    """Why it is a conflict."""


@dataclass(frozen=True, slots=True)
class Listing:
    """All edits of an interview's captions in one language."""

    plan: Plan
    edits: Sequence[Listed]
    notices: Sequence[Notice]
    """Edited captions that can't be read."""

    def describe(self) -> dict[str, object]:
        """Return what `--json` says of them; times are in seconds."""
        return {
            "interview": str(self.plan.transcript),
            "file": str(self.plan.edits),
            "edits": [_describe(each) for each in self.edits],
            "warnings": describe_notices(self.notices),
        }

    def explain(self) -> Iterator[str]:
        """Yield the same in lines."""
        count = len(self.edits)
        yield f"{self.plan.transcript}: {count or 'no'} edit{'s' * (count != 1)}"
        for each in self.edits:
            yield f"  {write_stamp(each.edit.at_ms)}  {_word(each.edit)}"
            yield f"  {'':14}{_word_state(each)}"
        for notice in self.notices:
            yield f"  {notice.message}"


def list_all(found: Iterable[Plan | Refusal], *, as_json: bool) -> int:
    """Print the edits of each interview and each translation, and return the exit code."""
    return join_codes({code for each in found for code in _list_texts(each, as_json=as_json)})


def _list_texts(found: Plan | Refusal, *, as_json: bool) -> Iterator[int]:
    """Print what there is of an interview, and yield the exit code of each of its texts."""
    if isinstance(found, Refusal):
        yield _complain(found.transcript, found.error, as_json=as_json)
        return
    for text in found.list_texts():
        try:
            listing = _list_edits(found, text)
        except VivavozError as error:
            yield _complain(text.transcript, error, as_json=as_json)
            continue
        say(write_json(listing.describe()) if as_json else "\n".join(listing.explain()))
        yield 0


def _complain(transcript: Path, error: VivavozError, *, as_json: bool) -> int:
    complain(error)
    if as_json:
        say(write_json({"interview": str(transcript), "error": describe_error(error)}))
    return error.exit_code


def _list_edits(plan: Plan, text: Plan) -> Listing:
    """List the edits of an interview's text, or of a translation of it.

    Raises UsageError or UnreadableSource for an edits file that can't be understood.
    """
    record = read_record(locate_record(plan))
    found = examine(plan, record)
    revision = find_revision(plan, text, record, found)
    source, latest = revision.source, revision.proofs.latest
    mark = found.inputs.get(source)
    built = latest is not None and latest.edits == (mark.digest if mark else "")
    listed = _read(text) if mark else ()
    why = {listed[place]: told for place, told in revision.proofs.conflicts.items() if built}
    former = listed
    if revision.edits is not None:
        former = tuple(list_former(text, source, revision.proofs, found))
    now = listed if revision.edits is None else revision.edits.edits
    settled = {listed[place] for place in revision.proofs.settled if built}
    known = frozenset(former) if built else frozenset()
    rows = [
        Listed(edit, State.WAITING) if edit in revision.made else _judge(edit, why, settled, known)
        for edit in now
    ]
    kept = frozenset(now)
    rows += [Listed(edit, State.TAKEN_BACK) for edit in former if edit not in kept]
    rows.sort(key=lambda row: row.edit.at_ms)
    return Listing(text, rows, tuple(revision.note({})))


def _read(plan: Plan) -> tuple[Edit, ...]:
    from ..captions import read_edits  # noqa: PLC0415 - the help needs no numpy

    return read_edits(plan.edits).edits


def _judge(
    edit: Edit, why: Mapping[Edit, str], settled: AbstractSet[Edit], known: AbstractSet[Edit]
) -> Listed:
    if edit in why:
        return Listed(edit, State.CONFLICT, why[edit])
    if edit in settled:
        return Listed(edit, State.SETTLED)
    return Listed(edit, State.APPLIED if edit in known else State.WAITING)


def _describe(listed: Listed) -> dict[str, object]:
    from ..captions import write_marked  # noqa: PLC0415 - the help needs no numpy

    edit = listed.edit
    return {
        "line": edit.line,
        "at": to_seconds(edit.at_ms),
        "was": edit.was,
        "cues": [
            {
                "start": to_seconds(cue.start_ms),
                "end": to_seconds(cue.end_ms),
                "voices": list(cue.voices),
                "lines": list(cue.lines),
                "marked": write_marked(cue),
                "place": write_place(cue.place) if cue.place else None,
            }
            for cue in edit.cues
        ],
        "state": listed.state.value,
        "message": listed.message or None,
    }


def _word(edit: Edit) -> str:
    """Say what an edit replaces by what."""
    was = f"“{abridge(edit.was)}”"
    lines = " ".join(line for cue in edit.cues for line in cue.lines)
    if not edit.cues:
        return f"{was} taken out"
    shown = _word_times(edit)
    if not lines:
        return f"{was} shown {shown}"
    times = f", shown {shown}" if shown else ""
    cues = f" in {len(edit.cues)} captions" if len(edit.cues) > 1 else ""
    if not edit.was:
        return f"added: “{abridge(lines)}”{cues}{times}"
    if lines == edit.was:
        return f"{was} {_word_manner(edit)}{cues}{times}"
    from ..captions import excerpt  # noqa: PLC0415 - the help needs no numpy

    before, now = excerpt(edit.was, lines, _EXCERPT)
    return f"“{before}” is now “{now}”{cues}{times}"


def _word_manner(edit: Edit) -> str:
    """Say what became of words that are the same."""
    if any(cue.voices for cue in edit.cues):
        return "is said by somebody else"
    looks = [run.look for cue in edit.cues for row in cue.marked for run in row]
    names = ("italics", "italic"), ("bold letters", "bold"), ("underlined letters", "underline")
    seen = [name for name, look in names if any(getattr(each, look) for each in looks)]
    return f"has {' and '.join(seen)} now" if seen else "is in other lines"


def _word_times(edit: Edit) -> str:
    start_ms, end_ms = edit.cues[0].start_ms, edit.cues[-1].end_ms
    since = "" if start_ms is None else f"from {write_stamp(start_ms)}"
    until = "" if end_ms is None else f"until {write_stamp(end_ms)}"
    place = "in another place" if any(cue.place for cue in edit.cues) else ""
    return " ".join(filter(None, (since, until, place)))


def _word_state(listed: Listed) -> str:
    match listed.state:
        case State.CONFLICT:
            return f"not applied: {listed.message}"
        case State.WAITING:
            return "will be read by the next build"
        case State.TAKEN_BACK:
            return "was taken back; the next build leaves it out"
        case State.APPLIED:
            return "applied"
        case State.SETTLED:
            return "settled: the transcript has these words now; line breaks and times still count"
