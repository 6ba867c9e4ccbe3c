"""One interview, from its transcript to everything that lets everyone follow it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from ..source import (
    Clock,
    Editorial,
    Notice,
    Picture,
    Sound,
    SpanKind,
    Timeline,
    TokenKind,
    Turn,
    VivavozError,
    Wording,
    find_recording,
    read_interview,
    word_interview,
)
from .difference import note_all
from .hearing import Hearing, hear_wording
from .output import OutputFolder, check_folder, stage_outputs
from .report import Report

if TYPE_CHECKING:
    from ..audio import Cast, Reading, VoiceSpec
    from ..captions import Captions, Finding, Style

NARRATION = "narration.mp3"
REPORT = "report.json"
_NOTED_LAG_MS = 2000

Say = Callable[[str], None]
"""Told something in a few words."""


class Media(StrEnum):
    """Where recordings are, when no file is named."""

    BESIDE = "beside"
    """Beside each transcript, under its name."""
    NONE = "none"
    """Nowhere: what stands beside a transcript does not count."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to build, and how. `voice` is None where nothing shall be read aloud."""

    out: Path
    style: Style
    language: str | None
    voice: VoiceSpec | None
    editorial: Editorial
    media: Path | Media = Media.BESIDE

    def folder_of(self, transcript: Path) -> Path:
        """Return where a transcript's results go: a folder in `out`, whatever the file's name."""
        # The stem of `...txt` is `..`, which would lead out of the folder.
        return self.out / (transcript.stem if transcript.stem.strip(".") else transcript.name)

    def media_of(self, transcript: Path) -> Path | None:
        """Return a transcript's recording, if it has one."""
        match self.media:
            case Media.NONE:
                return None
            case Media.BESIDE:
                return find_recording(transcript)
            case path:
                return path


@dataclass(frozen=True, slots=True)
class Voiced:
    """An interview read aloud, and by whom."""

    cast: Cast
    reading: Reading

    def name_voices(self) -> dict[str, str]:
        """Return who is read by which voice."""
        voices = {speaker: voice.name for speaker, voice in self.cast.speakers.items()}
        return {"narrator": self.cast.narrator.name, **voices}


@dataclass(frozen=True, slots=True)
class Timing:
    """An interview's words in time, and what gave them their times."""

    wording: Wording
    timeline: Timeline
    hearing: Hearing | None = None
    voiced: Voiced | None = None

    def note_sources(self) -> Sequence[Notice]:
        """Return what the recording or the voices give to think about."""
        if self.hearing:
            return note_all(self.hearing)
        if self.voiced:
            return [Notice(None, notice) for notice in self.voiced.cast.notices]
        return ()


def build_interview(transcript: Path, plan: Plan, step: Say, warn: Say) -> Report:
    """Build one interview and report on it; what is written is written whole.

    `warn` is told at once what a person must know before it happens. Raises UnreadableSource,
    UnavailableTool, UsageError or UnwritableOutput.
    """
    # The rooms bring numpy with them, which the help must not pay for.
    from ..captions import caption  # noqa: PLC0415

    check_folder(plan.folder_of(transcript))
    step("reading")
    interview = read_interview(transcript, plan.language)
    wording = word_interview(interview, plan.editorial)
    timing = _time_wording(wording, plan, plan.media_of(transcript), step, warn)
    step("captioning")
    captions = caption(timing.timeline, plan.style)
    with stage_outputs(plan.folder_of(transcript)) as output:
        findings = _write_tracks(captions, output)
        if timing.voiced:
            _render(timing.voiced, captions, output, step)
        notices = [
            *interview.notices,
            *_note_lag(timing.timeline, captions.timeline),
            *_note_haste(captions),
            *_note_findings(captions, findings),
            *timing.note_sources(),
            *_note_stale(output),
        ]
        output.names["report"] = REPORT
        report = _compose_report(transcript, plan, captions, findings, timing, output, notices)
        output.stage_text("report", REPORT, report.describe())
    return report


def _time_wording(wording: Wording, plan: Plan, media: Path | None, step: Say, warn: Say) -> Timing:
    """Find out when the words are said; a recording knows best, and needs no voices."""
    from ..captions import estimate_timeline  # noqa: PLC0415

    if media:
        from ..audio import time_alignment  # noqa: PLC0415

        hearing = _hear(wording, media, plan, step)
        return Timing(wording, time_alignment(hearing.alignment), hearing=hearing)
    if plan.voice:
        voiced = _voice(wording, plan.voice, step, warn)
        return Timing(wording, voiced.reading.timeline, voiced=voiced)
    return Timing(wording, estimate_timeline(wording))


