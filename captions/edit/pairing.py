"""Which cues of an edited file came from which cues that were built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from .ink import ink_token
from .rewriting import Grid, ShownCue

_KIN = 1 / 3
"""Two cues belong together that share this much of the shorter one's words."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Cues `first` to before `stop` that were built, and what became of them."""

    first: int
    stop: int
    edited_first: int
    edited_stop: int

    @property
    def is_single(self) -> bool:
        """Whether one cue became one cue."""
        return self.stop - self.first == self.edited_stop - self.edited_first == 1


def pair_cues(base: Sequence[ShownCue], edited: Sequence[ShownCue], grid: Grid) -> list[Pairing]:
    """Pair all cues in order: what looks the same first, then what is said or shown together.

    Cues that were split or joined, or whose words moved between them, are paired as a group. What
    was deleted has no counterpart, and neither have cues that were added: these are one group
    where they follow each other.
    """
    pairings: list[Pairing] = []
    finders = _find_unmoved, _find_unchanged, _find_retyped, _find_kindred, _find_coincident
    for find in (*finders, _part_gap):
        pairings = [
            pairing
            for known in _list_gaps(pairings, base, edited, grid)
            for pairing in (find(known) if isinstance(known, _Gap) else [known])
        ]
    return pairings


@dataclass(frozen=True, slots=True)
class _Gap:
    """Cues that are not paired yet, between others that are."""

    place: Pairing
    base: Sequence[ShownCue]
    edited: Sequence[ShownCue]
    grid: Grid

    def pair(self, cue: int, counterpart: int) -> Pairing:
        """Pair one cue of this gap with one."""
        return self.group(cue, cue, counterpart, counterpart)

    def measure(self, cue: int, counterpart: int) -> int:
        """Return how long two cues are shown together, or else what is not above 0."""
        if cue >= len(self.base) or counterpart >= len(self.edited):
            return 0
        one, two = self.base[cue], self.edited[counterpart]
        return min(one.end_ms, two.end_ms) - max(one.start_ms, two.start_ms)

    def group(self, first: int, last: int, edited_first: int, edited_last: int) -> Pairing:
        """Pair cues of this gap, first and last included."""
        shift, edited_shift = self.place.first, self.place.edited_first
        return Pairing(
            first + shift,
            last + shift + 1,
            edited_first + edited_shift,
            edited_last + edited_shift + 1,
        )


def _list_gaps(
    pairings: Sequence[Pairing],
    base: Sequence[ShownCue],
    edited: Sequence[ShownCue],
    grid: Grid,
) -> Iterator[Pairing | _Gap]:
    """Yield the pairings that there are, and the gaps between them."""
    end = Pairing(len(base), len(base), len(edited), len(edited))
    first = edited_first = 0
    for pairing in (*pairings, end):
        place = Pairing(first, pairing.first, edited_first, pairing.edited_first)
        if place.first < place.stop or place.edited_first < place.edited_stop:
            cues = base[place.first : place.stop]
            yield _Gap(place, cues, edited[place.edited_first : place.edited_stop], grid)
        if pairing is not end:
            yield pairing
        first, edited_first = pairing.stop, pairing.edited_stop


def _find_unmoved(gap: _Gap) -> Iterator[Pairing]:
    """Find what looks the same and starts at the same time."""
    places = {(cue.look, cue.start_ms): place for place, cue in enumerate(gap.base)}
    latest = -1
    for counterpart, cue in enumerate(gap.edited):
        place = places.get((cue.look, cue.start_ms), -1)
        if place > latest:
            yield gap.pair(place, counterpart)
            latest = place


def _find_unchanged(gap: _Gap) -> Iterator[Pairing]:
    """Find what looks the same, whenever it starts."""
    before, after = [cue.look for cue in gap.base], [cue.look for cue in gap.edited]
    for cue, counterpart, size in SequenceMatcher(None, before, after).get_matching_blocks():
        for offset in range(size):
            yield gap.pair(cue + offset, counterpart + offset)


def _find_retyped(gap: _Gap) -> Iterator[Pairing]:
    """Find what is shown at the same times, whatever it says."""
    place = counterpart = 0
    while place < len(gap.base) and counterpart < len(gap.edited):
        cue, other = gap.base[place], gap.edited[counterpart]
        starts = gap.grid.explains(cue.start_ms, other.start_ms)
        if starts and gap.grid.explains(cue.end_ms, other.end_ms):
            yield gap.pair(place, counterpart)
            place, counterpart = place + 1, counterpart + 1
        elif cue.start_ms < other.start_ms or (starts and cue.end_ms < other.end_ms):
            place += 1
        else:
            counterpart += 1


def _find_kindred(gap: _Gap) -> Iterator[Pairing]:
    """Find cues that share words, in groups where one shares with several."""
    before, owners = _list_words(gap.base)
    after, other_owners = _list_words(gap.edited)
    shared: Counter[tuple[int, int]] = Counter()
    for word, counterpart, size in SequenceMatcher(None, before, after).get_matching_blocks():
        for offset in range(size):
            shared[owners[word + offset], other_owners[counterpart + offset]] += 1
    sizes, other_sizes = Counter(owners), Counter(other_owners)
    group: list[int] = []
    for (cue, other), count in sorted(shared.items()):
        if count < _KIN * min(sizes[cue], other_sizes[other]):
            continue
        if group and (cue <= group[1] or other <= group[3]):
            group[1], group[3] = max(cue, group[1]), max(other, group[3])
            continue
        if group:
            yield gap.group(*group)
        group = [cue, cue, other, other]
    if group:
        yield gap.group(*group)


def _list_words(cues: Sequence[ShownCue]) -> tuple[list[str], list[int]]:
    """Return all words, and for each the cue that it is in."""
    words = [
        (word, place)
        for place, cue in enumerate(cues)
        for line in cue.look
        for token in line.split()
        if (word := ink_token(token))
    ]
    return [word for word, _ in words], [place for _, place in words]


def _find_coincident(gap: _Gap) -> Iterator[Pairing]:
    """Find cues that are shown together longest, though nothing in them is the same."""
    place = counterpart = 0
    while place < len(gap.base) and counterpart < len(gap.edited):
        together_ms = gap.measure(place, counterpart)
        if gap.measure(place, counterpart + 1) > max(together_ms, 0):
            counterpart += 1
        elif gap.measure(place + 1, counterpart) > max(together_ms, 0):
            place += 1
        elif together_ms > 0:
            yield gap.pair(place, counterpart)
            place, counterpart = place + 1, counterpart + 1
        elif gap.base[place].start_ms < gap.edited[counterpart].start_ms:
            place += 1
        else:
            counterpart += 1


def _part_gap(gap: _Gap) -> Iterator[Pairing]:
    """Part what has no counterpart into cues that were deleted, and those that were added."""
    place = gap.place
    for cue in range(place.first, place.stop):
        yield Pairing(cue, cue + 1, place.edited_first, place.edited_first)
    if place.edited_first < place.edited_stop:
        yield replace(place, first=place.stop)
