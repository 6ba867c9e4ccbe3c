"""How much of the captions edits take out: a file that was cut off looks like a person's cut."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ...source.caption_file import CaptionFile
from ...source.caption_file.stamp import write_stamp
from .ink import ink
from .model import Edit
from .rewriting import ShownCue, show_cues

_MUCH = 1 / 4
"""Nobody takes out more of the captions without being asked."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Captions that are taken out, so many or so placed that a person should know."""

    count: int
    total: int
    start_ms: int
    end_ms: int
    from_beginning: bool
    to_end: bool

    def __str__(self) -> str:
        """Say how many these are, and from when to when."""
        start = "the beginning" if self.from_beginning else write_stamp(self.start_ms)
        end = "the end" if self.to_end else write_stamp(self.end_ms)
        return f"{self.count} of {self.total} captions, from {start} to {end}"


def find_loss(base: CaptionFile, edits: Iterable[Edit]) -> Loss | None:
    """Find what edits of a file take out, if it is all from some time on, or up to it, or much."""
    cues = show_cues(base)
    gone = [number for edit in edits if not edit.cues for number in _find_cues(cues, edit)]
    if not gone:
        return None
    first, last = min(gone), max(gone)
    from_beginning, to_end = first == 0, last == len(cues) - 1
    if not from_beginning and not to_end and len(gone) <= len(cues) * _MUCH:
        return None
    times = cues[first].start_ms, cues[last].end_ms
    return Loss(len(gone), len(cues), *times, from_beginning, to_end)


def _find_cues(cues: Sequence[ShownCue], edit: Edit) -> Iterator[int]:
    """Yield the numbers of the cues whose words an edit replaces."""
    rest = ink(edit.was)
    first = bisect_left(cues, edit.at_ms, key=lambda cue: cue.start_ms)
    for number in range(first, len(cues)):
        seen = ink(" ".join(cues[number].lines))
        if not rest or not rest.startswith(seen):
            return
        yield number
        rest = rest[len(seen) :]
