"""Edits read back: what a person changed in a caption file that was built."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...source.caption_file import CaptionFile
from .anchor import AnchorGround
from .labelling import name_by_labels
from .model import Edit, EditedCue, Edits
from .pairing import pair_cues
from .retiming import Retiming, find_retimings
from .rewriting import ShownCue, find_grid, find_prefixes, show_cues
from .tracing import trace_voices

Voices = tuple[str, ...]


def find_edits(base: CaptionFile, edited: CaptionFile) -> Edits:
    """Find what a person changed.

    `base` is the file as it was built without any edits: so an edit of an edit is one edit, and
    one that was taken back is none. What an editor does to every file that it writes is no edit,
    nor is a voice that is no longer named. Whom a changed label names has said its words.
    """
    before = show_cues(base)
    after = show_cues(edited, find_prefixes(before, edited))
    grid = find_grid(after)
    pairings = pair_cues(before, after, grid)
    after = name_by_labels(before, after, pairings)
    retimings = find_retimings(before, after, pairings, grid)
    ground = AnchorGround(before)
    edits: list[Edit] = []
    for pairing in pairings:
        built = before[pairing.first : pairing.stop]
        left = after[pairing.edited_first : pairing.edited_stop]
        moved = retimings[pairing.edited_first : pairing.edited_stop]
        same = pairing.is_single and left[0].look == built[0].look
        voices = [()] if same and left[0].voices == built[0].voices else _find_voices(built, left)
        worded = not same or any(voices) or any(cue.rows for cue in left)
        if worded or any(map(any, moved)) or any(cue.place for cue in left):
            cues = _compose(left, moved, voices, worded=worded)
            anchor = ground.choose_anchor(pairing.first, pairing.stop)
            edits.append(
                Edit(
                    at_ms=_find_time(before, pairing.first),
                    was=anchor.was,
                    follows=anchor.follows,
                    precedes=anchor.precedes,
                    cues=tuple(cues),
                    repeated=anchor.repeated,
                )
            )
    return Edits(tuple(edits))


def _find_time(cues: Sequence[ShownCue], number: int) -> int:
    """Return when a cue starts, or when all are over."""
    if number < len(cues):
        return cues[number].start_ms
    return cues[-1].end_ms if cues else 0


def _compose(
    cues: Sequence[ShownCue],
    retimings: Sequence[Retiming],
    voices: Sequence[Voices],
    *,
    worded: bool,
) -> Iterator[EditedCue]:
    for cue, (start, end), said in zip(cues, retimings, voices, strict=True):
        yield EditedCue(
            lines=cue.lines if worded else (),
            voices=said,
            marked=cue.rows if worded else (),
            place=cue.place,
            start_ms=cue.start_ms if start else None,
            end_ms=cue.end_ms if end else None,
        )


def _find_voices(built: Sequence[ShownCue], left: Sequence[ShownCue]) -> list[Voices]:
    """Return each cue's voices where they are others than those of its words; or else nothing."""
    if not any(voice for cue in left for voice in cue.voices):
        return [()] * len(left)
    owns = trace_voices(built, left)
    return [
        cue.voices if any(cue.voices) and cue.voices != own else ()
        for cue, own in zip(left, owns, strict=True)
    ]
