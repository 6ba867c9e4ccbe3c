"""What is to be described: a picture, where it belongs, and the ways in which it can be said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ...source import Picture, TimedPart, Timeline
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


def find_places(timeline: Timeline) -> Iterator[Place]:
    """Yield the pictures of an interview in order, and between which words each belongs.

    A time stamp of a picture's own counts where it is in the programme and not before another
    picture's.
    """
    said_ms = pinned_ms = 0
    for number, timed in enumerate(timeline.parts):
        if isinstance(timed.part, Picture):
            stamp_ms = timed.part.start_ms
            if stamp_ms is not None and pinned_ms <= stamp_ms <= timeline.duration_ms:
                pinned_ms = stamp_ms
                yield Place(timed.part, stamp_ms, stamp_ms)
            else:
                yield Place(timed.part, said_ms, max(said_ms, _find_next(timeline, number)))
        elif timed.words:
            said_ms = max(said_ms, timed.words[-1].end_ms)


def _find_next(timeline: Timeline, number: int) -> int:
    following: Sequence[TimedPart] = timeline.parts[number + 1 :]
    return next(
        (
            timed.words[0].start_ms
            for timed in following
            if timed.words and not isinstance(timed.part, Picture)
        ),
        timeline.duration_ms,
    )


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
