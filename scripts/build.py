"""One interview, from its transcript to everything that lets everyone follow it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..source import (
    Clock,
    Edition,
    FileTimes,
    Interview,
    Notice,
    Picture,
    Sound,
    SpanKind,
    Timeline,
    TokenKind,
    Turn,
    UnavailableTool,
    VivavozError,
    Wording,
    keep_times,
    note_strangers,
    open_recording,
    read_interview,
    word_interview,
)
from .editing import Editing, edit_captions, keep_proofs
from .ledger import Ledger
from .output import OutputFolder, refuse_output, stage_outputs
from .plan import Plan
from .record import REPORT
from .report import Report
from .revision import Revision
from .speaking import Spoken, speak_results
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
from .tracks import stage_descriptions, stage_tracks
from .translation import Translations, build_translations

if TYPE_CHECKING:
    from ..audio.step_store import StepStore
    from ..captions import Finding
    from .page.staging import Paged

_NOTED_LAG_MS = 2000


def build_interview(
    plan: Plan, ledger: Ledger, revision: Revision, store: StepStore | None, step: Say
) -> Report:
    """Build one interview and report on it; what is written is written whole.

    `revision` has been saved. `store` is that of the recording, if there is one.
    What can't be spoken costs the spoken results only: the report has the failure. Raises
    UnreadableSource, UnavailableTool, UsageError or UnwritableOutput where nothing can be made.
    """
    # The rooms bring numpy with them, which the help must not pay for.
    from ..captions import caption  # noqa: PLC0415
    from .page.staging import stage_page  # noqa: PLC0415

    step("reading")
    interview = read_interview(plan.transcript, plan.language, plan.speakers)
    wording = word_interview(interview, plan.editorial)
    readers, unavailable = _find_readers(interview, plan)
    timing = _time_wording(wording, readers, plan, store, step)
    if unavailable:
        timing = replace(timing, failure=unavailable)
    step("captioning")
    editing = edit_captions(caption(timing.timeline, plan.style), plan)
    captions = editing.captions
    with stage_outputs(plan.folder, ledger) as output:
        tracks = stage_tracks(captions, plan, output)
        spoken = speak_results(timing, captions, plan, output, step)
        stage_descriptions(spoken.choose_pictures(captions.timeline), output)
        own = tuple(output.names.values())  # nobody reads back what is edited in translations
        translations = build_translations(plan.translations, timing, captions, output, step)
        notices = [
            *interview.notices,
            *note_strangers(interview, plan.expected),
            *_note_lag(timing.timeline, captions.timeline),
            *_note_haste(editing),
            *_note_findings(editing, tracks.findings),
            *tracks.notices,
            *revision.notices,
            *editing.note(),
            *timing.note_sources(),
            *(_note_repetitions(interview) if timing.readers else ()),
            *spoken.notices,
            *_note_nothing_described(timing, plan),
            *_note_kept_times(timing, plan),
            *translations.notices,
        ]
        page = stage_page(
            plan, editing, timing, spoken, tracks.findings, notices, store, output, step
        )
        notices += [*page.notices, *_note_stale(output)]
        output.names["report"] = REPORT
        report = _compose_report(
            plan, editing, tracks.findings, timing, spoken, page, translations, output, notices
        )
        output.stage_text("report", REPORT, report.describe())
    with refuse_output(plan.folder):
        keep_proofs(editing, tracks.text, revision.proofs, ledger, own)
        lacking = report.failure.message if report.failure else None
        ledger.settle(output.parts, report.summarise(), lacking)
    return report


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
            error.file = error.file or str(plan.media)
        raise


def _note_lag(planned: Timeline, paced: Timeline) -> Iterator[Notice]:
    """Note where captions run behind the transcript's time stamps, for their readers' sake."""
    if planned.clock is not Clock.STAMPS:
        return
    latest, line = 0, None
    for before, after in zip(planned.parts, paced.parts, strict=True):
        lag = max(
            (
                now.start_ms - then.start_ms
                for then, now in zip(before.words, after.words, strict=True)
            ),
            default=0,
        )
        if lag > latest:
            latest, line = lag, before.part.line
    if latest > _NOTED_LAG_MS:
        yield Notice(
            line,
            f"From one time stamp to the next there is more text than can be read: captions run up "
            f"to {latest / 1000:.0f} s behind, most of all here.",
        )


def _note_haste(editing: Editing) -> Iterator[Notice]:
    """Note captions that the speech of a recording leaves too little time for."""
    hasty = {found.cue for found in editing.list_exceptions()}
    if hasty:
        yield Notice(
            None,
            f"People speak so fast that {len(hasty)} of {len(editing.captions.cues)} captions have "
            "less "
            f"time than the style asks; {REPORT} lists them under `exceptions`.",
        )


def _note_findings(editing: Editing, findings: Sequence[Finding]) -> Iterator[Notice]:
    """Note what a check found beside the exceptions that speech forces on the captions."""
    forced = {(found.cue, found.rule) for found in editing.list_exceptions()}
    free = [found for found in findings if (found.cue, found.rule) not in forced]
    if free:
        rules = Counter(found.rule for found in free)
        counts = ", ".join(f"{rule} {count}" for rule, count in rules.items())
        own = sum(found.cue in editing.changed for found in free)
        told = f" In captions that were edited by hand: {own} of them." if own else ""
        yield Notice(
            None,
            f"The captions break rules of the style “{editing.captions.style.name}”: {counts}; "
            f"{REPORT} lists them under `check`.{told}",
        )


def _note_stale(output: OutputFolder) -> Iterator[Notice]:
    for name in output.list_stale():
        yield Notice(
            None,
            f"{name} in the same folder is from an earlier build and does not belong to this one; "
            "delete it if you don't need it.",
        )


def _note_repetitions(interview: Interview) -> Iterator[Notice]:
    """Note descriptions that are spoken and say nothing new."""
    from ..audio.describe import find_repetitions  # noqa: PLC0415

    pictures = [part for part in interview.parts if isinstance(part, Picture)]
    for picture, before in find_repetitions(pictures):
        yield Notice(
            picture.line,
            f"This description says nothing that the one on line {before.line} did not; say what "
            "is different here.",
        )


def _note_nothing_described(timing: Timing, plan: Plan) -> Iterator[Notice]:
    """Note where descriptions were asked for and there is nothing to describe."""
    if plan.narration.edition not in {Edition.STANDARD, Edition.EXTENDED}:
        return
    if timing.reading:
        yield Notice(
            None, "There is no recording to describe; the whole interview was read aloud instead."
        )
    elif not any(isinstance(part, Picture) for part in timing.wording.interview.parts):
        yield Notice(None, "There is no picture in the transcript, so nothing was described.")


def _note_kept_times(timing: Timing, plan: Plan) -> Iterator[Notice]:
    """Note what comes of keeping the file's times, or that there are none to keep."""
    spoken = plan.narration.edition is not Edition.NONE
    if timing.timeline.clock is Clock.FILE and spoken and not plan.media:
        yield Notice(
            None,
            "The captions keep the times that the transcript has, so nothing is read aloud; "
            "`--timing anew` has it read, and times the captions by that.",
        )
    elif plan.timing is FileTimes.KEEP and not timing.wording.interview.has_times:
        yield Notice(None, "The transcript has no times of its words that could be kept.")


