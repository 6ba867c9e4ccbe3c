"""Tracks as anyone may bring them, for what must hold for each of them."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st
from vivavoz.source.caption_file.cue_text import trim_line
from vivavoz.source.caption_file.subrip import find_corner
from vivavoz.source.track import Align, Edge, Look, Place, Run, Track, TrackCue

NAMES = st.sampled_from(["Ann", "Inés Carballo", "A & <B>", 'Q "x" {y} */', "李", "Ann --"])
COLOURS = st.sampled_from(["#ffff00", "#00ff00", "#ffe14d", "#123abc"])
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs", "Cn"]), min_size=1),
    st.sampled_from(
        ["Well.", " and ", "<i>", "{\\an8}", "-->", "a & b", "&amp;", "a  b", "]]>", "1", "</v>"]
    ),
)


@dataclass(frozen=True)
class Range:
    """What of a track a format holds."""

    speakers: bool = True
    colours: bool = True
    sounds: bool = False
    word_times: bool = False
    corners: bool = False


def tracks(holds: Range) -> st.SearchStrategy[Track]:
    """Make tracks of what a format holds, with at least a cue."""
    return _draw_track(holds).filter(lambda track: bool(track.cues))


@st.composite
def _draw_track(draw: st.DrawFn, holds: Range) -> Track:
    cues: list[TrackCue] = []
    time_ms = 0
    for _ in range(draw(st.integers(1, 4))):
        start_ms = time_ms + draw(st.integers(0, 5000))
        time_ms = start_ms + draw(st.integers(100, 5_000_000))
        cue = _draw_cue(draw, start_ms, time_ms, holds)
        if cue.lines:
            cues.append(cue)
    speakers = dict.fromkeys(run.speaker for cue in cues for run in cue.runs if run.speaker)
    colours = tuple((name, draw(COLOURS)) for name in speakers) if draw(st.booleans()) else ()
    return Track(tuple(cues), draw(st.sampled_from(["", "en", "es-MX"])), colours=colours)


def _draw_cue(draw: st.DrawFn, start_ms: int, end_ms: int, holds: Range) -> TrackCue:
    latest_ms = start_ms
    lines: list[tuple[Run, ...]] = []
    for _ in range(draw(st.integers(1, 3))):
        row: list[Run] = []
        for _ in range(draw(st.integers(1, 3))):
            run = _draw_run(draw, holds)
            if holds.word_times and draw(st.booleans()) and latest_ms + 20 < end_ms:
                latest_ms += draw(st.integers(1, 20))
                run = Run(run.text, run.speaker, run.look, run.sound, latest_ms)
            row.append(run)
        if line := trim_line(row):
            lines.append(line)
    return TrackCue(start_ms, end_ms, tuple(lines), _draw_place(draw, holds))


def _draw_run(draw: st.DrawFn, holds: Range) -> Run:
    speaker = draw(st.none() | NAMES) if holds.speakers else None
    colour = draw(st.none() | COLOURS) if holds.colours and not speaker else None
    look = Look(draw(st.booleans()), draw(st.booleans()), draw(st.booleans()), colour)
    sound = holds.sounds and not speaker and draw(st.booleans())
    return Run(draw(TEXTS), speaker, look, sound)


def _draw_place(draw: st.DrawFn, holds: Range) -> Place | None:
    if holds.corners:
        return find_corner(draw(st.integers(1, 9)))
    if draw(st.booleans()):
        return None
    left = draw(st.integers(0, 60))
    return Place(
        draw(st.sampled_from(list(Edge))),
        draw(st.integers(5, 95)),
        left,
        draw(st.integers(10, 100 - left)),
        draw(st.sampled_from(list(Align))),
    )
