"""What is to be described: a picture, where it belongs, and the ways in which it can be said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ...source import Picture, Timeline, Turn
from ..speak.store import ShelvedClip
from ..speak.voice import Clip

RATES = (160, 180, 200)
"""Words a minute, from the usual pace to the fastest that is still easy to follow: description is
usually spoken at 160 to 180."""


Speak = Callable[[str, int], Clip | ShelvedClip]
"""Says a text at so many words a minute, and trims it."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """One way to say a description; `clip` is trimmed."""

    text: str
    short: bool
    """Whether it is the author's shorter form."""
    words_per_minute: int
    clip: Clip | ShelvedClip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a picture belongs: between what is said before it and what is said after.

    Where the transcript gives the picture a time of its own, both ends are that time.
    """

    picture: Picture
    earliest_ms: int
    latest_ms: int

    def measure_distance(self, start_ms: int) -> int:
        """Return how far from here something starts."""
        return max(0, self.earliest_ms - start_ms, start_ms - self.latest_ms)


@dataclass(frozen=True, slots=True)
class Subject:
    """A picture that shall be described."""

    place: Place
    renditions: tuple[Rendition, ...]
    """From the one that serves best to the one that takes least; none has an empty clip."""


def find_places(timeline: Timeline) -> list[Place]:
    """Find between which words each picture belongs, in the order of time.

    A time stamp of a picture's own counts where it is in the programme. A picture in a passage that
    the programme does not have belongs nowhere.
    """
    cut = _find_cut(timeline)
    places: list[Place] = []
    waiting: list[Picture] = []
    said_ms = 0
    for timed in timeline.parts:
        if isinstance(timed.part, Picture):
            stamp_ms = timed.part.start_ms
            if stamp_ms is not None and stamp_ms <= timeline.duration_ms:
                places.append(Place(timed.part, stamp_ms, stamp_ms))
            elif id(timed.part) not in cut:
                waiting.append(timed.part)
        elif timed.words:
            next_ms = max(said_ms, timed.words[0].start_ms)
            places += (Place(picture, said_ms, next_ms) for picture in waiting)
            waiting, said_ms = [], max(said_ms, timed.words[-1].end_ms)
    places += (Place(picture, said_ms, max(said_ms, timeline.duration_ms)) for picture in waiting)
    return sorted(places, key=lambda place: (place.earliest_ms, place.picture.line))


def _find_cut(timeline: Timeline) -> set[int]:
    """Find the pictures, by identity, with neither the turn before nor the one after said."""
    said = {id(timed.part) for timed in timeline.parts if timed.words}
    cut: set[int] = set()
    waiting: list[int] = []
    before: bool | None = None
    """Whether the turn before is said; None where there is none."""
    for part in timeline.interview.parts:
        if isinstance(part, Picture):
            waiting.append(id(part))
        elif isinstance(part, Turn):
            after = id(part) in said
            cut.update(() if before or after else waiting)
            waiting, before = [], after
    cut.update(waiting if before is False else ())
    return cut


def speak_places(places: Iterable[Place], speak: Speak) -> Iterator[Subject]:
    """Have each picture's forms said at every rate; a picture that nobody can say is left out."""
    for place in places:
        forms = [place.picture.text, place.picture.short]
        renditions = [
            Rendition(text, number > 0, rate, clip)
            for number, text in enumerate(" ".join(form.split()) for form in forms if form)
            for rate in RATES
            if (clip := speak(text, rate)).duration_ms
        ]
        if renditions and not renditions[0].short:
            yield Subject(place, tuple(renditions))
