"""Excerpts of two texts that people compare: what differs is in them."""

from __future__ import annotations

from ..measure import measure_columns, shorten


def excerpt(one: str, two: str, limit: int) -> tuple[str, str]:
    """Cut two texts to `limit` columns around the first place where they differ."""
    pairs = enumerate(zip(one, two, strict=False))
    same = next((place for place, (a, b) in pairs if a != b), min(len(one), len(two)))
    start = 0
    if one != two and max(measure_columns(one), measure_columns(two)) > limit:
        start = _choose_start(one, same, limit)
    mark = "…" if start else ""
    return shorten(mark + one[start:], limit), shorten(mark + two[start:], limit)


def _choose_start(text: str, place: int, limit: int) -> int:
    """Return where an excerpt begins that has some words before a place."""
    if place <= limit // 4:  # these may be wide ones
        return 0
    first, last = place - limit // 4, place - limit // 8
    word = text.find(" ", first, last) + 1
    return word or last
