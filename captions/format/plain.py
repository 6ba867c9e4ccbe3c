"""A transcript as plain text, such as `vivavoz build` reads."""

from __future__ import annotations

from ...source.caption_file.stamp import write_stamp
from ...source.track import Track, Written
from .passage import Passage, PassageKind, Transcript, tell_track
from .wording import Wording, choose_wording


def write_plain_track(track: Track) -> Written:
    """Write captions as a transcript."""
    return Written(write_plain(tell_track(track)))


def write_plain(transcript: Transcript) -> str:
    """Write a transcript; time stamps are hours, minutes and seconds."""
    wording = choose_wording(transcript.language)
    told = [transcript.title or wording.transcript]
    told += [_write_passage(passage, wording) for passage in transcript.passages]
    return "\n\n".join(told) + "\n"


def _write_passage(passage: Passage, wording: Wording) -> str:
    text = "\n\n".join(passage.paragraphs)
    stamp = write_stamp(passage.start_ms).partition(".")[0]
    match passage.kind:
        case PassageKind.SPEECH:
            who = f"{passage.speaker}: " if passage.speaker else ""
            return f"[{stamp}] {who}{text}"
        case PassageKind.SOUND:
            return f"[{text}]"
        case PassageKind.PICTURE:
            return f"[{wording.picture}: {text}]"
        case PassageKind.HEADING:
            return f"## {text}"
        case PassageKind.FRONT:
            return text
