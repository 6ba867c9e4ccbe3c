"""What is read: words become cues in a house style, and cues become WebVTT."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .chapters import Chapter, find_chapters
    from .cue import Captions, Cue
    from .estimate import estimate_timeline
    from .line import break_lines
    from .pacing import caption
    from .style import Style, list_styles, load_style
    from .webvtt import write_captions, write_chapters, write_descriptions

__all__ = [
    "Captions",
    "Chapter",
    "Cue",
    "Style",
    "break_lines",
    "caption",
    "estimate_timeline",
    "find_chapters",
    "list_styles",
    "load_style",
    "write_captions",
    "write_chapters",
    "write_descriptions",
]

_HOMES = {
    "chapters": ("Chapter", "find_chapters"),
    "cue": ("Captions", "Cue"),
    "estimate": ("estimate_timeline",),
    "line": ("break_lines",),
    "pacing": ("caption",),
    "style": ("Style", "list_styles", "load_style"),
    "webvtt": ("write_captions", "write_chapters", "write_descriptions"),
}
"""Modules are imported when a name of theirs is first used: numpy and webvtt-py take their time."""


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f".{home}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
