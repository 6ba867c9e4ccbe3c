"""Times as caption files write them."""

from __future__ import annotations

import re

STRICT_STAMP = re.compile(r"(?:([0-9]{2,9}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})")
"""W3C WebVTT, 4.1: a WebVTT timestamp."""


def read_stamp(hours: str | None, minutes: str, seconds: str, fraction: str) -> int:
    """Return milliseconds from the parts of a time stamp."""
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole * 1000 + int(fraction.ljust(3, "0")[:3])


def write_stamp(time_ms: int) -> str:
    """Return `hh:mm:ss.mmm`."""
    seconds, milliseconds = divmod(time_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}"
