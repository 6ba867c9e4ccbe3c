"""Any caption file that is read here, as a track."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..errors import UnreadableSource
from ..interview import Notice
from ..text_file import load_text
from ..track import Track, TrackCue
from .model import CaptionFile, FileFormat
from .reader import parse_caption_file
from .stylesheet import find_voices

WANTED = "Vivavoz converts WebVTT, SubRip (SRT), TTML (IMSC, EBU-TT-D) and SCC captions"

_XML = re.compile(r"\s*(?:<\?xml\b|<!--|<!DOCTYPE\b|<(?:[\w.-]+:)?tt[\s>])")
_SCC = re.compile(r"\s*Scenarist_SCC V[0-9]")
_RUBY_TEXT = re.compile(r"<rt[.>]")
_UNKEPT = re.compile(r"(?<!\S)(region|vertical):")


def read_track(path: str | Path) -> tuple[Track, list[Notice]]:
    """Read a caption file by its content, and say what of it a track can't hold.

    Raises UnreadableSource for what is missing, no text, or no caption file that is known here.
    """
    path = Path(path)
    source = load_text(path, WANTED)
    track, notices = parse_track(source.text, path)
    return track, [source.doubt, *notices] if source.doubt else notices


def parse_track(text: str, path: Path) -> tuple[Track, list[Notice]]:
    """Read a caption file's text; `path` is its name. Raises UnreadableSource."""
    text = text.removeprefix("\ufeff")
    if _XML.match(text):
        from .ttml_file import parse_ttml  # noqa: PLC0415 - only where it is met

        track, notices = parse_ttml(text, path), []
    elif _SCC.match(text):
        from .scc_file import parse_scc  # noqa: PLC0415 - only where it is met

        track, notices = parse_scc(text, path), []
    else:
        file = parse_caption_file(text, path)
        track, notices = to_track(file), [*_note_unkept(file), *_note_ruby(file, text)]
    seen = tuple(_drop_unseen(track.cues))
    dropped = len(track.cues) - len(seen)
    if dropped:
        sentence = f"Cues that nobody sees, without text or with no time: {dropped}; left out."
        notices.append(Notice(None, sentence))
    if not seen:
        raise UnreadableSource("There are no captions in this file.", file=path)
    return (Track(seen, track.language, track.title, track.colours, track.remark), notices)


def _drop_unseen(cues: Iterable[TrackCue]) -> Iterator[TrackCue]:
    return (cue for cue in cues if cue.lines and cue.start_ms < cue.end_ms)


def to_track(file: CaptionFile) -> Track:
    """Return a file's cues as they stand, whatever is wrong with them."""
    cues = (TrackCue(cue.start_ms, cue.end_ms, cue.rows, cue.place) for cue in file.cues)
    return Track(tuple(cues), file.language, colours=tuple(find_voices(file.colours)))


def _note_unkept(file: CaptionFile) -> Iterator[Notice]:
    lines = [cue.line for cue in file.cues if cue.settings and _UNKEPT.search(cue.settings)]
    if lines:
        sentence = (
            f"Regions and vertical lines are not kept. Cues that stand elsewhere: {len(lines)}."
        )
        yield Notice(lines[0], sentence)
    if file.faults:
        sentence = (
            f"The file breaks rules of its format: {len(file.faults)}, the first here; what "
            "players show was taken. `vivavoz check` lists all."
        )
        yield Notice(file.faults[0].line, sentence)


def _note_ruby(file: CaptionFile, text: str) -> Iterator[Notice]:
    readings = len(_RUBY_TEXT.findall(text)) if file.format is FileFormat.WEBVTT else 0
    if readings:
        sentence = f"Readings above letters (ruby) stand in parentheses behind them: {readings}."
        yield Notice(None, sentence)
