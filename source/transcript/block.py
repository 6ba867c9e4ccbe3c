"""A transcript's lines, sorted into blocks by their own looks and by the labels among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from ..interview import Notice, Said
from .document import Document
from .evidence import Evidence, accept_label, is_doubtful, weigh_evidence
from .front import LONGEST_TITLE, find_front_end, is_metadata
from .label import Label, is_capitalised
from .lexicon import load_lexicon
from .line import Setting
from .markdown import RULE, free_brackets, is_all_marked, is_markdown, strip_emphasis
from .note import is_note
from .picture import find_picture
from .row import Row, read_rows
from .sound import is_sound, strip_stamp
from .stamp import BRACKETED, CLOCK, STAMP, first_stamp, parse_stamp

_STAMP_LINE = re.compile(rf"(?:{BRACKETED}|{STAMP})")
_LYRICS = re.compile(r"[♪♫](?P<text>.*)[♪♫]|[♪♫]+")
_LONGEST_SOUND = 6
"""Words; a longer bracket on a line of its own is a note."""
_WRAPPED_WIDTH = 100
"""Columns. Text whose lines are longer has one paragraph a line."""
_WRAPPED_FULL = 0.6
"""Share of its widest line that a wrapped line fills."""


class BlockKind(StrEnum):
    """What a block is."""

    LABELLED = "labelled"
    TEXT = "text"
    HEADING = "heading"
    PICTURE = "picture"
    SOUND = "sound"
    FRONT = "front"
    STAMP = "stamp"
    """A time stamp with nothing behind it that it could be the time of."""


_SET_KINDS: dict[Setting | None, BlockKind] = {
    Setting.PICTURE: BlockKind.PICTURE,
    Setting.NOTE: BlockKind.FRONT,
    Setting.ASIDE: BlockKind.FRONT,
}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or something on lines of its own."""

    kind: BlockKind
    text: str
    line: int
    label: Label | None = None
    start_ms: int | None = None
    marked: bool = False
    """All in bold or italics."""
    file: str | None = None
    doubtful: bool = False
    """Placed by its form alone; a person should look."""
    said: tuple[Said, ...] = ()
    """When it is said, where the file has that."""


def split_blocks(document: Document, path: Path) -> tuple[list[Block], Evidence, list[Notice]]:
    """Sort a transcript's lines into blocks; note what may be a name and is read as words."""
    markdown = is_markdown((line.text for line in document.lines), path)
    rows = read_rows(document.lines, markdown=markdown)
    front_end = find_front_end(rows)
    evidence = weigh_evidence(
        [row.label for row in rows[front_end:] if row.label],
        [row.label.rest if row.label else row.text.strip() for row in rows[front_end:]],
        "\n".join(row.text for row in rows[:front_end]),
    )
    notices: list[Notice] = []
    spoken = False
    for number, row in enumerate(rows):
        label = row.label if number >= front_end else None
        if label and accept_label(label, evidence):
            rows[number] = replace(row, setting=None if row.heading else row.setting)
            spoken = True
            continue
        rows[number] = replace(row, label=None)
        if label and (is_doubtful(label) or (not spoken and _speaks_long(label))):
            message = f"“{label.name}:” is read as words here; is it a speaker's name?"
            notices.append(Notice(row.number, message))
    wrapped = _is_wrapped(rows)
    blocks = _join_headers(_group_rows(rows, front_end=front_end, wrapped=wrapped))
    return [_clean(block) for block in blocks] if markdown else blocks, evidence, notices


def _speaks_long(label: Label) -> bool:
    """Tell a first turn, which nobody else would have said, from a title or a standfirst."""
    return is_capitalised(label.name) and len(label.rest) > LONGEST_TITLE


def find_breaks(document: Document) -> list[int]:
    """Find the lines with a rule by itself; one right below a line makes that a heading."""
    lines = document.lines
    return [
        line.number
        for above, line in pairwise(lines)
        if RULE.fullmatch(line.text.strip()) and not above.text.strip()
    ]


def _is_wrapped(rows: Sequence[Row]) -> bool:
    """Tell whether lines are broken at a width, so that lines in a row make one paragraph."""
    if max((len(row.text) for row in rows), default=0) > _WRAPPED_WIDTH:
        return False
    followed = [
        row.text.rstrip()
        for row, following in pairwise(rows)
        if row.text.strip() and following.text.strip() and not (following.label or following.apart)
        # A name on a line of its own is no line that was broken.
        if not row.label or row.label.rest
    ]
    if not followed:
        return False
    widest = max(map(len, followed))
    full = [text for text in followed if len(text) >= _WRAPPED_FULL * widest]
    running_on = [text for text in full if text[-1] not in '.?!…:"”’»']
    return len(full) * 2 > len(followed) and len(running_on) * 2 > len(full)


