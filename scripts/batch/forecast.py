"""What a batch would do, and why; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...source import VivavozError
from ..aside import is_worked_on
from ..freshness import examine
from ..listing import describe_error, explain_failure
from ..plan import Plan
from ..record import locate_record, read_record
from ..revision import find_revisions
from ..terminal import say, tame, write_json
from .catalogue import Refusal
from .collision import refuse_collisions
from .outcome import join_codes

_ASKED = "it is asked for with --force"


@dataclass(frozen=True, slots=True)
class Forecast:
    """What would become of an interview."""

    found: Plan | Refusal
    reasons: tuple[str, ...] = ()
    """Why it would be built; empty where it would not."""
    edited: tuple[str, ...] = ()
    """Its results that a person edited, and that would be kept."""
    read: tuple[str, ...] = ()
    """Those whose edits would be read."""
    aside: tuple[str, ...] = ()
    """Those that would be set aside."""

    def describe(self) -> dict[str, object]:
        """Return what `--json` says of it."""
        if isinstance(self.found, Refusal):
            told: dict[str, object] = {"error": describe_error(self.found.error)}
        else:
            told = {
                "reasons": list(self.reasons),
                "edited": [*self.edited, *self.read, *self.aside],
                "kept": list(self.edited),
            }
        return {"interview": str(self.found.transcript), **told}

    def explain(self) -> Iterator[str]:
        """Yield the same in sentences; what needs nothing is not worth one."""
        name = self.found.transcript
        if isinstance(self.found, Refusal):
            yield f"{name}: can't be built: {explain_failure(name, self.found.error)}"
        if self.reasons:
            yield f"{name}: would be built: {'; '.join(self.reasons)}"
        for read in self.read:
            yield f"{name}: {read} was edited, and its edits would be kept in every build"
        for aside in self.aside:
            yield f"{name}: {aside} was edited, and would be set aside"
        for edited in self.edited:
            yield f"{name}: {edited} was edited, and would be kept"


def forecast_all(
    found: Iterable[Plan | Refusal], *, force: bool, as_json: bool, sums_up: bool
) -> int:
    """Print what would become of each interview, and return the exit code.

    That is not 0 where some can't be built. A sum follows the JSON where it `sums_up`.
    """
    forecasts = [_forecast(each, force=force) for each in refuse_collisions(found)]
    for forecast in forecasts:
        if as_json:
            say(write_json(forecast.describe()))
        else:
            for sentence in forecast.explain():
                say(tame(sentence))
    refused = [each.found.error for each in forecasts if isinstance(each.found, Refusal)]
    due = sum(bool(forecast.reasons) for forecast in forecasts)
    count = len(forecasts) - due - len(refused)
    if not as_json:
        say(f"{due} would be built, {count} up to date, {len(refused)} can't be built.")
    elif sums_up:
        summary = {"due": due, "unchanged": count, "refused": len(refused)}
        say(write_json({"summary": summary}))
    some_stand = {0} if len(refused) < len(forecasts) else set[int]()
    return join_codes(some_stand | {error.exit_code for error in refused})


def _forecast(found: Plan | Refusal, *, force: bool) -> Forecast:
    if isinstance(found, Refusal):
        return Forecast(found)
    record = read_record(locate_record(found))
    examination = examine(found, record)
    try:
        revisions = find_revisions(found, record, examination)
        read = tuple(name for each in revisions for name in each.read)
    except VivavozError as error:
        return Forecast(Refusal(found.transcript, error))
    left = tuple(name for name in examination.edited if name not in read)
    if force:
        return Forecast(found, (_ASKED,), read=read, aside=tuple(filter(is_worked_on, left)))
    return Forecast(found, examination.reasons, left, read)
