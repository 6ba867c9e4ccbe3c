"""What has to be built anew, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..source import CAPTIONS, split_ending
from .aside import is_worked_on
from .ingredient import RECORDING, list_ingredients, list_inputs
from .plan import Plan
from .record import NOTHING, Mark, Record, fit_all, is_same, mark_file

_DIGEST = 64
_UNREADABLE = Mark("unreadable", -1, 0, 0)
"""Why it is, the build will say."""


@dataclass(frozen=True, slots=True)
class Examination:
    """What a plan is made of today, held against its record."""

    made_of: Mapping[str, str]
    inputs: Mapping[str, Mark]
    """By what they are to the build."""
    outputs: Mapping[str, Mark]
    """By file name, the results of this build and earlier ones that are there, as they stand."""
    edited: tuple[str, ...]
    """The last build's that a person changed."""
    reasons: tuple[str, ...]
    """Why it has to be built; empty where it has not."""


def is_settled(plan: Plan, record: Record) -> bool:
    """Say whether nothing has to be done or looked at, by the sizes and times of files alone."""
    if record is NOTHING or record.moving or record.lacking:
        return False
    if any(is_captions(name) and name not in record.refused for name in record.kept):
        return False
    inputs, outputs = list_inputs(plan), {**record.outputs, **record.kept}
    return (
        inputs.keys() == record.inputs.keys()
        and list_ingredients(plan, record.inputs) == record.made_of
        and fit_all({inputs[name]: mark for name, mark in record.inputs.items()})
        and fit_all({plan.folder / name: mark for name, mark in outputs.items()})
    )


def examine(plan: Plan, record: Record) -> Examination:
    """Hold a plan against its record; files that may have changed are read."""
    inputs = {
        name: _mark(path, record.inputs.get(name)) for name, path in list_inputs(plan).items()
    }
    made_of = list_ingredients(plan, inputs)
    known = {
        **dict.fromkeys(record.moving),
        **record.former,
        **record.outputs,
        **record.kept,
    }
    outputs = {
        name: _mark_result(plan.folder / name, mark, plan, inputs)
        for name, mark in known.items()
        if (plan.folder / name).is_file()
    }
    edited = tuple(
        name
        for name in record.outputs
        if name in outputs
        and outputs[name] is not inputs.get(RECORDING)
        and not record.made(name, outputs[name].digest)
    )
    unread = [
        f"{name} was edited"
        for name in filter(is_captions, edited)
        if record.refused.get(name) != outputs[name].digest
    ]
    reasons = (*_find_reasons(record, made_of, outputs), *unread)
    return Examination(made_of, inputs, outputs, edited, reasons)


def is_captions(name: str) -> bool:
    """Say whether a result has captions whose edits can be read back."""
    return is_worked_on(name) and split_ending(name)[1] in CAPTIONS


def _mark(path: Path, known: Mark | None) -> Mark:
    try:
        return mark_file(path, known) if path.is_file() else _UNREADABLE
    except (OSError, ValueError):
        return _UNREADABLE


def _mark_result(path: Path, known: Mark | None, plan: Plan, inputs: Mapping[str, Mark]) -> Mark:
    """Look at a result; what is the recording by another name was looked at already."""
    return inputs[RECORDING] if is_same(path, plan.media) else mark_file(path, known)


def _find_reasons(
    record: Record, made_of: Mapping[str, str], outputs: Mapping[str, Mark]
) -> Iterator[str]:
    if record.moving:
        yield "the last build was not finished"
    elif not record.made_of:
        yield "it was never built"
    if not record.made_of:
        return
    changed = [name for name in made_of if record.made_of.get(name, made_of[name]) != made_of[name]]
    for name in changed:
        yield _explain(name, record.made_of[name], made_of[name])
    if not changed and record.made_of != made_of:
        yield "other things decide about it now"
    for name in record.outputs:
        if name not in outputs:
            yield f"{name} is not there"
    if record.lacking:
        yield f"something was missing: {record.lacking}"


def _explain(name: str, before: str, now: str) -> str:
    hidden = _DIGEST in {len(before), len(now)}
    return f"{name} changed" if hidden else f"{name} changed from {before} to {now}"
