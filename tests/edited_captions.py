"""Captions that somebody edited: interviews, what people do to their captions, and what editors do.

Editors write files in ways of their own: pysubs2 stands for those that keep no voices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pysubs2
from hypothesis import strategies as st
from vivavoz.captions import (
    CaptionFile,
    Captions,
    caption,
    estimate_timeline,
    parse_caption_file,
    write_captions,
)
from vivavoz.source import Clock
from wordings import build_wording

Said = list[tuple[str, str]]

_WORDS = [
    "yes",
    "no",
    "the",
    "and",
    "we",
    "island",
    "light",
    "keeper",
    "R&B",
    "«on»",
    "it's",
    "[laughs]",
]


@dataclass(frozen=True)
class Line:
    """A cue in an editor's list."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]
    voices: tuple[str, ...]


@st.composite
def interviews(draw: st.DrawFn, *, least: int = 0) -> Said:
    """Draw an interview whose turns have a word of their own, or none but what all say."""
    said: Said = []
    for number in range(draw(st.integers(2, 7))):
        speaker = draw(st.sampled_from(["Ann", "Bo Li", "#sound"]))
        words = draw(st.lists(st.sampled_from(_WORDS), min_size=least, max_size=25))
        own = draw(st.integers(least, 6))
        for place in range(own):
            words.insert(draw(st.integers(0, len(words))), f"w{number}x{place}")
        if speaker == "#sound":
            words = ["noise", str(number)]
        said.append((speaker, " ".join(words or ["yes"]) + "."))
    return said


def build(said: Said, style: str = "netflix", clock: Clock = Clock.ESTIMATE) -> Captions:
    """Build captions; on a recording's clock, at the times that an estimate gave."""
    timeline = estimate_timeline(build_wording(said))
    return caption(replace(timeline, clock=clock), style)


def read(text: str) -> CaptionFile:
    """Read a caption file's text."""
    return parse_caption_file(text, Path("captions"))


def write_srt(captions: Captions) -> str:
    """Write SubRip, as it is written everywhere."""
    return write_lines(list_lines(read(write_captions(captions))), "srt")


def list_lines(file: CaptionFile) -> list[Line]:
    """List a file's cues."""
    return [
        Line(cue.start_ms, cue.end_ms, cue.lines, tuple("".join(voice) for voice in cue.voices))
        for cue in file.cues
    ]


def write_lines(lines: list[Line], form: str) -> str:
    """Write cues as an editor does that keeps all, in its own order and with its own line ends."""
    dot = "." if form == "vtt" else ","
    cues: list[str] = []
    for number, line in enumerate(sorted(lines, key=lambda line: line.start_ms), 1):
        times = " --> ".join(_stamp(time_ms, dot) for time_ms in (line.start_ms, line.end_ms))
        shown = list(line.lines)
        if form == "vtt":
            shown = [
                f"<v {voice}>{_escape(text)}</v>" if voice else _escape(text)
                for text, voice in zip(line.lines, line.voices, strict=True)
            ]
        cues.append("\r\n".join([str(number), times, *shown, "", ""]))
    return ("\ufeffWEBVTT\r\n\r\n" if form == "vtt" else "\ufeff") + "".join(cues)


