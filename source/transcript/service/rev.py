"""Rev AI, after its API reference (transcript v1.0), and Rev's transcripts made by people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from ..speech import Heard, Speech, compose_utterance
from ..stamp import parse_stamp
from .service import Service, Tree, fit, opens_with, rate, to_ms

_TAG = re.compile(r"<([^<>]+)>")
"""`<laugh>`, `<unk>`: what is no word."""


class _Element(Struct, frozen=True):
    value: str = ""
    type: str = "text"
    name: str = ""
    """Of a tag."""
    ts: float | None = None
    end_ts: float | None = None
    start: str | None = field(default=None, name="timestamp")
    """As people's transcripts have it: 00:00:01,210."""
    end: str | None = field(default=None, name="end_timestamp")
    confidence: float | None = None


class _Person(Struct, frozen=True):
    id: int | str | None = None
    name: str | None = None
    display_name: str | None = None


class _Monologue(Struct, frozen=True):
    elements: list[_Element]
    speaker: int | str | None = None
    speaker_info: _Person | None = None
    speaker_name: str | None = None


class _Transcript(Struct, frozen=True):
    monologues: list[_Monologue]
    speakers: list[_Person] = []
    language: str | None = None


def _fits(tree: Tree) -> bool:
    return opens_with(tree, "monologues", "elements")


def _read(tree: Tree) -> Speech:
    transcript = fit(tree, _Transcript)
    names = {one.id: one.name for one in transcript.speakers}
    utterances = (
        compose_utterance(
            number, [*_hear(one.elements)], speaker=_name(one, names.get(one.speaker))
        )
        for number, one in enumerate(transcript.monologues, 1)
    )
    return Speech(tuple(one for one in utterances if one), transcript.language or "")


def _name(one: _Monologue, known: str | None) -> str | None:
    told = one.speaker_info.display_name if one.speaker_info else None
    return told or one.speaker_name or known or (None if one.speaker is None else str(one.speaker))


def _hear(elements: Sequence[_Element]) -> Iterator[Heard]:
    """Yield the words; marks and spaces are elements between them."""
    parted = True
    for element in elements:
        text = _TAG.sub(r"[\1]", element.value or f"[{element.name}]")
        glued = not (parted or text[:1].isspace())
        parted = text[-1:].isspace()
        start_ms = to_ms(element.ts) if element.start is None else parse_stamp(element.start)
        end_ms = to_ms(element.end_ts) if element.end is None else parse_stamp(element.end)
        if text.strip():
            yield Heard(text, start_ms, end_ms, rate(element.confidence), glued)
        else:
            parted = True


REV = Service("Rev", _fits, _read)
