"""WebVTT (W3C): captions, descriptions and chapters, written with webvtt-py.

webvtt-py escapes nothing and lets a name or a text break its cue, so all that goes into a file is
made safe here first. No `Kind:` or `Language:` lines are written: W3C's own parser calls them
errors; the note at the top says what they would.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from webvtt import Caption, Style, WebVTT

from ..source import Timeline
from ..source.caption_file.cue_setting import write_place
from ..source.caption_file.stamp import write_stamp
from ..source.caption_file.stylesheet import STANDARD_CLASSES
from ..source.track import PLAIN, Look, Run, Track, TrackCue, Written, clean_line
from .chapters import find_chapters
from .cue import Captions
from .description import find_descriptions
from .format.composition import compose_track, tell_clock
from .measure import wrap

DESCRIPTION_COLUMNS = 60
"""Descriptions are read by a voice or a braille line: their lines only have to be handy."""

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_CLASSES = {colour: name for name, colour in STANDARD_CLASSES.items()}
_UNQUOTED = re.compile(r"""[\\"<>&{}*\x00-\x1f\x7f-\x9f] ?""")


def write_captions(captions: Captions) -> str:
    """Write the cues; each is wrapped in its speaker's voice."""
    return _write_webvtt(compose_track(captions))


def write_track(track: Track) -> Written:
    """Write a track of captions; WebVTT holds all that a track has but its title."""
    return Written(_write_webvtt(track))


def _write_webvtt(track: Track) -> str:
    cues = (
        Caption(
            write_stamp(cue.start_ms),
            write_stamp(cue.end_ms),
            _write_lines(cue),
            settings=write_place(cue.place) if cue.place else None,
        )
        for cue in track.cues
    )
    return _compose("Captions", track.language, track.remark, cues, _colour(track))


def write_descriptions(timeline: Timeline) -> str:
    """Write what is to be seen: when it is spoken, where it is, and else where it belongs."""
    cues = (
        (cue.start_ms, cue.end_ms, wrap(cue.text, DESCRIPTION_COLUMNS))
        for cue in find_descriptions(timeline)
    )
    return _write("Descriptions", timeline, cues)


def write_chapters(timeline: Timeline) -> str:
    """Write the chapters, which tile the programme."""
    cues = (
        (chapter.start_ms, chapter.end_ms, [chapter.title]) for chapter in find_chapters(timeline)
    )
    return _write("Chapters", timeline, cues)


def _write(kind: str, timeline: Timeline, cues: Iterable[tuple[int, int, list[str]]]) -> str:
    written = (
        Caption(write_stamp(start), write_stamp(end), list(map(_escape, lines)))
        for start, end, lines in cues
    )
    return _compose(kind, timeline.interview.language, tell_clock(timeline), written, ())


def _compose(
    kind: str, language: str, remark: str, cues: Iterable[Caption], styles: Iterable[Style]
) -> str:
    tag = re.sub(r"[^\w-]", "", language)
    told = [kind, f"Language: {tag}" if tag else "", _escape(remark)]
    note = "\n".join(line for line in told if line)
    return WebVTT(captions=list(cues), styles=list(styles), header_comments=[note]).content


def _colour(track: Track) -> Iterator[Style]:
    """Write a STYLE block with the colours of speakers, and of classes that have none by name."""
    rules = [
        f'::cue(v[voice="{_quote(_name(speaker))}"]) {{ color: {colour}; }}'
        for speaker, colour in track.colours
        if _name(speaker)
    ]
    worn = dict.fromkeys(run.look.colour for cue in track.cues for run in cue.runs)
    rules += [
        f"::cue(.{_name_class(colour)}) {{ color: {colour}; }}"
        for colour in worn
        if colour and colour not in _CLASSES
    ]
    if rules:
        yield Style(rules)


def _name_class(colour: str) -> str:
    return _CLASSES.get(colour, f"colour-{colour[1:]}")


def _quote(name: str) -> str:
    """Write a name inside a CSS string; no `-->` and no end of the string stay in it."""
    # The space that ends an escape would swallow one that follows.
    return _UNQUOTED.sub(lambda found: "".join(f"\\{ord(sign):x} " for sign in found[0]), name)


def _write_lines(cue: TrackCue) -> list[str]:
    """Write each person's words in a voice span; one that is alone needs no end."""
    placed = [(row, run) for row, line in enumerate(cue.lines) for run in line]
    groups = [list(group) for _, group in groupby(placed, lambda one: one[1].speaker)]
    lines = [""] * len(cue.lines)
    for group in groups:
        (first, run), (last, _) = group[0], group[-1]
        name = _escape(_name(run.speaker))
        if name:
            # A name that ends in dashes must not make an arrow with the end of its tag; the space
            # before that is not part of the name (WebVTT trims annotations).
            lines[first] += f"<v {name} >" if name.endswith("-") else f"<v {name}>"
        for row, said in group:
            lines[row] += write_run(said)
        if name and len(groups) > 1:
            lines[last] += "</v>"
    return lines


def write_run(run: Run) -> str:
    """Write letters with the tags that make their look."""
    text = _escape(run.text)
    if run.look != PLAIN:
        for opening, closing in _list_tags(run.look):
            text = f"<{opening}>{text}</{closing}>"
    return text if run.start_ms is None else f"<{write_stamp(run.start_ms)}>{text}"


def _list_tags(look: Look) -> Iterator[tuple[str, str]]:
    """Yield the tags that make a look, from the innermost."""
    for name, there in (("u", look.underline), ("i", look.italic), ("b", look.bold)):
        if there:
            yield name, name
    if look.colour:
        yield f"c.{_name_class(look.colour)}", "c"


def _name(speaker: str | None) -> str:
    return clean_line(" ".join((speaker or "").split()))


def _escape(text: str) -> str:
    """Keep a text on one line of a cue, and out of its mark-up."""
    return clean_line(text).translate(_ESCAPES)
