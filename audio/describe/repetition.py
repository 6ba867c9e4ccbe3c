"""Descriptions that say nothing new."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...source import Picture

_WORD = re.compile(r"\w+")


def find_repetitions(pictures: Iterable[Picture]) -> Iterator[tuple[Picture, Picture]]:
    """Yield each picture that the one before it has described already, in the same words.

    Who can't see the pictures hears the same again, and can't tell whether it is the same picture.
    """
    before: Picture | None = None
    for picture in pictures:
        if before is not None and _repeats(picture, before):
            yield picture, before
        before = picture


def _repeats(picture: Picture, before: Picture) -> bool:
    said, said_before = (
        f" {' '.join(_WORD.findall(text.casefold()))} " for text in (picture.text, before.text)
    )
    return said in said_before and (said.strip() != "" or picture.text == before.text)
