"""From where descriptions go to what is spoken: narrations, and their words in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ...source import Picture, TimedPart, Timeline, Token, Word, join_tokens
from ..placement import place_words
from .extension import Extension
from .gain import GUARD_MS, plan_gains
from .narration import Description, Narration
from .placement import Placement


def compose_narration(
    placements: Iterable[Placement], duration_ms: int, duck_db: float
) -> Narration:
    """Narrate a programme of some length: what has a time in it is spoken then."""
    spoken = tuple(
        Description(
            placement.subject.place.picture,
            placement.rendition.text,
            placement.rendition.clip,
            placement.start_ms,
        )
        for placement in placements
        if placement.rendition
    )
    return _narrate(spoken, duration_ms, duck_db)


def compose_extension(
    extensions: Sequence[Extension], duration_ms: int, duck_db: float
) -> Narration:
    """Narrate the extended edition of a programme of some length, on the edition's clock."""
    spoken = tuple(
        Description(
            extension.subject.place.picture,
            extension.rendition.text,
            extension.rendition.clip,
            start_ms,
        )
        for extension, start_ms in zip(extensions, _find_starts(extensions), strict=True)
    )
    return _narrate(spoken, duration_ms + sum(map(_measure_hold, extensions)), duck_db)


def _find_starts(extensions: Iterable[Extension]) -> Iterator[int]:
    held_ms = 0
    for extension in extensions:
        yield extension.start_ms + held_ms + (GUARD_MS if extension.hold else 0)
        held_ms += _measure_hold(extension)


def _measure_hold(extension: Extension) -> int:
    return extension.hold.duration_ms if extension.hold else 0


def _narrate(spoken: tuple[Description, ...], duration_ms: int, duck_db: float) -> Narration:
    spans = ((description.start_ms, description.end_ms) for description in spoken)
    return Narration(spoken, plan_gains(spans, duration_ms, duck_db))


def time_pictures(timeline: Timeline, narration: Narration) -> Timeline:
    """Return the pictures of an interview alone, those that are spoken with their words in time."""
    spoken = {id(description.picture): description for description in narration.descriptions}
    parts: list[TimedPart] = []
    latest_ms = 0
    for timed in timeline.parts:
        if isinstance(timed.part, Picture):
            part = _time_picture(timed, spoken.get(id(timed.part)), latest_ms)
            parts.append(part)
            latest_ms = part.start_ms
    return replace(timeline, parts=tuple(parts))


def _time_picture(timed: TimedPart, spoken: Description | None, earliest_ms: int) -> TimedPart:
    if spoken is None:
        start_ms = max(timed.start_ms, earliest_ms)
        return TimedPart(timed.part, start_ms, max(timed.end_ms, start_ms))
    words = tuple(_time_words(spoken))
    return TimedPart(timed.part, spoken.start_ms, spoken.end_ms, words)


def _time_words(spoken: Description) -> Iterator[Word]:
    tokens = [Token(text) for text in spoken.text.split()]
    _, offsets = join_tokens(tokens)
    texts = [token.text for token in tokens]
    spans = place_words(texts, offsets, spoken.clip.marks, spoken.clip.duration_ms)
    for token, (start_ms, end_ms) in zip(tokens, spans, strict=True):
        yield Word(token, spoken.start_ms + start_ms, spoken.start_ms + end_ms)
