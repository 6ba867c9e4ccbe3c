"""What a page shows, put together from all that a build found out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ...captions.chapters import find_chapters
from ...source import Clock, Notice
from ..speaking import find_heard
from .content import (
    PageChapter,
    PageCue,
    PageDescription,
    PageFinding,
    Review,
    Version,
)
from .passage import Moment, Telling, compose_passages

if TYPE_CHECKING:
    from ...captions import Captions, Cue
    from ..delivery import Delivery
    from ..described import Described
    from ..hearing import Hearing


def compose_version(delivery: Delivery, original: Delivery, *, is_played: bool) -> Version:
    """Return the interview in one language, without the files that belong to it."""
    captions, described = delivery.captions, delivery.spoken.described
    timeline, hearing = captions.timeline, original.timing.hearing
    alignment = hearing.alignment if hearing else None
    # Whoever has no media can play the recording that the file's own times are those of.
    useful = is_played or original.captions.timeline.clock is Clock.FILE
    telling = Telling(
        delivery.timing.wording,
        find_heard(timeline, delivery.timing.reading) if useful else None,
        alignment if delivery is original else None,
        alignment.untranscribed if alignment else (),
        _find_moments(captions, hearing, described),
    )
    return Version(
        language=timeline.interview.language,
        title=timeline.interview.title,
        clock=timeline.clock,
        cues=tuple(map(_show_cue, captions.cues)),
        chapters=tuple(
            PageChapter(chapter.start_ms, chapter.end_ms, chapter.title)
            for chapter in find_chapters(timeline)
        ),
        passages=compose_passages(telling),
    )


def compose_review(original: Delivery, notices: Sequence[Notice]) -> Review:
    """Return what a producer looks at."""
    captions, described = original.captions, original.spoken.described
    style = captions.style
    return Review(
        style=style.title,
        unit=style.reading.unit,
        limit=style.reading_speed,
        speeds=tuple(_measure_speeds(captions)),
        findings=tuple(_show_findings(original)),
        gaps=tuple((gap.start_ms, gap.end_ms) for gap in (described.gaps if described else ())),
        descriptions=tuple(_show_placements(described)) if described else (),
        notices=tuple(map(_say, notices)),
    )


def _show_cue(cue: Cue) -> PageCue:
    lines = tuple((span.speaker or "", line) for span in cue.spans for line in span.lines)
    return PageCue(cue.start_ms, cue.end_ms, lines)


def _find_moments(
    captions: Captions, hearing: Hearing | None, described: Described | None
) -> Mapping[int, Moment] | None:
    """Find when pictures are described over a recording, by their identity; None without one.

    What has no time in the mix stands where the programme can best be halted for it.
    """
    if described:
        held = {id(one.subject.place.picture): one.start_ms for one in described.omitted}
        clips = described.clips
        return {
            id(timed.part): Moment(
                held.get(id(timed.part), timed.start_ms),
                held.get(id(timed.part), timed.end_ms),
                clips.get(id(timed.part)),
            )
            for timed in described.timeline.parts
        }
    if not hearing:
        return None

    from ...audio.describe import find_places  # noqa: PLC0415

    places = find_places(captions.timeline)
    return {id(one.picture): Moment(one.earliest_ms, one.earliest_ms) for one in places}


def _measure_speeds(captions: Captions) -> Iterator[float]:
    for cue in captions.cues:
        shown_ms = cue.end_ms - cue.start_ms
        yield captions.style.measure_speed(cue.lines, shown_ms) if shown_ms > 0 else 0.0


def _show_findings(original: Delivery) -> Iterator[PageFinding]:
    forced = {(found.cue, found.rule) for found in original.editing.list_exceptions()}
    for found in original.tracks.findings:
        yield PageFinding(
            found.cue,
            found.start_ms,
            found.rule,
            found.message,
            found.section,
            (found.cue, found.rule) in forced,
        )


def _show_placements(described: Described) -> Iterator[PageDescription]:
    for placement in described.placements:
        place, spoken = placement.subject.place, placement.rendition
        start_ms = placement.start_ms if spoken else place.earliest_ms
        end_ms = placement.end_ms if spoken else start_ms
        text = spoken.text if spoken else place.picture.text
        yield PageDescription(start_ms, end_ms, text, placement.step.value)


def _say(notice: Notice) -> str:
    return notice.message if notice.line is None else f"Line {notice.line}: {notice.message}"
