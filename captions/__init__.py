"""What is read: words become cues, cues any format of captions; and any file is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..source.exports import defer_exports

if TYPE_CHECKING:
    from .chapters import Chapter, find_chapters
    from .check import Verdict, check_captions
    from .cue import Captions, Cue, VoiceSpan, caption
    from .estimate import estimate_timeline
    from .file import CaptionFile, ReadCue, parse_caption_file, read_caption_file
    from .file.track_reader import parse_track, read_track
    from .finding import Finding
    from .format.composition import compose_track
    from .format.format import TrackFormat, parse_formats, write_track
    from .format.result import write_results
    from .line import break_lines
    from .style import Style
    from .style_file import list_styles, load_style
    from .track import Track, Written
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
        "Track": "track",
        "TrackFormat": "format.format",
        "Written": "track",
        "caption": "cue",
        "check_captions": "check",
        "compose_track": "format.composition",
        "estimate_timeline": "estimate",
        "find_chapters": "chapters",
        "list_styles": "style_file",
        "load_style": "style_file",
        "parse_caption_file": "file",
        "parse_track": "file.track_reader",
        "read_caption_file": "file",
        "read_track": "file.track_reader",
        "write_captions": "webvtt",
        "write_chapters": "webvtt",
        "write_descriptions": "webvtt",
        "write_results": "format.result",
        "parse_formats": "format.format",
        "write_track": "format.format",
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
    "Track",
    "TrackFormat",
    "Verdict",
    "VoiceSpan",
    "Written",
    "break_lines",
    "caption",
    "check_captions",
    "compose_track",
    "estimate_timeline",
    "find_chapters",
    "list_styles",
    "load_style",
    "parse_caption_file",
    "parse_formats",
    "parse_track",
    "read_caption_file",
    "read_track",
    "write_captions",
    "write_chapters",
    "write_descriptions",
    "write_results",
    "write_track",
]
