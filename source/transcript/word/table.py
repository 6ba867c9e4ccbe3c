"""Tables as transcribers use them: a row for each turn, with columns for who, when and what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..lexicon import load_lexicon
from ..line import Line
from ..stamp import BRACKETED, STAMP

_STAMP = re.compile(rf"(?:{BRACKETED}|{STAMP})")
_LONGEST_LEADING = 80
"""Characters. A longer text beside another one is no name and no time."""
_SENTENCE_ENDS = tuple('.?!…,;:—–-"”’»)]؟。？！♪')
_FEWEST_NUMBERS = 2

Cell = Sequence[Line]


def is_head(cells: Sequence[Cell]) -> bool:
    """Tell a row that only names the columns: `Time`, `Speaker`, `Text`."""
    texts = [" ".join(line.text for line in cell).strip().casefold() for cell in cells]
    named = [text.strip(":.") for text in texts if text]
    return len(named) > 1 and all(name in load_lexicon().columns for name in named)


def is_numbered(rows: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether the first column only counts the rows."""
    firsts = [" ".join(line.text for line in cells[0]).strip() for cells in rows if len(cells) > 1]
    numbers = [first.rstrip(".") for first in firsts]
    return len(numbers) >= _FEWEST_NUMBERS and numbers == list(map(str, range(1, len(numbers) + 1)))


def is_talk(rows: Sequence[Sequence[Cell]]) -> bool:
    """Tell a table of what people say from one of facts, by its sentences."""
    texts = [
        max((line.text for cell in cells for line in cell), key=len, default="") for cells in rows
    ]
    ended = [text.strip().endswith(_SENTENCE_ENDS) for text in texts if text.strip()]
    return 2 * sum(ended) >= len(ended)


def join_cells(cells: Sequence[Cell], *, talk: bool) -> Iterator[Line]:
    """Write a row as lines: time, name and text on one, with tab stops between them.

    In a table of `talk` a name in a column of its own is as good as one in bold. Cells that are no
    columns of a transcript, but stand side by side, follow one another.
    """
    filled = [[line for line in cell if line.text.strip()] for cell in cells]
    filled = [cell for cell in filled if cell]
    filled.sort(key=lambda cell: not _is_stamp(cell))
    leading = [line for cell in filled[:-1] for line in cell]
    if not leading or not all(map(_is_short, leading)) or filled[-1][0].setting:
        yield from (line for cell in filled for line in cell)
        return
    leading.sort(key=lambda line: not _STAMP.fullmatch(line.text.strip()))
    joined = _join_lines(leading, filled[-1][0])
    yield joined if talk else replace(joined, bold=None)
    yield from filled[-1][1:]


def _is_stamp(cell: Cell) -> bool:
    return len(cell) == 1 and _STAMP.fullmatch(cell[0].text.strip()) is not None


def _is_short(line: Line) -> bool:
    return line.setting is None and len(line.text.strip()) <= _LONGEST_LEADING


def _join_lines(leading: Sequence[Line], said: Line) -> Line:
    texts = [line.text.strip() for line in leading]
    name = next((text for text in texts if not _STAMP.fullmatch(text)), "")
    text = "\t".join((*texts, said.text.strip()))
    start = text.find(name)
    bold = slice(start, start + len(name)) if name else None
    return replace(said, number=min(line.number for line in (*leading, said)), text=text, bold=bold)
