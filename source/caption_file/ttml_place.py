"""Where TTML's regions put cues."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

from ..track import Align, Edge, Place
from .ttml_time import TTP

TT = "{http://www.w3.org/ns/ttml}"
TTS = "{http://www.w3.org/ns/ttml#styling}"
XML = "{http://www.w3.org/XML/1998/namespace}"

_EDGES = {"before": Edge.TOP, "center": Edge.MIDDLE, "after": Edge.BOTTOM}
_LENGTH = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)(%|px|c|rw|rh)")
_CELLS = (32.0, 15.0)
"""TTML2, 7.2.1 ttp:cellResolution: what it is where nothing is said."""


def read_regions(
    root: ET.Element, gather: Callable[[ET.Element, int], dict[str, str]]
) -> dict[str, Place | None]:
    """Return where each region puts its cues; `gather` finds an element's styling attributes."""
    pixels = _read_numbers(root.get(f"{TTS}extent", ""))
    cells = _read_numbers(root.get(f"{TTP}cellResolution", "")) or _CELLS
    places: dict[str, Place | None] = {}
    for region in root.iterfind(f".//{TT}layout/{TT}region"):
        told: dict[str, str] = {}
        for style in region.iterfind(f"{TT}style"):
            told |= gather(style, 0)
        told |= gather(region, 0)
        places[region.get(f"{XML}id", "")] = _read_place(told, pixels, cells)
    return places


def _read_numbers(value: str) -> tuple[float, float] | None:
    found = re.fullmatch(r"([0-9]{1,6})(?:px)? +([0-9]{1,6})(?:px)?", value.strip())
    return (float(found[1]), float(found[2])) if found and int(found[1]) * int(found[2]) else None


def _read_place(
    told: dict[str, str], pixels: tuple[float, float] | None, cells: tuple[float, float]
) -> Place | None:
    corner = _read_pair(told.get(f"{TTS}origin", "0% 0%"), pixels, cells)
    extent = _read_pair(told.get(f"{TTS}extent", "100% 100%"), pixels, cells)
    if corner is None or extent is None:
        return None
    (left, top), (width, height) = corner, extent
    edge = _EDGES.get(told.get(f"{TTS}displayAlign", "before"), Edge.TOP)
    level = {Edge.TOP: top, Edge.MIDDLE: top + height / 2, Edge.BOTTOM: top + height}[edge]
    align = told.get(f"{TTS}textAlign", "start")
    return Place(
        edge,
        round(min(level, 100), 3),
        round(min(left, 100), 3),
        round(min(width, 100), 3),
        Align(align) if align in {*Align} else Align.CENTER,
    )


def _read_pair(
    value: str, pixels: tuple[float, float] | None, cells: tuple[float, float]
) -> tuple[float, float] | None:
    """Return a length across and one down, in per cent; None where it can't be told."""
    lengths = [_LENGTH.fullmatch(length) for length in value.split()]
    if len(lengths) != 2:  # noqa: PLR2004 - across and down
        return None
    shares: list[float] = []
    for axis, length in enumerate(lengths):
        if length is None or (length[2] == "px" and pixels is None):
            return None
        whole = {"px": pixels or cells, "c": cells}.get(length[2], (100.0, 100.0))[axis]
        shares.append(float(length[1]) * 100 / whole)
    return shares[0], shares[1]


def write_region(place: Place) -> tuple[str, str, str]:
    """Return the origin, the extent and the display alignment that make a place a region."""
    reach = {
        Edge.TOP: 100 - place.level,
        Edge.MIDDLE: 2 * min(place.level, 100 - place.level),
        Edge.BOTTOM: place.level,
    }[place.edge]
    top = {
        Edge.TOP: place.level,
        Edge.MIDDLE: place.level - reach / 2,
        Edge.BOTTOM: 0,
    }[place.edge]
    display = next(name for name, edge in _EDGES.items() if edge is place.edge)
    return (
        f"{_say(place.left)} {_say(top)}",
        f"{_say(place.width)} {_say(reach)}",
        display,
    )


def _say(share: float) -> str:
    return f"{round(share, 3):.7g}%"
