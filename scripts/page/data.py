"""What a page's script reads: captions, chapters and names of files, as JSON inside the page."""

from __future__ import annotations

import json
from urllib.parse import quote

from ...captions.format.markup import clean_text
from .choice import find_choices
from .content import Media, PageCue, Version
from .wording import Wording

_SAID_BY_SCRIPT = (
    "captions",
    "found",
    "found_all",
    "found_none",
    "go_on",
    "hold",
    "unplayable",
)


def write_data(media: Media | None, versions: tuple[Version, ...], wording: Wording) -> str:
    """Return an element with the data; a time is in milliseconds, as everywhere."""
    data = {
        "isVoiced": media is not None and media.is_voiced,
        "versions": [_pack_version(media, version) for version in versions],
        "words": {name: wording[name] for name in _SAID_BY_SCRIPT},
    }
    # Where there is no `<`, no tag and no comment can begin.
    text = json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" id="data">{text}</script>\n'


def write_address(file: str) -> str:
    """Return the address of a file beside the page; whatever its name is, it is one name."""
    return quote(file, safe="", errors="surrogateescape")


def _pack_version(media: Media | None, version: Version) -> dict[str, object]:
    played = media is not None
    choices = find_choices(media, version) if media else {}
    return {
        "language": version.language,
        "cues": [_pack_cue(cue) for cue in version.cues] if played else [],
        "chapters": [
            (chapter.start_ms, chapter.end_ms, clean_text(chapter.title))
            for chapter in version.chapters
            if played
        ],
        "source": media and write_address(version.sound or media.file),
        "described": version.described and write_address(version.described),
        "clips": version.clips and write_address(version.clips),
        "choices": [choice for choice, reason in choices.items() if reason is None],
    }


def _pack_cue(cue: PageCue) -> tuple[object, ...]:
    lines = [(clean_text(speaker), clean_text(text)) for speaker, text in cue.lines]
    return cue.start_ms, cue.end_ms, lines