def _stamp(time_ms: int, dot: str) -> str:
    seconds, milliseconds = divmod(time_ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{dot}{milliseconds:03}"


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def rewrite(text: str, form: str, *, via: str = "") -> str:
    """Open a file in pysubs2 and save it; `via` names a format that it goes through."""
    file = pysubs2.SSAFile.from_string(text)
    if via == "ass":
        file = pysubs2.SSAFile.from_string(file.to_string("ass"))
    if via == "microdvd":
        frames = file.to_string("microdvd", fps=25, write_fps_declaration=False)
        file = pysubs2.SSAFile.from_string(frames, fps=25)
    return file.to_string(form)


Work = Callable[[st.DrawFn, list[Line], int], None]


def _move(draw: st.DrawFn, lines: list[Line], place: int) -> None:
    """Move a cue's times, also over its neighbours', but not past them."""
    line = lines[place]
    first_ms = lines[place - 1].start_ms + 100 if place else 0
    last_ms = lines[place + 1].end_ms - 100 if place + 1 < len(lines) else line.end_ms + 3000
    start_ms = line.start_ms + draw(st.sampled_from([0, -700, -50, 60, 400, 1500]))
    end_ms = line.end_ms + draw(st.sampled_from([0, -900, -45, 70, 600, 2500]))
    start_ms, end_ms = max(first_ms, start_ms), min(last_ms, end_ms)
    if start_ms + 100 < end_ms:
        lines[place] = replace(line, start_ms=start_ms, end_ms=end_ms)


def _retype(draw: st.DrawFn, lines: list[Line], place: int) -> None:
    rows = draw(
        st.lists(
            st.sampled_from(["New words,", "of my own", "& more", "42"]), min_size=1, max_size=3
        )
    )
    voice = lines[place].voices[0]
    lines[place] = replace(lines[place], lines=tuple(rows), voices=(voice,) * len(rows))


def _correct(draw: st.DrawFn, lines: list[Line], place: int) -> None:
    line = lines[place]
    row = draw(st.integers(0, len(line.lines) - 1))
    words = line.lines[row].split()
    words[draw(st.integers(0, len(words) - 1))] = draw(
        st.sampled_from(["mended", "no", "Yes,", "two words"])
    )
    rows = (*line.lines[:row], " ".join(words), *line.lines[row + 1 :])
    lines[place] = replace(line, lines=rows)


def _break(draw: st.DrawFn, lines: list[Line], place: int) -> None:
    line = lines[place]
    words = " ".join(line.lines).split()
    if len(set(line.voices)) == 1 and len(words) > 1:
        cut = draw(st.integers(1, len(words) - 1))
        rows = " ".join(words[:cut]), " ".join(words[cut:])
        lines[place] = replace(line, lines=rows, voices=line.voices[:1] * 2)


def _split(draw: st.DrawFn, lines: list[Line], place: int) -> None:
    line = lines[place]
    words = " ".join(line.lines).split()
    if place + 1 < len(lines) and lines[place + 1].start_ms < line.end_ms:
        return  # both pieces would be out of order
    if len(set(line.voices)) == 1 and len(words) > 1 and line.end_ms - line.start_ms > 200:
        cut = draw(st.integers(1, len(words) - 1))
        middle_ms = draw(st.integers(line.start_ms + 90, line.end_ms - 90))
        voices = line.voices[:1]
        lines[place : place + 1] = [
            Line(line.start_ms, middle_ms, (" ".join(words[:cut]),), voices),
            Line(middle_ms, line.end_ms, (" ".join(words[cut:]),), voices),
        ]


def _join(draw: st.DrawFn, lines: list[Line], place: int) -> None:
    del draw
    one, *others = lines[place : place + 2]
    for two in others:
        rows, voices = one.lines + two.lines, one.voices + two.voices
        lines[place : place + 2] = [Line(one.start_ms, two.end_ms, rows, voices)]


def _delete(draw: st.DrawFn, lines: list[Line], place: int) -> None:
    del draw
    if len(lines) > 1:
        del lines[place]


def _add(draw: st.DrawFn, lines: list[Line], place: int) -> None:
    """Add a cue behind another; it may overlap both its neighbours."""
    line = lines[place]
    start_ms = max(line.start_ms + 100, line.end_ms + draw(st.integers(-300, 2000)))
    following = lines[place + 1] if place + 1 < len(lines) else None
    end_ms = min(start_ms + 1100, following.start_ms + 300 if following else start_ms + 1100)
    voice = draw(st.sampled_from(["", "Ann", "Cy"]))
    if start_ms + 100 < end_ms and (following is None or start_ms < following.start_ms):
        lines.insert(place + 1, Line(start_ms, end_ms, ("Added here",), (voice,)))


def _rename(draw: st.DrawFn, lines: list[Line], place: int) -> None:
    voice = draw(st.sampled_from(["Ann", "Cy"]))
    lines[place] = replace(lines[place], voices=(voice,) * len(lines[place].voices))


WORDING: tuple[Work, ...] = (_retype, _correct, _break, _join, _delete, _rename)
"""What sets no times."""
WORKS: tuple[Work, ...] = (*WORDING, _move, _split, _add)


@st.composite
def editings(
    draw: st.DrawFn, works: tuple[Work, ...] = WORKS, least: int = 0
) -> Callable[..., list[Line]]:
    """Draw what somebody does to captions, or to those of their cues that hold certain texts."""
    done = st.tuples(st.sampled_from(works), st.floats(0, 0.999))
    jobs = draw(st.lists(done, min_size=least, max_size=5))

    def edit(lines: list[Line], marks: Iterable[str] = ("",)) -> list[Line]:
        edited = list(lines)
        for work, where in jobs:
            allowed = [any(mark in row for mark in marks for row in line.lines) for line in edited]
            places = [place for place, may in enumerate(allowed) if may]
            if places:
                place = places[int(where * len(places))]
                if work is not _join or place + 1 in places:
                    work(draw, edited, place)
        return edited

    return edit


@st.composite
def long_interviews(draw: st.DrawFn) -> Said:
    """Draw an interview whose turns have a word each of which all words say their number: `3x`."""
    said: Said = []
    for number in range(draw(st.integers(2, 8))):
        words = [f"{number}x{place}" for place in range(draw(st.integers(4, 30)))]
        for place in draw(st.lists(st.integers(1, len(words) - 1), max_size=4)):
            words.insert(place, draw(st.sampled_from(_WORDS)))
            words[place - 1] += draw(st.sampled_from(["", ".", ","]))
        said.append((draw(st.sampled_from(["Ann", "Bo Li"])), " ".join(words) + "."))
    return said


@st.composite
def changes(draw: st.DrawFn, said: Said, edited: set[int]) -> Said:
    """Draw other words for turns that were not edited, and new turns behind these.

    Of the two neighbours of one that was edited, one stays as it is.
    """
    changed: set[int] = set()
    for number in range(len(said)):
        apart = number - 1 not in edited or number - 2 not in changed
        if number not in edited and apart and draw(st.booleans()):
            changed.add(number)
    result: Said = []
    for number, (speaker, text) in enumerate(said):
        count = draw(st.integers(4, 30))
        new = " ".join(f"z{number}y{place}" for place in range(count)) + "."
        result.append((speaker, new if number in changed else text))
        if number in changed and draw(st.booleans()):
            result.append((speaker, f"And this is new {number}."))
    return result
