"""Captions of a person's in whose place a build puts its own: set aside, and never lost."""

from __future__ import annotations

import os
from itertools import chain, count
from pathlib import Path


def is_worked_on(name: str) -> bool:
    """Say whether a result is one in which people work."""
    return name.startswith("captions.")


def choose_aside(path: Path) -> Path:
    """Return where captions are set aside: `captions.en.edited.vtt`, numbered if that is there."""
    stem, _, ending = path.name.rpartition(".")
    marks = chain(["edited"], (f"edited-{number}" for number in count(2)))
    places = (path.with_name(f"{stem}.{mark}.{ending}") for mark in marks)
    return next(place for place in places if not os.path.lexists(place))
