"""What each person says in each cue, without the label that shows who it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from ...source.track import Run, Track, clean_line


@dataclass(frozen=True, slots=True)
class Speech:
    """A person's words in a cue, on one line."""

    start_ms: int
    end_ms: int
    speaker: str | None
    text: str
    sound: bool


def find_speech(track: Track) -> Iterator[Speech]:
    """Yield what is said in each cue; people who share one have its times."""
    for cue in track.cues:
        said = [(run, number) for number, line in enumerate(cue.lines) for run in line]
        for speaker, group in groupby(said, lambda one: one[0].speaker):
            runs = list(group)
            text = strip_label(_join(runs), speaker)
            if text:
                sound = all(run.sound for run, _ in runs)
                yield Speech(cue.start_ms, cue.end_ms, speaker, text, sound)


def _join(runs: list[tuple[Run, int]]) -> str:
    lines = (
        "".join(run.text for run, _ in group) for _, group in groupby(runs, lambda one: one[1])
    )
    return " ".join(clean_line(" ".join(lines)).split())


def strip_label(text: str, speaker: str | None) -> str:
    """Leave out a label that gives the speaker's name, and the dash that parts two people.

    Labels are such as `[Name]`, `(Name)`, `NAME:` and `- Name:`.
    """
    if not speaker:
        return text
    return _match_label(" ".join(speaker.split()).casefold()).sub("", text, count=1)


@lru_cache(maxsize=256)
def _match_label(name: str) -> re.Pattern[str]:
    shown = re.escape(name)
    return re.compile(
        rf"^(?:[-–—] ?)?(?:>> ?)?(?:\[{shown}\]:?|\({shown}\):?|{shown}:)(?:\s+|$)|^- ",
        re.IGNORECASE,
    )
