"""What a page shows and plays: all that its writer has to know of a build.

Times are milliseconds of the programme. Files are names of what stands beside the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ...source import Clock


@dataclass(frozen=True, slots=True)
class Media:
    """What is played."""

    file: str
    is_video: bool
    is_voiced: bool = False
    """Whether voices read the interview, pictures included: no recording was there."""


class Kind(StrEnum):
    """What a passage is."""

    SPEECH = "speech"
    SOUND = "sound"
    PICTURE = "picture"
    HEADING = "heading"
    FRONT = "front"
    """What nobody in the interview says: its introduction, an editor's note."""
    UNTRANSCRIBED = "untranscribed"
    """Speech of the recording that the transcript lacks: it has no words, only times."""


@dataclass(frozen=True, slots=True)
class PageWord:
    """A word of a passage, with what stands before it."""

    text: str
    start_ms: int | None
    """None where it is not in the recording, or nothing is played."""
    is_sound: bool = False
    """A word of a sound that stands in a turn: `[laughs]`."""
    before: str = ""
    """What parts it from the word before: a blank, nothing, or a line break for a paragraph."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A thing that is told, in the transcript's order."""

    kind: Kind
    start_ms: int | None
    """None where it is not in the recording, or nothing is played."""
    end_ms: int | None
    words: tuple[PageWord, ...]
    speaker: str = ""
    clip: tuple[int, int] | None = None
    """A picture's description in the file of clips: from when to when it is spoken there."""


@dataclass(frozen=True, slots=True)
class PageCue:
    """A caption."""

    start_ms: int
    end_ms: int
    lines: tuple[tuple[str, str], ...]
    """For each line who says it, or nothing, and its text."""


@dataclass(frozen=True, slots=True)
class PageChapter:
    """A chapter; each ends where the next one starts."""

    start_ms: int
    end_ms: int
    title: str


@dataclass(frozen=True, slots=True)
class Version:
    """The interview in one language: the original's first."""

    language: str
    """A BCP 47 tag."""
    title: str
    clock: Clock
    """What gave the times."""
    cues: tuple[PageCue, ...]
    chapters: tuple[PageChapter, ...]
    passages: tuple[Passage, ...]
    sound: str | None = None
    """What is played in place of the page's media: voices that read it in this language."""
    described: str | None = None
    """The recording with the descriptions in the mix."""
    clips: str | None = None
    """The descriptions, one behind the other."""
    downloads: tuple[str, ...] = ()
    """Files for those who want them: captions, transcripts, sound."""


@dataclass(frozen=True, slots=True)
class PageFinding:
    """A rule that the captions break."""

    cue: int | None
    """The index of the cue of the original; None where it is about the whole file."""
    start_ms: int | None
    rule: str
    message: str
    section: str
    """The guideline, and where in it the rule stands."""
    is_forced: bool
    """Whether speech is too fast for it to be kept."""


@dataclass(frozen=True, slots=True)
class PageDescription:
    """What became of a picture over a recording."""

    start_ms: int
    end_ms: int
    """The same as its start where there is no time to speak it."""
    text: str
    step: str
    """As in the report: usual, faster, short, neighbour, nowhere."""


@dataclass(frozen=True, slots=True)
class Review:
    """What a producer looks at, of the original."""

    style: str
    unit: str
    """Of the speeds: as the style counts."""
    limit: float
    """The fastest that the style allows."""
    speeds: tuple[float, ...]
    """Of each cue."""
    findings: tuple[PageFinding, ...]
    gaps: tuple[tuple[int, int], ...]
    """Where nobody speaks."""
    descriptions: tuple[PageDescription, ...]
    notices: tuple[str, ...]
    """What the build wants a person to look at, a sentence each."""


@dataclass(frozen=True, slots=True)
class PageContent:
    """All of a page."""

    duration_ms: int
    media: Media | None
    versions: tuple[Version, ...]
    review: Review
