"""One attempt at a job, in a worker: whatever happens, an outcome comes of it."""

from __future__ import annotations

import os
import time
import traceback
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ...source import Breakdown
from ..record import HIDDEN
from .board import Slip
from .job import Job, do_job
from .outcome import Outcome, State


def attempt_job(job: Job, place: Path, cache: Path | None = None) -> Outcome:
    """Do a job and tell the board; with `cache`, everything that is kept is kept there."""
    if cache:
        os.environ["VIVAVOZ_CACHE"] = str(cache)
    slip = Slip(place)
    slip.begin()
    began_s = time.monotonic()
    try:
        outcome = do_job(job, slip.write)
    except Exception as defect:  # noqa: BLE001 - whatever it is, it must not stop the others
        outcome = explain_defect(job, defect)
    return replace(outcome, took_ms=round((time.monotonic() - began_s) * 1000))


def explain_defect(job: Job, defect: BaseException) -> Outcome:
    """Say that the fault is ours, and keep what helps to find it."""
    plan = job.plan
    told = plan.out / HIDDEN / "defects" / f"{plan.name}.txt"
    where = ""
    with suppress(OSError):
        told.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(traceback.format_exception(defect))
        told.write_text(text, encoding="utf-8", errors="backslashreplace")
        where = f" with {told}"
    failure = Breakdown(
        f"Vivavoz broke down at this interview ({type(defect).__name__}: {defect}); please report "
        f"it{where}.",
        file=plan.transcript,
    )
    return Outcome(plan.transcript, State.FAILED, failure=failure)
