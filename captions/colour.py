"""Colours for speakers: how well they stand out, and who gets which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

LEAST_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3: of text against what is behind it. Players show captions on black."""

_LINEAR_BELOW = 0.04045


def measure_contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (#rrggbb), from 1 to 21 (WCAG 2.2, 1.4.3)."""
    lighter, darker = sorted((_measure_luminance(one), _measure_luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def read_colour(colour: str) -> tuple[float, float, float]:
    """Return linear red, green and blue of a colour (#rrggbb), from 0 to 1 (IEC 61966-2-1)."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return _linearise(red), _linearise(green), _linearise(blue)


def colour_speakers(speakers: Iterable[str | None], colours: Sequence[str]) -> dict[str, str]:
    """Give each speaker a colour in the order in which they first speak.

    Where there are more speakers than colours, the others keep the player's own colour, so that
    no two share one.
    """
    named = dict.fromkeys(speaker for speaker in speakers if speaker)
    return dict(zip(named, colours, strict=False))


def _measure_luminance(colour: str) -> float:
    red, green, blue = read_colour(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linearise(value: float) -> float:
    return value / 12.92 if value <= _LINEAR_BELOW else ((value + 0.055) / 1.055) ** 2.4
