"""Edits that can't be applied, and why: shown to people, and never guessed at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..measure import shorten
from .anchor import read_place
from .excerpt import excerpt
from .flow import Flow
from .model import Edit

_QUOTED = 80
"""Columns of a text that a message shows."""


class ConflictKind(StrEnum):
    """Why an edit can't be applied."""

    CHANGED = "changed"
    """The words that it replaces stand there no longer."""
    REPEATED = "repeated"
    """They stand in several places that can't be told apart."""
    SHARED = "shared"
    """Another edit replaces some of the same words."""
    TIMES = "times"
    """Its times leave some cue no time to be shown."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """An edit that was not applied."""

    edit: Edit
    kind: ConflictKind
    message: str
    """What is wrong and what to do, in plain sentences."""
    now: str
    """What stands between its neighbours now; nothing where that can't be told."""


_REMEDIES = {
    ConflictKind.CHANGED: "Edit the captions again there, or delete this edit",
    ConflictKind.REPEATED: "Put more of the words around it into “follows” or “precedes”",
    ConflictKind.SHARED: "Edit that caption again, or delete one of the two",
    ConflictKind.TIMES: "Change its times, or delete them so that they follow the words",
}


def explain(flow: Flow, edit: Edit, kind: ConflictKind, other: Edit | None = None) -> Conflict:
    """Say why an edit was not applied, and what to do; `other` has some of the same words."""
    now = read_place(flow, edit)
    changed, stands = excerpt(edit.was, now, _QUOTED)
    match kind:
        case ConflictKind.CHANGED if edit.was:
            message = f"The words of this edit changed: “{changed}”"
            message += f" is now “{stands}”." if now else " stands there no longer."
        case ConflictKind.CHANGED:
            message = "What stood around the cues that this edit adds is no longer side by side."
        case ConflictKind.REPEATED:
            message = "The words of this edit stand in several places, and it can't be told which"
            message += f" it means: “{shorten(edit.was or edit.precedes, _QUOTED)}”."
        case ConflictKind.SHARED:
            message = _compare(edit, other)
        case ConflictKind.TIMES:
            message = "The times of this edit leave it, or a cue beside it, no time to be shown: "
            message += f"“{shorten(edit.was or edit.precedes, _QUOTED)}”."
    return Conflict(edit, kind, f"{message} {_REMEDIES[kind]}.", now)


def _compare(edit: Edit, other: Edit | None) -> str:
    """Say which other edit has some of the same words, and what each makes of them."""
    line = f", in line {other.line}" if other and other.line else ""
    message = f"Another edit has some of the same words{line}"
    if other is None or edit.makes == other.makes:
        was, _ = excerpt(edit.was, edit.makes, _QUOTED)
        return f"{message}: “{was}”."
    own, others = excerpt(edit.makes, other.makes, _QUOTED)
    return f"{message}: {_word(own)} here, {_word(others)} there."


def _word(makes: str) -> str:
    return f"“{makes}”" if makes else "nothing"
