"""SubRip (SRT): UTF-8 without a mark, and lines that end in CR LF.

It has no standard. Every player takes CR LF, which the program had that gave it its name, and some
take nothing else; a byte order mark is what some choke on. Nothing can be escaped in it, so that an
unseen word joiner breaks what a player would take for mark-up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...source import Notice
from ...source.caption_file.stamp import write_stamp
from ...source.caption_file.subrip import GUARD, find_corner, name_corner
from ...source.track import (
    PLAIN,
    USUAL,
    Line,
    Look,
    Place,
    Run,
    Track,
    TrackCue,
    Written,
    clean_line,
)
from .loss import Feature, note_losses

_LOOKS_LIKE_MARKUP = re.compile(r"<(?=[/a-zA-Z])|\{(?=\\)|--(?=>)")
_HELD = {
    *(Feature.COLOURS, Feature.ITALICS, Feature.BOLD, Feature.UNDERLINE),
    Feature.PLACES,
}


def write_subrip(track: Track) -> Written:
    """Write SubRip. A speaker's colour is not written: labels say the same to everyone."""
    blocks: list[str] = []
    for number, cue in enumerate(track.cues, 1):
        start, end = write_stamp(cue.start_ms), write_stamp(cue.end_ms)
        times = f"{start} --> {end}".replace(".", ",")
        blocks.append("\r\n".join([str(number), times, *_write_lines(cue), "", ""]))
    return Written("".join(blocks).removesuffix("\r\n"), tuple(_note(track)))


def _write_lines(cue: TrackCue) -> Iterator[str]:
    corner = name_corner(cue.place)
    mark = "" if corner == 2 else f"{{\\an{corner}}}"  # noqa: PLR2004 - where captions stand anyway
    for line in cue.lines:
        yield mark + _write_line(line)
        mark = ""


def _write_line(line: Line) -> str:
    if len(line) == 1 and line[0].look == PLAIN:
        return _guard(line[0].text)
    return "".join(map(_write_run, line))


def _write_run(run: Run) -> str:
    text = _guard(run.text)
    for opening, closing in _list_tags(run.look):
        text = f"{opening}{text}{closing}"
    return text


def _list_tags(look: Look) -> Iterator[tuple[str, str]]:
    """Yield the tags that make a look, from the innermost."""
    for name, there in (("u", look.underline), ("i", look.italic), ("b", look.bold)):
        if there:
            yield f"<{name}>", f"</{name}>"
    if look.colour:
        yield f'<font color="{look.colour}">', "</font>"


def _guard(text: str) -> str:
    if not text.isprintable():
        text = clean_line(text)
    return _LOOKS_LIKE_MARKUP.sub(rf"\g<0>{GUARD}", text)


def _note(track: Track) -> Iterator[Notice]:
    yield from note_losses(track, "SubRip", _HELD)
    moved = sum(_moves(cue.place) for cue in track.cues if cue.place)
    if moved:
        sentence = f"SubRip knows nine places. Cues that go to the nearest of them: {moved}."
        yield Notice(None, sentence)
    guarded = sum(
        bool(_LOOKS_LIKE_MARKUP.search(run.text)) for cue in track.cues for run in cue.runs
    )
    if guarded:
        sentence = (
            f"Words that look like mark-up, which SubRip can't escape: {guarded}; an unseen "
            "character (U+2060) in them keeps players from hiding them."
        )
        yield Notice(None, sentence)


def _moves(place: Place) -> bool:
    corner = find_corner(name_corner(place)) or USUAL
    return (corner.edge, corner.level, corner.align) != (place.edge, place.level, place.align)
