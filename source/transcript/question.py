"""Which unlabelled paragraphs are the interviewer's questions."""

from __future__ import annotations

from collections.abc import Sequence

from .block import Block, BlockKind
from .editorial import is_editorial
from .lexicon import load_lexicon
from .question_mark import QUESTION_MARKS, asks

_ENOUGH = 0.4
"""Unlabelled questions for each labelled answer, from which on the interviewer has no label."""
_DASHES = ("—", "–", "- ")
_FEWEST_DASHES = 4
_MOSTLY = 0.8
"""Share of paragraphs that begin with a dash, from which on each dash is another speaker."""
_LONGEST_PROMPT = 60
"""Words in a prompt without a question mark."""

_SILENT = {BlockKind.PICTURE, BlockKind.SOUND, BlockKind.HEADING, BlockKind.STAMP}


def find_unlabelled_questions(blocks: Sequence[Block]) -> frozenset[int]:
    """Find the blocks that are questions of an interviewer who has no label, by their numbers."""
    texts = [
        number
        for number, block in enumerate(blocks)
        if block.kind is BlockKind.TEXT and not is_editorial(block.text)
    ]
    labels = [block.label.key for block in blocks if block.label]
    asking = {number for number in texts if asks(blocks[number].text)}
    # A standfirst in italics or bold above the first question is nobody's.
    marked = {number for number in texts if blocks[number].marked}
    prompting = {number for number in marked if _prompts(blocks[number].text, same_speaker=False)}
    first = min(asking | prompting, default=0) if asking else 0
    marked = {number for number in marked if number >= first}
    if not labels:
        return frozenset(_find_unnamed(blocks, texts, asking, marked))
    if len(set(labels)) == 1 and len(asking) > 2 * len(labels):
        # One guest, named once or twice and then taken as read.
        return frozenset(asking | marked)
    answered = _find_answered(blocks, asking | marked)
    if len(answered) < _ENOUGH * len(labels):
        return frozenset()
    return frozenset(answered | _find_prompts(blocks, texts))


def _find_unnamed(
    blocks: Sequence[Block], texts: Sequence[int], asking: set[int], marked: set[int]
) -> set[int]:
    """Find the questions where nobody is named: by bold or italics, dashes, headings or marks."""
    if marked & asking and len(marked) < len(texts):
        return marked
    dashes = [number for number in texts if blocks[number].text.startswith(_DASHES)]
    opening = next((place for place, number in enumerate(dashes) if number in asking), None)
    if opening is not None and len(dashes) >= max(_FEWEST_DASHES, _MOSTLY * len(texts)):
        return set(dashes[opening::2])
    headings = {
        number
        for number, block in enumerate(blocks)
        if block.kind is BlockKind.HEADING and asks(block.text)
    }
    return asking or headings


def _find_answered(blocks: Sequence[Block], asking: set[int]) -> set[int]:
    """Keep the questions that a labelled turn answers, pictures and more questions between."""
    answered: set[int] = set()
    before_label = False
    for number in range(len(blocks) - 1, -1, -1):
        block = blocks[number]
        if number in asking and before_label:
            answered.add(number)
        elif block.kind not in _SILENT:
            before_label = block.kind is BlockKind.LABELLED
    return answered


def _find_prompts(blocks: Sequence[Block], texts: Sequence[int]) -> set[int]:
    """Find what asks without a question mark at its end, straight before a labelled turn."""
    before, after = _find_neighbours(blocks)
    return {
        number
        for number in texts
        if (answer := after[number]) is not None
        and _prompts(blocks[number].text, same_speaker=before[number] == answer)
    }


def _find_neighbours(blocks: Sequence[Block]) -> tuple[list[str | None], list[str | None]]:
    """Find, for each block, who was labelled last, and who is labelled straight after it."""
    before: list[str | None] = []
    latest = None
    for block in blocks:
        before.append(latest)
        latest = block.label.key if block.label else latest
    after: list[str | None] = []
    coming = None
    for block in reversed(blocks):
        after.append(coming)
        if block.kind not in _SILENT:
            coming = block.label.key if block.label else None
    return before, after[::-1]


def _prompts(text: str, *, same_speaker: bool) -> bool:
    """Tell a prompt; one speaker before and after a paragraph with a question is a sign of it."""
    if len(text.split()) > _LONGEST_PROMPT:
        return False
    if text.casefold().lstrip('¿¡“"').startswith(load_lexicon().prompts):
        return True
    return same_speaker and any(mark in text for mark in QUESTION_MARKS)
