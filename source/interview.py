"""The model of an interview: who speaks, what is said, seen and heard, in order.

Times are whole milliseconds from the start of the programme. A line is the number, from 1, of
the transcript's line on which a thing begins; in a service's export, of its segment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a speaker does in the interview."""

    INTERVIEWER = "interviewer"
    GUEST = "guest"
    NARRATOR = "narrator"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks, under the fullest name that settings or the transcript give."""

    name: str
    role: Role
    called: tuple[str, ...] = ()
    """What else the transcript calls them: labels, and its own name for them."""


class SpanKind(StrEnum):
    """What a stretch of a turn is."""

    SPEECH = "speech"
    EDITORIAL = "editorial"
    """Words that an editor put in [square brackets]; `text` is without the brackets."""
    SOUND = "sound"
    """`[laughs]`, `(applause)`, `[To the phone]`; `text` is without the brackets."""
    NOTE = "note"
    """What an editor says for themselves: `[1996, Ed.]`; `text` is without the brackets."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a turn that is one kind of thing.

    Joined as they stand, the spans give the turn's text: the white space between two spans
    belongs to the speech beside it. A blank line parts two paragraphs.
    """

    kind: SpanKind
    text: str
    start_ms: int | None = None
    """The time stamp that stood right before this span, if one did."""


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of what is said, a word or a whole cue, and when, as the transcript's file has it.

    `start_ms <= end_ms`, and neither goes back from one stretch of a turn to the next.
    """

    text: str
    start_ms: int
    end_ms: int
    confidence: float | None = None
    """From 0 to 1, as the service that heard it gives it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says until the next thing happens."""

    speaker: str
    spans: tuple[Span, ...]
    line: int
    start_ms: int | None = None
    """The transcript's own time stamp for this turn, if it has one."""
    said: tuple[Said, ...] = ()
    """The whole turn, stretch by stretch, where its file says when each is said."""

    @property
    def text(self) -> str:
        """The whole turn, editorial words and sounds in square brackets."""
        return "".join(
            span.text if span.kind is SpanKind.SPEECH else f"[{span.text}]" for span in self.spans
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """What is to be seen at this place, as the transcript describes it."""

    text: str
    line: int
    start_ms: int | None = None
    file: str | None = None
    """The image that a Markdown picture names: kept, never opened."""
    short: str | None = None
    """The author's shorter form, for where the whole text has no time to be spoken."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Something heard that is not speech and stands between turns; `text` has no brackets."""

    text: str
    line: int
    start_ms: int | None = None
    end_ms: int | None = None
    """When it ends, where the transcript's file says so."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A title inside the transcript."""

    text: str
    line: int
    start_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Front:
    """A paragraph that nobody in the interview says: its introduction, or an editor's note."""

    text: str
    line: int
    start_ms: int | None = None


Part = Turn | Picture | Sound | Heading | Front


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader could not place or wants a person to look at."""

    line: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview as it was understood. `language` is a BCP 47 tag."""

    title: str
    language: str
    speakers: tuple[Speaker, ...]
    parts: tuple[Part, ...]
    notices: tuple[Notice, ...] = ()

    @property
    def has_times(self) -> bool:
        """Whether its file says when the words are said, and not only when a turn begins."""
        return any(turn.said for turn in self.turns())

    def turns(self) -> Iterator[Turn]:
        """Yield the turns in order."""
        return (part for part in self.parts if isinstance(part, Turn))