def _compose_report(  # noqa: PLR0913, PLR0917 - it is where everything that was made comes together
    plan: Plan,
    editing: Editing,
    findings: Sequence[Finding],
    timing: Timing,
    spoken: Spoken,
    page: Paged,
    translations: Translations,
    output: OutputFolder,
    notices: Sequence[Notice],
) -> Report:
    interview = timing.wording.interview
    timeline = editing.captions.timeline
    shown = sum(
        word.token.kind is TokenKind.SPEECH and word.token.is_word
        for timed in timeline.parts
        if isinstance(timed.part, Turn)
        for word in timed.words
    )
    inside = sum(span.kind is SpanKind.SOUND for turn in interview.turns() for span in turn.spans)
    return Report(
        transcript=plan.transcript,
        interview=interview,
        folder=output.folder,
        outputs=dict(output.names),
        clock=timeline.clock.value,
        hearing=timing.hearing,
        style=plan.style.name,
        editorial=plan.editorial,
        brackets=timing.wording.editorial,
        voices=timing.readers.name_voices() if timing.readers else {},
        described=spoken.described,
        cues=len(editing.captions.cues),
        editing=editing,
        exceptions=editing.list_exceptions(),
        findings=findings,
        words=shown,
        sounds=inside + sum(isinstance(part, Sound) for part in interview.parts),
        pictures=sum(isinstance(part, Picture) for part in interview.parts),
        duration_ms=timeline.duration_ms,
        translations=translations.built,
        warnings=notices,
        failure=timing.failure or spoken.failure or page.failure or translations.failure,
    )
