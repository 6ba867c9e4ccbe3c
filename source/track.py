"""A caption track in no format: what every reader gives and every writer takes.

A text stands on one line. Places are in per cent of the picture, from its top and its left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from .interview import Notice

LINE_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_UNWRITABLE = re.compile(r"[\0\ud800-\udfff]")


class Edge(StrEnum):
    """What of a cue's text stands at a height; the text grows away from it."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


class Align(StrEnum):
    """Where the lines of a cue begin or end; start and end follow the direction of the script."""

    START = "start"
    CENTER = "center"
    END = "end"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cue stands, if not where the player puts it."""

    edge: Edge
    level: float
    """The height of that edge."""
    left: float = 0
    width: float = 100
    align: Align = Align.CENTER


USUAL = Place(Edge.BOTTOM, 90, 10, 80)
"""Where captions stand in a format that has to say it, if a track doesn't."""


@dataclass(frozen=True, slots=True)
class Look:
    """How letters look."""

    italic: bool = False
    bold: bool = False
    underline: bool = False
    colour: str | None = None
    """As #rrggbb; None for the speaker's, or else the player's own."""


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of a line that one person says and that look alike."""

    text: str
    speaker: str | None = None
    """None where nobody speaks, or nobody knows who."""
    look: Look = PLAIN
    sound: bool = False
    """Whether it is known to be a sound and no speech."""
    start_ms: int | None = None
    """When it is said, where the words of a cue have times of their own."""


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class TrackCue:
    """What stands on the screen at once."""

    start_ms: int
    end_ms: int
    lines: tuple[Line, ...]
    """None is blank."""
    place: Place | None = None

    @property
    def runs(self) -> Iterator[Run]:
        """Everything in it, from the top."""
        return (run for line in self.lines for run in line)


@dataclass(frozen=True, slots=True)
class Track:
    """Captions in the order in which they stand in their file. `language` is a BCP 47 tag."""

    cues: tuple[TrackCue, ...]
    language: str = ""
    """Empty where nobody says."""
    title: str = ""
    colours: tuple[tuple[str, str], ...] = ()
    """Speakers and their colours, as #rrggbb."""
    remark: str = ""
    """Where it comes from, for those who open the file."""


@dataclass(frozen=True, slots=True)
class Written:
    """A track in a format, to be saved as UTF-8 with its line ends as they are."""

    text: str
    notices: tuple[Notice, ...] = ()
    """What the format can't hold."""


def clean_line(text: str) -> str:
    """Return a text on one line; what no text file can hold is shown as a replacement character."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", LINE_BREAKS.sub(" ", text))


def join_line(line: Line) -> str:
    """Return what is seen of a line."""
    return line[0].text if len(line) == 1 else "".join(run.text for run in line)
