"""Which unlabelled paragraphs are the interviewer's questions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .block import Block, BlockKind
from .lexicon import load_lexicon

_MARKS = "?？؟⁇՞፧꘏;"
_CLOSERS = ")]}*_"
_QUESTION_END = re.compile(rf"[{_MARKS}][!?！？…]*[{re.escape(_CLOSERS)}\s]*$")
_QUOTED = re.compile(
    r"([“\"«「'‘¿]).*[{marks}][”\"»」'’]\s*$".replace("{marks}", _MARKS), re.DOTALL
)
_ENOUGH = 0.4
"""Unlabelled questions for each labelled answer, from which on the interviewer has no label."""
_LONGEST_PROMPT = 60
"""Words in a prompt without a question mark."""

_SILENT = {BlockKind.PICTURE, BlockKind.SOUND, BlockKind.HEADING}


def asks(text: str) -> bool:
    """Tell whether a paragraph ends with a question of its own.

    A question inside quotation marks that began earlier in the paragraph is only reported.
    """
    text = text.strip()
    if _QUESTION_END.search(text):
        return True
    return bool(_QUOTED.fullmatch(text))


def find_unlabelled_questions(blocks: Sequence[Block]) -> frozenset[int]:
    """Find the blocks that are questions of an interviewer who has no label, by their numbers."""
    texts = [number for number, block in enumerate(blocks) if block.kind is BlockKind.TEXT]
    labels = [block.label.key for block in blocks if block.label]
    asking = {number for number in texts if asks(blocks[number].text)}
    bold = {number for number in texts if blocks[number].bold}
    if not labels:
        return frozenset(bold if _bold_decides(bold, asking, texts) else asking)
    if len(set(labels)) == 1 and len(asking) > 2 * len(labels):
        # One guest, named once or twice and then taken as read.
        return frozenset(asking | bold)
    answered = _find_answered(blocks, asking | bold)
    if len(answered) < _ENOUGH * len(labels):
        return frozenset()
    return frozenset(answered | _find_prompts(blocks, texts))


def _bold_decides(bold: set[int], asking: set[int], texts: Sequence[int]) -> bool:
    return bool(bold & asking) and len(bold) < len(texts)


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
    return {
        number
        for number in texts
        if (following := _find_next(blocks, number)) is not None
        and following.kind is BlockKind.LABELLED
        and _prompts(blocks, number, following)
    }


def _prompts(blocks: Sequence[Block], number: int, following: Block) -> bool:
    text = blocks[number].text.casefold()
    if len(text.split()) > _LONGEST_PROMPT:
        return False
    if text.lstrip('¿¡“"').startswith(load_lexicon().prompts):
        return True
    previous = next(
        (block for block in reversed(blocks[:number]) if block.kind is BlockKind.LABELLED), None
    )
    same = previous is not None and previous.label is not None and following.label is not None
    return (
        same and any(mark in text for mark in _MARKS) and previous.label.key == following.label.key  # pyright: ignore[reportOptionalMemberAccess]
    )


def _find_next(blocks: Sequence[Block], number: int) -> Block | None:
    return next((block for block in blocks[number + 1 :] if block.kind not in _SILENT), None)
