"""SCC: pop-on captions for line 21 (CEA-608), each loaded before it is shown.

A frame carries two bytes, so that a caption takes as long to load as it has letters: one that comes
too soon behind another is shown late. 32 columns, 15 rows, Latin letters, one caption at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ...source import Notice, UsageError
from ...source.caption_file.scc_code import (
    COLUMNS,
    END_OF_CAPTION,
    ERASE_DISPLAYED,
    ERASE_LOADED,
    RESUME_LOADING,
    ROWS,
    SAFE,
    Group,
    Word,
    address,
    change_look,
    encode_text,
    is_known,
    repeat,
    substitute,
    write_word,
)
from ...source.quotation import tame
from ...source.track import Align, Edge, Line, Look, Place, Track, TrackCue, Written
from ..measure import wrap
from .loss import Feature, note_losses

_NOTED_LATE_MS = 100
_HELD = {Feature.ITALICS, Feature.UNDERLINE, Feature.PLACES}
_SHOWN = 20
"""Characters that a notice names."""


@dataclass(frozen=True, slots=True)
class _Cell:
    sign: str
    look: Look


_Row = list[_Cell]


@dataclass(slots=True)
class _Losses:
    """What is counted while captions are made to fit."""

    signs: Counter[str]
    rewrapped: int = 0
    cut: int = 0
    overlapping: int = 0
    late: int = 0
    latest_ms: int = 0


def write_scc(track: Track) -> Written:
    """Write SCC at 29.97 frames a second, drop frame: its time code keeps to the clock.

    Raises UsageError where most letters are of a script that it has no codes for.
    """
    return _write(track, drop=True)


def write_scc_non_drop(track: Track) -> Written:
    """Write SCC at 29.97 frames a second, non-drop: its time code counts every frame."""
    return _write(track, drop=False)


def _write(track: Track, *, drop: bool) -> Written:
    _refuse_script(track)
    losses = _Losses(Counter())
    cues = sorted(track.cues, key=lambda cue: cue.start_ms)
    loads = ((cue, _load(cue, losses)) for cue in cues)
    lines = (
        f"{_write_time(frame, drop=drop)}\t{' '.join(map(write_word, words))}\n"
        for frame, words in _schedule(loads, losses)
    )
    text = "\n".join(["Scenarist_SCC V1.0\n", *lines])
    return Written(text, (*note_losses(track, "SCC", _HELD), *_note(losses)))


def _refuse_script(track: Track) -> None:
    letters = [
        sign for cue in track.cues for run in cue.runs for sign in run.text if sign.isalpha()
    ]
    strange = sum(not is_known(sign) and not substitute(sign) for sign in letters)
    if strange * 2 > len(letters):
        raise UsageError(
            "SCC has Latin letters only, and this text is written in another script; choose "
            "another format, such as imsc."
        )


def _load(cue: TrackCue, losses: _Losses) -> list[Group]:
    """Return what fills the memory that is not shown."""
    rows = [row for row in _fit(cue, losses) if row]
    if len(rows) > ROWS:
        losses.cut += 1
        del rows[ROWS:]
    top = _find_top(cue.place, len(rows))
    groups = [repeat(RESUME_LOADING), repeat(ERASE_LOADED)]
    for number, row in enumerate(rows, top):
        groups.extend(_write_row(row, number, _find_column(cue.place, len(row))))
    return groups


def _fit(cue: TrackCue, losses: _Losses) -> list[_Row]:
    """Return rows that are narrow enough; where one is not, all are broken anew."""
    rows = [list(_spell(line, losses)) for line in cue.lines]
    if all(len(row) <= COLUMNS for row in rows):
        return rows
    losses.rewrapped += 1
    return [piece for row in _join_voices(cue, rows) for piece in _wrap(row)]


def _spell(line: Line, losses: _Losses) -> Iterator[_Cell]:
    for run in line:
        for sign in run.text:
            if is_known(sign):
                yield _Cell(sign, run.look)
            elif sign.isspace():
                yield _Cell(" ", run.look)
            else:
                losses.signs[sign] += 1
                yield from (_Cell(known, run.look) for known in substitute(sign))


def _join_voices(cue: TrackCue, rows: Sequence[_Row]) -> Iterator[_Row]:
    """Join the rows of each person; what two say stays apart."""
    joined: _Row = []
    before = None
    for line, row in zip(cue.lines, rows, strict=True):
        speaker = line[0].speaker
        if joined and speaker != before:
            yield joined
            joined = []
        joined = [*joined, _Cell(" ", row[0].look), *row] if joined and row else joined or row
        before = speaker
    yield joined


def _wrap(row: _Row) -> Iterator[_Row]:
    """Break a row into rows as even as can be."""
    text = " ".join("".join(cell.sign for cell in row).split())
    most = wrap(text, COLUMNS)
    columns = len(text) - len(most) + 1  # no row shows the space that it is broken at
    least = -(-columns // max(1, len(most)))
    narrowest = next(
        width for width in range(least, COLUMNS + 1) if len(wrap(text, width)) == len(most)
    )
    cells = iter([cell for cell in row if not cell.sign.isspace()])
    for line in wrap(text, narrowest):
        shown: _Row = []
        for sign in line:
            shown.append(_Cell(" ", shown[-1].look) if sign == " " else next(cells))
        yield shown


def _find_top(place: Place | None, count: int) -> int:
    """Return the first of a caption's rows, from 1."""
    if place is None:
        return ROWS - count + 1
    at = round((place.level - SAFE) / (100 - 2 * SAFE) * ROWS)
    above = {Edge.TOP: 0, Edge.MIDDLE: count // 2, Edge.BOTTOM: count}[place.edge]
    return min(max(at - above + 1, 1), ROWS - count + 1)


def _find_column(place: Place | None, width: int) -> int:
    align = place.align if place else Align.CENTER
    if align in {Align.LEFT, Align.START}:
        return 0
    return COLUMNS - width if align in {Align.RIGHT, Align.END} else (COLUMNS - width) // 2


def _write_row(row: _Row, number: int, column: int) -> Iterator[Group]:
    """Yield a row's words. A change of look is shown as a space, so it takes the place of one."""
    look = _simplify(row[0].look)
    if look == (False, False) or column == 0:
        yield from address(number, column, italic=look[0], underline=look[1])
    else:
        yield from address(number, column - 1)
        yield change_look(italic=look[0], underline=look[1])
    text = ""
    for place, cell in enumerate(row):
        following = row[place + 1] if place + 1 < len(row) else cell
        wanted = _simplify(following.look)
        if cell.sign == " " and wanted != look:
            yield from encode_text(text)
            yield change_look(italic=wanted[0], underline=wanted[1])
            text, look = "", wanted
        else:
            text += cell.sign
    yield from encode_text(text)


def _simplify(look: Look) -> tuple[bool, bool]:
    return look.italic, look.underline


def _schedule(
    loads: Iterable[tuple[TrackCue, list[Group]]], losses: _Losses
) -> Iterator[tuple[int, list[Word]]]:
    """Yield what is sent, and the frame in which its first word goes out."""
    free = 0
    """The first frame in which nothing is sent yet."""
    clear: int | None = None
    """When what is shown has to go."""
    for cue, load in loads:
        start, end = _count_frames(cue.start_ms), _count_frames(cue.end_ms)
        groups, size = load, sum(map(len, load))
        begin = max(free, start - size)
        if clear is not None and start < clear - 1:
            losses.overlapping += 1
        elif clear is not None and clear + 2 <= begin:
            yield clear, list(repeat(ERASE_DISPLAYED))
        elif clear is not None and clear + 2 <= start:
            begin = max(free, start - size - 2)
            groups = _insert(load, clear - begin)
        words = [word for group in groups for word in group]
        shown = begin + len(words)
        yield begin, [*words, *repeat(END_OF_CAPTION)]
        _count_lateness(shown - start, losses)
        free = shown + 2
        clear = max(end, free)
    if clear is not None:
        yield clear, list(repeat(ERASE_DISPLAYED))


def _insert(load: Sequence[Group], offset: int) -> list[Group]:
    """Clear the screen while the next caption is loaded, without parting a code's repetition."""
    places = list(accumulate(map(len, load), initial=0))
    number = min(range(len(places)), key=lambda number: abs(places[number] - offset))
    return [*load[:number], repeat(ERASE_DISPLAYED), *load[number:]]


def _count_lateness(frames: int, losses: _Losses) -> None:
    late_ms = frames * 1001 // 30
    if late_ms > _NOTED_LATE_MS:
        losses.late += 1
        losses.latest_ms = max(losses.latest_ms, late_ms)


def _count_frames(time_ms: int) -> int:
    """Return the frame nearest to a time, at 30000/1001 a second."""
    return round(time_ms * 30 / 1001)


def _write_time(frame: int, *, drop: bool) -> str:
    """Write SMPTE time code; drop frame leaves out two numbers a minute, but for every tenth."""
    if drop:
        tens, rest = divmod(frame, 17_982)
        frame += 18 * tens + 2 * max(0, (rest - 2) // 1798)
    seconds, frames = divmod(frame, 30)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{';' if drop else ':'}{frames:02}"


def _note(losses: _Losses) -> Iterator[Notice]:
    if losses.signs:
        shown = ", ".join(
            f"“{tame(sign)}” ({f'as “{substitute(sign)}”' if substitute(sign) else 'left out'})"
            for sign in list(losses.signs)[:_SHOWN]
        )
        more = " and more" if len(losses.signs) > _SHOWN else ""
        yield Notice(None, f"SCC has no code for {shown}{more}, {losses.signs.total()} in all.")
    for count, what in (
        (losses.rewrapped, "were wider than SCC's 32 columns and are broken anew"),
        (losses.cut, "have more than SCC's 15 rows; the rest is left out"),
        (losses.overlapping, "come while another stands, and take its place at once"),
        (
            losses.late,
            f"come up to {losses.latest_ms / 1000:.1f} s late: SCC loads two letters a frame",
        ),
    ):
        if count:
            yield Notice(None, f"Cues that {what}: {count}.")
