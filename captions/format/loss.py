"""What a track has and a format has no place for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from enum import Enum, auto

from ...source import Notice
from ..track import Run, Track


class Feature(Enum):
    """What a format may be able to hold beside the text and the times."""

    SPEAKERS = auto()
    COLOURS = auto()
    ITALICS = auto()
    BOLD = auto()
    UNDERLINE = auto()
    PLACES = auto()
    WORD_TIMES = auto()


_RUN_FEATURES: dict[Feature, tuple[str, Callable[[Run], object]]] = {
    Feature.SPEAKERS: (
        "no field for who speaks, so that only labels in the text tell",
        lambda run: run.speaker,
    ),
    Feature.COLOURS: ("no such colours", lambda run: run.look.colour),
    Feature.ITALICS: ("no italics", lambda run: run.look.italic),
    Feature.BOLD: ("no bold letters", lambda run: run.look.bold),
    Feature.UNDERLINE: ("no underlined letters", lambda run: run.look.underline),
    Feature.WORD_TIMES: ("no times for words", lambda run: run.start_ms is not None),
}


def note_losses(track: Track, name: str, held: Collection[Feature]) -> Iterator[Notice]:
    """Say of each thing that a track has and a format can't hold, how many cues lose it."""
    for feature, (lacking, has) in _RUN_FEATURES.items():
        if feature not in held:
            yield from _note(name, lacking, sum(any(map(has, cue.runs)) for cue in track.cues))
    if Feature.PLACES not in held:
        placed = sum(cue.place is not None for cue in track.cues)
        yield from _note(name, "no places for cues", placed)
    if Feature.COLOURS not in held and track.colours:
        yield Notice(None, f"{name} has no colours for speakers: {len(track.colours)} lose theirs.")


def _note(name: str, lacking: str, cues: int) -> Iterator[Notice]:
    if cues:
        yield Notice(None, f"{name} has {lacking}: {cues} cue{'s' * (cues > 1)}.")
