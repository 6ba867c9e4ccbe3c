"""What became of each picture's description, for a person's eyes or for a script's."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..audio import Stretch
from ..audio.describe import (
    EARLY_MS,
    WINDOW_MS,
    Extension,
    Gap,
    Placement,
    Step,
    measure_room,
)
from ..source import Notice, Picture, Timeline
from .listing import format_time

_CEILING_DBTP = -1.0


@dataclass(frozen=True, slots=True)
class Mixed:
    """How loud the described mix is (ITU-R BS.1770); −inf where it is silent."""

    lufs: float
    true_peak_dbtp: float
    reached: bool = True
    """Whether it has the loudness that was asked for, if one was."""


@dataclass(frozen=True, slots=True)
class Described:
    """The descriptions of one recording."""

    narrator: str
    """The voice."""
    timeline: Timeline
    """The pictures that belong somewhere in it, those that are spoken with their words in time."""
    placements: Sequence[Placement]
    extensions: Sequence[Extension]
    """In the extended edition; none where there is no such edition."""
    gaps: Sequence[Gap]
    mixed: Mixed | None
    """None where nothing is in the mix but the programme."""
    doubted: Sequence[Stretch]
    """Where the recording may have speech that nobody transcribed."""
    omitted: Sequence[Extension] = ()
    """What the mix has no time for, where the programme can best be halted for it."""
    clips: Mapping[int, tuple[int, int]] = field(default_factory=dict[int, tuple[int, int]])
    """From when to when each picture, by its identity, is described in a file of that alone."""

    @property
    def pictures(self) -> list[Picture]:
        """The pictures, in order."""
        parts = self.timeline.interview.parts
        return [part for part in parts if isinstance(part, Picture)]

    def note(self) -> Iterator[Notice]:
        """Yield what the author should look at."""
        yield from self._note_pictures()
        if not self.extensions:
            yield from self._note_omitted()
        elif not self.mixed:
            yield Notice(
                None,
                "No description fits into a silence of this recording, so there is only the "
                "extended edition.",
            )
        if self.mixed:
            yield from _note_level(self.mixed)
        yield from self._note_doubted()

    def _note_doubted(self) -> Iterator[Notice]:
        """Note what is spoken where not all signs agree that nobody speaks."""
        times = [
            format_time(one.start_ms)
            for one in self.placements
            if one.rendition
            and any(
                stretch.start_ms < one.end_ms and one.start_ms < stretch.end_ms
                for stretch in self.doubted
            )
        ]
        if times:
            yield Notice(
                None,
                f"Listen to the description at {', '.join(times)}: what sounds there was taken for "
                "music or noise, but may be somebody who speaks.",
            )

    def _note_pictures(self) -> Iterator[Notice]:
        """Yield what is odd about single pictures."""
        in_time = {id(timed.part) for timed in self.timeline.parts}
        left: list[Picture] = []
        places = {id(one.subject.place.picture): one.subject.place for one in self.placements}
        for picture in self.pictures:
            place = places.get(id(picture))
            if id(picture) not in in_time:
                left.append(picture)
            elif place is None:
                yield Notice(picture.line, "No voice can say this description; write it in words.")
            elif picture.start_ms not in {None, place.earliest_ms}:
                yield Notice(
                    picture.line,
                    "The time stamp of this picture is beyond the recording's end; it is described "
                    "where it stands in the transcript.",
                )
        if left:
            lines = ", ".join(str(picture.line) for picture in left)
            yield Notice(
                left[0].line,
                "What is said around some pictures is not in the recording, so they are not "
                f"described (line {lines}).",
            )

    def _note_omitted(self) -> Iterator[Notice]:
        for placement in self.placements:
            if placement.step is Step.NOWHERE:
                yield Notice(
                    placement.subject.place.picture.line,
                    f"There is no time to speak this description. {_explain(placement, self.gaps)} "
                    "Give it a shorter form, or build with --narration extended.",
                )

    def describe(self) -> dict[str, object]:
        """Return what `report.json` has of the narration; times are in milliseconds."""
        extended = {id(one.subject): one for one in self.extensions}
        return {
            "narrator": self.narrator,
            "loudness_lufs": _round(self.mixed.lufs) if self.mixed else None,
            "true_peak_dbtp": _round(self.mixed.true_peak_dbtp) if self.mixed else None,
            "descriptions": [
                _describe(placement, extended.get(id(placement.subject)), self.gaps)
                for placement in self.placements
            ],
        }

    def summarise(self) -> str:
        """Return in one line how many pictures are described, and how."""
        fitting = sum(placement.step is not Step.NOWHERE for placement in self.placements)
        told = f"described in the silences: {fitting} of {len(self.pictures)} pictures"
        if self.extensions:
            held = sum(extension.hold is not None for extension in self.extensions)
            told += f"; in the extended edition {len(self.extensions)}, the picture held for {held}"
        return told


def _note_level(mixed: Mixed) -> Iterator[Notice]:
    if not mixed.reached:
        yield Notice(
            None,
            f"The described mix has {mixed.lufs:.1f} LUFS: to be any louder, its peaks would have "
            "to pass −1 dBTP.",
        )
    elif mixed.true_peak_dbtp > _CEILING_DBTP:
        yield Notice(
            None,
            f"The recording itself peaks at {mixed.true_peak_dbtp:+.1f} dBTP, above −1, and so "
            "does the described mix; --loudness brings it down.",
        )


def _round(level: float) -> float | None:
    return round(level, 2) if math.isfinite(level) else None


def _describe(
    placement: Placement, extension: Extension | None, gaps: Sequence[Gap]
) -> dict[str, object]:
    place, spoken, gap = placement.subject.place, placement.rendition, placement.gap
    return {
        "line": place.picture.line,
        "text": spoken.text if spoken else place.picture.text,
        "place": {"earliest_ms": place.earliest_ms, "latest_ms": place.latest_ms},
        "step": _name_step(placement, extension),
        "why": _explain(placement, gaps),
        "start_ms": placement.start_ms if spoken else None,
        "end_ms": placement.end_ms if spoken else None,
        "words_per_minute": spoken.words_per_minute if spoken else None,
        "gap": gap
        and {
            "start_ms": gap.start_ms,
            "end_ms": gap.end_ms,
            "confidence": round(gap.confidence, 3),
        },
        "extended": extension
        and {
            "at_ms": extension.start_ms,
            "hold_ms": extension.hold.duration_ms if extension.hold else 0,
        },
    }


def _name_step(placement: Placement, extension: Extension | None) -> str:
    if placement.step is Step.NOWHERE:
        return "extended" if extension else "omitted"
    return placement.step.value


def _explain(placement: Placement, gaps: Sequence[Gap]) -> str:
    """Say why a description stands on its step of the ladder."""
    place, renditions = placement.subject.place, placement.subject.renditions
    usual_ms = renditions[0].clip.duration_ms
    whole_ms = min(one.clip.duration_ms for one in renditions if not one.short)
    shortest_ms = min(one.clip.duration_ms for one in renditions)
    room_ms = measure_room(place, gaps)
    at_place = f"at its place there is room for {_say(room_ms)}"
    at_place = at_place if room_ms else "at its place there is no silence of 1.5 s"
    shared = ", some of which the descriptions around it need"
    match placement.step:
        case Step.USUAL:
            return f"It takes {_say(usual_ms)}; {at_place}."
        case Step.FASTER:
            at_place += shared if room_ms >= usual_ms else ""
            return f"At the usual pace it takes {_say(usual_ms)}; {at_place}."
        case Step.SHORT:
            at_place += shared if room_ms >= whole_ms else ""
            return f"The whole text takes at least {_say(whole_ms)}; {at_place}."
        case Step.NEIGHBOUR:
            at_place += shared if room_ms >= shortest_ms else ""
            away = _say(place.measure_distance(placement.start_ms))
            return (
                f"It takes at least {_say(shortest_ms)}; {at_place}. This silence is {away} away."
            )
        case Step.NOWHERE:
            room_ms = measure_room(place, gaps, EARLY_MS, WINDOW_MS)
            near = f"the silences near it have room for {_say(room_ms)} at most"
            near = near if room_ms else "there is no silence of 1.5 s near it"
            near += shared if room_ms >= shortest_ms else ""
            return f"It takes at least {_say(shortest_ms)}; {near}."


def _say(duration_ms: int) -> str:
    return f"{duration_ms / 1000:.1f} s"
