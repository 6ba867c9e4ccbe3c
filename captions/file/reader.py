"""A caption file into cues, whatever its format and encoding."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from ...source import UnreadableSource, load_text
from .model import CaptionFile, Fault, FileFormat
from .subrip import parse_subrip
from .webvtt_file import FILE_STRUCTURE, SIGNATURE, parse_webvtt

_LINE_END = re.compile(r"\r\n?")
_WANTED = "Vivavoz reads WebVTT and SubRip (SRT) captions"


def read_caption_file(path: str | Path) -> CaptionFile:
    """Read a WebVTT or SubRip file.

    Raises UnreadableSource for what is missing, no text, or has no captions of either format.
    """
    path = Path(path)
    source = load_text(path, _WANTED)
    file = parse_caption_file(source.text, path)
    if file.format is FileFormat.SRT or source.encoding in {"utf-8", "ascii"}:
        return file
    sentence = f"The file is not UTF-8 but {source.encoding}; players take it for UTF-8."
    fault = Fault(1, None, "encoding", sentence, FILE_STRUCTURE)
    return replace(file, faults=(fault, *file.faults))


def parse_caption_file(text: str, path: Path) -> CaptionFile:
    """Read a caption file's text; `path` is its name, whose ending says what a doubtful one is.

    Raises UnreadableSource where there are no captions in it.
    """
    text = _LINE_END.sub("\n", text.removeprefix("\ufeff")).replace("\0", "\ufffd")
    lines = text.split("\n")
    if SIGNATURE.match(text) or (path.suffix.lower() == ".vtt" and "-->" in text):
        return parse_webvtt(lines, path)
    if "-->" in text:
        return parse_subrip(lines, path)
    raise UnreadableSource(
        "There are no captions in this file: no line has times such as "
        f"00:00:01.000 --> 00:00:03.500. {_WANTED}.",
        file=path,
    )
