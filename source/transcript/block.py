"""A transcript's lines, sorted into blocks by their own looks and by the labels among them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from .document import Document
from .label import (
    Evidence,
    Label,
    LabelForm,
    accept_label,
    find_label,
    is_role,
    weigh_evidence,
)
from .lexicon import load_lexicon
from .markdown import is_all_bold, is_markdown, open_markdown, strip_emphasis
from .name import fold
from .picture import find_picture
from .sound import is_sound, strip_stamp
from .stamp import BRACKETED, CLOCK, STAMP, first_stamp, parse_stamp

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
_RULE = re.compile(r"([-=*_~])(?:\s*\1){2,}")
_STAMP_LINE = re.compile(rf"(?:{BRACKETED}|{STAMP})")
_METADATA = re.compile(r"(?P<key>[^:：]{1,40}?)\s*[:：]\s*(?P<value>.*)")
_LYRICS = re.compile(r"[♪♫](?P<text>.*)[♪♫]|[♪♫]+")
_MOST_NAME_WORDS = 6
_FEWEST_TITLE_WORDS = 3
_TITLE_CAPITALS = 0.6
"""Share of a title's words that begin with a capital."""
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


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or something on lines of its own."""

    kind: BlockKind
    text: str
    line: int
    label: Label | None = None
    start_ms: int | None = None
    bold: bool = False
    file: str | None = None
    doubtful: bool = False
    """Placed by its form alone; a person should look."""


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    text: str
    label: Label | None = None


def split_blocks(document: Document, path: Path) -> tuple[list[Block], Evidence]:
    """Sort a transcript's lines into blocks."""
    markdown = is_markdown(document.lines, path)
    rows = [
        _Row(number, open_markdown(line) if markdown else line)
        for number, line in enumerate(document.lines, 1)
    ]
    rows = [replace(row, label=_find_label(row.text)) if row.text.strip() else row for row in rows]
    front_end = _find_front_end(rows)
    text = "\n".join(row.label.rest if row.label else row.text for row in rows)
    evidence = weigh_evidence(
        [row.label for row in rows[front_end:] if row.label],
        text,
        "\n".join(row.text for row in rows[:front_end]),
    )
    rows = [
        row
        if row.label and number >= front_end and accept_label(row.label, evidence)
        else replace(row, label=None)
        for number, row in enumerate(rows)
    ]
    wrapped = _is_wrapped(rows)
    blocks = _join_headers(_group_rows(rows, front_end=front_end, wrapped=wrapped))
    return [_clean(block) for block in blocks] if markdown else blocks, evidence


def _find_label(text: str) -> Label | None:
    stripped = text.strip()
    if _HEADING.fullmatch(stripped) or find_picture(stripped):
        return None
    return find_label(stripped)


def _find_front_end(rows: Sequence[_Row]) -> int:
    """Count the rows before the first label that can open a turn."""
    counts = Counter(row.label.key for row in rows if row.label)
    people = any(row.label is not None and not is_role(row.label.name) for row in rows)
    again = any(count > 1 for count in counts.values())
    first = next((number for number, row in enumerate(rows) if row.text.strip()), 0)
    stray = [bool(row.label and _is_stray(row.label, counts)) for row in rows]
    for number, row in enumerate(rows):
        label = row.label
        if label is None or (label.form is LabelForm.BARE and counts[label.key] == 1):
            continue
        if people and counts[label.key] == 1 and _introduces(label):
            continue
        beside = stray[number - 1 : number] + stray[number + 1 : number + 2]
        titled = number == first and _is_title(label.rest)
        if not (stray[number] and (titled or (again and any(beside)))):
            return number
    return 0


def _is_stray(label: Label, counts: Counter[str]) -> bool:
    """Tell `Runtime: 45 min` from what somebody says: it stands once, and without a full stop."""
    return (
        counts[label.key] == 1
        and label.form is LabelForm.COLON
        and label.stamp_ms is None
        and not is_role(label.name)
        and label.rest[-1:] not in tuple('.!?…"”’)]—')
    )


def _is_title(text: str) -> bool:
    """Tell `An Interview with José Hernández` by the capitals of its words."""
    words = [word for word in text.split() if word[0].isalpha()]
    return len(words) >= _FEWEST_TITLE_WORDS and _TITLE_CAPITALS * len(words) <= sum(
        word[0].isupper() for word in words
    )


def _introduces(label: Label) -> bool:
    """Tell `Guest: José Hernández` above an interview from a guest who speaks."""
    words = label.rest.split()
    return (
        is_role(label.name)
        and 0 < len(words) <= _MOST_NAME_WORDS
        and all(word[0].isupper() or not word[0].isalpha() for word in words[:2])
        and label.rest[-1] not in ".!?…"
    )


