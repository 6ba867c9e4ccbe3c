"""An audio description as a script: what a DAPT document of W3C says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ...speak.store import ShelvedClip
from ...speak.voice import Clip
from ..gain import GainPoint
from ..hold import Hold
from ..narration import Description, Narration

_LOUDEST = 32767
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
    clip: Clip | None = None
    """None in a script that was not recorded, or whose sound is elsewhere."""
    gain_db: float = 0.0
    """The clip's; DAPT makes nothing louder, so it is 0 or less."""
    hold: Hold | None = None
    picture: str | None = None
    """What the transcript says of the picture, where the voice says it shorter."""


@dataclass(frozen=True, slots=True)
class Script:
    """Descriptions in order, and the programme's gain under them.

    The gain changes linearly from point to point and is 1 before the first and after the last.
    Wherever it is less, an event without hold is near: it carries that stretch of the gain.
    """

    title: str
    language: str
    duration_ms: int
    events: tuple[ScriptEvent, ...]
    gains: tuple[GainPoint, ...]


def script_narration(
    narration: Narration,
    *,
    title: str,
    language: str,
    duration_ms: int,
    holds: Sequence[Hold] = (),
) -> Script:
    """Write a narration down as a script.

    A description that starts where the programme is held is spoken in that hold; `holds` stand in
    the order of the descriptions.
    """
    waiting = list(holds)
    events: list[ScriptEvent] = []
    for number, description in enumerate(narration.descriptions, start=1):
        held = bool(waiting) and waiting[0].at_ms == description.start_ms
        hold = waiting.pop(0) if held else None
        events.append(_script_description(f"description-{number}", description, language, hold))
    gains = simplify_gains(narration.gains.points())
    return Script(title, language, duration_ms, tuple(events), gains)


def _script_description(
    identifier: str, description: Description, language: str, hold: Hold | None
) -> ScriptEvent:
    return ScriptEvent(
        id=identifier,
        start_ms=description.start_ms,
        end_ms=description.start_ms if hold else description.end_ms,
        text=description.text,
        language=language,
        clip=_amplify(description.clip, max(0.0, description.gain_db)),
        gain_db=min(0.0, round(description.gain_db, 3)),
        hold=hold,
        picture=None if description.picture.text == description.text else description.picture.text,
    )


def _amplify(clip: Clip | ShelvedClip, gain_db: float) -> Clip:
    """Make a clip louder, but not so loud that it is cut. Its marks are not for a script."""
    samples = np.frombuffer(clip.samples, dtype="<i2").astype(np.float64)
    peak = np.abs(samples).max(initial=1.0)
    factor = max(1.0, min(10 ** (gain_db / 20), _LOUDEST / peak))
    louder = np.round(samples * factor).astype("<i2")
    return Clip(louder.tobytes(), clip.rate)


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
    return abs(_interpolate(before, after, point.at_ms) - point.gain) < _SAME_GAIN


def find_ducks(points: Sequence[GainPoint]) -> Iterator[tuple[GainPoint, ...]]:
    """Yield each run of points in which the programme is softer than it is."""
    run: list[GainPoint] = []
    for point in points:
        if run and point.gain == 1 and run[-1].gain == 1:
            run = []
        run.append(point)
        if point.gain == 1 and len(run) > 1:
            yield tuple(run)
            run = [point]


def cut_gains(points: Sequence[GainPoint], start_ms: int, end_ms: int) -> tuple[GainPoint, ...]:
    """Return the part of a run of points that lies between two moments within it."""
    inner = [point for point in points if start_ms <= point.at_ms <= end_ms]
    first, last = (GainPoint(at_ms, _measure_gain(points, at_ms)) for at_ms in (start_ms, end_ms))
    before = [first] if not inner or inner[0].at_ms > start_ms else []
    after = [last] if not inner or inner[-1].at_ms < end_ms else []
    return (*before, *inner, *after)


def _measure_gain(points: Sequence[GainPoint], at_ms: int) -> float:
    for before, after in pairwise(points):
        if before.at_ms <= at_ms <= after.at_ms:
            return _interpolate(before, after, at_ms)
    return 1.0


def _interpolate(before: GainPoint, after: GainPoint, at_ms: int) -> float:
    if after.at_ms == before.at_ms:
        return before.gain
    share = (at_ms - before.at_ms) / (after.at_ms - before.at_ms)
    return before.gain + share * (after.gain - before.gain)
