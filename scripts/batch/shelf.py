"""What of a folder's files is an interview, and what the translation of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...source import (
    CAPTIONS,
    EDITS,
    TRANSCRIPTS,
    Folder,
    find_recording,
    split_ending,
    split_language,
)
from .home import Home

_ABOUT_FILES = re.compile(
    r"read[ _-]?me\b.*|licen[cs]e(-(mit|apache|bsd|gpl|cc).*)?|copying|changelog|contributing"
    r"|code[_-]of[_-]conduct",
    re.IGNORECASE,
)
"""What tells of a folder's other files is no interview; a podcast may well be `changelog-12`."""
_CAPTION_TAG = re.compile(r"[^\W\d_]{2,}([-_][^\W_]+)*")
"""What captions' names may have before their endings: a language, or a word such as `sdh`; the 2 of
`interview 1.2` is neither."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder as its home sees it."""

    folder: Folder
    home: Home
    prefix: str
    """The way from its home, with a slash behind each name."""

    def find_interviews(self) -> Iterator[str]:
        """Yield the files that are interviews of their own."""
        for names in self.folder.files.values():
            yield from (name for name in names if self._is_interview(name))

    def find_original(self, name: str) -> Path | None:
        """Return what a file is the translation of: `talk.txt` for `talk.es.txt`.

        One that has a recording of its own is an interview of its own.
        """
        stem, language = split_language(split_ending(name)[0])
        if language is None or find_recording(self.folder.path / name, self.folder):
            return None
        beside = self.folder.find_beside(f"{stem}.txt")
        found = next((each for each in beside if self._is_interview(each)), None)
        return None if found is None else self.folder.path / found

    def find_translations(self, name: str) -> Sequence[Path]:
        """Return the translations of an interview; captions only where there is no other text."""
        endings = TRANSCRIPTS | {split_ending(name)[1]}
        found: dict[str, list[str]] = {}
        for each in self.folder.find_languages(name):
            stem, ending = split_ending(each)
            alone = not find_recording(self.folder.path / each, self.folder)
            if ending in endings and alone and not self.home.excludes(self.prefix + each):
                found.setdefault(stem, []).append(each)
        return [self.folder.path / each for names in found.values() for each in _choose(names)]

    def _is_interview(self, name: str) -> bool:
        stem, ending = split_ending(name)
        known = ending in TRANSCRIPTS and not _ABOUT_FILES.fullmatch(stem)
        known = known and not (ending in CAPTIONS and self._has_text(stem))
        place = self.prefix + name
        taken = known or (self.home.includes(place) and not name.endswith(EDITS))
        taken = taken and not self.home.excludes(place)
        return taken and not self.find_original(name)

    def _has_text(self, stem: str) -> bool:
        """Say whether captions stand beside a transcript that they were made of: `talk.srt` or
        `talk.en.srt` beside `talk.txt`.
        """
        beside = [*self.folder.find_beside(f"{stem}.srt")]
        text, _, tag = stem.rpartition(".")
        if _CAPTION_TAG.fullmatch(tag):
            beside += self.folder.find_beside(f"{text}.srt")
        return any(split_ending(name)[1] in TRANSCRIPTS - CAPTIONS for name in beside)


def _choose(names: Sequence[str]) -> Sequence[str]:
    """Leave out captions beside a text, and SubRip beside WebVTT, which says who speaks."""
    texts = [name for name in names if split_ending(name)[1] not in CAPTIONS]
    return texts or names[-1:]
