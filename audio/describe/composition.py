"""From where descriptions go to what is spoken: narrations, and their words in time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from ...source import Picture, TimedPart, Timeline, Token, Word, join_tokens
from ..placement import place_words
from .extension import Extension
from .gain import GUARD_MS, plan_gains
from .hold import Hold
from .narration import Description, Narration
from .placement import Placement
from .subject import Rendition, Subject

Match = Callable[[Sequence[Description]], Sequence[float]]
"""Gives each description the gain, in dB, that makes it as loud as the speech around it."""


def compose_narration(
    placements: Iterable[Placement], match: Match, duration_ms: int, duck_db: float
) -> Narration:
    """Narrate a programme of some length: what has a time in it is spoken then."""
    spoken = [
        _describe(placement.subject, placement.rendition, placement.start_ms)
        for placement in placements
        if placement.rendition
    ]
    return _narrate(_turn(spoken, match), duration_ms, duck_db)


def compose_extension(
    extensions: Sequence[Extension], match: Match, duration_ms: int, duck_db: float
) -> Narration:
    """Narrate the extended edition of a programme of some length, on the edition's clock."""
    spoken = [_describe(one.subject, one.rendition, one.start_ms) for one in extensions]
    moved = [
        replace(description, start_ms=start_ms)
        for description, start_ms in zip(
            _turn(spoken, match), _find_starts(extensions), strict=True
        )
    ]
    return _narrate(moved, duration_ms + sum(map(_measure_hold, extensions)), duck_db)


def _describe(subject: Subject, rendition: Rendition, start_ms: int) -> Description:
    return Description(subject.place.picture, rendition.text, rendition.clip, start_ms)


def _turn(spoken: Sequence[Description], match: Match) -> list[Description]:
    return [
        replace(description, gain_db=gain_db)
        for description, gain_db in zip(spoken, match(spoken), strict=True)
    ]


def _find_starts(extensions: Iterable[Extension]) -> Iterator[int]:
    held_ms = 0
    for extension in extensions:
        yield extension.start_ms + held_ms + (GUARD_MS if extension.hold else 0)
        held_ms += _measure_hold(extension)


def _measure_hold(extension: Extension) -> int:
    return extension.hold.duration_ms if extension.hold else 0


def _narrate(spoken: Sequence[Description], duration_ms: int, duck_db: float) -> Narration:
    spans = ((description.start_ms, description.end_ms) for description in spoken)
    return Narration(tuple(spoken), plan_gains(spans, duration_ms, duck_db))


def hold_omitted(
    narration: Narration, extensions: Sequence[Extension], match: Match
) -> tuple[Narration, list[Hold]]:
    """Add what a narration leaves out, each in a hold of the programme, which is in its order."""
    spoken = {id(description.picture) for description in narration.descriptions}
    omitted = [one for one in extensions if id(one.subject.place.picture) not in spoken]
    held = _turn([_describe(one.subject, one.rendition, one.start_ms) for one in omitted], match)
    holds = [Hold(one.start_ms, one.rendition.clip.duration_ms + 2 * GUARD_MS) for one in omitted]
    both = sorted((*narration.descriptions, *held), key=lambda description: description.start_ms)
    return replace(narration, descriptions=tuple(both)), holds


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
