"""What a producer says of interviews beside their transcripts, laid over one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from .interview import Role
from .transcript.name import fold
from .wording import Editorial

NO_MEDIA = Path("none")
"""Stands for a recording where there shall be none."""

_Value = TypeVar("_Value")


class Edition(StrEnum):
    """What is spoken: the choices of `--narration`."""

    AUTO = "auto"
    """The pictures, over a recording, in an extended edition too where there is no time for them;
    without a recording the whole interview."""
    NONE = "none"
    STANDARD = "standard"
    """Never an extended edition."""
    EXTENDED = "extended"
    """An extended edition whether or not it is needed."""


class FileTimes(StrEnum):
    """What becomes of the times that the transcript's file has: the choices of `--timing`."""

    KEEP = "keep"
    ANEW = "anew"
    """The recording gives the times, or else the voices."""


@dataclass(frozen=True, slots=True)
class Person:
    """What is said of a speaker beside the transcript; None leaves it to the transcript."""

    name: str | None = None
    """The full name."""
    role: Role | None = None

    def over(self, base: Person) -> Person:
        """Lay what is said here over what is said in general."""
        return Person(self.name or base.name, self.role or base.role)


@dataclass(frozen=True, slots=True)
class Settings:
    """All that can be said of an interview beside its transcript; None and nothing say nothing.

    The command's options, an interview's file and its folder's are one each, laid over each other.
    """

    file: Path | None = None
    """Where it is said, if in a file."""
    language: str | None = None
    """A BCP 47 tag."""
    style: str | None = None
    """A house style's name, or the path of a `.toml` file."""
    editorial: Editorial | None = None
    formats: tuple[str, ...] | None = None
    """What captions are written in beside WebVTT."""
    word_times: bool | None = None
    """Whether WebVTT says when each word is said (karaoke)."""
    media: Path | None = None
    """The recording; `NO_MEDIA` says that there is none."""
    timing: FileTimes | None = None
    narration: Edition | None = None
    voice: str | None = None
    """As `--voice` takes it."""
    narrator: str | None = None
    """The same."""
    duck_db: float | None = None
    loudness_lufs: float | None = None
    page: bool | None = None
    """Whether a page plays and shows what is built."""
    speakers: Mapping[str, Person] = field(default_factory=dict[str, Person])
    """By a label or a name of the transcript."""
    voices: Mapping[str, str] = field(default_factory=dict[str, str])
    """As `--voice` takes them, by a label or a name of the transcript."""
    pronounce: Mapping[str, str] = field(default_factory=dict[str, str])
    """How words and phrases are said: in the International Phonetic Alphabet between slashes
    (`/ˈnæsə/`), or spelled as they sound (`NASS-uh`)."""

    def over(self, base: Settings) -> Settings:
        """Lay what is said here over what is said in general; tables are joined key by key, and
        what is said of a person is too.

        What is said here stands last in them.
        """
        said = {
            each.name: value
            for each in fields(self)
            if (value := getattr(self, each.name)) is not None
        }
        tables = {
            "speakers": _join_people(self.speakers, base.speakers),
            "voices": _join(self.voices, base.voices),
            # A capital makes another word: `US` is not `us`.
            "pronounce": {**base.pronounce, **self.pronounce},
        }
        return replace(base, **{**said, **tables})


def _join_people(here: Mapping[str, Person], there: Mapping[str, Person]) -> dict[str, Person]:
    before = {fold(name): person for name, person in there.items()}
    joined = {name: said.over(before.get(fold(name), Person())) for name, said in here.items()}
    return _join(joined, there)


def _join(here: Mapping[str, _Value], there: Mapping[str, _Value]) -> dict[str, _Value]:
    """Join what is said of people, however their names are written."""
    named = set(map(fold, here))
    return {**{name: said for name, said in there.items() if fold(name) not in named}, **here}


@dataclass(frozen=True, slots=True)
class FolderSettings:
    """What is said of all interviews in a folder, and of the folder itself."""

    settings: Settings = field(default_factory=Settings)
    out: Path | None = None
    """The results' folder."""
    include: tuple[str, ...] = ()
    """Files that are transcripts though their names don't end so: patterns as in .gitignore."""
    exclude: tuple[str, ...] = ()
    """Files and folders to pass over: patterns as in .gitignore."""
