"""Times as TTML writes them (TTML2, 12.3.1 <time-expression>)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from xml.etree import ElementTree as ET

TTP = "{http://www.w3.org/ns/ttml#parameter}"

_CLOCK = re.compile(r"([0-9]{2,9}):([0-9]{2}):([0-9]{2})(?:(\.[0-9]{1,9})|:([0-9]{2,9}))?")
_OFFSET = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,9})?)(h|ms|m|s|f|t)")
_SECONDS = {"h": Fraction(3600), "m": Fraction(60), "s": Fraction(1), "ms": Fraction(1, 1000)}


@dataclass(frozen=True, slots=True)
class Beat:
    """How many frames and ticks a second has."""

    frames: Fraction
    ticks: Fraction


def read_beat(root: ET.Element) -> Beat:
    """Return the rates that a document's first element gives (TTML2, 7.2)."""
    rate = _count(root.get(f"{TTP}frameRate", ""))
    frames = Fraction(rate or 30)
    over, _, under = root.get(f"{TTP}frameRateMultiplier", "").replace(":", " ").partition(" ")
    if _count(over) and _count(under):
        frames *= Fraction(int(over), int(under))
    # Without a rate of its own a tick is a frame, or a second where there are no frames either.
    ticks = _count(root.get(f"{TTP}tickRate", "")) or (frames if rate else 1)
    return Beat(frames, Fraction(ticks))


def _count(value: str) -> int:
    """Return a whole number; 0 for what is none, or is too long for a rate."""
    return int(value) if re.fullmatch("[0-9]{1,12}", value) else 0


def read_time(value: str | None, beat: Beat) -> int | None:
    """Return milliseconds; None for what is no time."""
    if value is None:
        return None
    value = value.strip()
    if found := _CLOCK.fullmatch(value):
        hours, minutes, seconds = (int(part) for part in found.groups()[:3])
        time = Fraction(hours * 3600 + minutes * 60 + seconds)
        if found[4]:
            time += Fraction(f"0{found[4]}")
        elif found[5]:
            time += int(found[5]) / beat.frames
        return round(time * 1000)
    if found := _OFFSET.fullmatch(value):
        unit = {"f": 1 / beat.frames, "t": 1 / beat.ticks}.get(found[2]) or _SECONDS[found[2]]
        return round(Fraction(found[1]) * unit * 1000)
    return None
