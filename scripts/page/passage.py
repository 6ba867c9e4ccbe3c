"""What an interview tells, in the transcript's order: all that is written, said or not."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...captions.format.passage import find_kind, spell_tokens
from ...source import Timeline, Token, TokenKind, Turn, Word, WordedPart, Wording
from .content import Kind, PageWord, Passage

if TYPE_CHECKING:
    from ...audio import Alignment, HeardWord, Stretch


@dataclass(frozen=True, slots=True)
class Moment:
    """When a picture is described, or where it belongs."""

    start_ms: int
    end_ms: int
    clip: tuple[int, int] | None = None
    """From when to when it is spoken in the file of clips."""


@dataclass(frozen=True, slots=True)
class Telling:
    """An interview's words, and all that is known of when they are said."""

    wording: Wording
    timeline: Timeline | None
    """None where its times are no use to a reader."""
    alignment: Alignment | None = None
    """What the recording has of these words, where that was heard; nothing of a translation's."""
    untranscribed: Sequence[Stretch] = ()
    """Speech of the recording that nobody transcribed."""
    moments: Mapping[int, Moment] | None = None
    """Of the pictures, by identity, where they are described over a recording."""


def compose_passages(telling: Telling) -> tuple[Passage, ...]:
    """Tell an interview; what its recording does not have is without times."""
    return tuple(_lay_untranscribed(_tell_parts(telling), telling.untranscribed))


def _tell_parts(telling: Telling) -> Iterator[Passage]:
    wording, alignment = telling.wording, telling.alignment
    parts = telling.timeline.parts if telling.timeline else ()
    times = {id(timed.part): timed for timed in parts}
    for number, worded in enumerate(wording.parts):
        # The title stands above already.
        if not worded.tokens or (number == 0 and worded.part.text == wording.interview.title):
            continue
        timed = times.get(id(worded.part))
        heard = alignment.words[number] if alignment else ()
        passage = _tell(worded, heard, timed.words if timed else ())
        if passage.kind is Kind.PICTURE and telling.moments is not None:
            yield _move(passage, telling.moments.get(id(worded.part)))
        elif passage.kind in {Kind.PICTURE, Kind.HEADING} and timed:
            yield replace(passage, start_ms=timed.start_ms, end_ms=timed.end_ms)
        else:
            yield passage


def _tell(worded: WordedPart, heard: Sequence[HeardWord], words: Sequence[Word]) -> Passage:
    part, pairs = worded.part, _pair(worded.tokens, heard, words)
    inside = isinstance(part, Turn)
    spelled = spell_tokens([token for token, _ in pairs])
    shown = (
        PageWord(
            text if inside else token.text,
            word.start_ms if word else None,
            inside and token.kind is TokenKind.SOUND,
            before,
        )
        for (token, word), (before, text) in zip(pairs, spelled, strict=True)
    )
    timed = [word for _, word in pairs if word]
    return Passage(
        Kind(find_kind(part).value),
        timed[0].start_ms if timed else None,
        timed[-1].end_ms if timed else None,
        tuple(shown),
        part.speaker if isinstance(part, Turn) else "",
    )


def _pair(
    tokens: Sequence[Token], heard: Sequence[HeardWord], words: Sequence[Word]
) -> Sequence[tuple[Token, Word | None]]:
    """Return each token with the word in time that it is, if it is said.

    Where a person has edited the captions, the words are theirs.
    """
    edited = [(word.token, word) for word in words]
    if len(words) == len(tokens):  # as by every clock but the recording's
        return edited
    waiting = deque(words)
    pairs: list[tuple[Token, Word | None]] = []
    for place, token in enumerate(tokens):
        # A mark or a sound has a time where the words beside it give it one.
        lacking = heard and heard[place].start_ms is None and _is_spoken(token)
        following = waiting[0].token if waiting and not lacking else None
        same = following and (following.text, following.kind) == (token.text, token.kind)
        pairs.append((token, waiting.popleft() if same else None))
    return edited if waiting else pairs


def _is_spoken(token: Token) -> bool:
    return token.kind is TokenKind.SPEECH and token.is_word


def _move(passage: Passage, moment: Moment | None) -> Passage:
    """Put a picture where it is described over the recording; its own words have no times there."""
    if moment is None:
        return passage
    return replace(passage, start_ms=moment.start_ms, end_ms=moment.end_ms, clip=moment.clip)


def _lay_untranscribed(
    passages: Iterable[Passage], stretches: Iterable[Stretch]
) -> Iterator[Passage]:
    """Put what nobody transcribed before the words that follow it, inside a turn as well."""
    waiting = deque(stretches)
    for passage in passages:
        rest = passage
        while waiting and (place := _find_place(rest, waiting[0])) is not None:
            stretch = waiting.popleft()
            before, rest = _split(rest, place, stretch.start_ms)
            yield from before
            yield _lack(stretch)
        yield rest
    yield from map(_lack, waiting)


def _find_place(passage: Passage, stretch: Stretch) -> int | None:
    """Return the index of the first word that is said after a stretch, if there is one."""
    if passage.kind not in {Kind.SPEECH, Kind.SOUND}:
        return None
    starts = enumerate(word.start_ms for word in passage.words)
    return next((place for place, at in starts if at is not None and at >= stretch.start_ms), None)


def _split(passage: Passage, place: int, end_ms: int) -> tuple[Sequence[Passage], Passage]:
    """Part a passage before one of its words; nothing is before the first that is said."""
    head, tail = passage.words[:place], passage.words[place:]
    said = [word.start_ms for word in head if word.start_ms is not None]
    if not said:
        return (), passage
    before = replace(passage, end_ms=end_ms, words=head)
    tail = (replace(tail[0], before=""), *tail[1:])
    return (before,), replace(passage, start_ms=tail[0].start_ms, words=tail)


def _lack(stretch: Stretch) -> Passage:
    return Passage(Kind.UNTRANSCRIBED, stretch.start_ms, stretch.end_ms, ())
