"""Utterances, which have times, laid into the blocks that a transcript is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..interview import Said
from ..punctuation import ends_sentence
from .block import Block, BlockKind, read_sound
from .label import Label, LabelForm
from .picture import find_picture
from .speaker import CHEVRONS
from .speech import Utterance, join_texts

_SILENCE_MS = 2000
"""After a sentence, so long a silence opens a paragraph."""


def lay_blocks(utterances: Sequence[Utterance]) -> list[Block]:
    """Join utterances to paragraphs; whoever begins to speak gets a label."""
    named = any(one.speaker or one.opens for one in utterances)
    blocks: list[Block] = []
    paragraph: list[Utterance] = []
    latest: Utterance | None = None
    labelled = False
    for one in _time_all(utterances):
        silent = _read_silent(one)
        turns = named and (latest is None or one.opens or one.speaker != latest.speaker)
        if paragraph and (silent or turns or _pauses(paragraph[-1], one)):
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
    """Read what nobody says: a sound, or a picture in brackets."""
    bracketed = one.text[:1] in "[(" and one.text[-1:] in "])"
    if bracketed and (picture := find_picture(one.text)):
        return Block(BlockKind.PICTURE, picture.text, one.line, start_ms=one.start_ms)
    sound = read_sound(one.text)
    return sound and replace(sound, line=one.line, start_ms=one.start_ms, said=one.said)


def _time_all(utterances: Sequence[Utterance]) -> Iterator[Utterance]:
    """Stand utterances without a time behind those before them, where any has one."""
    timed = any(one.said for one in utterances)
    done_ms = 0
    for one in utterances:
        if timed and not one.said:
            yield replace(one, said=(Said(one.text, done_ms, done_ms),))
            continue
        done_ms = one.said[-1].end_ms if one.said else done_ms
        yield one
