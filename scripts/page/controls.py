"""What plays the interview on its page, and how: the player, its choices and its settings.

The settings' defaults are what the HTML says: a form that is reset is as it was written.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...captions.format.markup import mark_language, write_text, write_time
from .choice import Choice, find_choices
from .content import Media, PageContent, Version
from .data import write_address
from .wording import Wording

_COLOURS = ("white_on_black", "black_on_white", "yellow_on_black", "yellow_on_blue")
_SPEEDS = (0.5, 0.75, 1, 1.25, 1.5, 1.75, 2)


def write_player(media: Media, wording: Wording) -> str:
    """Return the player with what is said of it, and of a description while it speaks."""
    kind = "sound" if not media.is_video else "picture"
    name = wording.say("voiced_edition" if media.is_voiced else "recording")
    return (
        f'<section class="player {kind}" id="player" aria-label="{name}">\n'
        f'<video id="media" controls playsinline preload="metadata" aria-label="{name}"'
        f' src="{write_address(media.file)}"></video>\n'
        '<p id="trouble" role="alert"></p>\n'
        '<p id="description" aria-live="polite"></p>\n'
        '<p id="description-controls" hidden>'
        f'<button type="button" id="hold">{wording.say("hold")}</button>'
        f'<button type="button" id="end">{wording.say("end")}</button></p>\n'
        "</section>\n"
    )


def write_settings(content: PageContent, wording: Wording) -> str:
    """Return the form of all that a reader can choose; nothing where there is no choice."""
    parts = [_mark_languages(content.versions, wording)]
    if content.media:
        parts.append(_write_descriptions(content.media, content.versions, wording))
        parts.append(_write_details(content.media, wording))
    chosen = "".join(parts)
    return f'<form id="settings" class="scripted">\n{chosen}</form>\n' if chosen else ""


def write_chapters(content: PageContent, wording: Wording) -> str:
    """Return each version's chapters as buttons that go there."""
    return "".join(
        _write_chapters(version, number, wording)
        for number, version in enumerate(content.versions)
        if version.chapters and content.media
    )


def _write_chapters(version: Version, number: int, wording: Wording) -> str:
    buttons = "".join(
        f'<li><button type="button" data-t="{chapter.start_ms}">{write_time(chapter.start_ms)} '
        f"<span>{write_text(chapter.title)}</span></button></li>\n"
        for chapter in version.chapters
    )
    return (
        f'<nav class="chapters" data-version="{number}" aria-labelledby="chapters-{number}"'
        f'{" hidden" if number else ""}>\n<h2 id="chapters-{number}">'
        f"{wording.say('chapters')}</h2>\n"
        f"<ol {mark_language(version.language)}>\n{buttons}</ol>\n</nav>\n"
    )


def _mark_languages(versions: tuple[Version, ...], wording: Wording) -> str:
    if len(versions) == 1:
        return ""
    return _group(
        wording.say("languages"),
        "".join(
            f'<label><input type="radio" name="version" value="{write_text(version.language)}"'
            f"{'' if number else ' checked'}> <span {mark_language(version.language)}>"
            f"{write_text(version.language)}</span></label>\n"
            for number, version in enumerate(versions)
        ),
    )


def _write_descriptions(media: Media, versions: tuple[Version, ...], wording: Wording) -> str:
    """Return the ways to hear of pictures, with the reasons why one is not open to a version."""
    choices = [find_choices(media, version) for version in versions]
    if not any(choices):
        return ""
    chosen = Choice.MIX if media.is_voiced else Choice.OFF
    radios = "".join(
        f"<label{'' if choices[0].get(choice, '') is None else ' hidden'}>"
        f'<input type="radio" name="descriptions" value="{choice}"'
        f"{' checked' if choice is chosen else ''}> {wording.say(choice)}</label>\n"
        for choice in Choice
    )
    reasons = "".join(
        f'<p class="soft" data-version="{number}"{" hidden" if number else ""}>'
        f"{wording.say(reason)}</p>\n"
        for number, reasons in enumerate(choices)
        for reason in reasons.values()
        if reason
    )
    return _group(wording.say("descriptions"), radios + reasons, "descriptions")


def _write_details(media: Media, wording: Wording) -> str:
    groups = "".join(
        (
            _group(wording.say("captions"), "".join(_write_captions(media, wording))),
            _group(wording.say("playing"), _write_playing(wording)),
        )
    )
    reset = f'<button type="reset">{wording.say("reset")}</button>\n'
    return f"<details>\n<summary>{wording.say('settings')}</summary>\n{groups}{reset}</details>\n"


def _write_captions(media: Media, wording: Wording) -> Iterator[str]:
    yield _box("captions", wording.say("show_captions"), is_checked=True)
    yield (
        f'<label>{wording.say("size")} <input type="range" name="size" min="75" max="200"'
        ' step="25" value="100"> <output>100 %</output></label>\n'
    )
    colours = [(colours.replace("_", "-"), wording.say(colours)) for colours in _COLOURS]
    yield _select("colours", wording.say("colours"), colours, "white-on-black")
    # Where there is no picture, captions always stand above the player's own buttons.
    if media.is_video:
        yield _box("translucent", wording.say("translucent"))
        places = [(place, wording.say(place)) for place in ("bottom", "top")]
        yield _select("place", wording.say("place"), places, "bottom")


def _write_playing(wording: Wording) -> str:
    speeds = [(str(speed), f"{speed} ×") for speed in _SPEEDS]
    speed = _select("speed", wording.say("speed"), speeds, "1")
    return speed + _box("follow", wording.say("follow"), is_checked=True)


def _group(legend: str, inside: str, name: str = "") -> str:
    name = f' id="{name}"' if name else ""
    return f"<fieldset{name}>\n<legend>{legend}</legend>\n{inside}</fieldset>\n"


def _box(name: str, label: str, *, is_checked: bool = False) -> str:
    checked = " checked" if is_checked else ""
    return f'<label><input type="checkbox" name="{name}"{checked}> {label}</label>\n'


def _select(name: str, label: str, options: list[tuple[str, str]], chosen: str) -> str:
    listed = "".join(
        f'<option value="{value}"{" selected" if value == chosen else ""}>{said}</option>'
        for value, said in options
    )
    return f'<label>{label} <select name="{name}">{listed}</select></label>\n'
