"""Times in a DAPT document (DAPT, Time expressions; TTML2 section 12.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from .document import TTP, Element

CLOCK = re.compile(r"([0-9]{2,9}):([0-5][0-9]):([0-5][0-9]|60)(\.[0-9]+)?")
OFFSET = re.compile(r"([0-9]{1,12})(\.[0-9]+)?(h|ms|m|s|f|t)")

_PRECISION = 12
"""Digits after the point that are read; the rest says nothing in milliseconds."""


@dataclass(frozen=True, slots=True)
class Interval:
    """When an element is active; without `end_ms` as long as the programme lasts."""

    start_ms: int
    end_ms: int | None


@dataclass(frozen=True, slots=True)
class Clock:
    """How a document counts time: `frame_rate` and `tick_rate` a second."""

    frame_rate: Fraction
    tick_rate: Fraction

    def parse(self, expression: str) -> Fraction | None:
        """Return the seconds that an expression says; None where it is none that DAPT has."""
        if match := CLOCK.fullmatch(expression):
            hours, minutes, seconds, fraction = match.groups()
            return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + _read_fraction(fraction)
        if match := OFFSET.fullmatch(expression):
            count, fraction, metric = match.groups()
            return (int(count) + _read_fraction(fraction)) * self._measure(metric)
        return None

    def _measure(self, metric: str) -> Fraction:
        match metric:
            case "f":
                return 1 / self.frame_rate
            case "t":
                return 1 / self.tick_rate
            case _:
                seconds = {"h": 3600, "m": 60, "s": 1, "ms": Fraction(1, 1000)}
                return Fraction(seconds[metric])

    def measure(self, element: Element) -> Interval:
        """Return when an element is active in the programme's time (TTML2 section 12.2)."""
        if element.parent is None:
            return Interval(0, None)
        around = self.measure(element.parent)
        start = around.start_ms + (self._read(element, "begin") or 0)
        ends = [around.end_ms]
        if (end := self._read(element, "end")) is not None:
            ends.append(around.start_ms + end)
        if (duration := self._read(element, "dur")) is not None:
            ends.append(start + duration)
        return Interval(start, min((end for end in ends if end is not None), default=None))

    def _read(self, element: Element, attribute: str) -> int | None:
        expression = element.attributes.get(attribute)
        seconds = None if expression is None else self.parse(expression)
        return None if seconds is None else round(seconds * 1000)


def read_clock(root: Element) -> Clock:
    """Read how a document counts time; 30 frames and one tick a second are TTML2's defaults."""
    frame_rate = _read_rate(root.attributes.get(TTP + "frameRate", ""), Fraction(30))
    parts = root.attributes.get(TTP + "frameRateMultiplier", "").split()
    if len(parts) == 2:  # noqa: PLR2004 - a numerator and a denominator
        one = Fraction(1)
        frame_rate *= _read_rate(parts[0], one) / _read_rate(parts[1], one)
    tick_rate = _read_rate(root.attributes.get(TTP + "tickRate", ""), Fraction(1))
    return Clock(frame_rate, tick_rate)


def _read_rate(digits: str, default: Fraction) -> Fraction:
    return Fraction(int(digits)) if re.fullmatch(r"0*[1-9][0-9]{0,11}", digits) else default


def _read_fraction(fraction: str | None) -> Fraction:
    return Fraction(f"0{fraction[: _PRECISION + 1]}") if fraction else Fraction(0)
