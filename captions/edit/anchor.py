"""Where the words of an edit stand: how an edit remembers it, and how that is found again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain

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
        self.ink = f"{BEGINNING}{''.join(inks)}{END}"

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
        sought = self.ink[self._offsets[begin] : self._offsets[end]]
        return self.ink.find(sought, self.ink.find(sought) + 1) < 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where an edit's words stand in a flow."""

    edit: Edit
    was: str
    """The words: those that the edit replaces, or else those that it puts there."""
    start: int
    stop: int
    follows: bool
    """Whether what the edit follows stands before them, …"""
    precedes: bool
    """… and what it precedes behind them."""
    label: str = ""
    """A speaker's name that now stands before them, and did not; it is between start and stop."""

    @property
    def is_settled(self) -> bool:
        """Tell whether the words that the edit puts there stand there already."""
        return self.was != self.edit.was


def find_places(flow: Flow, edits: Iterable[Edit]) -> list[list[Place]]:
    """Find where the words of each edit stand: in one place, or there is a conflict.

    They are where both their neighbours are. Where one of these changed, the other is enough; and
    where both did, words that are many and stood nowhere else are enough by themselves. But on a
    side that changed, the very next word must be the same, or the captions be cut there, or
    another edit's words end or begin there.

    Where the words are not found, those that the edit puts in their place are found by the same
    rules: somebody has corrected the transcript in the same way.
    """
    found = [_find_candidates(flow, edit) for edit in edits]
    starts: dict[int, list[Edit]] = {}
    stops: dict[int, list[Edit]] = {}
    for place in chain.from_iterable(chain.from_iterable(found)):
        if place.start < place.stop:
            starts.setdefault(place.start, []).append(place.edit)
            stops.setdefault(place.stop, []).append(place.edit)

    def is_whole(place: Place) -> bool:
        """Tell whether nothing was put right beside an edit's words that belongs to them."""
        begins = place.follows or _begins_after(flow, place) or _meets(place, stops, place.start)
        ends = place.precedes or _ends_before(flow, place) or _meets(place, starts, place.stop)
        return begins and ends

    result: list[list[Place]] = []
    for own, *made in found:
        wholes = (one[0] for one in (own, *made) if len(one) == 1 and is_whole(one[0]))
        whole = next(wholes, None)
        several = own if len(own) > 1 else []
        result.append([_take_label(flow, whole)] if whole else several)
    return result


def _find_candidates(flow: Flow, edit: Edit) -> list[list[Place]]:
    """Find where an edit's words may stand, and where those that it makes of them may."""
    own = _find_words(flow, edit, edit.was)
    if any(place.follows and place.precedes for place in own):
        return [own]
    made = _find_words(flow, edit, edit.makes)
    if len(made) != 1:
        return [own]
    return [made] if made[0].follows and made[0].precedes else [own, made]


def _find_words(flow: Flow, edit: Edit, was: str) -> list[Place]:
    """Find words between the neighbours of an edit, or else beside one, or else by themselves."""
    seen, before, after = ink(was), _ink_context(edit.follows), _ink_context(edit.precedes)
    if not flow.words or (was and not seen):
        return []
    behind = {place + len(before) for place in find_all(flow.ink, before + seen) if before}
    ahead = {place for place in find_all(flow.ink, seen + after) if after}
    starts = (behind & ahead) or (behind | ahead)
    if edit.was and not seen:
        # What was taken out is nowhere but between; and it may have had the name of who goes on.
        ahead |= {start for stop, start in flow.labels.items() if stop in ahead}
        starts = behind & ahead
    if not starts and not edit.repeated and len(seen) >= _SURE:
        starts = set(find_all(flow.ink, seen))
    places = [
        Place(edit, was, start, start + len(seen), start in behind, start in ahead)
        for start in sorted(starts)
    ]
    if len(places) == 1:
        return [
            place
            for place in places
            if flow.is_between_words(place.start) and flow.is_between_words(place.stop)
        ]
    return places


def _begins_after(flow: Flow, place: Place) -> bool:
    """Tell whether right before an edit's words is what was there, or an end."""
    word = ink(place.edit.follows.rpartition(" ")[2])
    start = flow.labels.get(place.start, place.start)
    return start in flow.seams or (word != "" and flow.ink.endswith(word, 0, start))


def _ends_before(flow: Flow, place: Place) -> bool:
    """Tell the same of what stands right behind them."""
    word = ink(place.edit.precedes.partition(" ")[0])
    return place.stop in flow.seams or (word != "" and flow.ink.startswith(word, place.stop))


def _meets(place: Place, others: Mapping[int, Sequence[Edit]], offset: int) -> bool:
    """Tell whether the words of another edit have their end, or beginning, here."""
    return any(edit is not place.edit for edit in others.get(offset, ()))


def _take_label(flow: Flow, place: Place) -> Place:
    """Take the label with its words, which would stand there without any."""
    start = flow.labels.get(place.start)
    if start is None or place.start == place.stop:
        return place
    label = " ".join(line for cue in flow.keep(start, place.start) for line in cue.lines)
    if place.is_settled and ink(place.edit.was).startswith(ink(label)):
        return replace(place, start=start, was=f"{label} {place.was}")  # the edit takes it out
    return replace(place, start=start, label=label)


def read_place(flow: Flow, edit: Edit) -> str:
    """Return what stands between the neighbours of an edit's words, if that can be told."""
    extent = find_extent(flow.ink, edit)
    return " ".join(line for cue in flow.keep(*extent) for line in cue.lines) if extent else ""


def find_extent(text: str, edit: Edit) -> tuple[int, int] | None:
    """Find where in the ink of captions an edit's words begin and end, or what stands for them."""
    was, before, after = ink(edit.was), _ink_context(edit.follows), _ink_context(edit.precedes)
    known = find_all(text, before + was + after)
    if len(known) == 1:
        start = known[0] + len(before)
        return start, start + len(was)
    starts = [place + len(before) for place in find_all(text, before) if before]
    stops = find_all(text, after) if after else []
    gaps = [(start, stop) for start in starts for stop in stops if 0 < stop - start <= _FAR]
    return gaps[0] if len(gaps) == 1 else None


def _ink_context(text: str) -> str:
    """Return the ink of what stands around an edit's words."""
    tokens = text.split()
    beginning = BEGINNING if tokens[:1] == [FIRST] else ""
    end = END if tokens[-1:] == [LAST] else ""
    return beginning + ink(text.strip(f" {FIRST}{LAST}")) + end
