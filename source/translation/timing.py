"""When a translation is said: turn by turn and sentence by sentence with what it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import accumulate, chain, compress

from ..errors import UnreadableSource
from ..interview import Part, Sound, Turn
from ..timeline import Clock, TimedPart, Timeline, Word
from ..wording import Token, WordedPart, Wording
from .counterpart import Counterpart, measure_ratio, pair_parts
from .sentence import Sentence, pair_sentences, split_sentences
from .share import Span, share_time

_FEWEST = 1 / 3
"""The share of turns that have a counterpart: all of one of two people's may be missing."""

_Times = list[Span | None]
"""When each token of a part is said; None where nobody knows."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A translation in time."""

    timeline: Timeline
    switches_ms: frozenset[int]
    """When sentences begin that begin with sentences of the original."""
    lacking: tuple[Part, ...]
    """The original's parts that nothing in the translation stands for."""
    added: tuple[Part, ...]
    """The translation's parts that stand for nothing in the original."""


def time_translation(original: Timeline, source: Wording, target: Wording) -> Translation:
    """Time a translation by its original; `source` has the words that the original was timed from.

    What the original's timeline leaves out, for a recording doesn't have it, is left out here too.
    What stands for nothing in the original has the time between its neighbours.
    """
    timed = _find_parts(original, source)
    # The editorial policy may leave nothing of a turn.
    pairs = [
        pair
        for pair in pair_parts(source.interview, target.interview)
        if any(source.parts[index].tokens for index in pair.source)
    ]
    times: list[_Times] = [[None] * len(worded.tokens) for worded in target.parts]
    switches = frozenset(_time_sentences(timed, source, target, pairs, times))
    stands = {
        index: _choose(timed, pair)
        for pair in pairs
        for index in pair.target
        if target.parts[index].tokens
    }
    paired = {index for pair in pairs for index in pair.source}
    laid = _order([*_lay_parts(target, times, stands, original)])
    return Translation(
        Timeline(target.interview, Clock.ORIGINAL, laid, original.duration_ms),
        switches,
        tuple(
            worded.part
            for index, worded in enumerate(source.parts)
            if index not in paired and timed[index] and worded.tokens
        ),
        tuple(
            worded.part
            for index, worded in enumerate(target.parts)
            if index not in stands and worded.tokens
        ),
    )


def refuse_stranger(translation: Translation, source: Wording, target: Wording) -> None:
    """Raise UnreadableSource where so few turns have a counterpart that it is no translation."""
    turns, own = _find_turns(source), _find_turns(target)
    met, met_here = turns - _identify(translation.lacking), own - _identify(translation.added)
    if len(met) < _FEWEST * len(turns) or len(met_here) < _FEWEST * len(own):
        raise UnreadableSource(
            f"This is no translation of the interview that it is named after: {len(met)} of its "
            f"{len(turns)} turns and {len(met_here)} of the {len(own)} turns here stand for each "
            "other. Translate the same turns in the same order, or give the file another name."
        )


def _find_turns(wording: Wording) -> set[int]:
    """Find the turns that have words, by identity."""
    spoken = (worded.part for worded in wording.parts if worded.tokens)
    return _identify(part for part in spoken if isinstance(part, Turn))


def _identify(parts: Iterable[Part]) -> set[int]:
    return set(map(id, parts))


def _find_parts(timeline: Timeline, wording: Wording) -> list[TimedPart | None]:
    """Find each part of a wording in a timeline, which may lack some."""
    left = iter(timeline.parts)
    following = next(left, None)
    found: list[TimedPart | None] = []
    for worded in wording.parts:
        there = following is not None and following.part == worded.part
        found.append(following if there else None)
        following = next(left, None) if there else following
    return found


def _choose(timed: Sequence[TimedPart | None], pair: Counterpart) -> TimedPart | None:
    """Return the first of a pair's original parts that is said, if one is."""
    return next((part for index in pair.source if (part := timed[index])), None)


def _time_sentences(
    timed: Sequence[TimedPart | None],
    source: Wording,
    target: Wording,
    pairs: Sequence[Counterpart],
    times: Sequence[_Times],
) -> Iterator[int]:
    """Fill in the times of what stands for something that is said; yield when sentences begin."""
    ratio = measure_ratio(source.interview, target.interview)
    for pair in pairs:
        here = _split(source, pair.source)
        there = _split(target, pair.target)
        said = {
            index: _find_times(source.parts[index].tokens, timed[index]) for index in pair.source
        }
        for bead in pair_sentences(here, there, ratio):
            spans = [
                span
                for sentence in here[bead.source.start : bead.source.stop]
                for span in said[sentence.part][sentence.tokens.start : sentence.tokens.stop]
                if span
            ]
            places = [
                (sentence.part, number)
                for sentence in there[bead.target.start : bead.target.stop]
                for number in sentence.tokens
            ]
            if not spans or not places:
                continue
            tokens = [target.parts[part].tokens[number] for part, number in places]
            shares = share_time(tokens, spans, target.interview.language)
            for (part, number), span in zip(places, shares, strict=True):
                times[part][number] = span
            yield min(spans)[0]


