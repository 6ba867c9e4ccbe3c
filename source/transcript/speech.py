"""Speech as files with times hold it: what was heard, put together to utterances."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import accumulate, groupby

from ..interview import Notice, Said
from ..text_file import CONTROLS, ESCAPE_SEQUENCE

_NO_CHARACTERS = re.compile(r"[\ud800-\udfff]")
_MOST_FITTED = 5000
"""Words in one utterance: to find more of them in a text that is written otherwise takes long."""
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
)
"""Letters and marks of scripts that put no spaces between words."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A word or a mark as a service heard it; a time that it does not have is None."""

    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    confidence: float | None = None
    glued: bool = False
    """Whether no space parts it from what stands before it."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody says in a row, or a sound by itself."""

    line: int
    text: str
    said: tuple[Said, ...] = ()
    speaker: str | None = None
    """As the file calls them; None where it names nobody."""
    opens: bool = False
    """Whether a turn begins here, though nobody is named: `>>`, a dash."""

    @property
    def start_ms(self) -> int | None:
        """When it begins."""
        return self.said[0].start_ms if self.said else None


@dataclass(frozen=True, slots=True)
class Speech:
    """All that is said by a file with times, in order."""

    utterances: tuple[Utterance, ...]
    language: str = ""
    """As the file says it, which need be no tag; empty where it doesn't."""
    title: str = ""
    notices: tuple[Notice, ...] = field(default_factory=tuple[Notice, ...])


def join_texts(texts: Iterable[tuple[str, bool]]) -> str:
    """Put texts one behind the other as their script does, with spaces or without.

    With each stands whether it is glued to the one before it, whatever the script.
    """
    pieces: list[str] = []
    before = ""
    for text, glued in texts:
        unspaced = _UNSPACED.match(before) and _UNSPACED.match(text)
        pieces += [text] if glued or unspaced or not pieces else [" ", text]
        before = text[-1:] or before
    return "".join(pieces)


def clean_text(text: str) -> str:
    """Return a text on one line, without what is no character: JSON can hold anything."""
    plain = _NO_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", ESCAPE_SEQUENCE.sub("", text))
    return " ".join(CONTROLS.sub("", plain).split())


def compose_utterance(
    line: int,
    words: Iterable[Heard],
    *,
    text: str = "",
    speaker: str | None = None,
    span_ms: tuple[int | None, int | None] = (None, None),
) -> Utterance | None:
    """Make an utterance of its words; None where nothing is said.

    `text` is how the service writes the whole of it, which then is what counts; `span_ms` are its
    start and end, for where its words have none.
    """
    pieces = _attach_marks(words)
    text, speaker = clean_text(text), clean_text(speaker or "") or None
    joined = join_texts((piece.text, piece.glued) for piece in pieces)
    text = text or joined
    if not text:
        return None
    if _strip(text) != _strip(joined):
        pieces = [*_fit_words(pieces, text)] if len(pieces) < _MOST_FITTED else []
    if all(piece.start_ms is None for piece in pieces):
        pieces = [Heard(text, *span_ms)]
    return Utterance(line, text, tuple(_settle_times(pieces, span_ms)), speaker)


def _strip(text: str) -> str:
    return "".join(text.split())


def _attach_marks(words: Iterable[Heard]) -> list[Heard]:
    """Put marks to the words that they touch."""
    pieces: list[Heard] = []
    for word in words:
        text = clean_text(word.text)
        mark = not any(map(str.isalnum, text))
        if pieces and mark and (word.glued or word.start_ms is None):
            last = pieces[-1]
            pieces[-1] = replace(last, text=last.text + (text if word.glued else f" {text}"))
        elif text:
            pieces.append(replace(word, text=text))
    return pieces


def _fit_words(pieces: Sequence[Heard], text: str) -> Iterator[Heard]:
    """Give the words of a text the times of those that were heard, however they are written."""
    written = text.split()
    matcher = SequenceMatcher(
        None, [*map(_bare, written)], [_bare(piece.text) for piece in pieces], autojunk=False
    )
    for tag, first, stop, other, end in matcher.get_opcodes():
        if tag == "equal" or (tag == "replace" and stop - first == end - other):
            for word, piece in zip(written[first:stop], pieces[other:end], strict=True):
                yield replace(piece, text=word)
        else:
            heard = [piece for piece in pieces[other:end] if piece.start_ms is not None]
            span = (heard[0].start_ms, heard[-1].end_ms) if heard else (None, None)
            if first < stop:
                yield Heard(" ".join(written[first:stop]), *span)


def _bare(word: str) -> str:
    return "".join(filter(str.isalnum, word.casefold()))


def _settle_times(words: Sequence[Heard], span_ms: tuple[int | None, int | None]) -> Iterator[Said]:
    """Let no word go back in time; those without one share what those around them leave."""
    done_ms = latest_ms = place = 0
    for known, group in groupby(words, lambda word: word.start_ms is not None):
        run = [*group]
        first, place = place, place + len(run)
        if known:
            for word in run:
                latest_ms = max(word.start_ms or 0, latest_ms)
                done_ms = max(latest_ms if word.end_ms is None else word.end_ms, latest_ms)
                yield Said(word.text, latest_ms, done_ms, word.confidence)
        elif len(run) < len(words):
            following = words[place].start_ms if place < len(words) else span_ms[1]
            end_ms = max(done_ms, following or 0)
            if first == 0:
                done_ms = end_ms if span_ms[0] is None else min(span_ms[0], end_ms)
            yield Said(" ".join(word.text for word in run), done_ms, end_ms)


def order_utterances(utterances: Iterable[Utterance]) -> list[Utterance]:
    """Bring what was heard on several channels into the order of time."""
    listed = [*utterances]
    starts = [*accumulate((one.start_ms or 0 for one in listed), max)]
    timed = [
        (start if one.start_ms is None else one.start_ms)
        for one, start in zip(listed, starts, strict=True)
    ]
    return [listed[place] for place in sorted(range(len(listed)), key=lambda place: timed[place])]
