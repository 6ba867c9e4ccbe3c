"""What is read: words become cues in a house style, and cues become WebVTT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..source.exports import defer_exports

if TYPE_CHECKING:
    from .chapters import Chapter, find_chapters
    from .cue import Captions, Cue, VoiceSpan, caption
    from .estimate import estimate_timeline
    from .finding import Finding
    from .line import break_lines
    from .style import Style
    from .style_file import list_styles, load_style
    from .webvtt import write_captions, write_chapters, write_descriptions

__getattr__ = defer_exports(
    __name__,
    {
        "Captions": "cue",
        "Chapter": "chapters",
        "Cue": "cue",
        "Finding": "finding",
        "Style": "style",
        "VoiceSpan": "cue",
        "break_lines": "line",
        "caption": "cue",
        "estimate_timeline": "estimate",
        "find_chapters": "chapters",
        "list_styles": "style_file",
        "load_style": "style_file",
        "write_captions": "webvtt",
        "write_chapters": "webvtt",
        "write_descriptions": "webvtt",
    },
)

__all__ = [
    "Captions",
    "Chapter",
    "Cue",
    "Finding",
    "Style",
    "VoiceSpan",
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
