"""Time stamps as transcripts write them: `0:03`, `[00:00:04]`, `(1:02:03.5)`, `00:14:22,050`."""

from __future__ import annotations

import re

CLOCK = r"(?:\d{1,3}:)?\d{1,2}:[0-5]\d(?:[.,]\d{1,3}|:[0-5]\d)?"
"""Minutes and seconds, perhaps hours before, perhaps a fraction or frames after."""

_SHORT_CLOCK = r"\d{1,3}:\d{1,2}:[0-5]?\d\.\d{1,3}"

ARROWED = rf"{_SHORT_CLOCK}\s*-->\s*{_SHORT_CLOCK}"
"""As Teams writes times in its documents, without noughts before them: `0:0:3.123 --> 0:0:6.5`."""

STAMP = rf"(?:{ARROWED}|{CLOCK}(?:\s*(?:-|–|—|to)\s*{CLOCK})?)"
"""A time or a range of times."""

BRACKETED = rf"(?:\[\s*{STAMP}\s*\]|\(\s*{STAMP}\s*\)|<\s*{STAMP}\s*>)"

_PARTS = re.compile(
    r"(?:(?P<hours>\d{1,3}):)?(?P<minutes>\d{1,2}):(?P<seconds>(?(hours)[0-5]?\d|[0-5]\d))"
    r"(?:[.,](?P<fraction>\d{1,3})|:(?P<frames>[0-5]\d))?"
)
_FRAME_MS = 40
"""Frames in a time code are read at 25 a second: at most 0.6 s wrong at any other rate."""
_LAST_FRAME_MS = 999
"""At 60 frames a second, too, the last of them belong to it."""


def parse_stamp(text: str) -> int | None:
    """Find the first time in a stamp, in milliseconds; None where there is none."""
    found = _PARTS.search(text)
    if found is None:
        return None
    frames = found["frames"]
    hours = int(found["hours"] or 0)
    minutes, seconds = int(found["minutes"]), int(found["seconds"])
    fraction = int((found["fraction"] or "0").ljust(3, "0"))
    if frames:
        fraction = min(int(frames) * _FRAME_MS, _LAST_FRAME_MS)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction


def first_stamp(*stamps: int | None) -> int | None:
    """Return the first stamp that there is."""
    return next((stamp for stamp in stamps if stamp is not None), None)
