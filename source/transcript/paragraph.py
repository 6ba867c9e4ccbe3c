"""Utterances, which have times, laid into the blocks that a transcript is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..interview import Said
from ..punctuation import ends_sentence
from ..rate import speech_ms
from .block import Block, BlockKind, read_sound
from .label import Label, LabelForm
from .picture import find_picture
from .question_mark import asks
from .speaker import CHEVRONS
from .speech import Utterance, join_texts

_SILENCE_MS = 2000
"""After a sentence, so long a silence opens a paragraph."""


def lay_blocks(utterances: Sequence[Utterance]) -> list[Block]:
    """Join utterances to paragraphs; whoever begins to speak gets a label.

    Where nobody does, each question is a paragraph of its own.
    """
    named = any(one.speaker or one.opens for one in utterances)
    asking = frozenset[int]() if named else _find_questions(utterances)
    blocks: list[Block] = []
    paragraph: list[Utterance] = []
    latest: Utterance | None = None
    labelled = False
    for number, one in enumerate(_time_all(utterances)):
        silent = _read_silent(one)
        turns = named and (latest is None or one.opens or one.speaker != latest.speaker)
        parts = (number in asking) != (number - 1 in asking)
        if paragraph and (silent or turns or parts or _pauses(paragraph[-1], one)):
            blocks.append(_join_paragraph(paragraph, labelled=labelled))
            paragraph = []
        if silent:
            blocks.append(silent)
            continue
        if not paragraph:
            labelled = turns
        paragraph.append(one)
        latest = one
    return [*blocks, *([_join_paragraph(paragraph, labelled=labelled)] if paragraph else [])]


def _find_questions(utterances: Sequence[Utterance]) -> frozenset[int]:
    """Find the utterances, by their numbers, that are a question or a part of one."""
    asking: set[int] = set()
    first = 0
    for number, one in enumerate(utterances):
        if asks(one.text):
            asking.update(range(first, number + 1))
        if ends_sentence(one.text) or read_sound(one.text):
            first = number + 1
    return frozenset(asking)


def _join_paragraph(paragraph: Sequence[Utterance], *, labelled: bool) -> Block:
    first = paragraph[0]
    text = join_texts((one.text, False) for one in paragraph)
    said = tuple(stretch for one in paragraph for stretch in one.said)
    form = LabelForm.VOICE if first.speaker else LabelForm.CHEVRONS
    label = Label(first.speaker or CHEVRONS, text, form) if labelled else None
    kind = BlockKind.LABELLED if labelled else BlockKind.TEXT
    return Block(kind, text, first.line, label, first.start_ms, said=said)


def _pauses(before: Utterance, one: Utterance) -> bool:
    if not before.said or one.start_ms is None or not ends_sentence(before.text):
        return False
    return one.start_ms - before.said[-1].end_ms >= _SILENCE_MS


def _read_silent(one: Utterance) -> Block | None:
    """Read what nobody says: a picture in brackets, or a sound, which all else in them is."""
    square = one.text[:1] + one.text[-1:] == "[]" and "]" not in one.text[:-1]
    if square and (picture := find_picture(one.text)):
        return Block(BlockKind.PICTURE, picture.text, one.line, start_ms=one.start_ms)
    sound = read_sound(one.text)
    if sound is None:
        return None
    text = sound.text if sound.kind is BlockKind.SOUND else one.text[1:-1].strip()
    return Block(BlockKind.SOUND, text, one.line, start_ms=one.start_ms, said=one.said)


def _time_all(utterances: Sequence[Utterance]) -> Iterator[Utterance]:
    """Stand utterances without a time behind those before them, where any has one."""
    timed = any(one.said for one in utterances)
    done_ms, latest_ms, speaker = 0, 0, None
    for one, next_ms in zip(utterances, _look_ahead(utterances), strict=True):
        said = one.said
        if timed and not said:
            end_ms = done_ms + round(sum(map(speech_ms, one.text.split())))
            end_ms = end_ms if next_ms is None else max(done_ms, min(end_ms, next_ms))
            said = (Said(one.text, done_ms, end_ms),)
        if said and one.speaker == speaker and said[0].start_ms < latest_ms:
            said = tuple(_hold_back(said, latest_ms))
        if said:
            done_ms, latest_ms = said[-1].end_ms, said[-1].start_ms
        speaker = one.speaker
        yield one if said is one.said else replace(one, said=said)


def _hold_back(said: Sequence[Said], earliest_ms: int) -> Iterator[Said]:
    """Let nobody say anything before what they said before it."""
    for one in said:
        start_ms = max(one.start_ms, earliest_ms)
        yield replace(one, start_ms=start_ms, end_ms=max(one.end_ms, start_ms))


def _look_ahead(utterances: Sequence[Utterance]) -> list[int | None]:
    """Return, for each utterance, when the next one begins that has a time."""
    nexts: list[int | None] = []
    following = None
    for one in reversed(utterances):
        nexts.append(following)
        following = following if one.start_ms is None else one.start_ms
    return nexts[::-1]
