"""Amazon Transcribe Call Analytics, after its developer guide ("Post-call analytics output").

Amazon Connect's Contact Lens writes the same, without words.
"""

from __future__ import annotations

from msgspec import Struct

from ..speech import Heard, Speech, compose_utterance, order_utterances
from .service import Service, Tree, fit, opens_with, rate, to_ms


class _Item(Struct, frozen=True, rename="pascal"):
    content: str
    begin_offset_millis: float | None = None
    end_offset_millis: float | None = None
    confidence: float | None = None
    type: str = "pronunciation"


class _Turn(Struct, frozen=True, rename="pascal"):
    content: str
    begin_offset_millis: float | None = None
    end_offset_millis: float | None = None
    participant_role: str | None = None
    participant_id: str | None = None
    items: list[_Item] = []


class _Call(Struct, frozen=True, rename="pascal"):
    transcript: list[_Turn]
    language_code: str | None = None


def _fits(tree: Tree) -> bool:
    return opens_with(tree, "Transcript", "Content", "BeginOffsetMillis")


def _read(tree: Tree) -> Speech:
    call = fit(tree, _Call)
    utterances = (
        compose_utterance(
            number,
            map(_hear, turn.items),
            text=turn.content,
            speaker=turn.participant_role or turn.participant_id,
            span_ms=(to_ms(turn.begin_offset_millis, 1), to_ms(turn.end_offset_millis, 1)),
        )
        for number, turn in enumerate(call.transcript, 1)
    )
    ordered = order_utterances(one for one in utterances if one)
    return Speech(tuple(ordered), call.language_code or "")


def _hear(item: _Item) -> Heard:
    if item.type == "punctuation":
        return Heard(item.content, glued=True)
    start_ms, end_ms = to_ms(item.begin_offset_millis, 1), to_ms(item.end_offset_millis, 1)
    return Heard(item.content, start_ms, end_ms, rate(item.confidence))


CALL_ANALYTICS = Service("Amazon Transcribe Call Analytics", _fits, _read)
