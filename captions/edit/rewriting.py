r"""What editors do to a file that nobody edited, so that it is not taken for edits.

Measured with pysubs2, which reads and writes as Aegisub does: numbers, notes, styles and voices
go, `{…}` goes from all text and `<…>` from SubRip's, `\N` breaks a line, and a file that went
through ASS has its times on a grid of 10 ms; formats that count frames have one of a frame.
pycaption and Subtitle Edit make `Name:` of a voice. Line ends, marks of the encoding and
references are resolved by who reads the file.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from ...source.caption_file import CaptionFile
from ...source.track import PLAIN, Line, Place, Run

_RATES = (24000 / 1001, 24, 25, 30000 / 1001, 30, 50, 60000 / 1001, 60, 100)
"""Frames a second, the coarsest grid first; ASS has 100."""
_BREAK = re.compile(r"\\[Nn]")
_LOST = re.compile(r"\{[^{}]*\}|</?[^<>\s][^<>]*>|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\ufeff]")
_REWRITTEN = re.compile(r"[^ -~]|[\\{}<>&]")
"""What a line has in it that looks otherwise when an editor wrote it."""
_BLANKS = re.compile(r"[ \t]+")


@dataclass(frozen=True, slots=True)
class ShownCue:
    """A cue of a file, as far as people edit it."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]
    voices: tuple[str, ...]
    """For each line who says it, or nothing."""
    look: tuple[str, ...]
    """Its lines, the same for all that editors may make of them."""
    rows: tuple[Line, ...]
    """Its lines with their looks; nothing where letters look as they always do."""
    place: Place | None


@dataclass(frozen=True, slots=True)
class Grid:
    """Times of which a file may have no others, `rate` a second; 0 is none."""

    rate: float

    def holds(self, time_ms: int) -> bool:
        """Tell whether a time is one of these, rounded up or down to milliseconds."""
        return abs(time_ms - round(time_ms * self.rate / 1000) * 1000 / self.rate) < 1

    def explains(self, before_ms: int, after_ms: int) -> bool:
        """Tell whether a time is what it was, or the nearest there is before or after it."""
        if before_ms == after_ms or not self.rate:
            return before_ms == after_ms
        return abs(after_ms - before_ms) < 1000 / self.rate and not self.holds(before_ms)


def show_cues(file: CaptionFile, names: Sequence[str] = ()) -> list[ShownCue]:
    """Return a file's cues in the order of their times, blank ones left out.

    `names` are those of speakers that an editor may have put before their words.
    """
    prefix = re.compile(f"(?:{'|'.join(map(re.escape, names))}): ?" if names else "")
    cues: list[ShownCue] = []
    for cue in file.cues:
        texts = (_BLANKS.sub(" ", line).strip() for line in cue.lines)
        lines = [text[found.end() :] if (found := prefix.match(text)) else text for text in texts]
        voices = (voice[0] if voice else "" for voice in cue.voices)
        kept = [each for each in zip(lines, voices, cue.rows, strict=True) if each[0]]
        if kept:
            shown, said, rows = zip(*kept, strict=True)
            plain = all(run.look == PLAIN for row in rows for run in row)
            dressed = () if plain else tuple(map(_dress, rows, shown))
            look = tuple(_look(shown))
            cues.append(ShownCue(cue.start_ms, cue.end_ms, shown, said, look, dressed, cue.place))
    return sorted(cues, key=lambda cue: cue.start_ms)


def _dress(row: Line, line: str) -> Line:
    """Return what of a row stands on a line, by its looks alone."""
    runs = [Run(_BLANKS.sub(" ", run.text), look=run.look) for run in row]
    begin = "".join(run.text for run in runs).find(line)
    if begin < 0:
        return (Run(line),)
    end = begin + len(line)
    kept: list[Run] = []
    place = 0
    for run in runs:
        text = run.text[max(begin - place, 0) : max(end - place, 0)]
        place += len(run.text)
        if text and kept and kept[-1].look == run.look:
            kept[-1] = replace(kept[-1], text=kept[-1].text + text)
        elif text:
            kept.append(replace(run, text=text))
    return tuple(kept)


def _look(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if not _REWRITTEN.search(line):
            yield " ".join(line.split())
            continue
        for piece in _BREAK.split(normalize("NFC", line)):
            text = piece
            while (plain := html.unescape(text)) != text:
                text = plain
            if seen := " ".join(_LOST.sub("", text).split()):
                yield seen


def find_prefixes(base: Sequence[ShownCue], edited: CaptionFile) -> list[str]:
    """Return the speakers whose names an editor may have put before their words."""
    if any(voice for cue in edited.cues for voice in cue.voices):
        return []
    names = {voice for cue in base for voice in cue.voices if voice}
    shown = any(
        line.startswith(f"{voice}:")
        for cue in base
        for line, voice in zip(cue.lines, cue.voices, strict=True)
        if voice
    )
    return [] if shown else sorted(names, key=lambda name: (-len(name), name))


def find_grid(edited: Sequence[ShownCue]) -> Grid:
    """Find the times to which an editor rounded all of a file's; mostly none."""
    times = [time_ms for cue in edited for time_ms in (cue.start_ms, cue.end_ms)]
    return next((grid for grid in map(Grid, _RATES) if all(map(grid.holds, times))), Grid(0))
