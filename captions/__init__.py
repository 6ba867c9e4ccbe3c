"""What is read: words become cues, cues any format of captions; and any file is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..source.exports import defer_exports

if TYPE_CHECKING:
    from ..source.caption_file import CaptionFile, ReadCue, parse_caption_file, read_caption_file
    from ..source.caption_file.track_reader import parse_track, read_track
    from ..source.track import Track, Written
    from .chapters import Chapter, find_chapters
    from .check import Verdict, check_captions
    from .cue import Captions, Cue, VoiceSpan, caption
    from .edit import (
        Changes,
        Conflict,
        Edit,
        EditedCue,
        Edits,
        apply_edits,
        excerpt,
        find_changes,
        find_edits,
        find_loss,
        merge_changes,
        read_edits,
        write_edits,
        write_marked,
    )
    from .estimate import estimate_timeline
    from .finding import Finding
    from .format.composition import compose_track
    from .format.format import TrackFormat, parse_formats, write_track
    from .format.result import write_results
    from .line import break_lines
    from .style import Style
    from .style_file import list_styles, load_style
    from .webvtt import write_captions, write_chapters, write_descriptions

__getattr__ = defer_exports(
    __name__,
    {
        "CaptionFile": ".source.caption_file",
        "Captions": "cue",
        "Chapter": "chapters",
        "Changes": "edit",
        "Conflict": "edit",
        "Edit": "edit",
        "EditedCue": "edit",
        "Cue": "cue",
        "Edits": "edit",
        "Finding": "finding",
        "ReadCue": ".source.caption_file",
        "Style": "style",
        "Verdict": "check",
        "VoiceSpan": "cue",
        "apply_edits": "edit",
        "break_lines": "line",
        "Track": ".source.track",
        "TrackFormat": "format.format",
        "Written": ".source.track",
        "caption": "cue",
        "check_captions": "check",
        "compose_track": "format.composition",
        "estimate_timeline": "estimate",
        "excerpt": "edit",
        "find_chapters": "chapters",
        "find_changes": "edit",
        "find_edits": "edit",
        "find_loss": "edit",
        "list_styles": "style_file",
        "load_style": "style_file",
        "merge_changes": "edit",
        "parse_caption_file": ".source.caption_file",
        "parse_track": ".source.caption_file.track_reader",
        "read_caption_file": ".source.caption_file",
        "read_track": ".source.caption_file.track_reader",
        "read_edits": "edit",
        "write_captions": "webvtt",
        "write_chapters": "webvtt",
        "write_descriptions": "webvtt",
        "write_edits": "edit",
        "write_marked": "edit",
        "write_results": "format.result",
        "parse_formats": "format.format",
        "write_track": "format.format",
    },
)

__all__ = [
    "CaptionFile",
    "Captions",
    "Changes",
    "Chapter",
    "Conflict",
    "Cue",
    "Edit",
    "EditedCue",
    "Edits",
    "Finding",
    "ReadCue",
    "Style",
    "Track",
    "TrackFormat",
    "Verdict",
    "VoiceSpan",
    "Written",
    "apply_edits",
    "break_lines",
    "caption",
    "check_captions",
    "compose_track",
    "estimate_timeline",
    "excerpt",
    "find_changes",
    "find_chapters",
    "find_edits",
    "find_loss",
    "list_styles",
    "load_style",
    "merge_changes",
    "parse_caption_file",
    "parse_formats",
    "parse_track",
    "read_caption_file",
    "read_edits",
    "read_track",
    "write_captions",
    "write_chapters",
    "write_descriptions",
    "write_edits",
    "write_marked",
    "write_results",
    "write_track",
]
