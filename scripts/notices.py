"""What a person should look at in what was made of an interview."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from ..source import (
    Clock,
    Edition,
    FileTimes,
    Interview,
    Notice,
    Picture,
    Timeline,
    VivavozError,
    note_strangers,
)
from .delivery import Delivery
from .output import OutputFolder
from .plan import Plan
from .record import REPORT
from .timing import Timing

NOTED_LAG_MS = 2000
"""What runs behind by more than this is told."""
_RECORDING = "recording"
"""What a recording is called among the results, but for its ending."""
_HEARD = "the recording of an earlier build"
_STALE = "from an earlier build and does not belong to this one; delete it if you don't need it"


def note_delivery(delivery: Delivery) -> Iterator[Notice]:
    """Yield what to look at in an interview or a translation, and in its results."""
    yield from delivery.interview.notices
    yield from note_strangers(delivery.interview, delivery.plan.expected)
    yield from _note_haste(delivery)
    yield from _note_findings(delivery)
    yield from delivery.tracks.notices
    yield from delivery.editing.note()
    yield from delivery.timing.note_voices()
    yield from delivery.spoken.notices


def note_original(original: Delivery) -> Iterator[Notice]:
    """Yield the same of the original, and what its own times and recording give to think about."""
    plan, timing = original.plan, original.timing
    yield from note_delivery(original)
    yield from _note_lag(timing.timeline, original.captions.timeline)
    yield from timing.note_recording()
    yield from _note_repetitions(original.interview) if timing.readers else ()
    yield from _note_nothing_described(timing, plan)
    yield from _note_kept_times(timing, plan)


def note_failures(failures: Iterable[VivavozError], transcript: Path) -> Iterator[Notice]:
    """Yield why results are not there; a line is the transcript's."""
    for failure in failures:
        if failure.file == str(transcript):
            yield Notice(failure.line, failure.message)
        else:
            yield Notice(None, str(failure.without_folder()))


def note_stale(output: OutputFolder) -> Iterator[Notice]:
    """Yield the files of earlier builds that do not belong to this one."""
    for name in output.list_stale():
        # A recording may be the last copy that anybody has: nobody is told to delete it.
        is_recording = PurePath(name).stem == _RECORDING
        yield Notice(None, f"{name} in the same folder is {_HEARD if is_recording else _STALE}.")


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
    if latest > NOTED_LAG_MS:
        yield Notice(
            line,
            f"From one time stamp to the next there is more text than can be read: captions run up "
            f"to {latest / 1000:.0f} s behind, most of all here.",
        )


def _note_haste(delivery: Delivery) -> Iterator[Notice]:
    """Note captions that have too little time, for speech or the original leaves no more."""
    captions = delivery.captions
    hasty = {found.cue for found in delivery.editing.list_exceptions()}
    if hasty:
        have = "has" if len(hasty) == 1 else "have"
        why = "People speak so fast"
        if captions.timeline.clock is Clock.ORIGINAL:
            why = "Captions switch with those of the original, so"
        yield Notice(
            None,
            f"{why} that {len(hasty)} of {len(captions.cues)} captions {have} less time than the "
            f"style asks; {REPORT} lists them under `exceptions`.",
        )


def _note_findings(delivery: Delivery) -> Iterator[Notice]:
    """Note what a check found beside the exceptions that are forced on the captions."""
    editing, findings = delivery.editing, delivery.tracks.findings
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
