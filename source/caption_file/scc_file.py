"""SCC as a track, by ttconv, which knows pop-on, roll-up and paint-on captions."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import zip_longest
from pathlib import Path

from ttconv.model import Br, P, Text
from ttconv.scc.reader import to_model
from ttconv.style_properties import (
    ColorType,
    FontStyleType,
    StyleProperties,
    TextDecorationType,
)

from ..errors import UnreadableSource
from ..track import PLAIN, Align, Edge, Line, Look, Place, Run, Track, TrackCue, join_line
from .cue_text import trim_line
from .scc_code import COLUMNS, ROWS, SAFE

_UNENDED_MS = 4000
"""How long the last caption stands where the file never clears it."""
_MISREAD = str.maketrans({"\N{BOX DRAWINGS HEAVY HORIZONTAL}": "—", "\N{NO-BREAK SPACE}": " "})
"""What ttconv takes for something else than CTA-608 says, and what fills a place."""
_CENTRED = 4
"""Per cent that a row may be off: it starts in a column, and readers round."""

# What it has to say of a file is for its makers.
logging.getLogger("ttconv").addHandler(logging.NullHandler())
logging.getLogger("ttconv").propagate = False


def parse_scc(text: str, path: Path) -> Track:
    """Read a file. Raises UnreadableSource where there is a line that is no SCC."""
    try:
        document = to_model(text)
    except ValueError as error:
        raise UnreadableSource(
            "The file is damaged, or no SCC after all: not all of it is words of four hexadecimal "
            "digits.",
            file=path,
        ) from error
    body = document.get_body()
    paragraphs = [
        element
        for element in (body.dfs_iterator() if body is not None else ())
        if isinstance(element, P)
    ]
    paragraphs.sort(key=lambda paragraph: paragraph.get_begin() or 0)
    followers = (_round(paragraph.get_begin()) for paragraph in paragraphs[1:])
    cues = (
        _read_cue(paragraph, next_ms) for paragraph, next_ms in zip_longest(paragraphs, followers)
    )
    return Track(tuple(cues))


def _round(seconds: Fraction | None) -> int | None:
    return None if seconds is None else round(seconds * 1000)


def _read_cue(paragraph: P, next_ms: int | None) -> TrackCue:
    start_ms = _round(paragraph.get_begin()) or 0
    end_ms = _round(paragraph.get_end()) or next_ms or start_ms + _UNENDED_MS
    lines = tuple(line for line in map(trim_line, _list_rows(paragraph)) if line)
    return TrackCue(start_ms, end_ms, lines, _find_place(paragraph, lines))


def _list_rows(paragraph: P) -> Iterator[list[Run]]:
    row: list[Run] = []
    for element in paragraph.dfs_iterator():
        if isinstance(element, Br):
            yield row
            row = []
        elif isinstance(element, Text):
            row.append(Run(element.get_text().translate(_MISREAD), look=_read_look(element)))
    yield row


def _read_look(text: Text) -> Look:
    span = text.parent()
    if span is None:
        return PLAIN
    decoration = span.get_style(StyleProperties.TextDecoration)
    colour = span.get_style(StyleProperties.Color)
    return Look(
        italic=span.get_style(StyleProperties.FontStyle) is FontStyleType.italic,
        underline=isinstance(decoration, TextDecorationType) and bool(decoration.underline),
        colour=_name_colour(colour) if isinstance(colour, ColorType) else None,
    )


def _name_colour(colour: ColorType) -> str | None:
    """White is what line 21 shows where nothing is said."""
    name = "#" + "".join(f"{part:02x}" for part in colour.components[:3])
    return None if name == "#ffffff" else name


def _find_place(paragraph: P, lines: Sequence[Line]) -> Place | None:
    """Return where a caption stands; none where it is centred at the bottom."""
    region = paragraph.get_region()
    origin = region.get_style(StyleProperties.Origin) if region is not None else None
    if origin is None or not lines:
        return None
    width = max(len(join_line(line)) for line in lines) * (100 - 2 * SAFE) / COLUMNS
    left = origin.x.value
    align = Align.CENTER if abs(left + width / 2 - 50) < _CENTRED else Align.LEFT
    if align is Align.LEFT and left > SAFE and abs(left + width - 100 + SAFE) < _CENTRED:
        align = Align.RIGHT
    row = round((origin.y.value - SAFE) * ROWS / (100 - 2 * SAFE))
    if row + len(lines) >= ROWS and align is Align.CENTER:
        return None
    upper = row < ROWS // 2
    level = SAFE + (row if upper else row + len(lines)) * (100 - 2 * SAFE) / ROWS
    edge = Edge.TOP if upper else Edge.BOTTOM
    return Place(edge, round(level, 3), SAFE, 100 - 2 * SAFE, align)
