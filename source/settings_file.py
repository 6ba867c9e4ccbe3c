"""Settings files, `talk.toml` beside `talk.txt` and a folder's `vivavoz.toml`: read and checked.

They are trusted with what is read: a style or a voice may come from a file anywhere. What is
written, and the recording that may be copied into it, stay in the folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from .errors import UsageError
from .folder import is_file
from .interview import Role
from .level import DUCK_DB, LOUDNESS_LUFS
from .quotation import quote
from .settings import NO_MEDIA, Edition, FileTimes, FolderSettings, Person, Settings
from .text_file import CONTROLS
from .toml_file import fit_table, read_toml
from .wording import Editorial

_ADDRESS = re.compile(r"\w{2,}://")

FOLDER_FILE = "vivavoz.toml"
"""What the settings of a folder are called."""


class _Common(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The keys of both files; those that an option of the command has too are called like it."""

    language: str | None = None
    style: str | None = None
    editorial: Editorial | None = None
    formats: tuple[str, ...] | None = None
    word_times: bool | None = None
    timing: FileTimes | None = None
    narration: Edition | None = None
    voice: str | None = None
    narrator: str | None = None
    duck: Annotated[float, Meta(ge=DUCK_DB[0], le=DUCK_DB[1])] | None = None
    loudness: Annotated[float, Meta(ge=LOUDNESS_LUFS[0], le=LOUDNESS_LUFS[1])] | None = None
    page: bool | None = None
    # What is wrong in these is told by the name it stands under.
    speakers: dict[str, object] = {}
    voices: dict[str, object] = {}
    pronounce: dict[str, object] = {}


class InterviewFile(_Common, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings of one interview, as they are written."""

    media: str | None = None


class FolderFile(_Common, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings of a folder, as they are written."""

    out: str | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class _PersonTable(Struct, frozen=True, forbid_unknown_fields=True):
    name: str | None = None
    role: Role | None = None


def load_settings(path: Path) -> Settings:
    """Read the settings of an interview.

    Raises UnreadableSource or UsageError for a file that can't be read or understood.
    """
    file = fit_table(read_toml(path), InterviewFile, path, "settings file")
    settings = _read_common(file, path)
    if file.media is None:
        return settings
    media = NO_MEDIA if file.media == str(NO_MEDIA) else _place(file.media, "media", path)
    return replace(settings, media=media)


def load_folder_settings(path: Path) -> FolderSettings:
    """Read the settings of a folder. Raises as `load_settings`."""
    file = fit_table(read_toml(path), FolderFile, path, FOLDER_FILE)
    out = None if file.out is None else _place(file.out, "out", path)
    if out and out.resolve() == path.parent.resolve():
        raise UsageError("out: the results need a folder of their own; name one.", file=path)
    if out and not out.resolve().is_relative_to(path.parent.resolve()):
        raise _lead_away("out", path)  # through a link
    return FolderSettings(_read_common(file, path), out, file.include, file.exclude)


def _read_common(file: _Common, path: Path) -> Settings:
    return Settings(
        file=path,
        language=file.language,
        style=_find_style(file.style, path),
        editorial=file.editorial,
        formats=file.formats,
        word_times=file.word_times,
        timing=file.timing,
        narration=file.narration,
        voice=_find_voice(file.voice, path),
        narrator=_find_voice(file.narrator, path),
        duck_db=file.duck,
        loudness_lufs=file.loudness,
        page=file.page,
        speakers=dict(_read_people(file.speakers, path)),
        voices=dict(_read_voices(file.voices, path)),
        pronounce=dict(_read_pronunciations(file.pronounce, path)),
    )


def _place(name: str, key: str, path: Path) -> Path:
    """Return a file or folder that settings name: beside them or below. Raises UsageError."""
    relative = Path(name)
    if not name.strip() or CONTROLS.search(name):
        raise UsageError(f"{key}: {quote(name)} is no name; write one.", file=path)
    if _ADDRESS.match(name):
        message = f"{key}: this is an address, and only files are used; name one in the folder."
        raise UsageError(message, file=path)
    if relative.is_absolute() or relative.drive or ".." in relative.parts:
        raise _lead_away(key, path)
    return path.parent / relative


def _lead_away(key: str, path: Path) -> UsageError:
    return UsageError(
        f"{key}: this leads out of the folder; name a place in it, or name this one on the command "
        f"line, with --{key}.",
        file=path,
    )


def _find_style(name: str | None, path: Path) -> str | None:
    """Return a style's name, or the path of its file, which is told from the settings."""
    return str(path.parent / name) if name and name.endswith(".toml") else name


def _find_voice(spec: str | None, path: Path) -> str | None:
    """Return a voice; a file that it comes from is told from the settings."""
    engine, colon, choice = (spec or "").partition(":")
    if choice and is_file(path.parent / choice):
        return f"{engine}{colon}{path.parent / choice}"
    return spec


def _read_people(said: Mapping[str, object], path: Path) -> Iterable[tuple[str, Person]]:
    for called, value in said.items():
        where = f"[speakers] {quote(called)}"
        if isinstance(value, str):
            yield called, Person(_check_name(value, where, path))
        elif isinstance(value, dict) and value:
            person = fit_table(value, _PersonTable, path, "settings file", where)
            name = None if person.name is None else _check_name(person.name, where, path)
            yield called, Person(name, person.role)
        else:
            raise UsageError(
                f"{where}: say the full name between quotation marks, or a role too: "
                '{ name = "Ann Lee", role = "interviewer" }.',
                file=path,
            )


def _check_name(name: str, where: str, path: Path) -> str:
    tidy = " ".join(name.split())
    if not any(map(str.isalnum, tidy)) or CONTROLS.search(tidy):
        raise UsageError(f"{where}: this is no name; write the full name.", file=path)
    return tidy


def _read_voices(said: Mapping[str, object], path: Path) -> Iterable[tuple[str, str]]:
    for called, value in said.items():
        if not isinstance(value, str):
            raise UsageError(
                f"[voices] {quote(called)}: name a voice between quotation marks, such as "
                '"espeak:en-gb".',
                file=path,
            )
        yield called, _find_voice(value, path) or ""


def _read_pronunciations(said: Mapping[str, object], path: Path) -> Iterable[tuple[str, str]]:
    for written, value in said.items():
        if not any(map(str.isalnum, written)):
            message = f"[pronounce] {quote(written)} holds no word; name one or more."
            raise UsageError(message, file=path)
        text = value.strip() if isinstance(value, str) else ""
        half_open = text.startswith("/") != text.endswith("/") or text == "/"
        if half_open or not any(map(str.isalnum, text)):
            raise UsageError(
                f"[pronounce] {quote(written)}: say how it sounds between quotation marks, either "
                "in the phonetic alphabet between slashes (/ˈnæsə/) or spelled as it sounds "
                "(NASS-uh).",
                file=path,
            )
        yield written, text
