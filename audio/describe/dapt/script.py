"""An audio description as a script: what a DAPT document of W3C says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from ...speak.store import ShelvedClip
from ...speak.voice import Clip
from ..gain import GainPoint, GainTimeline
from ..hold import Hold
from ..narration import Description, Narration

_SAME_GAIN = 1e-5
"""Less than a ten-thousandth of a decibel, and more than what rounding leaves."""


@dataclass(frozen=True, slots=True)
class ScriptEvent:
    """A description as it is spoken, from `start_ms` to `end_ms` of the programme's own time.

    With a hold it takes none of that time: the programme stands still while it is spoken.
    """

    id: str
    start_ms: int
    end_ms: int
    text: str
    language: str
    clip: Clip | ShelvedClip | None = None
    """None in a script that was not recorded, or whose sound is elsewhere."""
    gain_db: float = 0.0
    """The clip's."""
    hold: Hold | None = None
    picture: str | None = None
    """What the transcript says of the picture, where the voice says it shorter."""
    gains: tuple[GainPoint, ...] = ()
    """How the programme's gain changes around it: linearly from point to point, from 1 to 1."""


@dataclass(frozen=True, slots=True)
class Script:
    """Descriptions in order."""

    title: str
    language: str
    duration_ms: int
    events: tuple[ScriptEvent, ...]


def script_narration(
    narration: Narration, *, title: str, language: str, duration_ms: int
) -> Script:
    """Write a narration down as a script. Its sound stays where it is until it is asked for."""
    shares = _share_gains(narration, duration_ms)
    events = tuple(
        _script_description(
            f"description-{number}", description, language, () if description.hold else next(shares)
        )
        for number, description in enumerate(narration.descriptions, start=1)
    )
    return Script(title, language, duration_ms, events)


def _share_gains(narration: Narration, duration_ms: int) -> Iterator[tuple[GainPoint, ...]]:
    """Yield each description's part of the gain, but for those in holds.

    Neighbours part half-way, so that each has its part of a duck that they share.
    """
    spoken = [description for description in narration.descriptions if not description.hold]
    edges = [(one.end_ms + other.start_ms) // 2 for one, other in pairwise(spoken)]
    for start_ms, end_ms in pairwise([0, *edges, duration_ms]):
        yield simplify_gains(_cut_gains(narration.gains.near(start_ms, end_ms), start_ms, end_ms))


def _cut_gains(gains: GainTimeline, start_ms: int, end_ms: int) -> Iterator[GainPoint]:
    """Yield the points of a timeline that is 1 before a moment and after another."""
    yield GainPoint(start_ms, 1.0)
    yield GainPoint(start_ms, gains.at(start_ms))
    yield from (point for point in gains.points() if start_ms < point.at_ms < end_ms)
    yield GainPoint(end_ms, gains.at(end_ms))
    yield GainPoint(end_ms, 1.0)


def _script_description(
    identifier: str, description: Description, language: str, gains: tuple[GainPoint, ...]
) -> ScriptEvent:
    return ScriptEvent(
        id=identifier,
        start_ms=description.start_ms,
        end_ms=description.start_ms if description.hold else description.end_ms,
        text=description.text,
        language=language,
        clip=description.clip,
        gain_db=round(description.gain_db, 3),
        hold=description.hold,
        picture=None if description.picture.text == description.text else description.picture.text,
        gains=gains,
    )


def simplify_gains(points: Iterable[GainPoint]) -> tuple[GainPoint, ...]:
    """Leave out the points, given in the order of time, that lie on the line between others.

    Of those at one moment the first and the last say what there is to say. Gains are rounded to
    the six digits that a document has.
    """
    kept: list[GainPoint] = []
    for point in points:
        rounded = GainPoint(point.at_ms, float(f"{point.gain:.6g}"))
        if len(kept) > 1 and _lies_between(kept[-2], kept[-1], rounded):
            kept.pop()
        if kept[-1:] != [rounded]:
            kept.append(rounded)
    gains = [1.0, *(point.gain for point in kept), 1.0]
    around = zip(gains, kept, gains[2:], strict=False)
    return tuple(kept for before, kept, after in around if not before == kept.gain == after == 1)


def _lies_between(before: GainPoint, point: GainPoint, after: GainPoint) -> bool:
    if before.at_ms == after.at_ms:
        return True
    return abs(before.interpolate(after, point.at_ms) - point.gain) < _SAME_GAIN