def _group_rows(rows: Sequence[Row], *, front_end: int, wrapped: bool) -> Iterator[Block]:
    paragraph: list[Row] = []
    stamp: Row | None = None
    for number, row in enumerate(rows):
        text = row.text.strip()
        metadata = number < front_end and is_metadata(text)
        starts_anew = metadata or row.label is not None or row.apart or _stands_alone(row)
        if paragraph and (not text or starts_anew or not wrapped):
            yield _read_paragraph(paragraph, stamp)
            paragraph, stamp = [], None
        if not text or RULE.fullmatch(text):
            continue
        if _STAMP_LINE.fullmatch(text) and not row.label:
            yield from _give_up(stamp)
            stamp = row
        elif row.setting in _SET_KINDS and not row.label:
            yield Block(_SET_KINDS[row.setting], text, row.number, start_ms=_read_stamp(stamp))
            stamp = None
        elif metadata:
            yield Block(BlockKind.FRONT, text, row.number)
        elif heading := row.heading:
            yield Block(BlockKind.HEADING, heading, row.number, start_ms=_read_stamp(stamp))
            stamp = None
        else:
            paragraph.append(row)
    if paragraph:
        yield _read_paragraph(paragraph, stamp)
    else:
        yield from _give_up(stamp)


def _read_stamp(row: Row | None) -> int | None:
    return parse_stamp(row.text) if row else None


def _give_up(stamp: Row | None) -> Iterator[Block]:
    """Keep a line with a time stamp that nothing followed, to be reported."""
    if stamp:
        yield Block(BlockKind.STAMP, stamp.text.strip(), stamp.number)


def _join_headers(blocks: Iterable[Block]) -> list[Block]:
    """Give a label on a line of its own the paragraph that follows it."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if (
            last
            and last.kind is BlockKind.LABELLED
            and not last.text
            and (block.kind is BlockKind.TEXT)
        ):
            start_ms = first_stamp(last.start_ms, block.start_ms)
            joined[-1] = replace(last, text=block.text, start_ms=start_ms)
        else:
            joined.append(block)
    return joined


def _stands_alone(row: Row) -> bool:
    text = row.text.strip()
    return bool(row.setting or row.heading or _STAMP_LINE.fullmatch(text) or RULE.fullmatch(text))


def _read_paragraph(rows: Sequence[Row], stamp: Row | None) -> Block:
    """Read the rows of one paragraph as one block."""
    first, pending = rows[0], _read_stamp(stamp)
    following = [row.text.strip() for row in rows[1:]]
    if first.label:
        label = first.label
        start_ms = first_stamp(label.stamp_ms, pending)
        text = free_brackets(" ".join(part for part in (label.rest, *following) if part))
        return Block(BlockKind.LABELLED, text, first.number, label, start_ms)
    text = free_brackets(" ".join([first.text.strip(), *following]))
    start_ms = pending
    if leading := re.match(rf"({BRACKETED}|{CLOCK}(?=\s+[^\d\s-]))\s*(?=\S)", text):
        start_ms = parse_stamp(leading[0])
        text = text[leading.end() :]
    if picture := find_picture(text):
        return Block(
            BlockKind.PICTURE, picture.text, first.number, start_ms=start_ms, file=picture.file
        )
    if sound := read_sound(text):
        return replace(sound, line=first.number, start_ms=first_stamp(parse_stamp(text), start_ms))
    marked = is_all_marked(text) or all(row.marked for row in rows)
    return Block(BlockKind.TEXT, text, first.number, start_ms=start_ms, marked=marked)


def read_sound(text: str) -> Block | None:
    """Read a line of its own as a sound or a note, or None; a short bracket is one, known or not.

    The block has no line yet.
    """
    if found := _LYRICS.fullmatch(text):
        return Block(BlockKind.SOUND, (found["text"] or "").strip() or "music", 0)
    inner, shape = text[1:-1], text[:1] + text[-1:]
    if shape == "**" and is_sound(inner.strip("*")):
        return Block(BlockKind.SOUND, strip_stamp(inner.strip("*")), 0)
    if shape not in {"[]", "()"} or any(mark in inner for mark in "[]()"):
        return None
    if is_note(inner):
        return Block(BlockKind.FRONT, f"{text[0]}{strip_stamp(inner)}{text[-1]}", 0)
    if is_sound(inner):
        return Block(BlockKind.SOUND, strip_stamp(inner), 0)
    if shape == "[]" and inner.strip():
        sound = inner.strip().rstrip(".")
        words = sound.casefold().split()
        told = not load_lexicon().past.isdisjoint(words)
        note = told or sound[-1:] in tuple("!?") or len(words) > _LONGEST_SOUND
        kind = BlockKind.FRONT if note else BlockKind.SOUND
        return Block(kind, text if note else sound, 0, doubtful=True)
    return None


def _clean(block: Block) -> Block:
    """Take the emphasis off a block that has been understood."""
    label = block.label
    return replace(
        block,
        text=strip_emphasis(block.text),
        label=label
        and replace(
            label, name=strip_emphasis(label.name), note=label.note and strip_emphasis(label.note)
        ),
        file=block.file and strip_emphasis(block.file),
    )
