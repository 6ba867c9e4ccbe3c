"""What came in: transcripts, read into one model, and the words and times that all rooms share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .exports import defer_exports

if TYPE_CHECKING:
    from .errors import (
        UnavailableTool,
        UnreadableSource,
        UnwritableOutput,
        UsageError,
        VivavozError,
    )
    from .interview import (
        Front,
        Heading,
        Interview,
        Notice,
        Part,
        Picture,
        Role,
        Sound,
        Span,
        SpanKind,
        Speaker,
        Turn,
    )
    from .language import canonicalise_language, primary_subtag
    from .recording import Recording, decode_sound, decode_speech, find_recording, open_recording
    from .settings import Person, Settings, load_settings
    from .text_file import TextFile, load_bytes, load_text
    from .timeline import Clock, TimedPart, Timeline, Word
    from .transcript import read_interview
    from .wording import (
        Editorial,
        Token,
        TokenKind,
        WordedPart,
        Wording,
        join_tokens,
        word_interview,
    )

__getattr__ = defer_exports(
    __name__,
    {
        "Clock": "timeline",
        "Editorial": "wording",
        "Front": "interview",
        "Heading": "interview",
        "Interview": "interview",
        "Person": "settings",
        "Settings": "settings",
        "Notice": "interview",
        "Part": "interview",
        "Picture": "interview",
        "Recording": "recording",
        "Role": "interview",
        "Sound": "interview",
        "Span": "interview",
        "SpanKind": "interview",
        "Speaker": "interview",
        "TextFile": "text_file",
        "TimedPart": "timeline",
        "Timeline": "timeline",
        "Token": "wording",
        "TokenKind": "wording",
        "Turn": "interview",
        "UnavailableTool": "errors",
        "UnreadableSource": "errors",
        "UnwritableOutput": "errors",
        "UsageError": "errors",
        "VivavozError": "errors",
        "Word": "timeline",
        "WordedPart": "wording",
        "Wording": "wording",
        "canonicalise_language": "language",
        "decode_sound": "recording",
        "decode_speech": "recording",
        "find_recording": "recording",
        "join_tokens": "wording",
        "load_settings": "settings",
        "load_bytes": "text_file",
        "load_text": "text_file",
        "open_recording": "recording",
        "primary_subtag": "language",
        "read_interview": "transcript",
        "word_interview": "wording",
    },
)

__all__ = [
    "Clock",
    "Editorial",
    "Front",
    "Heading",
    "Interview",
    "Notice",
    "Part",
    "Person",
    "Picture",
    "Recording",
    "Role",
    "Settings",
    "Sound",
    "Span",
    "SpanKind",
    "Speaker",
    "TextFile",
    "TimedPart",
    "Timeline",
    "Token",
    "TokenKind",
    "Turn",
    "UnavailableTool",
    "UnreadableSource",
    "UnwritableOutput",
    "UsageError",
    "VivavozError",
    "Word",
    "WordedPart",
    "Wording",
    "canonicalise_language",
    "decode_sound",
    "decode_speech",
    "find_recording",
    "join_tokens",
    "load_bytes",
    "load_settings",
    "load_text",
    "open_recording",
    "primary_subtag",
    "read_interview",
    "word_interview",
]
