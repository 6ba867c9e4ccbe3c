"""The page of an interview, whole: one HTML file with its style, its data and its script.

The script is put together from modules that import each other: their `import` lines and the word
`export` are left out, for inside the page they are one module. What a module names at its top is
therefore seen by all that stand after it in `_SCRIPTS`, and no two may name the same.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from ...captions.format.markup import (
    LOOK,
    mark_language,
    write_digest,
    write_document,
    write_policy,
    write_text,
)
from .content import Kind, PageContent, Version
from .controls import write_chapters, write_player, write_settings
from .data import write_address, write_data
from .panel import write_panel
from .transcript import has_unsaid, write_transcript
from .wording import Wording, choose_wording

_STYLES = ("page.css", "panel.css")
_SCRIPTS = (
    "player.js",
    "settings.js",
    "tracks.js",
    "descriptions.js",
    "moments.js",
    "transcript.js",
    "cursor.js",
    "search.js",
    "timeline.js",
    "panel.js",
    "page.js",
)


def write_page(content: PageContent) -> str:
    """Return the page as HTML. It asks for nothing but the media beside it."""
    original = content.versions[0]
    wording = choose_wording(original.language)
    style, script = _bind_style(), _bind_script()
    # A page that is opened as a file has no origin, and browsers disagree whether what stands
    # beside it is then its own. A page from a server can't load files in any case.
    play = f"script-src {write_digest(script)}; media-src 'self' file:"
    return write_document(
        write_text(original.title) or wording.say("transcript"),
        f"{_write_body(content, wording)}"
        f"{write_data(content.media, content.versions, wording)}"
        f'<script type="module">{script}</script>\n',
        language=original.language or wording.language,
        css=style,
        policy=f"{write_policy(style)}; {play}",
    )


def _write_body(content: PageContent, wording: Wording) -> str:
    mark = wording.mark(content.versions[0].language)
    heads = "".join(
        _write_head(version, number, content) for number, version in enumerate(content.versions)
    )
    player = write_player(content.media, wording) if content.media else ""
    side = f"{player}{write_settings(content, wording)}{write_chapters(content, wording)}"
    return (
        f'<a class="skip" href="#transcript"{mark}>{wording.say("skip")}</a>\n'
        f"<header>\n{heads}</header>\n<main{'' if side else ' class=alone'}>\n"
        f'<div class="side"{mark}>\n{side}</div>\n'
        f'<div class="text">\n{_write_text(content, wording, mark)}</div>\n</main>\n'
    )


def _write_head(version: Version, number: int, content: PageContent) -> str:
    wording = choose_wording(version.language)
    title = write_text(version.title) or wording.say("transcript")
    mark = wording.mark(content.versions[0].language)
    return (
        f'<div data-version="{number}"{" hidden" if number else ""}>\n'
        f"<h1 {mark_language(version.language)}>{title}</h1>\n"
        f'<p class="soft"{mark}>{wording.part("clocks").say(version.clock)}</p>\n</div>\n'
    )


def _write_text(content: PageContent, wording: Wording, mark: str) -> str:
    plays = content.media is not None
    transcripts = "".join(
        write_transcript(version, number, plays=plays)
        for number, version in enumerate(content.versions)
    )
    said = "hint" if plays else "no_media"
    return (
        f'<h2 id="transcript" tabindex="-1"{mark}>{wording.say("transcript")}</h2>\n'
        f'<p class="soft{" scripted" if plays else ""}" id="hint"{mark}>{wording.say(said)}</p>\n'
        f"<noscript><p{mark}>{wording.say('no_script') if plays else ''}</p></noscript>\n"
        f"{_write_search(wording, mark)}{_write_legend(content, wording, mark)}{transcripts}"
        f'<button type="button" id="back"{mark} hidden>{wording.say("back")}</button>\n'
        f"{_write_downloads(content, wording, mark)}{write_panel(content, wording)}"
    )


def _write_search(wording: Wording, mark: str) -> str:
    return (
        f'<form id="search" role="search" class="scripted"{mark}>\n'
        f'<label for="sought">{wording.say("search")}</label>\n'
        '<span class="row"><input type="search" id="sought" autocomplete="off" spellcheck="false">'
        f'<button type="button" id="previous">{wording.say("previous")}</button>'
        f'<button type="submit">{wording.say("next")}</button>\n'
        '<output id="found" for="sought"></output></span>\n</form>\n'
    )


def _write_legend(content: PageContent, wording: Wording, mark: str) -> str:
    """Return how what is told is told apart, as far as it occurs."""
    passages = [passage for version in content.versions for passage in version.passages]
    kinds = {passage.kind for passage in passages}
    words = [word for passage in passages for word in passage.words]
    shown = {
        "legend_unsaid": content.media is not None and any(map(has_unsaid, content.versions)),
        "legend_untranscribed": Kind.UNTRANSCRIBED in kinds,
        "legend_sound": Kind.SOUND in kinds or any(word.is_sound for word in words),
        "legend_picture": Kind.PICTURE in kinds,
    }
    items = "".join(
        f'<li class="{name}">{wording.say(name)}</li>\n'
        for name, is_shown in shown.items()
        if is_shown
    )
    if not items:
        return ""
    return (
        f'<details class="legend"{mark}>\n<summary>{wording.say("legend")}</summary>\n'
        f"<ul>\n{items}</ul>\n</details>\n"
    )


def _write_downloads(content: PageContent, wording: Wording, mark: str) -> str:
    files = dict.fromkeys(file for version in content.versions for file in version.downloads)
    if not files:
        return ""
    items = "".join(
        f'<li><a href="{write_address(file)}" download><bdi>{write_text(file)}</bdi></a></li>\n'
        for file in files
    )
    heading = f'<h2 id="downloads"{mark}>{wording.say("downloads")}</h2>\n'
    return (
        f'<section class="downloads" aria-labelledby="downloads">\n{heading}<ul>\n{items}</ul>\n'
        "</section>\n"
    )


@cache
def _bind_style() -> str:
    return LOOK + "".join(_read(name) for name in _STYLES)


@cache
def _bind_script() -> str:
    modules = "".join(_read(name) for name in _SCRIPTS)
    alone = re.sub(r"^import [^;]*;\n", "", modules, flags=re.MULTILINE)
    return "\n" + re.sub(r"^export ", "", alone, flags=re.MULTILINE)


def _read(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")
