"""What a producer says of interviews in TOML files: beside a transcript, or for a whole folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from msgspec import Struct

from .errors import UsageError
from .interview import Role
from .toml_file import fit_table, read_toml
from .wording import Editorial


@dataclass(frozen=True, slots=True)
class Person:
    """What is said of a speaker beside the transcript."""

    name: str
    """The full name."""
    role: Role | None = None


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
    media: Path | None = None
    """The recording; the path `none` says that there is none."""
    narration: str | None = None
    """What is spoken: auto, none, standard or extended."""
    voice: str | None = None
    narrator: str | None = None
    duck_db: float | None = None
    loudness_lufs: float | None = None
    speakers: Mapping[str, Person] = field(default_factory=dict[str, Person])
    """By a label or a name of the transcript."""
    voices: Mapping[str, str] = field(default_factory=dict[str, str])
    """By a label or a name of the transcript."""
    pronounce: Mapping[str, str] = field(default_factory=dict[str, str])
    """How words and phrases are said: in the International Phonetic Alphabet between slashes
    (`/ˈnæsə/`), or spelled as they sound (`NASS-uh`)."""

    def over(self, base: Settings) -> Settings:
        """Lay what is said here over what is said in general; tables are joined key by key."""
        changes: dict[str, object] = {}
        for each in fields(self):
            here, there = getattr(self, each.name), getattr(base, each.name)
            if isinstance(here, Mapping):
                changes[each.name] = {**there, **here}
            elif here is not None:
                changes[each.name] = here
        return replace(base, **changes)


class _SettingsFile(Struct, frozen=True, forbid_unknown_fields=True):
    pronounce: dict[str, object] = {}


def load_settings(transcript: Path) -> Settings:
    """Read the settings beside a transcript, `talk.toml` for `talk.txt`; without them, defaults.

    Raises UnreadableSource or UsageError for a file that can't be read or understood.
    """
    path = transcript.parent / f"{transcript.stem}.toml"
    if not path.exists():
        return Settings()
    file = fit_table(read_toml(path), _SettingsFile, path, "settings file")
    said = {written: _check(written, said, path) for written, said in file.pronounce.items()}
    return Settings(path, pronounce=said)


def _check(written: str, said: object, path: Path) -> str:
    """Return how something is said, without white space around it."""
    if not any(map(str.isalnum, written)):
        raise UsageError(f"[pronounce] “{written}” holds no word; name one or more.", file=path)
    text = said.strip() if isinstance(said, str) else ""
    half_open = text.startswith("/") != text.endswith("/") or text == "/"
    if half_open or not any(map(str.isalnum, text)):
        raise UsageError(
            f"[pronounce] “{written}”: say how it sounds between quotation marks, either in the "
            "phonetic alphabet between slashes (/ˈnæsə/) or spelled as it sounds (NASS-uh).",
            file=path,
        )
    return text
