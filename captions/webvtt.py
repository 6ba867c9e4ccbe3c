"""WebVTT (W3C): captions, descriptions and chapters, written with webvtt-py.

webvtt-py escapes nothing and lets a name or a text break its cue, so all that goes into a file is
made safe here first. No `Kind:` or `Language:` lines are written: W3C's own parser calls them
errors; the note at the top says what they would.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from webvtt import Caption, Style, WebVTT

from ..source import Clock, Timeline
from .chapters import find_chapters
from .colour import colour_speakers
from .cue import Captions, Cue
from .description import find_descriptions
from .file.stamp import write_stamp
from .measure import wrap

DESCRIPTION_COLUMNS = 60
"""Descriptions are read by a voice or a braille line: their lines only have to be handy."""

CLOCKS = {
    Clock.RECORDING: "the recording",
    Clock.STAMPS: "the transcript's time stamps, and an estimate between them",
    Clock.VOICES: "the voices that read the interview",
    Clock.ESTIMATE: "an estimate from the length of the words",
}

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LINE_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_UNQUOTED = re.compile(r"""[\\"<>&\x00-\x1f\x7f-\x9f]""")
_UNWRITABLE = re.compile(r"[\0\ud800-\udfff]")


def write_captions(captions: Captions) -> str:
    """Write the cues; each is wrapped in its speaker's voice."""
    cues = ((cue.start_ms, cue.end_ms, list(_voice(cue))) for cue in captions.cues)
    speakers = (span.speaker for cue in captions.cues for span in cue.spans)
    return _write("Captions", captions.timeline, cues, _colour(speakers, captions.style.colours))


def write_descriptions(timeline: Timeline) -> str:
    """Write what is to be seen: when it is spoken, where it is, and else where it belongs."""
    cues = (
        (cue.start_ms, cue.end_ms, [_escape(line) for line in wrap(cue.text, DESCRIPTION_COLUMNS)])
        for cue in find_descriptions(timeline)
    )
    return _write("Descriptions", timeline, cues)


def write_chapters(timeline: Timeline) -> str:
    """Write the chapters, which tile the programme."""
    cues = (
        (chapter.start_ms, chapter.end_ms, [_escape(chapter.title)])
        for chapter in find_chapters(timeline)
    )
    return _write("Chapters", timeline, cues)


def _write(
    kind: str,
    timeline: Timeline,
    cues: Iterable[tuple[int, int, list[str]]],
    styles: Iterable[Style] = (),
) -> str:
    language = re.sub(r"[^\w-]", "", timeline.interview.language)
    note = f"{kind}\nLanguage: {language}\nTimes come from {CLOCKS[timeline.clock]}."
    return WebVTT(
        captions=[
            Caption(write_stamp(start), write_stamp(end), lines) for start, end, lines in cues
        ],
        styles=list(styles),
        header_comments=[note],
    ).content


def _colour(speakers: Iterable[str | None], colours: Sequence[str]) -> Iterator[Style]:
    """Write a STYLE block that gives each speaker a colour."""
    rules = [
        f'::cue(v[voice="{_quote(_name(speaker))}"]) {{ color: {colour}; }}'
        for speaker, colour in colour_speakers(speakers, colours).items()
        if _name(speaker)
    ]
    if rules:
        yield Style(rules)


def _quote(name: str) -> str:
    """Write a name inside a CSS string; no `-->` and no end of the string stay in it."""
    return _UNQUOTED.sub(lambda found: f"\\{ord(found[0]):x} ", name)


def _voice(cue: Cue) -> Iterator[str]:
    """Write each person's lines in a voice span; one that is alone needs no end."""
    for span in cue.spans:
        written = [_escape(line) for line in span.lines]
        name = _escape(_name(span.speaker))
        if name:
            # A name that ends in dashes must not make an arrow with the end of its tag; the space
            # before that is not part of the name (WebVTT trims annotations).
            end = " >" if name.endswith("-") else ">"
            written[0] = f"<v {name}{end}{written[0]}"
            written[-1] += "</v>" if len(cue.spans) > 1 else ""
        yield from written


def _name(speaker: str | None) -> str:
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", " ".join((speaker or "").split()))


def _escape(text: str) -> str:
    """Keep a text on one line of a cue, and out of its mark-up."""
    safe = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", _LINE_BREAKS.sub(" ", text))
    return safe.translate(_ESCAPES)
