"""One interview, from its plan to its end, in whatever process and on whatever machine."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import BaseFileLock, FileLock, Timeout
from msgspec import structs

from ...audio.cache import sweep_cache
from ...source import VivavozError
from ..build import build_interview
from ..freshness import Examination, examine, is_captions
from ..ingredient import RECORDING
from ..ledger import Ledger
from ..output import check_folder, clear_abandoned, refuse_output
from ..plan import Plan
from ..record import Record, locate_lock, locate_record, read_record, write_record
from ..revision import Revision, find_revisions, save_revision
from ..timing import Say
from .outcome import Outcome, State

if TYPE_CHECKING:
    from ...audio.step_store import StepStore


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is sent."""

    plan: Plan
    force: bool = False
    """Build what is up to date too, from the ground up, and replace what a person edited."""


def do_job(job: Job, step: Say) -> Outcome:
    """Build an interview where it has to be; what can't be built is the outcome's failure."""
    try:
        check_folder(job.plan.folder)
        with _hold(job.plan, step):
            return _build(job, step)
    except VivavozError as error:
        failure = error.blame(job.plan.transcript)
        return Outcome(job.plan.transcript, State.FAILED, failure=failure)


def _build(job: Job, step: Say) -> Outcome:
    plan = job.plan
    record = read_record(locate_record(plan))
    step("looking for changes")
    found = examine(plan, record)
    clear_abandoned(plan.folder)
    if not found.reasons and not job.force:
        return recall(plan, _refresh(record, found, plan))
    revisions = [save_revision(each) for each in find_revisions(plan, record, found)]
    if any(each.edits for each in revisions):
        found = examine(plan, record)
    ledger = Ledger(plan, record, found, revisions, force=job.force)
    store = _open_store(plan, found, renew=job.force)
    report = build_interview(plan, ledger, revisions, store, step)
    sweep_cache()
    return Outcome(
        plan.transcript,
        State.FAILED if report.failure else State.BUILT,
        report.summarise(),
        report.explain(),
        report.warnings,
        tuple(ledger.kept),
        {name: place.name for name, place in ledger.aside.items()},
        frozenset(name for each in revisions for name in each.unread),
        frozenset(_list_unread(ledger.kept, revisions)),
        report.failure,
    )


def _list_unread(kept: Iterable[str], revisions: Sequence[Revision]) -> Iterator[str]:
    """Yield captions that were edited since they were looked at, and can be read back."""
    for name in filter(is_captions, kept):
        if any(each.proofs.find(name) and name not in each.unread for each in revisions):
            yield name


def _open_store(plan: Plan, found: Examination, *, renew: bool) -> StepStore | None:
    if plan.media is None:
        return None

    from ..hearing import open_store  # noqa: PLC0415 - it brings numpy with it

    return open_store(plan.media, found.inputs[RECORDING], renew=renew)


def recall(plan: Plan, record: Record) -> Outcome:
    """Return the outcome of an interview that needs nothing, as its record tells it."""
    told = {
        **record.told,
        "interview": str(plan.transcript),
        "media": str(plan.media) if plan.media else None,
        "outputs": {
            kind: str(plan.folder / Path(path).name)
            for kind, path in record.told.get("outputs", {}).items()
        },
    }
    return Outcome(plan.transcript, State.UNCHANGED, told, kept=tuple(record.kept))


def _refresh(record: Record, found: Examination, plan: Plan) -> Record:
    """Remember how files stand that were looked at, so that the next time their times suffice."""
    kept = {name: found.outputs[name] for name in found.edited}
    outputs = {name: found.outputs[name] for name in record.outputs if name not in kept}
    fresh = structs.replace(
        record, inputs=dict(found.inputs), outputs={**record.outputs, **outputs}, kept=kept
    )
    if fresh != record:
        with suppress(OSError):  # it costs a look the next time, and nothing else
            write_record(fresh, locate_record(plan))
    return fresh


@contextmanager
def _hold(plan: Plan, step: Say) -> Generator[None]:
    """Hold an interview's lock: whoever builds it at the same time waits, and finds it built."""
    with refuse_output(plan.out):
        lock = _lock(locate_lock(plan), step)
    try:
        yield
    finally:
        try:
            _clear(plan)
        finally:
            lock.release()


def _lock(path: Path, step: Say) -> BaseFileLock:
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            step("waiting for another build")
            lock.acquire()
        except FileNotFoundError:
            continue  # a neighbour that failed has just cleared the empty folder
        return lock


def _clear(plan: Plan) -> None:
    """Leave nothing of an interview that could not be built for the first time."""
    if locate_record(plan).exists():
        return
    with suppress(OSError):
        locate_lock(plan).unlink()
        for folder in locate_lock(plan).relative_to(plan.out).parents:
            (plan.out / folder).rmdir()  # only where it is empty
