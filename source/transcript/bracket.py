"""A turn's text taken apart: speech, editorial words, sounds, and the time stamps between them."""

from __future__ import annotations

import re

from ..interview import Span, SpanKind
from .note import is_direction, is_note, is_signed
from .sound import is_sound, strip_stamp
from .stamp import BRACKETED, STAMP, first_stamp, parse_stamp

_BRACKET = re.compile(
    rf"(?P<range>{BRACKETED})\s*(?:-|–|—|to)\s*{BRACKETED}"
    r"|\[(?P<square>[^\[\]\n]{1,300})\]"
    r"|\((?P<round>[^()\n]{1,80})\)"
    r"|(?<![\w*])\*(?P<star>[^*\n]{1,40})\*(?![\w*])"
)
_STAMP_ONLY = re.compile(rf"\s*(?:at\s+)?{STAMP}\s*")


def split_spans(text: str) -> tuple[tuple[Span, ...], int | None]:
    """Take a turn's text apart; also return the stamp that opens it, if one does.

    Only stamps and the brackets around sounds and editorial words are left out.
    """
    spans: list[Span] = []
    opening: int | None = None
    pending: int | None = None
    position = 0

    def add_speech(end: int) -> None:
        nonlocal position, pending
        speech = text[position:end]
        if speech and (speech.strip() or not _ends_in_space(spans)):
            spans.append(Span(SpanKind.SPEECH, speech, pending if speech.strip() else None))
            pending = None if speech.strip() else pending
        position = end

    for found in _BRACKET.finditer(text):
        read = _read_bracket(found)
        if read is None:
            continue
        add_speech(found.start())
        position = found.end()
        if isinstance(read, Span):
            spans.append(Span(read.kind, read.text, first_stamp(read.start_ms, pending)))
            pending = None
        elif spans and any(span.text.strip() for span in spans):
            pending = read
        else:
            opening = first_stamp(opening, read)
    add_speech(len(text))
    return _trim(spans), opening


def _read_bracket(found: re.Match[str]) -> Span | int | None:
    """Read one bracket: a span, a time stamp in milliseconds, or None where it is speech."""
    if found["range"]:
        return parse_stamp(found["range"])
    if (square := found["square"]) is not None:
        if _STAMP_ONLY.fullmatch(square):
            return parse_stamp(square)
        if is_signed(square) or (is_note(square) and _stands_between_sentences(found)):
            return Span(SpanKind.NOTE, square.strip())
        if is_sound(square) or (is_direction(square) and _stands_between_sentences(found)):
            return Span(SpanKind.SOUND, strip_stamp(square), parse_stamp(square))
        return Span(SpanKind.EDITORIAL, square.strip()) if square.strip() else None
    if (inner := found["round"]) is not None:
        if not found.string[: found.start()].strip() and _STAMP_ONLY.fullmatch(inner):
            return parse_stamp(inner)
        if is_sound(inner, parenthesis=True):
            return Span(SpanKind.SOUND, strip_stamp(inner), parse_stamp(inner))
        return None
    action = found["star"]
    return Span(SpanKind.SOUND, action) if is_sound(action, parenthesis=True) else None


def _stands_between_sentences(found: re.Match[str]) -> bool:
    """Tell a bracket on its own from one whose words are put into a sentence."""
    before = found.string[: found.start()].rstrip(" \"'”’»")
    after = found.string[found.end() :].lstrip(" \"'“‘«¿¡([—–…-")
    return (not before or before[-1] in ".!?…—–)]") and (not after or after[0].isupper())


def _ends_in_space(spans: list[Span]) -> bool:
    return bool(spans) and spans[-1].text[-1:].isspace()


def _trim(spans: list[Span]) -> tuple[Span, ...]:
    """Leave no white space at the ends and no empty span."""
    while spans and spans[0].kind is SpanKind.SPEECH and not spans[0].text.strip():
        del spans[0]
    while spans and spans[-1].kind is SpanKind.SPEECH and not spans[-1].text.strip():
        del spans[-1]
    if spans and spans[0].kind is SpanKind.SPEECH:
        spans[0] = Span(SpanKind.SPEECH, spans[0].text.lstrip(), spans[0].start_ms)
    if spans and spans[-1].kind is SpanKind.SPEECH:
        spans[-1] = Span(SpanKind.SPEECH, spans[-1].text.rstrip(), spans[-1].start_ms)
    return tuple(spans)
