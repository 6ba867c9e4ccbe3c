"""Otter, which publishes no format: after what open clients read from its web application.

A transcript begins so many samples in, of 16,000 a second; its words begin so many seconds later.
"""

from __future__ import annotations

from msgspec import Struct

from ..speech import Heard, Speech, compose_utterance
from .service import Service, Tree, fit, has, opens_with, to_ms

_SAMPLE_MS = 1 / 16


class _Word(Struct, frozen=True):
    word: str
    start: float | None = None
    end: float | None = None


class _Transcript(Struct, frozen=True):
    transcript: str = ""
    start_offset: float | None = None
    end_offset: float | None = None
    speaker_id: int | str | None = None
    speaker_name: str | None = None
    speaker_model_label: str | None = None
    alignment: list[_Word] | None = None


class _Speaker(Struct, frozen=True):
    id: int | str | None = None
    speaker_name: str | None = None


class _Speech(Struct, frozen=True):
    transcripts: list[_Transcript]
    speakers: list[_Speaker] = []
    title: str | None = None


def _fits(tree: Tree) -> bool:
    speech = tree["speech"] if has(tree, "speech") else tree
    return opens_with(speech, "transcripts", "transcript", "start_offset")


def _read(tree: Tree) -> Speech:
    speech = fit(tree["speech"] if has(tree, "speech") else tree, _Speech)
    names = {str(one.id): one.speaker_name for one in speech.speakers if one.id is not None}
    utterances = (
        compose_utterance(
            number,
            _hear(one),
            text=one.transcript,
            speaker=one.speaker_name or names.get(str(one.speaker_id)) or one.speaker_model_label,
            span_ms=(to_ms(one.start_offset, _SAMPLE_MS), to_ms(one.end_offset, _SAMPLE_MS)),
        )
        for number, one in enumerate(speech.transcripts, 1)
    )
    return Speech(tuple(one for one in utterances if one), title=speech.title or "")


def _hear(one: _Transcript) -> list[Heard]:
    begin_ms = to_ms(one.start_offset, _SAMPLE_MS)
    return [
        Heard(word.word, _shift(to_ms(word.start), begin_ms), _shift(to_ms(word.end), begin_ms))
        for word in one.alignment or []
    ]


def _shift(time_ms: int | None, begin_ms: int | None) -> int | None:
    return None if time_ms is None or begin_ms is None else time_ms + begin_ms


OTTER = Service("Otter", _fits, _read)
