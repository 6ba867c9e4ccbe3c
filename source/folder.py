"""What stands in a folder, listed once for all that is looked for in it."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

from .ending import EDITS, RECORDINGS, split_ending
from .language import split_language

_RANKS = {ending: rank for rank, ending in enumerate(RECORDINGS)}


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder's files and folders, without hidden ones."""

    path: Path
    files: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    """Their names in order, by what they are called without their endings, in NFC: a file that
    went through macOS has its accents apart."""
    folders: Sequence[str] = ()
    """Their names in order; links to folders, which may lead in circles, are left out."""
    languages: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    """The files whose name says a language, in order, by what they are called without it."""

    def find_beside(self, name: str) -> Sequence[str]:
        """Return the files that are called as a file is, and end as they may."""
        return self.files.get(normalize("NFC", split_ending(name)[0]), ())

    def find_languages(self, name: str) -> Sequence[str]:
        """Return the files that are called as a file is, and say a language: `talk.es.docx`."""
        return self.languages.get(normalize("NFC", split_ending(name)[0]), ())

    def find_settings(self, name: str) -> Path | None:
        """Return the settings beside a transcript: `talk.toml` for `talk.txt`."""
        beside = (path for path in self.find_beside(name) if path.endswith(".toml"))
        settings = (path for path in beside if path != name and not path.endswith(EDITS))
        return next((self.path / path for path in settings), None)


def list_folder(path: Path) -> Folder:
    """List a folder. Raises OSError."""
    files: defaultdict[str, list[str]] = defaultdict(list)
    folders: list[str] = []
    with os.scandir(path) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
            elif is_file(entry):
                files[normalize("NFC", split_ending(entry.name)[0])].append(entry.name)
    languages: defaultdict[str, list[str]] = defaultdict(list)
    for called, names in files.items():
        stem, language = split_language(called)
        if language:
            languages[stem] += names
    return Folder(path, files, folders, languages)


def find_recording(transcript: Path, folder: Folder | None = None) -> Path | None:
    """Return the media file beside a transcript that has its name, the likeliest where several do.

    `folder` is the transcript's, if it is listed already.
    """
    if folder is None:
        try:
            folder = list_folder(transcript.parent)
        except OSError:
            return None
    ranks = {
        name: _RANKS[ending]
        for name in folder.find_beside(transcript.name)
        if name != transcript.name and (ending := split_ending(name)[1]) in _RANKS
    }
    best = min(ranks, key=lambda name: ranks[name], default=None)
    return None if best is None else folder.path / best


def is_file(path: Path | os.DirEntry[str]) -> bool:
    """Say whether there is such a file: a name that is too long, or a link to itself, is none."""
    try:
        return path.is_file()
    except OSError:
        return False
