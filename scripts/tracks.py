"""The text tracks of an interview, in every format that is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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

    findings: Sequence[Finding]
    """What a check found in the captions, read back."""
    notices: Sequence[Notice]
    """What the formats can't hold."""


def stage_tracks(captions: Captions, plan: Plan, output: OutputFolder) -> Tracks:
    """Stage captions in every format of the plan, and chapters."""
    from ..captions import check_captions, parse_caption_file, write_chapters  # noqa: PLC0415

    timeline = captions.timeline
    notices = [
        notice for form in plan.formats for notice in _stage_captions(captions, form, plan, output)
    ]
    language = timeline.interview.language
    output.stage_text("chapters", f"chapters.{language}.vtt", write_chapters(timeline))
    written = output.find("captions")
    file = parse_caption_file(written.read_text(encoding="utf-8"), Path(written.name))
    return Tracks(check_captions(file, captions.style).findings, notices)


def _stage_captions(
    captions: Captions, form: TrackFormat, plan: Plan, output: OutputFolder
) -> Iterator[Notice]:
    """Stage captions in one format; yield what it can't hold."""
    from ..captions import TrackFormat, write_results  # noqa: PLC0415

    word_times = plan.word_times and form is TrackFormat.WEBVTT
    try:
        written = write_results(captions, form, word_times=word_times)
    except UsageError as error:  # it has no letters for this language
        yield Notice(None, f"There are no captions as {form}: {error.message}")
        return
    language = captions.timeline.interview.language
    transcript = form in {TrackFormat.TEXT, TrackFormat.HTML}
    name = f"{'transcript' if transcript else 'captions'}.{language}{form.ending}"
    output.stage_text("captions" if form is TrackFormat.WEBVTT else form, name, written.text)
    for notice in written.notices:
        yield Notice(notice.line, f"{name}: {notice.message}")


def stage_descriptions(timeline: Timeline, output: OutputFolder) -> None:
    """Stage the track of descriptions, where there are pictures."""
    from ..captions import write_descriptions  # noqa: PLC0415

    if any(isinstance(part, Picture) for part in timeline.interview.parts):
        name = f"descriptions.{timeline.interview.language}.vtt"
        output.stage_text("descriptions", name, write_descriptions(timeline))
