"""How a page's pictures can be described: which ways are open for a version of the interview."""

from __future__ import annotations

from enum import StrEnum

from .content import Kind, Media, Passage, Version


class Choice(StrEnum):
    """A way to hear of the pictures, or not to."""

    OFF = "off"
    MIX = "mix"
    EXTENDED = "extended"


def list_pictures(version: Version) -> list[Passage]:
    """Return the pictures that have a place in what is played."""
    return [
        passage
        for passage in version.passages
        if passage.kind is Kind.PICTURE and passage.start_ms is not None
    ]


def find_choices(media: Media, version: Version) -> dict[Choice, str | None]:
    """Return each way with nothing where it is open, and else the name of the words that say why.

    Without pictures there is nothing to choose.
    """
    pictures = list_pictures(version)
    if not pictures:
        return {}
    if media.is_voiced:
        return {Choice.OFF: None, Choice.MIX: None, Choice.EXTENDED: "voiced_needs_none"}
    spoken = version.clips is not None and any(picture.clip for picture in pictures)
    return {
        Choice.OFF: None,
        Choice.MIX: None if version.described else "no_mix",
        Choice.EXTENDED: None if spoken else "no_extended",
    }