def _split(wording: Wording, parts: Sequence[int]) -> list[Sentence]:
    language = wording.interview.language
    sentences = (split_sentences(wording.parts[part], part, language) for part in parts)
    return [*chain.from_iterable(sentences)]


def _find_times(tokens: Sequence[Token], timed: TimedPart | None) -> _Times:
    """Find when a part's tokens are said: a timeline may lack some of them."""
    words = timed.words if timed else ()
    if len(words) == len(tokens):
        return [(word.start_ms, word.end_ms) for word in words]
    times: _Times = [None] * len(tokens)
    texts = [token.text for token in tokens], [word.token.text for word in words]
    for token, word, size in SequenceMatcher(None, *texts, autojunk=False).get_matching_blocks():
        times[token : token + size] = [
            (each.start_ms, each.end_ms) for each in words[word : word + size]
        ]
    return times


def _lay_parts(
    target: Wording,
    times: Sequence[_Times],
    stands: Mapping[int, TimedPart | None],
    original: Timeline,
) -> Iterator[TimedPart]:
    """Give parts the times of their words, or of what they stand for, or what is left between."""
    read = original.clock is Clock.VOICES
    language = target.interview.language
    between: list[WordedPart] = []
    done_ms = 0
    for index, worded in enumerate(target.parts):
        if index not in stands:
            between.append(worded)
        elif part := _lay_part(worded, times[index], stands[index]):
            yield from _lay_between(between, (done_ms, part.start_ms), language, read=read)
            yield part
            between, done_ms = [], max(done_ms, part.end_ms)
    yield from _lay_between(between, (done_ms, original.duration_ms), language, read=read)


def _lay_part(worded: WordedPart, times: _Times, stands: TimedPart | None) -> TimedPart | None:
    words = tuple(_list_words(worded.tokens, times))
    if words:
        return TimedPart(worded.part, words[0].start_ms, words[-1].end_ms, words)
    unsaid = isinstance(worded.part, Turn | Sound)
    return TimedPart(worded.part, stands.start_ms, stands.end_ms) if stands and not unsaid else None


def _list_words(tokens: Sequence[Token], times: _Times) -> Iterator[Word]:
    """Yield the words that have a time. Where others are left out, no caption reaches over that."""
    starts = [span[0] for span in times if span]
    # A sentence may be said before the one before it ends, where people talk at once.
    limits = iter([*accumulate(reversed(starts), min)][::-1])
    cut = False
    for token, span in zip(tokens, times, strict=True):
        if span:
            start_ms = next(limits)
            opened = replace(token, opens_paragraph=True) if cut else token
            yield Word(opened, start_ms, max(start_ms, span[1]))
        cut = span is None


def _lay_between(
    parts: Sequence[WordedPart], gap: Span, language: str, *, read: bool
) -> Iterator[TimedPart]:
    """Lay what stands for nothing into a gap; `read` says whether all of it is read aloud."""
    done_ms, last_ms = min(gap), gap[1]
    said = [read or isinstance(worded.part, Turn | Sound) for worded in parts]
    tokens = [token for worded in compress(parts, said) for token in worded.tokens]
    spans = iter(share_time(tokens, [(done_ms, last_ms)], language) if tokens else ())
    for worded, speaks in zip(parts, said, strict=True):
        words = tuple(Word(token, *next(spans)) for token in worded.tokens) if speaks else ()
        start_ms, end_ms = (words[0].start_ms, words[-1].end_ms) if words else (done_ms, last_ms)
        yield TimedPart(worded.part, start_ms, end_ms, words)
        done_ms = end_ms if words else done_ms


def _order(parts: Sequence[TimedPart]) -> tuple[TimedPart, ...]:
    """Start no part after the one that follows: where people talk at once, a turn that became two
    could do so.
    """
    ordered: list[TimedPart] = []
    for part in reversed(parts):
        latest_ms = ordered[-1].start_ms if ordered else part.start_ms
        if part.start_ms > latest_ms:
            first = [replace(word, start_ms=latest_ms) for word in part.words[:1]]
            words = (*first, *part.words[1:])
            ordered.append(TimedPart(part.part, latest_ms, part.end_ms, words))
        else:
            ordered.append(part)
    return tuple(reversed(ordered))
