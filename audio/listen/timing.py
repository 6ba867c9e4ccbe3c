"""The clock of the recording: what it says is timed, and what it doesn't have is left out.

No aligner hears when somebody laughs: a sound takes its time from the pause in which it stands.
What has no time of its own, a picture or a heading, stands where the parts around it leave room.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import groupby, pairwise

from ...source import (
    Clock,
    Heading,
    Part,
    Picture,
    Sound,
    TimedPart,
    Timeline,
    Token,
    TokenKind,
    Turn,
    Word,
    WordedPart,
)
from ...source.punctuation import INLINE_SOUND_MS, SOUND_MS, ends_sentence
from .alignment import Alignment, HeardWord

PASSAGE = 3
"""So many words unsaid between said ones are a passage that was cut; fewer are a slip."""

Span = tuple[int, int]
"""Start and end in milliseconds."""


class _Kind(Enum):
    SAID = auto()
    UNSAID = auto()
    SLIP = auto()
    SOUND = auto()
    MARK = auto()
    """A dash, a full stop: nobody can say it, so it goes with what stands before it."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Tokens of one part that stand together and are of one kind."""

    kind: _Kind
    part: int
    tokens: tuple[Token, ...]
    words: tuple[Word, ...] = ()
    """The tokens in time, where they are said."""
    longest_ms: int = 0
    """How long a sound may last."""
    alone: bool = False
    """Whether its part is nothing but sounds."""


def time_alignment(alignment: Alignment) -> Timeline:
    """Put an interview into the time of its recording.

    Turns and words that are not said are left out, and with them the sounds among them and the
    headings above them. A picture's own time stamp holds as far as the order of parts allows.
    """
    parts = alignment.wording.parts
    duration_ms = alignment.duration_ms
    runs = list(_find_runs(alignment))
    for number, span in list(_time_sounds(runs, duration_ms)):
        runs[number] = replace(runs[number], words=_spread(runs[number].tokens, span))
    words: list[list[Word]] = [[] for _ in parts]
    for index, group in groupby(runs, lambda run: run.part):
        words[index] = _join_runs(list(group))
    return Timeline(
        alignment.wording.interview,
        Clock.RECORDING,
        tuple(_time_parts(parts, words, duration_ms)),
        duration_ms,
    )


def _find_runs(alignment: Alignment) -> Iterator[_Run]:
    for index, worded in enumerate(alignment.wording.parts):
        if isinstance(worded.part, Sound):
            yield _Run(_Kind.SOUND, index, worded.tokens, longest_ms=SOUND_MS, alone=True)
        else:
            yield from _split_turn(index, alignment.words[index])


def _split_turn(index: int, heard: Sequence[HeardWord]) -> Iterator[_Run]:
    kinds = [_kind_of(word) for word in heard]
    alone = {*kinds} <= {_Kind.SOUND, _Kind.MARK}
    for kind, group in groupby(zip(kinds, heard, strict=True), lambda pair: pair[0]):
        run = [word for _, word in group]
        tokens = tuple(word.token for word in run)
        if kind is _Kind.SAID:
            yield _Run(kind, index, tokens, tuple(_words_of(run)))
        elif kind is _Kind.SOUND:
            yield _Run(kind, index, tokens, longest_ms=INLINE_SOUND_MS, alone=alone)
        elif kind is _Kind.MARK:
            yield _Run(kind, index, tokens)
        else:
            written = sum(not token.editorial for token in tokens)
            slip = written < PASSAGE and _Kind.SAID in kinds
            yield _Run(_Kind.SLIP if slip else kind, index, tokens)


def _kind_of(word: HeardWord) -> _Kind:
    if word.token.kind is TokenKind.SOUND:
        return _Kind.SOUND
    if word.start_ms is not None:
        return _Kind.SAID
    return _Kind.UNSAID if word.token.is_word else _Kind.MARK


def _words_of(run: Iterable[HeardWord]) -> Iterator[Word]:
    for word in run:
        if word.start_ms is not None and word.end_ms is not None:
            yield Word(word.token, word.start_ms, word.end_ms)


def _time_sounds(runs: Sequence[_Run], duration_ms: int) -> Iterator[tuple[int, Span]]:
    """Yield the number of each sound that stands beside something said, and its time."""
    follows = _look_back(runs)
    leads = reversed(list(_look_back(runs[::-1])))
    following: list[int] = []
    leading: list[int] = []
    pause_ms = 0
    for number, (run, follow, lead) in enumerate(zip(runs, follows, leads, strict=True)):
        if run.kind is _Kind.SAID:
            yield from _share_pause(runs, following, leading, (pause_ms, run.words[0].start_ms))
            following, leading, pause_ms = [], [], run.words[-1].end_ms
        elif run.kind is _Kind.SOUND and follow:
            following.append(number)
        elif run.kind is _Kind.SOUND and lead:
            leading.append(number)
    yield from _share_pause(runs, following, leading, (pause_ms, duration_ms))


