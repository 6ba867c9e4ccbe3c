"""Every form of transcript, read into one Interview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..exports import defer_exports

if TYPE_CHECKING:
    from .identity import match_names, note_strangers
    from .reader import read_interview

__getattr__ = defer_exports(
    __name__,
    {
        "match_names": "identity",
        "note_strangers": "identity",
        "read_interview": "reader",
    },
)

__all__ = ["match_names", "note_strangers", "read_interview"]
