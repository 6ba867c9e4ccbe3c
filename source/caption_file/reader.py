"""A caption file into cues, whatever its format and encoding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..errors import UnreadableSource
from ..text_file import TextFile, load_text
from .model import CaptionFile, Fault, FileFormat
from .subrip import SUBRIP, parse_subrip
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
    faults = (*_judge_encoding(source, file.format), *file.faults)
    return replace(file, faults=faults)


def _judge_encoding(source: TextFile, form: FileFormat) -> Iterator[Fault]:
    section = FILE_STRUCTURE if form is FileFormat.WEBVTT else SUBRIP
    if source.doubt:
        yield Fault(source.doubt.line or 1, None, "encoding", source.doubt.message, section)
    elif form is FileFormat.WEBVTT and source.encoding != "utf-8":
        message = f"The file is {source.encoding.upper()}, which players take for UTF-8."
        yield Fault(1, None, "encoding", message, section)


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
