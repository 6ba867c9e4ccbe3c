"""What became of each picture's description, for a person's eyes or for a script's."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..audio.describe import (
    Extension,
    Gap,
    Placement,
    Step,
    find_repetitions,
    measure_room,
)
from ..source import Notice, Picture

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
    pictures: Sequence[Picture]
    placements: Sequence[Placement]
    extensions: Sequence[Extension]
    """In the extended edition; none where there is no such edition."""
    gaps: Sequence[Gap]
    mixed: Mixed | None
    """None where nothing is in the mix but the programme."""

    def note(self) -> Iterator[Notice]:
        """Yield what the author should look at."""
        spoken = {id(placement.subject.place.picture) for placement in self.placements}
        for picture in self.pictures:
            if id(picture) not in spoken:
                yield Notice(picture.line, "No voice can say this description; write it in words.")
        for picture, before in find_repetitions(self.pictures):
            yield Notice(
                picture.line,
                f"This description says nothing that the one on line {before.line} did not; say "
                "what is different here.",
            )
        if not self.extensions:
            yield from self._note_omitted()
        if self.mixed:
            yield from _note_level(self.mixed)

    def _note_omitted(self) -> Iterator[Notice]:
        for placement in self.placements:
            if placement.step is Step.EXTENDED:
                yield Notice(
                    placement.subject.place.picture.line,
                    f"There is no time to speak this description: {_explain(placement, self.gaps)} "
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
        fitting = sum(placement.step is not Step.EXTENDED for placement in self.placements)
        told = f"described in the silences: {fitting} of {len(self.pictures)} pictures"
        if self.extensions:
            held = sum(extension.hold is not None for extension in self.extensions)
            told += f"; in the extended edition all of them, the picture held for {held}"
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
        "step": placement.step.value,
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


def _explain(placement: Placement, gaps: Sequence[Gap]) -> str:
    """Say why a description stands on its step of the ladder."""
    renditions = placement.subject.renditions
    usual_s = renditions[0].clip.duration_ms / 1000
    shortest_s = min(one.clip.duration_ms for one in renditions) / 1000
    room_s = measure_room(placement.subject.place, gaps) / 1000
    room = f"there is room for {room_s:.1f} s" if room_s else "there is no silence"
    if room_s >= usual_s and placement.step is not Step.USUAL:
        room += ", which others share"
    match placement.step:
        case Step.USUAL:
            return f"It takes {usual_s:.1f} s, and at its place {room}."
        case Step.FASTER:
            return f"At the usual pace it takes {usual_s:.1f} s, but at its place {room}."
        case Step.SHORT:
            whole_s = min(one.clip.duration_ms for one in renditions if not one.short) / 1000
            return f"The whole text takes at least {whole_s:.1f} s, but at its place {room}."
        case Step.NEIGHBOUR:
            away_s = placement.subject.place.measure_distance(placement.start_ms) / 1000
            return (
                f"It takes at least {shortest_s:.1f} s, but at its place {room}; the gap that has "
                f"room is {away_s:.1f} s away."
            )
        case Step.EXTENDED:
            return (
                f"It takes at least {shortest_s:.1f} s, at its place {room}, and no gap near it "
                "has more."
            )
