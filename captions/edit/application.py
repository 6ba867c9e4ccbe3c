"""Edits applied to a new build's captions, as far as their words still stand there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..cue import Captions
from ..finding import find_haste
from ..pacing import FRAME
from .anchor import Place, find_places
from .conflict import Conflict, ConflictKind, explain
from .flow import Flow
from .model import Edit, Edits
from .placing import PlacedCue, place_cues


@dataclass(frozen=True, slots=True)
class Edited:
    """Captions with a person's edits, and the edits that were not applied."""

    captions: Captions
    conflicts: tuple[Conflict, ...]
    settled: tuple[Edit, ...] = ()
    """Those applied whose words the transcript has by now."""


def apply_edits(captions: Captions, edits: Edits) -> Edited:
    """Put what a person made in the place of the words that it replaces, word for word.

    `captions` are as they were built, without any edits. Cues that nobody edited stay as they are;
    they are cut where an edited one is shown, and where an edit takes some of their words, they
    keep the others. An edit whose words are not found, or not in one place, or whose times no
    longer lie between its neighbours, is a conflict and not applied. Where the words that it puts
    there stand there already, its cues and their times are applied to these.
    """
    if not edits.edits:
        return Edited(captions, ())
    flow = Flow(captions)
    places, conflicts = _find_all(flow, edits)
    while True:
        placed = _separate(_compose(flow, places))
        misfits = _find_misfits(placed)
        if not misfits:
            break
        conflicts += [explain(flow, place.edit, ConflictKind.TIMES) for place in misfits]
        places = [place for place in places if place not in misfits]
    order = {id(edit): number for number, edit in enumerate(edits.edits)}
    found = tuple(sorted(conflicts, key=lambda conflict: order[id(conflict.edit)]))
    if not places:
        return Edited(captions, found)
    cues = tuple(sorted((each.cue for each in placed), key=lambda cue: cue.start_ms))
    starts, ends = [cue.start_ms for cue in cues], [cue.end_ms for cue in cues]
    haste = find_haste(starts, ends, [cue.lines for cue in cues], captions.style)
    settled = tuple(place.edit for place in places if place.is_settled)
    return Edited(replace(captions, cues=cues, exceptions=tuple(haste)), found, settled)


def _find_all(flow: Flow, edits: Edits) -> tuple[list[Place], list[Conflict]]:
    """Find where the edits' words are, in the order of the captions."""
    places: list[Place] = []
    conflicts: list[Conflict] = []
    for edit, found in zip(edits.edits, find_places(flow, edits.edits), strict=True):
        if len(found) == 1:
            places += found
        else:
            kind = ConflictKind.REPEATED if found else ConflictKind.CHANGED
            conflicts.append(explain(flow, edit, kind))
    places.sort(key=lambda place: (place.start, place.stop))
    shared = _find_shared(places)
    conflicts += [
        explain(flow, place.edit, ConflictKind.SHARED, other.edit)
        for place, other in shared.items()
    ]
    return [place for place in places if place not in shared], conflicts


def _find_shared(places: Sequence[Place]) -> dict[Place, Place]:
    """Find the places that have words of another one, in order, and that one."""
    shared: dict[Place, Place] = {}
    widest: Place | None = None
    for place in places:
        if widest and place.start < widest.stop and widest.start < place.stop:
            shared.setdefault(widest, place)
            shared[place] = widest
        if widest is None or place.stop > widest.stop:
            widest = place
    return shared


def _compose(flow: Flow, places: Sequence[Place]) -> Iterator[PlacedCue]:
    """Yield the edited cues in their places, and what was built between them."""
    done = flow.edges[0]
    for place in places:
        yield from map(PlacedCue, flow.keep(done, place.start))
        yield from place_cues(flow, place)
        done = place.stop
    yield from map(PlacedCue, flow.keep(done, flow.end + 1))


def _separate(placed: Iterable[PlacedCue]) -> list[PlacedCue]:
    """Cut what follows the build where it overlaps a time that a person set."""
    cut: list[PlacedCue] = []
    reached: PlacedCue | None = None
    for each in placed:
        following = each.begin_after(reached) if reached else each
        if cut and following.start_set:
            cut[-1] = cut[-1].end_before(following)
        if following.end_set and (reached is None or following.cue.end_ms > reached.cue.end_ms):
            reached = following
        cut.append(following)
    return cut


def _find_misfits(placed: Sequence[PlacedCue]) -> dict[Place, None]:
    """Find the edits that leave a cue no time, their own or one beside it, in order."""
    misfits: dict[Place, None] = {}
    for number, each in enumerate(placed):
        least_ms = FRAME if each.cutters else 1
        if each.cue.end_ms - each.cue.start_ms < least_ms:
            beside = placed[max(0, number - 1) : number + 2]
            own = (each.place,) if each.place else tuple(it.place for it in beside if it.place)
            misfits |= dict.fromkeys(each.cutters or own)
    return misfits
