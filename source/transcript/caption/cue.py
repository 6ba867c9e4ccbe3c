"""A cue on its way from a caption file to speech."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters of a row that one voice says from one time on."""

    text: str
    voice: str | None = None
    """Of the voice span in which it stands."""
    start_ms: int | None = None
    """Where the file has a time inside the cue."""


Row = tuple[Piece, ...]
"""A line of a cue; never blank."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What a cue shows, and when; None where its times can't be read."""

    line: int
    span_ms: tuple[int, int] | None
    rows: tuple[Row, ...]

    @property
    def words(self) -> list[str]:
        """All words, from the top."""
        return [word for row in self.rows for word in text_of(row).split()]


def text_of(row: Sequence[Piece]) -> str:
    """Return a row's text."""
    return "".join(piece.text for piece in row)


def cut_row(row: Row, letters: int) -> Row:
    """Leave out the first letters of a row, white space counted."""
    pieces: list[Piece] = []
    for piece in row:
        if letters < len(piece.text):
            pieces.append(replace(piece, text=piece.text[letters:]))
        letters = max(0, letters - len(piece.text))
    return tuple(pieces)
