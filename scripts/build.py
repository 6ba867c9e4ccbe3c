"""One interview, from its transcript to everything that lets everyone follow it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..source import (
    Edition,
    Interview,
    Picture,
    UnavailableTool,
    VivavozError,
    Wording,
    keep_times,
    open_recording,
    read_interview,
    word_interview,
)
from .delivery import deliver
from .kept_proof import keep_proofs
from .ledger import Ledger
from .notices import note_failures, note_original, note_stale
from .output import refuse_output, stage_outputs
from .plan import Plan
from .record import REPORT
from .report import Report
from .revision import Revision
from .timing import (
    Readers,
    Say,
    Timing,
    find_readers,
    time_by_estimate,
    time_by_file,
    time_by_recording,
    time_by_voices,
)
from .translation import build_translations

if TYPE_CHECKING:
    from ..audio.step_store import StepStore


def build_interview(
    plan: Plan, ledger: Ledger, revisions: Sequence[Revision], store: StepStore | None, step: Say
) -> Report:
    """Build one interview and report on it; what is written is written whole.

    `revisions` have been saved; the first is the original's. `store` is that of the recording, if
    there is one.
    What can't be spoken costs the spoken results only: the report has the failure. Raises
    UnreadableSource, UnavailableTool, UsageError or UnwritableOutput where nothing can be made.
    """
    # What is up to date need not wait for these.
    from .page.programme import stage_programme  # noqa: PLC0415
    from .page.staging import stage_page  # noqa: PLC0415

    step("reading")
    timing = _time_interview(plan, store, step)
    with stage_outputs(plan.folder, ledger) as output:
        original = deliver(timing, plan, output, step)
        translations = build_translations(plan.translations, original, step)
        aside = ledger.foresee_aside(output.names.values())
        kept = [notice for revision in revisions for notice in revision.note(aside)]
        notices = [*note_original(original), *kept, *translations.notices]
        failures = [*original.failures, *translations.failures]
        programme = stage_programme(original, translations.built, store, step)
        notices += programme.notices
        failures += programme.failures
        told = [*note_failures(failures, plan.transcript), *notices]
        stage_page(original, translations.built, programme, told)
        output.names["report"] = REPORT
        notices += note_stale(output)
        report = Report(original, translations.built, notices, failures)
        output.stage_text("report", REPORT, report.describe())
    with refuse_output(plan.folder):
        before = revisions[0].proofs
        keep_proofs(original, [each.delivery for each in translations.built], before, ledger)
        lacking = report.failure.message if report.failure else None
        ledger.settle(output.parts, report.summarise(), lacking)
    return report


def _time_interview(plan: Plan, store: StepStore | None, step: Say) -> Timing:
    """Read an interview and find out when its words are said, and by whom."""
    interview = read_interview(plan.transcript, plan.language, plan.speakers)
    wording = word_interview(interview, plan.editorial)
    readers, unavailable = _find_readers(interview, plan)
    timing = _time_wording(wording, readers, plan, store, step)
    return replace(timing, failure=unavailable) if unavailable else timing


def _find_readers(interview: Interview, plan: Plan) -> tuple[Readers | None, VivavozError | None]:
    """Choose who speaks, if anybody does: over a recording, only who describes its pictures.

    Captions that are timed to a recording need no voice: where it can't be had, return why.
    """
    narration = plan.narration
    pictures = any(isinstance(part, Picture) for part in interview.parts)
    if narration.edition is Edition.NONE or (plan.media and not pictures):
        return None, None
    if interview.has_times and plan.keeps_times and not plan.media:
        return None, None  # a voice would need other times

    try:
        return find_readers(interview, narration, pictures_only=bool(plan.media)), None
    except UnavailableTool as error:
        if not plan.media:
            raise
        return None, error


def _time_wording(
    wording: Wording, readers: Readers | None, plan: Plan, store: StepStore | None, step: Say
) -> Timing:
    """Find out when the words are said; a recording knows best, and needs no voices."""
    kept = wording.interview.has_times and plan.keeps_times
    if not plan.media or not store:
        if kept:
            return Timing(wording, keep_times(wording))
        return time_by_voices(wording, readers, step) if readers else time_by_estimate(wording)
    try:
        recording = open_recording(plan.media)
        timing = time_by_file if kept else time_by_recording
        return timing(wording, recording, store, readers, step)
    except VivavozError as error:
        if plan.media_found:
            error.message += " It was found beside the transcript; `--media none` leaves it out."
            error.blame(plan.media)
        raise
