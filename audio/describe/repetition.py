"""Descriptions that say nothing new."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...source import Picture

_WORD = re.compile(r"\w+")


def find_repetitions(pictures: Iterable[Picture]) -> Iterator[tuple[Picture, Picture]]:
    """Yield each picture whose words the one before it had already, with the one before it.

    Who can't see the pictures hears the same again, and can't tell whether it is the same picture.
    """
    before: Picture | None = None
    for picture in pictures:
        if before is not None and _words(picture) <= _words(before):
            yield picture, before
        before = picture


def _words(picture: Picture) -> set[str]:
    return set(_WORD.findall(picture.text.casefold()))
