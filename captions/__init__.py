"""What is read: words become cues in a house style, and cues WebVTT; and any file is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..source.exports import defer_exports

if TYPE_CHECKING:
    from .chapters import Chapter, find_chapters
    from .check import Verdict, check_captions
    from .cue import Captions, Cue, VoiceSpan, caption
    from .estimate import estimate_timeline
    from .file import CaptionFile, ReadCue, parse_caption_file, read_caption_file
    from .finding import Finding
    from .line import break_lines
    from .style import Style
    from .style_file import list_styles, load_style
    from .webvtt import write_captions, write_chapters, write_descriptions

__getattr__ = defer_exports(
    __name__,
    {
        "CaptionFile": "file",
        "Captions": "cue",
        "Chapter": "chapters",
        "Cue": "cue",
        "Finding": "finding",
        "ReadCue": "file",
        "Style": "style",
        "Verdict": "check",
        "VoiceSpan": "cue",
        "break_lines": "line",
        "caption": "cue",
        "check_captions": "check",
        "estimate_timeline": "estimate",
        "find_chapters": "chapters",
        "list_styles": "style_file",
        "load_style": "style_file",
        "parse_caption_file": "file",
        "read_caption_file": "file",
        "write_captions": "webvtt",
        "write_chapters": "webvtt",
        "write_descriptions": "webvtt",
    },
)

__all__ = [
    "CaptionFile",
    "Captions",
    "Chapter",
    "Cue",
    "Finding",
    "ReadCue",
    "Style",
    "Verdict",
    "VoiceSpan",
    "break_lines",
    "caption",
    "check_captions",
    "estimate_timeline",
    "find_chapters",
    "list_styles",
    "load_style",
    "parse_caption_file",
    "read_caption_file",
    "write_captions",
    "write_chapters",
    "write_descriptions",
]
