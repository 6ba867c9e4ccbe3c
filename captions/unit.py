"""Units: what captions never part. A word, a piece of a word wider than a line, a label, a sound.

They are laid out in columns for a whole interview, so that breaks are found for all of it at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, groupby, pairwise
from operator import sub

from ..source import Sound, Timeline, Token, TokenKind, Turn, Word
from .measure import measure_columns, split_columns
from .style import Style

SILENCE_MS = 2000
"""A recording's silence that no cue bridges."""

_UNSHOWN = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part of the timeline that captions show."""

    index: int
    """In the timeline."""
    first: int
    """Its first unit, …"""
    word: int
    """… and its first word, counted through all parts shown."""
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Units:
    """Columns with one value a unit, and what ties them to the timeline.

    Words are numbered through all the parts that captions show.
    """

    texts: list[str] = field(default_factory=list[str])
    widths: list[int] = field(default_factory=list[int])
    spaced: list[bool] = field(default_factory=list[bool])
    start_ms: list[int] = field(default_factory=list[int])
    end_ms: list[int] = field(default_factory=list[int])
    first_word: list[int] = field(default_factory=list[int])
    last_word: list[int] = field(default_factory=list[int])
    opens: list[bool] = field(default_factory=list[bool])
    """Whether a cue must start here: another part, another paragraph, or after a long silence."""
    labels: list[int] = field(default_factory=list[int])
    """The units that are labels; each belongs to the unit after it."""
    parts: list[ShownPart] = field(default_factory=list[ShownPart])
    switches: set[int] = field(default_factory=set[int])
    """The units that captions in another language switch with, too."""


def lay_units(timeline: Timeline, style: Style, switches_ms: Collection[int] = ()) -> Units:
    """Lay out everything that captions show of a timeline.

    A cue starts with what is said first at each of `switches_ms`.
    """
    units = Units()
    speaker = None
    number = 0
    for index, timed in enumerate(timeline.parts):
        part, words = timed.part, timed.words
        if not isinstance(part, Turn | Sound) or not words:
            continue
        first = len(units.texts)
        name = part.speaker if isinstance(part, Turn) else None
        units.parts.append(ShownPart(index, first, number, name))
        if isinstance(part, Turn):
            if part.speaker != speaker:
                speaker = part.speaker
                _lay_label(units, speaker, words[0], number, style)
            _lay_turn(units, words, number, style)
        else:
            _lay_sound(units, words, number, style, inline=False)
        units.opens[first] = True
        number += len(words)
    if not timeline.clock.waits:
        gaps = map(sub, units.start_ms[1:], units.end_ms)
        units.opens[1:] = [
            opens or gap >= SILENCE_MS for opens, gap in zip(units.opens[1:], gaps, strict=True)
        ]
    firsts = {start_ms: unit for unit, start_ms in reversed([*enumerate(units.start_ms)])}
    units.switches.update(firsts[time_ms] for time_ms in switches_ms if time_ms in firsts)
    for unit in units.switches:
        units.opens[unit] = True
    return units


def lay_text(text: str, style: Style) -> Units:
    """Lay out a text that nobody says at any time."""
    units = Units()
    words = [Word(Token(word), 0, 0) for word in text.split()]
    if words:
        _lay_turn(units, words, 0, style)
        units.opens[0] = True
    return units


def _lay_label(units: Units, speaker: str, word: Word, number: int, style: Style) -> None:
    name = _UNSHOWN.sub(" ", speaker).strip()
    if name:
        units.labels.append(len(units.texts))
        _lay_pieces(
            units, [style.show_label(name)], (word.start_ms, word.start_ms), (number, number)
        )


def _lay_turn(units: Units, words: Sequence[Word], number: int, style: Style) -> None:
    opening = len(units.texts)
    for care, group in groupby(words, lambda word: _needs_care(word, style)):
        run = list(group)
        if not care:
            _lay_words(units, run, number)
        elif care == "sound":
            _lay_sounds(units, run, number, style)
        else:
            for offset, word in enumerate(run):
                _lay_wide_word(units, word, number + offset, style)
        number += len(run)
    # A turn's first paragraph opens with the turn, and there a label may stand before it.
    units.opens[opening] = False


def _needs_care(word: Word, style: Style) -> str:
    token = word.token
    if token.kind is TokenKind.SOUND:
        return "sound"
    # No character takes more than two columns.
    return "wide" if len(token.text) * 2 > style.line_width else ""


def _lay_words(units: Units, words: list[Word], number: int) -> None:
    texts = [word.token.text for word in words]
    units.texts.extend(texts)
    units.widths.extend(map(measure_columns, texts))
    units.spaced.extend([word.token.spaced for word in words])
    units.start_ms.extend([word.start_ms for word in words])
    units.end_ms.extend([word.end_ms for word in words])
    units.first_word.extend(range(number, number + len(words)))
    units.last_word.extend(range(number, number + len(words)))
    units.opens.extend([word.token.opens_paragraph for word in words])


def _lay_wide_word(units: Units, word: Word, number: int, style: Style) -> None:
    opening = len(units.texts)
    pieces = split_columns(word.token.text, style.line_width)
    _lay_pieces(units, pieces, (word.start_ms, word.end_ms), (number, number))
    units.spaced[opening:] = [word.token.spaced] + [False] * (len(pieces) - 1)
    units.opens[opening] = word.token.opens_paragraph


def _lay_sounds(units: Units, words: list[Word], number: int, style: Style) -> None:
    """Lay sounds that follow each other."""
    openings = [place for place, word in enumerate(words) if place and word.token.opens_sound]
    for start, stop in pairwise([0, *openings, len(words)]):
        _lay_sound(units, words[start:stop], number + start, style, inline=True)


def _lay_sound(
    units: Units, words: Sequence[Word], number: int, style: Style, *, inline: bool
) -> None:
    opening = len(units.texts)
    tokens = [word.token for word in words]
    text = join_units([token.text for token in tokens], [token.spaced for token in tokens])
    shown = style.show_sound(text, inline=inline)
    parted = [[shown]]
    if measure_columns(shown) > style.line_width:
        parted = [split_columns(word, style.line_width) for word in shown.split()]
    pieces = [piece for word in parted for piece in word]
    span_ms = words[0].start_ms, words[-1].end_ms
    _lay_pieces(units, pieces, span_ms, (number, number + len(words) - 1))
    units.spaced[opening:] = [place == 0 for word in parted for place in range(len(word))]
    units.spaced[opening] = words[0].token.spaced
    units.opens[opening] = words[0].token.opens_paragraph


def _lay_pieces(
    units: Units, pieces: list[str], span_ms: tuple[int, int], words: tuple[int, int]
) -> None:
    """Lay pieces that share a span of time by their widths."""
    widths = [measure_columns(piece) for piece in pieces]
    start, end = span_ms
    total = max(sum(widths), 1)
    marks = [start + (end - start) * done // total for done in accumulate(widths, initial=0)]
    units.texts.extend(pieces)
    units.widths.extend(widths)
    units.spaced.extend([True] * len(pieces))
    units.start_ms.extend(marks[:-1])
    units.end_ms.extend([*marks[1:-1], end])
    units.first_word.extend([words[0]] * len(pieces))
    units.last_word.extend([words[1]] * len(pieces))
    units.opens.extend([False] * len(pieces))


def join_units(texts: list[str], spaced: list[bool]) -> str:
    """Write units on one line; the space before the first is not on it."""
    if all(spaced):
        return " ".join(texts)
    pairs = zip(texts, spaced, strict=True)
    return "".join(f" {text}" if space else text for text, space in pairs).lstrip(" ")
