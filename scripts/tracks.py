"""The text tracks of an interview, in every format that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..source import Notice, Picture, Timeline, UsageError
from .output import OutputFolder
from .plan import Plan

if TYPE_CHECKING:
    from ..captions import Captions, Finding, TrackFormat


@dataclass(frozen=True, slots=True)
class Tracks:
    """What came of writing them."""

    text: str
    """The captions, as WebVTT."""
    findings: Sequence[Finding]
    """What a check found in the captions, read back."""
    notices: Sequence[Notice]
    """What the formats can't hold."""


def stage_tracks(captions: Captions, plan: Plan, output: OutputFolder) -> Tracks:
    """Stage captions in every format of the plan, and chapters."""
    from ..captions import check_captions, parse_caption_file  # noqa: PLC0415

    notices = [
        notice for form in plan.formats for notice in _stage_captions(captions, form, plan, output)
    ]
    _stage_chapters(captions.timeline, output)
    written = output.find("captions")
    text = written.read_text(encoding="utf-8")
    file = parse_caption_file(text, Path(written.name))
    return Tracks(text, check_captions(file, captions.style).findings, notices)


def stage_extended_tracks(captions: Captions, plan: Plan, output: OutputFolder) -> None:
    """Stage captions and chapters on the extended edition's clock.

    What their formats can't hold was said of the ordinary captions, which have the same words. A
    transcript is the same for both.
    """
    for form in plan.formats:
        if not form.is_transcript:
            _stage_captions(captions, form, plan, output, extended=True)
    _stage_chapters(captions.timeline, output, extended=True)


def _stage_captions(
    captions: Captions,
    form: TrackFormat,
    plan: Plan,
    output: OutputFolder,
    *,
    extended: bool = False,
) -> list[Notice]:
    """Stage captions in one format; return what it can't hold."""
    from ..captions import TrackFormat, write_results  # noqa: PLC0415

    word_times = plan.word_times and form is TrackFormat.WEBVTT
    try:
        written = write_results(captions, form, word_times=word_times)
    except UsageError as error:  # it has no letters for this language
        return [Notice(None, f"There are no captions as {form}: {error.message}")]
    language = captions.timeline.interview.language
    name = f"{'transcript' if form.is_transcript else 'captions'}.{language}{form.ending}"
    kind = "captions" if form is TrackFormat.WEBVTT else form.value
    _stage(kind, name, written.text, output, extended=extended)
    return [Notice(notice.line, f"{name}: {notice.message}") for notice in written.notices]


def _stage_chapters(timeline: Timeline, output: OutputFolder, *, extended: bool = False) -> None:
    from ..captions import write_chapters  # noqa: PLC0415

    name = f"chapters.{timeline.interview.language}.vtt"
    _stage("chapters", name, write_chapters(timeline), output, extended=extended)


def _stage(kind: str, name: str, text: str, output: OutputFolder, *, extended: bool) -> None:
    if extended:
        kind, name = f"extended_{kind}", f"extended.{name}"
    output.stage_text(kind, name, text)


def stage_descriptions(timeline: Timeline, output: OutputFolder) -> None:
    """Stage the track of descriptions, where there are pictures."""
    from ..captions import write_descriptions  # noqa: PLC0415

    if any(isinstance(part, Picture) for part in timeline.interview.parts):
        name = f"descriptions.{timeline.interview.language}.vtt"
        output.stage_text("descriptions", name, write_descriptions(timeline))
