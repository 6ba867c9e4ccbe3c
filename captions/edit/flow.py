"""The words of captions as one flow of ink, in which passages are found again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from ..cue import Captions, Cue, VoiceSpan
from .ink import BEGINNING, END, ink, ink_token


class WordPlace(NamedTuple):
    """A word of the timeline in the flow."""

    offset: int
    """Where its ink begins; a label's before it counts as its own."""
    part: int
    word: int
    start_ms: int
    speaker: str | None


class Flow:
    """The ink of all cues. Offsets count its characters."""

    def __init__(self, captions: Captions) -> None:
        self.captions = captions
        self.edges: list[int] = [len(BEGINNING)]
        """Where each cue begins; behind them, where the last ends."""
        self.seams: set[int] = {len(BEGINNING)}
        """Where a cue, or a person's words in it, begin or end."""
        self.words: list[WordPlace] = []
        self.labels: dict[int, int] = {}
        """For the end of each label, where it begins."""
        pieces = [BEGINNING]
        place = len(BEGINNING)
        for cue in captions.cues:
            for span in cue.spans:
                seen = "".join(map(ink, span.lines))
                self._lay_span(span, seen, place)
                pieces.append(seen)
                place += len(seen)
                self.seams.add(place)
            self.edges.append(place)
        self.ink = "".join([*pieces, END])
        self._offsets = [word.offset for word in self.words]

    def _lay_span(self, span: VoiceSpan, seen: str, place: int) -> None:
        words = self.captions.timeline.parts[span.part].words
        inks = [ink_token(word.token.text) for word in words[span.first_word : span.last_word + 1]]
        said = "".join(inks)
        if not seen.endswith(said):  # a piece of a wide word: no place inside is a word's
            inks, said = [seen], seen
        offset = place + len(seen) - len(said)
        if offset > place:
            self.labels[offset] = place
        for number, word in enumerate(inks, span.first_word):
            start_ms = words[number].start_ms
            begin = offset if number > span.first_word else place
            self.words.append(WordPlace(begin, span.part, number, start_ms, span.speaker))
            offset += len(word)

    @property
    def end(self) -> int:
        """Where the last cue ends."""
        return self.edges[-1]

    def is_between_words(self, offset: int) -> bool:
        """Tell whether no word is cut here."""
        if offset in self.labels or offset == self.end:
            return True
        place = bisect_left(self._offsets, offset)
        return place < len(self._offsets) and self._offsets[place] == offset

    def find_word(self, offset: int) -> int:
        """Return the number of the word that stands here."""
        return max(bisect_right(self._offsets, offset) - 1, 0)

    def find_cue(self, offset: int) -> int:
        """Return the number of the cue that stands here, the last one at the end."""
        return min(bisect_right(self.edges, offset) - 1, len(self.captions.cues) - 1)

    def start_at(self, offset: int) -> int:
        """Return when what stands here begins."""
        number = self.find_cue(offset)
        cue = self.captions.cues[number]
        if offset >= self.end:
            return cue.end_ms
        if offset == self.edges[number]:
            return cue.start_ms
        return min(max(self.words[self.find_word(offset)].start_ms, cue.start_ms), cue.end_ms)

    def end_at(self, offset: int) -> int:
        """Return when what stands before this ends."""
        number = self.find_cue(offset - 1)
        cue = self.captions.cues[number]
        return cue.end_ms if offset == self.edges[number + 1] else self.start_at(offset)

    def keep(self, start: int, stop: int) -> Iterator[Cue]:
        """Yield what stands between two places, cut there where they are inside a cue."""
        if start == stop:
            return
        number = bisect_left(self.edges, start)
        if self.edges[number] > start:
            number -= 1
        while number < len(self.captions.cues) and self.edges[number] < stop:
            first, last = self.edges[number : number + 2]
            whole = start <= first and last <= stop
            cue = self.captions.cues[number]
            yield cue if whole else self._cut(cue, first, max(start, first), min(stop, last))
            number += 1

    def _cut(self, cue: Cue, first: int, start: int, stop: int) -> Cue:
        """Cut a cue that begins at `first` in the flow down to what stands between two places."""
        spans: list[VoiceSpan] = []
        for span in cue.spans:
            last = first + sum(len(ink(line)) for line in span.lines)
            begin, end = max(start, first), min(stop, last)
            if begin < end:
                lines = cut_lines(span.lines, begin - first, end - first)
                word = span.first_word if begin == first else self.words[self.find_word(begin)].word
                after = span.last_word if end == last else self.words[self.find_word(end)].word - 1
                spans.append(replace(span, lines=lines, first_word=word, last_word=after))
            first = last
        if len(spans) == 1 < len(cue.spans):
            dash = self.captions.style.dash.partition("{")[0]
            lines = spans[0].lines
            spans[0] = replace(spans[0], lines=(lines[0].removeprefix(dash), *lines[1:]))
        return Cue(self.start_at(start), self.end_at(stop), tuple(spans))


def cut_lines(lines: Sequence[str], start: int, stop: int) -> tuple[str, ...]:
    """Return what of the lines lies between two places of their ink; blank lines are left out.

    A token without ink stays behind the one before it.
    """
    place = 0
    kept: list[str] = []
    for line in lines:
        tokens: list[str] = []
        for token in line.split():
            size = len(ink_token(token))
            if size == 0 and (start < place <= stop or place == start == 0):
                tokens.append(token)
            elif start < place + size and place < stop:
                tokens.append(_cut_token(token, start - place, stop - place))
            place += size
        kept.append(" ".join(tokens))
    return tuple(line for line in kept if line)


def _cut_token(token: str, start: int, stop: int) -> str:
    """Cut a token whose words have no spaces between them; punctuation stays behind its word."""
    ends = [len(ink_token(token[:count])) for count in range(len(token) + 1)]
    first = bisect_right(ends, start) - 1 if start > 0 else 0
    last = bisect_right(ends, stop) - 1
    return token[first:last]
