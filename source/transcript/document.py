"""A transcript file as text: its encoding found, what is no transcript refused."""

from __future__ import annotations

import codecs
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from ..errors import UnreadableSource
from ..interview import Notice

_MP4 = b"ftyp"
"""Stands behind the length of what it opens, four bytes in."""
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "is a PDF"),
    (b"PK\x03\x04", "is a Word document or another archive"),
    (b"\xd0\xcf\x11\xe0", "is an old Word document"),
    (b"{\\rtf", "is a rich text document"),
    (b"ID3", "is a sound recording"),
    (b"RIFF", "is a media recording"),
    (b"fLaC", "is a sound recording"),
    (b"OggS", "is a media recording"),
    (b"\x1aE\xdf\xa3", "is a media recording"),
    (_MP4, "is a media recording"),
    (b"\x89PNG", "is an image"),
    (b"\xff\xd8\xff", "is an image"),
)
_MARKUP = re.compile(r"\s*(?:<!doctype html|<html|<\?xml)", re.IGNORECASE)
_CAPTIONS = re.compile(
    r"WEBVTT(?:[ \t][^\n]*)?\n.*?\d\d:\d\d\.\d{3}[ \t]+-->"
    r"|\s*\d+[ \t]*\n\d+:\d\d:\d\d[,.]\d{3}[ \t]+-->",
    re.DOTALL,
)
_ESCAPE_SEQUENCE = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n|[\r\u0085\u2028\u2029]")

_NULS_OF_UTF16 = 0.2
"""Share of NUL bytes on one side above which a file without a mark is UTF-16."""
_CONTROLS_OF_BINARY = 0.02
_HIGH_OF_WESTERN = 0.25
"""Accented letters are few among a Western text's letters; in other scripts nearly all are."""
_DAMAGED_OF_UTF8 = 0.5
"""A text with twice as many good accents as damaged bytes is UTF-8 that was damaged."""
_PLAIN_TEXT = "Vivavoz reads plain text and Markdown: save the transcript as one of them"


@dataclass(frozen=True, slots=True)
class Document:
    """A transcript's lines, without their ends, and what was noticed on the way in."""

    lines: tuple[str, ...]
    notices: tuple[Notice, ...]


def load_document(path: Path) -> Document:
    """Read a transcript file, whatever its encoding and line ends.

    Raises UnreadableSource for what is missing, a folder, empty, blank or no text.
    """
    data = _load_bytes(path)
    for signature, sentence in _SIGNATURES:
        if data.startswith(signature, 4 if signature == _MP4 else 0):
            raise UnreadableSource(f"This {sentence}. {_PLAIN_TEXT}.", file=path)
    text, doubt = _decode(data, path)
    notices = [doubt] if doubt else []
    text = _LINE_ENDS.sub("\n", text)
    if _MARKUP.match(text):
        raise UnreadableSource(f"This is a web page or XML. {_PLAIN_TEXT}.", file=path)
    if _CAPTIONS.match(text):
        raise UnreadableSource(f"This is a caption file already. {_PLAIN_TEXT}.", file=path)
    text, dropped = _drop_controls(text)
    if dropped:
        notices.append(Notice(None, f"Control characters were left out: {dropped}."))
    if not text.strip():
        raise UnreadableSource("The transcript is blank; there is nothing to build.", file=path)
    return Document(tuple(text.split("\n")), tuple(notices))


def _load_bytes(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UnreadableSource(
                "This is a folder; name the transcripts in it, for example with *.txt.", file=path
            )
        if not stat.S_ISREG(mode):
            raise UnreadableSource("This is no file but a pipe or a device; save it.", file=path)
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableSource("There is no such file; check the name.", file=path) from None
    except PermissionError:
        raise UnreadableSource("You are not allowed to read this file.", file=path) from None
    except (OSError, ValueError) as error:
        raise UnreadableSource(f"The file can't be read ({error}).", file=path) from error
    if not data:
        raise UnreadableSource("The file is empty; there is nothing to build.", file=path)
    return data


def _decode(data: bytes, path: Path) -> tuple[str, Notice | None]:
    """Decode to text, with a notice where the encoding had to be guessed."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _decode_strictly(data, encoding, path), None
    if b"\x00" in data:
        return _decode_strictly(data, _guess_utf16(data, path), path), None
    try:
        return _refuse_controls(data.decode("utf-8"), path), None
    except UnicodeDecodeError as error:
        text, doubt = _repair_utf8(data, error.start) or _guess_legacy(data, path)
        return _refuse_controls(text, path), doubt


def _repair_utf8(data: bytes, start: int) -> tuple[str, Notice] | None:
    """Read what is UTF-8 but for a few bytes, the first at `start`; None where it is not."""
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    accented = sum(character > "\x7f" for character in text) - damaged
    if damaged > _DAMAGED_OF_UTF8 * accented:
        return None
    line = _LINE_ENDS.sub("\n", data[:start].decode("utf-8")).count("\n") + 1
    return text, Notice(
        line, f"Damaged characters: {damaged}, the first here; “�” is shown for each."
    )


def _decode_strictly(data: bytes, encoding: str, path: Path) -> str:
    try:
        return _refuse_controls(data.decode(encoding), path)
    except UnicodeDecodeError as error:
        raise UnreadableSource(
            f"The file says that it is {encoding.upper().removesuffix('-SIG')} but is damaged "
            f"at byte {error.start}; save it again as UTF-8.",
            file=path,
        ) from None


def _guess_utf16(data: bytes, path: Path) -> str:
    half = max(1, len(data) // 2)
    even, odd = data[::2].count(0) / half, data[1::2].count(0) / half
    if (
        len(data) % 2 == 0
        and max(even, odd) > _NULS_OF_UTF16
        and min(even, odd) < max(even, odd) / 4
    ):
        return "utf-16-be" if even > odd else "utf-16-le"
    raise _binary(path)


def _guess_legacy(data: bytes, path: Path) -> tuple[str, Notice]:
    high = sum(byte > 0x7F for byte in data)  # noqa: PLR2004 - the end of ASCII
    letters = sum(chr(byte).isalpha() for byte in data)
    if high <= _HIGH_OF_WESTERN * max(1, letters):
        try:
            return data.decode("cp1252"), _note_encoding("Windows-1252")
        except UnicodeDecodeError:
            pass
    from charset_normalizer import from_bytes  # noqa: PLC0415 - most transcripts are UTF-8

    best = from_bytes(data).best()
    if best is None:
        raise _binary(path)
    return str(best), _note_encoding(best.encoding)


def _note_encoding(encoding: str) -> Notice:
    return Notice(None, f"The file is not UTF-8; it was read as {encoding}. Check the accents.")


def _refuse_controls(text: str, path: Path) -> str:
    if len(_CONTROLS.findall(_ESCAPE_SEQUENCE.sub("", text))) > _CONTROLS_OF_BINARY * len(text) + 4:
        raise _binary(path)
    return text


def _binary(path: Path) -> UnreadableSource:
    return UnreadableSource(f"This is not a text file. {_PLAIN_TEXT}.", file=path)


def _drop_controls(text: str) -> tuple[str, int]:
    text, escapes = _ESCAPE_SEQUENCE.subn("", text)
    text, controls = _CONTROLS.subn("", text)
    return text, escapes + controls
