"""What a person should look at in what was made of an interview."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..source import Clock, Edition, FileTimes, Interview, Notice, Picture, Timeline, note_strangers
from .delivery import Delivery
from .output import OutputFolder
from .plan import Plan
from .record import REPORT
from .timing import Timing

_NOTED_LAG_MS = 2000


def note_delivery(original: Delivery) -> Iterator[Notice]:
    """Yield what to look at in the original and its results."""
    plan, timing = original.plan, original.timing
    interview = timing.wording.interview
    yield from interview.notices
    yield from note_strangers(interview, plan.expected)
    yield from _note_lag(timing.timeline, original.captions.timeline)
    yield from _note_haste(original)
    yield from _note_findings(original)
    yield from original.tracks.notices
    yield from original.editing.note()
    yield from timing.note_sources()
    yield from _note_repetitions(interview) if timing.readers else ()
    yield from original.spoken.notices
    yield from _note_nothing_described(timing, plan)
    yield from _note_kept_times(timing, plan)


def note_stale(output: OutputFolder) -> Iterator[Notice]:
    """Yield the files of earlier builds that nobody needs."""
    for name in output.list_stale():
        yield Notice(
            None,
            f"{name} in the same folder is from an earlier build and does not belong to this one; "
            "delete it if you don't need it.",
        )


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


def _note_haste(original: Delivery) -> Iterator[Notice]:
    """Note captions that the speech of a recording leaves too little time for."""
    hasty = {found.cue for found in original.editing.list_exceptions()}
    if hasty:
        cues = len(original.captions.cues)
        yield Notice(
            None,
            f"People speak so fast that {len(hasty)} of {cues} captions have less time than the "
            f"style asks; {REPORT} lists them under `exceptions`.",
        )


def _note_findings(original: Delivery) -> Iterator[Notice]:
    """Note what a check found beside the exceptions that speech forces on the captions."""
    editing, findings = original.editing, original.tracks.findings
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
