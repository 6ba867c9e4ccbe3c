"""Where a WebVTT cue stands: its settings (W3C WebVTT, 4.4 and 7.2) and a place, both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..track import Align, Edge, Place

LINE_HEIGHT = 16 / 3
"""Per cent of the picture: 5 of the letters (WebVTT, 7.4), and what browsers put between lines."""

_PERCENT = r"(?:0*100(?:\.0+)?|0*[0-9]{1,2}(?:\.[0-9]+)?)%"
_SETTINGS = {
    "vertical": re.compile("rl|lr"),
    "line": re.compile(rf"(?:{_PERCENT}|-?[0-9]+)(?:,(?:start|center|end))?"),
    "position": re.compile(rf"{_PERCENT}(?:,(?:line-left|center|line-right))?"),
    "size": re.compile(_PERCENT),
    "align": re.compile("start|center|end|left|right"),
    "region": re.compile(r"\S+"),
}
_LINE = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(%?)(?:,(start|center|end))?")
_POSITION = re.compile(r"([0-9]+(?:\.[0-9]+)?)%(?:,(line-left|center|line-right))?")
_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?)%")
_EDGES = {"start": Edge.TOP, "center": Edge.MIDDLE, "end": Edge.BOTTOM}
_LINE_ALIGNMENTS = {edge: name for name, edge in _EDGES.items()}
_SIDES = {
    Align.START: ("line-left", 0.0),
    Align.LEFT: ("line-left", 0.0),
    Align.CENTER: ("center", 50.0),
    Align.END: ("line-right", 100.0),
    Align.RIGHT: ("line-right", 100.0),
}
"""Where a cue's box is held, and where that stands when nothing else is said (7.2)."""


def read_place(settings: str) -> Place | None:
    """Return where settings put a cue; None where they leave it to the player.

    Regions and vertical lines are not looked at.
    """
    parted = (setting.partition(":") for setting in settings.split())
    told = {name: value for name, _, value in parted}
    if told.keys().isdisjoint({"line", "position", "size", "align"}):
        return None
    align = Align(told["align"]) if told.get("align") in {*Align} else Align.CENTER
    edge, level = _read_line(told.get("line", ""))
    left, width = _read_sides(told, align)
    return Place(edge, level, left, width, align)


def find_wrong_settings(settings: str) -> Iterator[str]:
    """Yield what is wrong with a cue's settings; the sentences have no full stop."""
    seen: set[str] = set()
    for setting in settings.split():
        name, _, value = setting.partition(":")
        known = _SETTINGS.get(name)
        if known is None or not known.fullmatch(value) or name in seen:
            yield f"“{setting[:40]}” {'is there twice' if name in seen else 'is no cue setting'}"
        seen.add(name)


def _read_line(value: str) -> tuple[Edge, float]:
    found = _LINE.fullmatch(value)
    if found is None:
        return Edge.BOTTOM, 100
    number = float(found[1])
    if found[2]:
        return _EDGES[found[3] or "start"], min(max(number, 0), 100)
    if number >= 0:
        return Edge.TOP, min(number * LINE_HEIGHT, 100)
    return Edge.BOTTOM, max(100 + (number + 1) * LINE_HEIGHT, 0)


def _read_sides(told: dict[str, str], align: Align) -> tuple[float, float]:
    side, default = _SIDES[align]
    position = _POSITION.fullmatch(told.get("position", ""))
    at = min(float(position[1]), 100) if position else default
    side = (position and position[2]) or side
    size = _SIZE.fullmatch(told.get("size", ""))
    most = {"line-left": 100 - at, "center": 2 * min(at, 100 - at), "line-right": at}[side]
    width = min(float(size[1]) if size else 100, most)
    left = {"line-left": at, "center": at - width / 2, "line-right": at - width}[side]
    return round(left, 3), round(width, 3)


def write_place(place: Place) -> str:
    """Return the settings that put a cue there."""
    return " ".join(_list_settings(place))


def _list_settings(place: Place) -> Iterator[str]:
    if (place.edge, place.level) != (Edge.BOTTOM, 100):
        yield f"line:{place.level:.6g}%,{_LINE_ALIGNMENTS[place.edge]}"
    if (place.left, place.width) != (0, 100):
        side, _ = _SIDES[place.align]
        share = {"line-left": 0, "center": 0.5, "line-right": 1}[side]
        yield f"position:{place.left + share * place.width:.6g}%,{side}"
        yield f"size:{place.width:.6g}%"
    yield f"align:{place.align}"
