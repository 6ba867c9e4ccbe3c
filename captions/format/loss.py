"""What a track has and a format has no place for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from enum import Enum, auto

from ...source import Notice
from ...source.track import Run, Track, join_line
from .speech import strip_label


class Feature(Enum):
    """What a format may be able to hold beside the text and the times."""

    SPEAKERS = auto()
    COLOURS = auto()
    ITALICS = auto()
    BOLD = auto()
    UNDERLINE = auto()
    PLACES = auto()
    WORD_TIMES = auto()


_LACKING: dict[Feature, tuple[str, Callable[[Run], object]]] = {
    Feature.COLOURS: ("no colours", lambda run: run.look.colour),
    Feature.ITALICS: ("no italics", lambda run: run.look.italic),
    Feature.BOLD: ("no bold letters", lambda run: run.look.bold),
    Feature.UNDERLINE: ("no underlined letters", lambda run: run.look.underline),
    Feature.WORD_TIMES: ("no times for words", lambda run: run.start_ms is not None),
}


def note_losses(track: Track, name: str, held: Collection[Feature]) -> Iterator[Notice]:
    """Say of each thing that a track has and a format can't hold, how many cues lose it."""
    if Feature.SPEAKERS not in held:
        lacking = "nothing that tells who speaks, and no label says so"
        yield from _note(name, lacking, sum(_list_unlabelled(track)))
    for feature, (lacking, has) in _LACKING.items():
        if feature not in held:
            yield from _note(name, lacking, sum(any(map(has, cue.runs)) for cue in track.cues))
    if Feature.PLACES not in held:
        placed = sum(cue.place is not None for cue in track.cues)
        yield from _note(name, "no places for cues", placed)


def _list_unlabelled(track: Track) -> Iterator[bool]:
    """Tell for each cue whether somebody begins to speak and neither label nor dash shows it."""
    latest = None
    for cue in track.cues:
        untold = False
        for line in cue.lines:
            speaker = line[0].speaker
            if speaker and speaker != latest:
                text = join_line(line)
                untold = untold or strip_label(text, speaker) == text
            latest = speaker or latest
        yield untold


def _note(name: str, lacking: str, cues: int) -> Iterator[Notice]:
    if cues:
        yield Notice(None, f"{name} has {lacking}: {cues} cue{'s' * (cues > 1)}.")
