"""The colours that a WebVTT STYLE block gives: CSS, of which only `::cue` rules are looked at.

Known are #rgb, #rrggbb, rgb() and the sixteen basic names; other colours are left unjudged. How
much shines through a colour is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .model import CueColour

_COMMENT = re.compile(r"/\*(?:.*?\*/|.*)", re.DOTALL)
_HEX = re.compile(r"#(?:([0-9a-f]{6})(?:[0-9a-f]{2})?|([0-9a-f]{3})[0-9a-f]?)")
_RGB = re.compile(r"rgba?\(\s*([0-9]{1,3})[\s,]+([0-9]{1,3})[\s,]+([0-9]{1,3})\b[^()]*\)")
_BASIC = {
    "black": "#000000",
    "silver": "#c0c0c0",
    "gray": "#808080",
    "white": "#ffffff",
    "maroon": "#800000",
    "red": "#ff0000",
    "purple": "#800080",
    "fuchsia": "#ff00ff",
    "green": "#008000",
    "lime": "#00ff00",
    "olive": "#808000",
    "yellow": "#ffff00",
    "navy": "#000080",
    "blue": "#0000ff",
    "teal": "#008080",
    "aqua": "#00ffff",
    "cyan": "#00ffff",
    "magenta": "#ff00ff",
}
"""CSS Color, 6.1: the basic names, and the two that WebVTT, 5.1 uses for aqua and fuchsia."""
STANDARD_CLASSES = {
    "white": "#ffffff",
    "lime": "#00ff00",
    "cyan": "#00ffff",
    "red": "#ff0000",
    "yellow": "#ffff00",
    "magenta": "#ff00ff",
    "blue": "#0000ff",
    "black": "#000000",
}
"""WebVTT, 5.1: what these classes of text look like without a style sheet."""
_CLASS = re.compile(r"::cue\(c?\.([^\s.()\[\]]+)\)")
_VOICE = re.compile(r"""::cue\(v\[voice=(["'])(.*)\1\]\)""", re.DOTALL)
_CSS_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n]?|(.))")
_LAST_CHARACTER = 0x10FFFF
_PLAYERS_OWN = "#ffffff", "#000000"
"""White on black: what players show where a file says nothing (WebVTT, 7.4)."""


def find_colours(css: str, line: int) -> Iterator[CueColour]:
    """Yield the colours of each rule; `line` is where the style sheet begins."""
    text, background = _PLAYERS_OWN
    css = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), css)
    for rule in css.split("}"):
        head, _, body = rule.partition("{")
        selector = " ".join(head.split())
        here = line + rule[: len(rule) - len(rule.lstrip())].count("\n")
        line += rule.count("\n")
        if not selector.startswith("::cue"):
            continue
        colours = {name: name_colour(value) for name, value in _declare(body)}
        shown = colours.get("color", text)
        ground = colours.get("background-color", colours.get("background", background))
        if selector == "::cue":
            text, background = shown or text, ground or background
        if shown and ground and colours:
            yield CueColour(here, selector, shown, ground)


def find_classes(colours: Iterable[CueColour]) -> Iterator[tuple[str, str]]:
    """Yield the classes that have a colour, and the colour."""
    for colour in colours:
        if found := _CLASS.fullmatch(colour.selector):
            yield found[1], colour.text


def find_voices(colours: Iterable[CueColour]) -> Iterator[tuple[str, str]]:
    """Yield the speakers who have a colour, and the colour."""
    for colour in colours:
        if found := _VOICE.fullmatch(colour.selector):
            yield " ".join(_CSS_ESCAPE.sub(_unescape, found[2]).split()), colour.text


def _unescape(found: re.Match[str]) -> str:
    if not found[1]:
        return found[2]
    code = int(found[1], 16)
    return chr(code) if code <= _LAST_CHARACTER else "\N{REPLACEMENT CHARACTER}"


def _declare(body: str) -> Iterator[tuple[str, str]]:
    for declaration in body.lower().split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip(), value.replace("!important", "").strip()
        if name in {"color", "background-color", "background"} and value != "inherit":
            yield name, value


def name_colour(value: str) -> str | None:
    """Return a CSS colour in small letters as #rrggbb; None for one that is not known here."""
    if found := _HEX.fullmatch(value):
        return "#" + (found[1] or "".join(digit * 2 for digit in found[2]))
    if found := _RGB.fullmatch(value):
        return "#" + "".join(f"{min(int(part), 255):02x}" for part in found.groups())
    return _BASIC.get(value)
