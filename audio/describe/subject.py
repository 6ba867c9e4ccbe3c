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
    places = [
        _find_place(timed.part, number, timeline)
        for number, timed in enumerate(timeline.parts)
        if isinstance(timed.part, Picture)
    ]
    return sorted((place for place in places if place), key=lambda place: place.earliest_ms)


def _find_place(picture: Picture, number: int, timeline: Timeline) -> Place | None:
    if picture.start_ms is not None and picture.start_ms <= timeline.duration_ms:
        return Place(picture, picture.start_ms, picture.start_ms)
    if not _is_among_said(picture, timeline):
        return None
    before = (timed.words[-1].end_ms for timed in timeline.parts[:number] if timed.words)
    after = (timed.words[0].start_ms for timed in timeline.parts[number + 1 :] if timed.words)
    earliest_ms = max(before, default=0)
    return Place(picture, earliest_ms, max(earliest_ms, next(after, timeline.duration_ms)))


def _is_among_said(picture: Picture, timeline: Timeline) -> bool:
    """Tell whether what is said before a picture or after it is in the programme."""
    said = {id(timed.part) for timed in timeline.parts if timed.words}
    turns = list(timeline.interview.turns())
    if not turns:
        return True
    parts = timeline.interview.parts
    number = next(number for number, part in enumerate(parts) if part is picture)
    before = [part for part in parts[:number] if isinstance(part, Turn)][-1:]
    after = [part for part in parts[number:] if isinstance(part, Turn)][:1]
    return any(id(turn) in said for turn in (*before, *after))


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
