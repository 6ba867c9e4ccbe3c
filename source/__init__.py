"""What came in: transcripts, read into one model, and the words and times that all rooms share."""

from .errors import UnavailableTool, UnreadableSource, UnwritableOutput, UsageError, VivavozError
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
from .language import canonicalise_language
from .timeline import Clock, TimedPart, Timeline, Word
from .transcript import read_interview
from .wording import Editorial, Token, TokenKind, WordedPart, Wording, word_interview

__all__ = [
    "Clock",
    "Editorial",
    "Front",
    "Heading",
    "Interview",
    "Notice",
    "Part",
    "Picture",
    "Role",
    "Sound",
    "Span",
    "SpanKind",
    "Speaker",
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
    "read_interview",
    "word_interview",
]
