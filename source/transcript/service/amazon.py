"""Amazon Transcribe, after its developer guide ("Data input and output", "Diarization")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from ..speech import Heard, Speech, Utterance, order_utterances
from .service import Service, Tree, compose_turns, fit, has, rate, to_ms


class _Alternative(Struct, frozen=True):
    content: str
    confidence: float | None = None


class _Item(Struct, frozen=True):
    alternatives: list[_Alternative]
    """The best first."""
    type: str = "pronunciation"
    start_time: float | None = None
    end_time: float | None = None
    speaker_label: str | None = None


class _LabelledItem(Struct, frozen=True):
    start_time: float | None = None
    speaker_label: str | None = None


class _LabelledSegment(Struct, frozen=True):
    items: list[_LabelledItem] = []


class _SpeakerLabels(Struct, frozen=True):
    segments: list[_LabelledSegment] = []


class _Channel(Struct, frozen=True):
    channel_label: str
    items: list[_Item] = []


class _ChannelLabels(Struct, frozen=True):
    channels: list[_Channel] = []


class _Results(Struct, frozen=True):
    items: list[_Item] = []
    speaker_labels: _SpeakerLabels | None = None
    channel_labels: _ChannelLabels | None = None
    language_code: str | None = None


class _Job(Struct, frozen=True):
    results: _Results


def _fits(tree: Tree) -> bool:
    results = tree["results"] if has(tree, "results") else None
    return has(results, "transcripts") and (has(results, "items") or has(results, "channel_labels"))


def _read(tree: Tree) -> Speech:
    results = fit(tree, _Job).results
    language = results.language_code or ""
    channels = results.channel_labels.channels if results.channel_labels else []
    if channels:
        heard = (one for channel in channels for one in _read_channel(channel))
        return Speech(tuple(order_utterances(heard)), language)
    voices = _find_voices(results.speaker_labels)
    words = (
        (item.speaker_label or voices.get(item.start_time), _hear(item)) for item in results.items
    )
    return Speech(tuple(compose_turns(words)), language)


def _find_voices(labels: _SpeakerLabels | None) -> Mapping[float | None, str | None]:
    """Return who speaks at which time: older exports have it apart from the words."""
    segments = labels.segments if labels else []
    return {
        item.start_time: item.speaker_label
        for segment in segments
        for item in segment.items
        if item.start_time is not None
    }


def _read_channel(channel: _Channel) -> Iterator[Utterance]:
    return compose_turns((channel.channel_label, _hear(item)) for item in channel.items)


def _hear(item: _Item) -> Heard:
    if not item.alternatives:
        return Heard("")
    best = item.alternatives[0]
    if item.type == "punctuation":
        return Heard(best.content, glued=True)
    return Heard(best.content, to_ms(item.start_time), to_ms(item.end_time), rate(best.confidence))


AMAZON = Service("Amazon Transcribe", _fits, _read)