def _hear(wording: Wording, media: Path, plan: Plan, step: Say) -> Hearing:
    try:
        return hear_wording(wording, media, step)
    except VivavozError as error:
        if plan.media is Media.BESIDE:
            error.message += " It was found beside the transcript; `--media none` leaves it out."
            error.file = error.file or str(media)
        raise


def _voice(wording: Wording, spec: VoiceSpec, step: Say, warn: Say) -> Voiced:
    from ..audio import cast_voices, speak_wording  # noqa: PLC0415

    cast = cast_voices(wording.interview, spec)
    for notice in cast.notices:
        warn(notice)
    step("speaking")
    return Voiced(
        cast, speak_wording(wording, cast, lambda done, of: step(f"speaking {done}/{of}"))
    )


def _write_tracks(captions: Captions, output: OutputFolder) -> Sequence[Finding]:
    """Write the text tracks, and read the captions back to check them."""
    from ..captions import (  # noqa: PLC0415
        check_captions,
        parse_caption_file,
        write_captions,
        write_chapters,
        write_descriptions,
    )

    timeline = captions.timeline
    language = timeline.interview.language
    file_name, text = f"captions.{language}.vtt", write_captions(captions)
    output.stage_text("captions", file_name, text)
    if any(isinstance(part, Picture) for part in timeline.interview.parts):
        name = f"descriptions.{language}.vtt"
        output.stage_text("descriptions", name, write_descriptions(timeline))
    output.stage_text("chapters", f"chapters.{language}.vtt", write_chapters(timeline))
    return check_captions(parse_caption_file(text, Path(file_name)), captions.style).findings


def _render(voiced: Voiced, captions: Captions, output: OutputFolder, step: Say) -> None:
    from ..audio import render_edition  # noqa: PLC0415

    step("encoding")
    render_edition(voiced.reading, captions.timeline, output.stage("narration", NARRATION))


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


def _note_haste(captions: Captions) -> Iterator[Notice]:
    """Note captions that the speech of a recording leaves too little time for."""
    hasty = {found.cue for found in captions.exceptions}
    if hasty:
        yield Notice(
            None,
            f"People speak so fast that {len(hasty)} of {len(captions.cues)} captions have less "
            f"time than the style asks; {REPORT} lists them under `exceptions`.",
        )


def _note_findings(captions: Captions, findings: Sequence[Finding]) -> Iterator[Notice]:
    """Note what a check found beside the exceptions that speech forces on the captions."""
    forced = {(found.cue, found.rule) for found in captions.exceptions}
    rules = Counter(found.rule for found in findings if (found.cue, found.rule) not in forced)
    if rules:
        counts = ", ".join(f"{rule} {count}" for rule, count in rules.items())
        yield Notice(
            None,
            f"The captions break rules of the style “{captions.style.name}”: {counts}; {REPORT} "
            "lists them under `check`.",
        )


def _note_stale(output: OutputFolder) -> Iterator[Notice]:
    for name in output.list_stale():
        yield Notice(
            None,
            f"{name} in the same folder is from an earlier build and does not belong to this one; "
            "delete it if you don't need it.",
        )


def _compose_report(  # noqa: PLR0913, PLR0917 - it is where everything that was made comes together
    transcript: Path,
    plan: Plan,
    captions: Captions,
    findings: Sequence[Finding],
    timing: Timing,
    output: OutputFolder,
    notices: Sequence[Notice],
) -> Report:
    interview = timing.wording.interview
    timeline = captions.timeline
    shown = sum(
        word.token.kind is TokenKind.SPEECH and word.token.is_word
        for timed in timeline.parts
        if isinstance(timed.part, Turn)
        for word in timed.words
    )
    inside = sum(span.kind is SpanKind.SOUND for turn in interview.turns() for span in turn.spans)
    return Report(
        transcript=transcript,
        interview=interview,
        folder=output.folder,
        outputs=dict(output.names),
        clock=timeline.clock.value,
        hearing=timing.hearing,
        style=plan.style.name,
        editorial=plan.editorial,
        brackets=timing.wording.editorial,
        voices=timing.voiced.name_voices() if timing.voiced else {},
        cues=len(captions.cues),
        exceptions=captions.exceptions,
        findings=findings,
        words=shown,
        sounds=inside + sum(isinstance(part, Sound) for part in interview.parts),
        pictures=sum(isinstance(part, Picture) for part in interview.parts),
        duration_ms=timeline.duration_ms,
        warnings=notices,
    )