def _is_wrapped(rows: Sequence[_Row]) -> bool:
    """Tell whether lines are broken at a width, so that lines in a row make one paragraph."""
    if max((len(row.text) for row in rows), default=0) > _WRAPPED_WIDTH:
        return False
    followed = [
        row.text.rstrip()
        for row, following in pairwise(rows)
        if row.text.strip() and following.text.strip() and not following.label
    ]
    if not followed:
        return False
    widest = max(map(len, followed))
    full = [text for text in followed if len(text) >= _WRAPPED_FULL * widest]
    running_on = [text for text in full if text[-1] not in '.?!…:"”’»']
    return len(full) * 2 > len(followed) and len(running_on) * 2 > len(full)


def _group_rows(rows: Sequence[_Row], *, front_end: int, wrapped: bool) -> Iterator[Block]:
    paragraph: list[_Row] = []
    stamp: _Row | None = None
    for number, row in enumerate(rows):
        text = row.text.strip()
        metadata = number < front_end and _is_metadata(text)
        starts_anew = metadata or row.label is not None or _stands_alone(text)
        if paragraph and (not text or starts_anew or not wrapped):
            yield _read_paragraph(paragraph, stamp)
            paragraph, stamp = [], None
        if not text or _RULE.fullmatch(text):
            continue
        if _STAMP_LINE.fullmatch(text) and not row.label:
            yield from _give_up(stamp)
            stamp = row
        elif metadata:
            yield Block(BlockKind.FRONT, text, row.number)
        elif not row.label and (heading := _HEADING.fullmatch(text)):
            yield Block(BlockKind.HEADING, heading[2], row.number, start_ms=_read_stamp(stamp))
            stamp = None
        else:
            paragraph.append(row)
    if paragraph:
        yield _read_paragraph(paragraph, stamp)
    else:
        yield from _give_up(stamp)


def _read_stamp(row: _Row | None) -> int | None:
    return parse_stamp(row.text) if row else None


def _give_up(stamp: _Row | None) -> Iterator[Block]:
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


def _stands_alone(text: str) -> bool:
    return bool(_HEADING.fullmatch(text) or _STAMP_LINE.fullmatch(text) or _RULE.fullmatch(text))


def _is_metadata(text: str) -> bool:
    found = _METADATA.fullmatch(text)
    return found is not None and (
        fold(found["key"].strip("*_")) in load_lexicon().metadata or is_role(found["key"])
    )


def _read_paragraph(rows: Sequence[_Row], stamp: _Row | None) -> Block:
    """Read the rows of one paragraph as one block."""
    first, pending = rows[0], _read_stamp(stamp)
    following = [row.text.strip() for row in rows[1:]]
    if first.label:
        label = first.label
        start_ms = first_stamp(label.stamp_ms, pending)
        text = " ".join(part for part in (label.rest, *following) if part)
        return Block(BlockKind.LABELLED, text, first.number, label, start_ms)
    text = " ".join([first.text.strip(), *following])
    start_ms = pending
    if leading := re.match(rf"({BRACKETED}|{CLOCK}(?=\s+[^\d\s-]))\s*(?=\S)", text):
        start_ms = parse_stamp(leading[0])
        text = text[leading.end() :]
    if picture := find_picture(text):
        return Block(
            BlockKind.PICTURE, picture.text, first.number, start_ms=start_ms, file=picture.file
        )
    if sound := _read_sound(text):
        return replace(sound, line=first.number, start_ms=first_stamp(parse_stamp(text), start_ms))
    return Block(BlockKind.TEXT, text, first.number, start_ms=start_ms, bold=is_all_bold(text))


def _read_sound(text: str) -> Block | None:
    """Read a line of its own as a sound, or None; a short bracket is one, known or not."""
    if found := _LYRICS.fullmatch(text):
        return Block(BlockKind.SOUND, (found["text"] or "").strip() or "music", 0)
    inner, shape = text[1:-1], text[:1] + text[-1:]
    if shape == "**" and is_sound(inner.strip("*")):
        return Block(BlockKind.SOUND, strip_stamp(inner.strip("*")), 0)
    if shape not in {"[]", "()"} or any(mark in inner for mark in "[]()"):
        return None
    if is_sound(inner):
        return Block(BlockKind.SOUND, strip_stamp(inner), 0)
    if shape == "[]" and inner.strip():
        sentence = inner.rstrip()[-1:] in ".!?" or len(inner.split()) > _MOST_NAME_WORDS
        kind = BlockKind.FRONT if sentence else BlockKind.SOUND
        return Block(kind, text if sentence else inner.strip(), 0, doubtful=True)
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
