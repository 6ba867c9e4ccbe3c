"""Records of the words that paths have said, each with the one before it.

Paths share what they have in common; what no path goes back to is dropped from time to time.
"""

# What numba compiles takes an element of an array for a number; numpy's stubs do not.
# pyright: reportArgumentType=false, reportReturnType=false, reportAssignmentType=false

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..compiled import compiled

Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]

LOW = np.float32(-1e30)
"""What a path is worth that is none."""


class Records(NamedTuple):
    """Words that were said, each with the record of the one before it."""

    filled: Ints
    """How many there are, in its only place."""
    cell: Ints
    """The last of the word's reading."""
    start: Ints
    stop: Ints
    link: Ints


@compiled
def open_records(size: int) -> Records:
    """Make room for so many."""
    return Records(
        np.zeros(1, np.int32), np.empty(size, np.int32),
        np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.int32),
    )  # fmt: skip


@compiled
def grow_records(records: Records) -> Records:
    """Make twice the room."""
    larger = open_records(2 * records.link.shape[0])
    count = records.filled[0]
    larger.filled[0] = count
    larger.cell[:count] = records.cell[:count]
    larger.start[:count] = records.start[:count]
    larger.stop[:count] = records.stop[:count]
    larger.link[:count] = records.link[:count]
    return larger


@compiled
def keep_records(value: float, link: int, records: Records, kept: Flags) -> None:
    """Note that a path worth something goes back to a record, and to all before it."""
    while value > LOW and link >= 0 and not kept[link]:
        kept[link] = True
        link = records.link[link]


@compiled
def rename_record(value: float, link: int, names: Ints) -> int:
    """Return the new number of the record that a path goes back to; -1 for none."""
    return names[link] if value > LOW and link >= 0 else -1


@compiled
def drop_records(records: Records, kept: Flags, names: Ints) -> None:
    """Drop what is not kept; `names` are the new numbers of what is."""
    left = 0
    for old in range(records.filled[0]):
        if kept[old]:
            records.cell[left] = records.cell[old]
            records.start[left] = records.start[old]
            records.stop[left] = records.stop[old]
            records.link[left] = rename_record(np.float32(0), records.link[old], names)
            left += 1
    records.filled[0] = left


@compiled
def read_records(records: Records, last: int) -> Ints:
    """Return (words said, 3): the last cell, the first step, the end; up to the last record."""
    length = 0
    link = last
    while link >= 0:
        length += 1
        link = records.link[link]
    path = np.empty((length, 3), np.int32)
    while last >= 0:
        length -= 1
        path[length, 0] = records.cell[last]
        path[length, 1] = records.start[last]
        path[length, 2] = records.stop[last]
        last = records.link[last]
    return path
