"""From where descriptions go to what is spoken: narrations, and their words in time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from ...source import Picture, TimedPart, Timeline, Token, Word, join_tokens
from ..word_marks import place_words
from .extension import Extension
from .gain import GUARD_MS, RAMP_MS, plan_gains
from .gap import Gap
from .narration import Description, Narration
from .placement import Placement
from .subject import Place, Rendition, Subject

Match = Callable[[Sequence[Description]], Sequence[float]]
"""Gives each description the gain, in dB, that makes it as loud as the speech around it."""

_NEAR_MS = 2 * GUARD_MS + RAMP_MS
"""The programme would hardly come back between descriptions that are nearer than this."""


def compose_narration(
    placements: Sequence[Placement], match: Match, duration_ms: int, duck_db: float
) -> Narration:
    """Narrate a programme of some length: what has a time in it is spoken then."""
    spoken = [
        _describe(one.subject, one.rendition, one.start_ms) for one in placements if one.rendition
    ]
    gaps = [one.gap for one in placements if one.rendition]
    return _narrate(_match(spoken, match), gaps, duration_ms, duck_db)


def compose_extension(
    extensions: Sequence[Extension], match: Match, duration_ms: int, duck_db: float
) -> Narration:
    """Narrate the extended edition of a programme of some length, on the edition's clock."""
    spoken = [_describe(one.subject, one.rendition, one.start_ms) for one in extensions]
    moved: list[Description] = []
    held_ms = 0
    for description, extension in zip(_match(spoken, match), extensions, strict=True):
        start_ms = extension.start_ms + held_ms + extension.lead_ms
        moved.append(replace(description, start_ms=start_ms))
        held_ms += extension.hold.duration_ms if extension.hold else 0
    gaps = [one.gap for one in extensions]
    return _narrate(moved, gaps, duration_ms + held_ms, duck_db)


def compose_script(
    narration: Narration, omitted: Sequence[Extension], match: Match, pictures: Sequence[Picture]
) -> Narration:
    """Add what a narration leaves out to it, each in its hold, in the order of the pictures."""
    spoken = [_describe(one.subject, one.rendition, one.start_ms) for one in omitted]
    held = [
        replace(description, hold=extension.hold)
        for description, extension in zip(_match(spoken, match), omitted, strict=True)
    ]
    order = {id(picture): number for number, picture in enumerate(pictures)}
    descriptions = (*narration.descriptions, *held)
    return replace(
        narration,
        descriptions=tuple(sorted(descriptions, key=lambda one: order[id(one.picture)])),
    )


def describe_in_full(subjects: Sequence[Subject], match: Match) -> Sequence[Description]:
    """Describe every picture at its place, in full and at the usual pace."""
    places = [(one, one.renditions[0], one.place.earliest_ms) for one in subjects]
    return _match([_describe(*one) for one in places], match)


def _describe(subject: Subject, rendition: Rendition, start_ms: int) -> Description:
    return Description(subject.place.picture, rendition.text, rendition.clip, start_ms)


def _match(spoken: Sequence[Description], match: Match) -> list[Description]:
    return [
        replace(description, gain_db=gain_db)
        for description, gain_db in zip(spoken, match(spoken), strict=True)
    ]


def _narrate(
    spoken: Sequence[Description], gaps: Sequence[Gap | None], duration_ms: int, duck_db: float
) -> Narration:
    gains = plan_gains(_join_spans(spoken, gaps), duration_ms, duck_db)
    return Narration(tuple(spoken), gains)


def _join_spans(
    spoken: Sequence[Description], gaps: Sequence[Gap | None]
) -> Iterator[tuple[int, int]]:
    """Yield when the programme is ducked: in a gap, also between descriptions that are near."""
    latest: tuple[int, int, Gap | None] | None = None
    for description, gap in zip(spoken, gaps, strict=True):
        start_ms = description.start_ms
        if latest and gap and gap is latest[2] and start_ms - latest[1] <= _NEAR_MS:
            start_ms = latest[0]
        elif latest:
            yield latest[:2]
        latest = start_ms, description.end_ms, gap
    if latest:
        yield latest[:2]


def time_pictures(timeline: Timeline, places: Iterable[Place], narration: Narration) -> Timeline:
    """Return the pictures of an interview alone, those that are spoken with their words in time."""
    spoken = {id(description.picture): description for description in narration.descriptions}
    parts = (_time_picture(place, spoken.get(id(place.picture))) for place in places)
    return replace(timeline, parts=tuple(parts))


def _time_picture(place: Place, spoken: Description | None) -> TimedPart:
    if spoken is None:
        return TimedPart(place.picture, place.earliest_ms, place.earliest_ms)
    words = tuple(_time_words(spoken))
    return TimedPart(place.picture, spoken.start_ms, spoken.end_ms, words)


def _time_words(spoken: Description) -> Iterator[Word]:
    tokens = [Token(text) for text in spoken.text.split()]
    _, offsets = join_tokens(tokens)
    texts = [token.text for token in tokens]
    spans = place_words(texts, offsets, spoken.clip.marks, spoken.clip.duration_ms)
    for token, (start_ms, end_ms) in zip(tokens, spans, strict=True):
        yield Word(token, spoken.start_ms + start_ms, spoken.start_ms + end_ms)
