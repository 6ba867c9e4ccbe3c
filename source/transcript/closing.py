"""What stands below an interview: who the guest is, how it was edited."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from .block import Block, BlockKind
from .editorial import is_editorial
from .question_mark import asks

_SENTENCE_GAP = re.compile(r"(?<=[.!?…])\s+")


def set_notes_apart(blocks: Sequence[Block], breaks: Collection[int]) -> list[Block]:
    """Make the editor's notes at the end what nobody says; `breaks` are the lines with a rule.

    A last paragraph without a label is one that stands behind a rule and all in italics or bold,
    or speaks of the interview and has either.
    """
    first = len(blocks)
    while first and _may_close(blocks[first - 1]):
        first -= 1
    behind_break = False
    placed = [*blocks[:first]]
    for number in range(first, len(blocks)):
        block = blocks[number]
        above = blocks[number - 1].line if number else block.line
        behind_break = behind_break or any(above < line < block.line for line in breaks)
        editorial = _speaks_of_interview(block)
        if block.kind is BlockKind.TEXT and (behind_break or (editorial and block.marked)):
            block = replace(block, kind=BlockKind.FRONT, doubtful=not editorial)
        placed.append(block)
    return placed


def _may_close(block: Block) -> bool:
    if block.kind is not BlockKind.TEXT:
        return block.kind is not BlockKind.LABELLED
    return _speaks_of_interview(block) or (block.marked and not asks(block.text))


def _speaks_of_interview(block: Block) -> bool:
    return any(map(is_editorial, _SENTENCE_GAP.split(block.text)))
