"""Tables as transcribers use them: a row for each turn, with columns for who, when and what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from ..label import could_be_name
from ..lexicon import load_lexicon
from ..line import Line
from ..stamp import BRACKETED, STAMP

_STAMP = re.compile(rf"(?:{BRACKETED}|{STAMP})")
_LONGEST_LEADING = 80
"""Characters. A longer text beside another one is no name and no time."""
_SENTENCE_ENDS = tuple('.?!…,;:—–-"”’»)]؟。？！♪')
_FEWEST_NUMBERS = 2
_NUMBER = re.compile(r"[0-9]{1,6}")

Cell = Sequence[Line]


class Column(StrEnum):
    """What a column holds, by its head; they are written in this order."""

    TIME = "time"
    SPEAKER = "speaker"
    TEXT = "text"
    COUNT = "count"


_WRITTEN = (Column.TIME, Column.SPEAKER, Column.TEXT)


def read_head(cells: Sequence[Cell]) -> list[Column | None]:
    """Read a row that only names the columns: `Time`, `Speaker`, `Text`; empty if it is none.

    Most of them are known, and the speaker or the text is among them.
    """
    heads = [read_cell(cell).casefold().strip(":.") for cell in cells]
    columns = [load_lexicon().columns.get(head) for head in heads]
    known = [Column(column) for column in columns if column]
    named = len(known) > 1 and 2 * len(known) > sum(map(bool, heads))
    if not named or not {Column.SPEAKER, Column.TEXT} & set(known):
        return []
    return [Column(column) if column else None for column in columns]


def find_order(rows: Sequence[Sequence[Cell]], head: Sequence[Column | None]) -> list[int]:
    """Say which columns are read, in which order: who, when and what is said; none to be left.

    Where the head names a text, what it does not name is not read, nor a second text. Without a
    head, names behind the text, which come again, go before it.
    """
    if Column.TEXT in head:
        texts = [place for place, column in enumerate(head) if column is Column.TEXT]
        return sorted(
            (
                place
                for place, column in enumerate(head)
                if column in _WRITTEN and place not in texts[1:]
            ),
            key=lambda place: _WRITTEN.index(head[place] or Column.TEXT),
        )
    width = len(rows[0]) if rows else 0
    if any(len(cells) != width for cells in rows):
        return []
    columns = [[read_cell(cells[place]) for cells in rows] for place in range(width)]
    spoken = [place for place in range(width) if not all(map(_is_time, columns[place]))]
    if len(spoken) == 2 and _are_names(columns[spoken[1]]) and not _are_names(columns[spoken[0]]):  # noqa: PLR2004 - the text and who says it
        return [place for place in range(width) if place != spoken[0]] + [spoken[0]]
    return []


def _is_time(text: str) -> bool:
    return not text.strip() or _STAMP.fullmatch(text.strip()) is not None


def _are_names(texts: Sequence[str]) -> bool:
    names = [text for text in texts if text]
    return len(set(names)) < len(names) and all(map(could_be_name, names))


def read_cell(cell: Cell) -> str:
    """Return a cell's text on one line."""
    return " ".join(line.text for line in cell).strip()


def is_numbered(rows: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether the first column only counts the rows, from wherever it begins: 0, 001."""
    firsts = [read_cell(cells[0]).rstrip(".") for cells in rows if len(cells) > 1]
    if len(firsts) < _FEWEST_NUMBERS or not all(map(_NUMBER.fullmatch, firsts)):
        return False
    numbers = [*map(int, firsts)]
    return numbers == [*range(numbers[0], numbers[0] + len(numbers))]


def is_talk(rows: Sequence[Sequence[Cell]]) -> bool:
    """Tell a table of what people say from one of facts, by its sentences."""
    texts = [
        max(
            (line.text for cell in cells for line in cell if not _is_time(line.text)),
            key=len,
            default="",
        )
        for cells in rows
    ]
    ended = [text.strip().endswith(_SENTENCE_ENDS) for text in texts if text.strip()]
    return 2 * sum(ended) >= len(ended)


def join_cells(cells: Sequence[Cell], *, talk: bool) -> Iterator[Line]:
    """Write a row as lines: time, name and text on one, with tab stops between them.

    Of several times the first counts. In a table of `talk` a name in a column of its own is as good
    as one in bold. Cells that are no columns of a transcript, but stand side by side, follow one
    another.
    """
    filled = [[line for line in cell if line.text.strip()] for cell in cells]
    filled = [cell for cell in filled if cell]
    stamps = [cell for cell in filled if _is_stamp(cell)]
    # When a row ends stands behind when it begins.
    filled = [*stamps[:1], *(cell for cell in filled if not _is_stamp(cell))]
    leading = [line for cell in filled[:-1] for line in _join_name(cell)]
    if not leading or not all(map(_is_short, leading)) or filled[-1][0].setting:
        yield from (line for cell in filled for line in cell)
        return
    leading.sort(key=lambda line: not _STAMP.fullmatch(line.text.strip()))
    joined = _join_lines(leading, filled[-1][0])
    yield joined if talk else replace(joined, bold=None)
    yield from filled[-1][1:]


def _join_name(cell: Cell) -> Cell:
    """Put who somebody is behind the name, where it stands below it: `Anna Lee (Host)`."""
    texts = [line.text.strip() for line in cell]
    if len(cell) == 2 and all(map(could_be_name, texts)):  # noqa: PLR2004 - the name, the role
        return [replace(cell[0], text=f"{texts[0]} ({texts[1]})")]
    return cell


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
