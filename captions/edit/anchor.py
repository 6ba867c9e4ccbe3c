"""Where the words of an edit stand: how an edit remembers it, and how that is found again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from .flow import Flow
from .ink import BEGINNING, END, find_all, ink, ink_token
from .model import Edit
from .rewriting import ShownCue

FIRST, LAST = "^", "$"
"""How an edit writes the beginning and the end of the captions."""

_NEAR = 4
"""Words of its surroundings that an edit remembers, if they tell it apart."""
_SURE = 16
"""So many letters that stood nowhere else are found by themselves."""
_FAR = 300
"""Letters that may stand where an edit's words did, for what is there to be shown."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an edit remembers of the words it replaces; see `Edit`."""

    was: str
    follows: str
    precedes: str
    repeated: bool


class AnchorGround:
    """The words of built captions, among which anchors are chosen."""

    def __init__(self, cues: Sequence[ShownCue]) -> None:
        words = [[token for line in cue.lines for token in line.split()] for cue in cues]
        self._edges = [0, *accumulate(map(len, words))]
        self._tokens = [token for cue in words for token in cue]
        inks = list(map(ink_token, self._tokens))
        self._offsets = list(accumulate(map(len, inks), initial=len(BEGINNING)))
        self._ink = f"{BEGINNING}{''.join(inks)}{END}"

    def choose_anchor(self, first: int, stop: int) -> Anchor:
        """Choose what tells cues `first` to before `stop` apart; none of them, a place between."""
        begin, end = self._edges[first], self._edges[stop]
        before, after = self._look_back(begin, end), self._look_ahead(begin, end)
        follows = " ".join(self._tokens[before:begin])
        if before == 0 and (before == begin or not self._is_single(before, end)):
            follows = f"{FIRST} {follows}".rstrip()
        precedes = " ".join(self._tokens[end:after])
        if after == len(self._tokens) and (after == end or not self._is_single(begin, after)):
            precedes = f"{precedes} {LAST}".lstrip()
        repeated = begin < end and not self._is_single(begin, end)
        return Anchor(" ".join(self._tokens[begin:end]), follows, precedes, repeated)

    def _look_back(self, begin: int, end: int) -> int:
        """Return from which word on all to `end` stands once."""
        near = _NEAR
        while (first := max(0, begin - near)) and not self._is_single(first, end):
            near *= 2
        return first

    def _look_ahead(self, begin: int, end: int) -> int:
        """Return up to which word all from `begin` stands once."""
        near, size = _NEAR, len(self._tokens)
        while (stop := min(size, end + near)) < size and not self._is_single(begin, stop):
            near *= 2
        return stop

    def _is_single(self, begin: int, end: int) -> bool:
        sought = self._ink[self._offsets[begin] : self._offsets[end]]
        return self._ink.find(sought, self._ink.find(sought) + 1) < 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where an edit's words stand in a flow."""

    edit: Edit
    start: int
    stop: int
    label: str = ""
    """A speaker's name that now stands before them, and did not; it is between start and stop."""


def find_places(flow: Flow, edit: Edit) -> list[Place]:
    """Find where the words of an edit stand: in one place, or there is a conflict.

    They are where both their neighbours are. Where one of these changed, the other is enough; and
    where both did, words that are many and stood nowhere else are enough by themselves. But on a
    side that changed, the very next word must be the same, or the captions be cut there.
    """
    was, before, after = ink(edit.was), _ink_context(edit.follows), _ink_context(edit.precedes)
    size = len(was)
    if not flow.words or (edit.was and not was):
        return []
    behind = {place + len(before) for place in find_all(flow.ink, before + was) if before}
    ahead = {place for place in find_all(flow.ink, was + after) if after}
    starts = (behind & ahead) or (behind | ahead)
    if not starts and not edit.repeated and size >= _SURE:
        starts = set(find_all(flow.ink, was))
    places = [Place(edit, start, start + size) for start in sorted(starts)]
    if len(places) > 1:
        return places
    return [
        _take_label(flow, place)
        for place in places
        if flow.is_between_words(place.start)
        and flow.is_between_words(place.stop)
        and (place.start in behind or _ends_before(flow, place))
        and (place.start in ahead or _ends_after(flow, place))
    ]


def _ends_before(flow: Flow, place: Place) -> bool:
    """Tell whether nothing was put right before an edit's words that belongs to them."""
    word = ink(place.edit.follows.rpartition(" ")[2])
    start = flow.labels.get(place.start, place.start)
    return start in flow.seams or (word != "" and flow.ink.endswith(word, 0, start))


def _ends_after(flow: Flow, place: Place) -> bool:
    """Tell the same of what stands right behind them."""
    word = ink(place.edit.precedes.partition(" ")[0])
    return place.stop in flow.seams or (word != "" and flow.ink.startswith(word, place.stop))


def _take_label(flow: Flow, place: Place) -> Place:
    """Take the label with its words, which would stand there without any."""
    start = flow.labels.get(place.start)
    if start is None or place.start == place.stop:
        return place
    label = " ".join(line for cue in flow.keep(start, place.start) for line in cue.lines)
    return replace(place, start=start, label=label)


def read_place(flow: Flow, edit: Edit) -> str:
    """Return what stands between the neighbours of an edit's words, if that can be told."""
    before, after = _ink_context(edit.follows), _ink_context(edit.precedes)
    starts = [place + len(before) for place in find_all(flow.ink, before) if before]
    stops = find_all(flow.ink, after) if after else []
    gaps = [(start, stop) for start in starts for stop in stops if 0 < stop - start <= _FAR]
    if len(gaps) != 1:
        return ""
    return " ".join(line for cue in flow.keep(*gaps[0]) for line in cue.lines)


def _ink_context(text: str) -> str:
    """Return the ink of what stands around an edit's words."""
    tokens = text.split()
    beginning = BEGINNING if tokens[:1] == [FIRST] else ""
    end = END if tokens[-1:] == [LAST] else ""
    return beginning + ink(text.strip(f" {FIRST}{LAST}")) + end