def _look_back(runs: Iterable[_Run]) -> Iterator[bool]:
    """Tell of each run whether what is spoken before it is said; its own part decides if it can."""
    latest = None
    for run in runs:
        yield (
            latest is not None
            and latest.kind is _Kind.SAID
            and (run.alone or latest.part == run.part)
        )
        if run.kind in {_Kind.SAID, _Kind.UNSAID}:
            latest = run


def _share_pause(
    runs: Sequence[_Run], following: list[int], leading: list[int], pause: Span
) -> Iterator[tuple[int, Span]]:
    """Place sounds at both ends of a pause, shorter than they would be where it is short."""
    start, end = pause
    wanted = sum(runs[number].longest_ms for number in following + leading)
    room = min(wanted, end - start)
    lengths = {number: runs[number].longest_ms * room // wanted for number in following + leading}
    for number in following:
        yield number, (start, start + lengths[number])
        start += lengths[number]
    start = end - sum(lengths[number] for number in leading)
    for number in leading:
        yield number, (start, start + lengths[number])
        start += lengths[number]


def _spread(tokens: Sequence[Token], span: Span) -> tuple[Word, ...]:
    """Give tokens equal shares of a span of time."""
    start, end = span
    edges = [start + (end - start) * place // len(tokens) for place in range(len(tokens) + 1)]
    return tuple(Word(token, *share) for token, share in zip(tokens, pairwise(edges), strict=True))


def _join_runs(runs: Sequence[_Run]) -> list[Word]:
    """Join what is heard of a part; tokens left out must not leave a trace in what follows."""
    words: list[Word] = []
    left: list[Token] = []
    for run, following in zip(runs, [*(run.words for run in runs[1:]), ()], strict=True):
        timed = run.words
        if run.kind is _Kind.MARK and not left:
            timed = _lean(run.tokens, words, following)
        if not timed:
            left += run.tokens
            continue
        first = timed[0]
        if words and left:
            first = replace(first, token=_close_up(words[-1].token, left, first.token))
        words += [first, *timed[1:]]
        left = []
    return words


def _lean(
    marks: Sequence[Token], before: Sequence[Word], after: Sequence[Word]
) -> tuple[Word, ...]:
    """Put marks at the end of the words before them, or where a part begins with them."""
    if not before and not after:
        return ()
    edge_ms = before[-1].end_ms if before else after[0].start_ms
    return _spread(marks, (edge_ms, edge_ms))


def _close_up(before: Token, left: Sequence[Token], token: Token) -> Token:
    """Let a token take the place of those left out before it.

    Where those were whole sentences, it opens a paragraph: no caption reaches over the cut.
    """
    spoken = [token.text for token in left if token.kind is TokenKind.SPEECH]
    cut = bool(spoken) and ends_sentence(before.text) and ends_sentence(spoken[-1])
    return replace(
        token,
        spaced=token.spaced or any(token.spaced for token in left),
        opens_paragraph=cut or any(token.opens_paragraph for token in (*left, token)),
    )


def _time_parts(
    parts: Sequence[WordedPart], words: Sequence[Sequence[Word]], duration_ms: int
) -> Iterator[TimedPart]:
    latest_ms = done_ms = 0
    between: list[Part] = []
    heads = _find_heads(parts, words)
    for index, (worded, said) in enumerate(zip(parts, words, strict=True)):
        if said:
            timed = TimedPart(worded.part, said[0].start_ms, said[-1].end_ms, tuple(said))
            yield from _time_between(between, latest_ms, (done_ms, timed.start_ms))
            yield timed
            between, latest_ms, done_ms = [], timed.start_ms, timed.end_ms
        elif isinstance(worded.part, Heading):
            between += [worded.part] if index in heads else []
        elif not isinstance(worded.part, Turn | Sound):
            between.append(worded.part)
    yield from _time_between(between, latest_ms, (done_ms, duration_ms))


def _find_heads(parts: Sequence[WordedPart], words: Sequence[Sequence[Word]]) -> set[int]:
    """Find the headings that something said stands under, if only under another heading."""
    heads: set[int] = set()
    said = complete = False
    for index in range(len(parts) - 1, -1, -1):
        if isinstance(parts[index].part, Heading):
            complete = True
            if said:
                heads.add(index)
        elif isinstance(parts[index].part, Turn) and parts[index].tokens:
            said = bool(words[index]) or (said and not complete)
            complete = False
    return heads


def _time_between(parts: Sequence[Part], earliest_ms: int, gap: Span) -> Iterator[TimedPart]:
    """Lay what nobody says between two parts: pictures share the gap, all else takes no time."""
    start, end = gap
    pictures = sum(isinstance(part, Picture) for part in parts)
    edges = [start + (end - start) * place // pictures for place in range(pictures)] + [end]
    starts: list[int] = []
    latest_ms, place = earliest_ms, 0
    for part in parts:
        planned = edges[place]
        if isinstance(part, Picture):
            planned = planned if part.start_ms is None else part.start_ms
            place += 1
        latest_ms = min(max(planned, latest_ms), end)
        starts.append(latest_ms)
    for part, (begin, stop) in zip(parts, pairwise([*starts, end]), strict=True):
        yield TimedPart(part, begin, stop if isinstance(part, Picture) else begin)
