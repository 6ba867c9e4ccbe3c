"""A text file as people have it: its encoding found, what is no text refused."""

from __future__ import annotations

import codecs
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from .errors import UnreadableSource
from .interview import Notice

ARCHIVE = b"PK\x03\x04"
"""What a zip archive begins with, and so a Word document."""
_MP4 = b"ftyp"
"""Stands behind the length of what it opens, four bytes in."""
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
"""A Word document with a password is put into the container that old ones were made of."""
_HEAD = 16
"""Bytes, among which the signatures are."""
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "is a PDF"),
    (ARCHIVE, "is a Word document or another archive"),
    (b"PK\x05\x06", "is an empty archive"),
    (_OLD_WORD, "is an old Word document (.doc)"),
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
ESCAPE_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\ufffe\uffff]")
LINE_ENDS = re.compile(r"\r\n|[\r\u0085\u2028\u2029]")

_MOST_BYTES = 50_000_000
"""A day of talk takes a thirtieth of this."""

_NULS_OF_UTF16 = 0.2
"""Share of NUL bytes on one side above which a file without a mark is UTF-16."""
_CONTROLS_OF_BINARY = 0.02
_HIGH_OF_WESTERN = 0.25
"""Accented letters are few among a Western text's letters; in other scripts nearly all are."""
_DAMAGED_OF_UTF8 = 0.5
"""A text with twice as many good accents as damaged bytes is UTF-8 that was damaged."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file's text as it stands, line ends and all."""

    text: str
    encoding: str
    """As Python names it; UTF-8 that was mended is still UTF-8."""
    doubt: Notice | None
    """What to look at, where the encoding had to be guessed or the text mended."""


def load_text(path: Path, wanted: str) -> TextFile:
    """Read a text file, whatever its encoding.

    `wanted` says what can be read, for those who bring something else. Raises UnreadableSource for
    what is missing, a folder, empty or no text.
    """
    head = load_head(path, _HEAD)
    if head.startswith(_OLD_WORD) and _PROTECTED in load_bytes(path):
        raise UnreadableSource(
            "This is a document with a password; save it without the password.", file=path
        )
    for signature, sentence in _SIGNATURES:
        if head.startswith(signature, 4 if signature == _MP4 else 0):
            raise UnreadableSource(f"This {sentence}. {wanted}.", file=path)
    file = _decode(load_bytes(path), path)
    if file is None or _is_binary(file.text):
        raise UnreadableSource(f"This is not a text file. {wanted}.", file=path)
    return file


def load_head(path: Path, size: int) -> bytes:
    """Read the bytes that a file begins with.

    Raises UnreadableSource for what is missing, a folder, no file, or empty.
    """
    head = _read(path, size)
    if not head:
        raise UnreadableSource("The file is empty; there is nothing to read.", file=path)
    return head


def load_bytes(path: Path) -> bytes:
    """Read a file as people write it: no device, and no larger than a text can be.

    Raises UnreadableSource.
    """
    data = _read(path, _MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise UnreadableSource(
            f"The file has more than {_MOST_BYTES // 1_000_000} MB, which is far more than a text "
            "has; see that it is the right one, or cut it into parts.",
            file=path,
        )
    return data


def _read(path: Path, size: int) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UnreadableSource("This is a folder; name the files in it.", file=path)
        if not stat.S_ISREG(mode):
            raise UnreadableSource("This is no file but a pipe or a device; save it.", file=path)
        with path.open("rb") as file:
            return file.read(size)
    except FileNotFoundError:
        raise UnreadableSource("There is no such file; check the name.", file=path) from None
    except PermissionError:
        raise UnreadableSource("You are not allowed to read this file.", file=path) from None
    except (OSError, ValueError) as error:
        raise UnreadableSource(f"The file can't be read ({error}).", file=path) from error


def _decode(data: bytes, path: Path) -> TextFile | None:
    """Find the encoding; None where there is none."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _decode_strictly(data, encoding, path)
    if b"\x00" in data:
        encoding = _guess_utf16(data)
        return _decode_strictly(data, encoding, path) if encoding else None
    try:
        return TextFile(data.decode("utf-8"), "utf-8", None)
    except UnicodeDecodeError as error:
        return _repair_utf8(data, error.start) or _guess_legacy(data)


def _decode_strictly(data: bytes, encoding: str, path: Path) -> TextFile:
    try:
        return TextFile(data.decode(encoding), encoding.removesuffix("-sig"), None)
    except UnicodeDecodeError as error:
        raise UnreadableSource(
            f"The file says that it is {encoding.upper().removesuffix('-SIG')} but is damaged "
            f"at byte {error.start}; save it again as UTF-8.",
            file=path,
        ) from None


def _guess_utf16(data: bytes) -> str | None:
    half = max(1, len(data) // 2)
    even, odd = data[::2].count(0) / half, data[1::2].count(0) / half
    if (
        len(data) % 2 == 0
        and max(even, odd) > _NULS_OF_UTF16
        and min(even, odd) < max(even, odd) / 4
    ):
        return "utf-16-be" if even > odd else "utf-16-le"
    return None


def _repair_utf8(data: bytes, start: int) -> TextFile | None:
    """Read what is UTF-8 but for a few bytes, the first at `start`; None where it is not."""
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    accented = sum(character > "\x7f" for character in text) - damaged
    if damaged > _DAMAGED_OF_UTF8 * accented:
        return None
    line = LINE_ENDS.sub("\n", data[:start].decode("utf-8")).count("\n") + 1
    sentence = f"Damaged characters: {damaged}, the first here; “�” is shown for each."
    return TextFile(text, "utf-8", Notice(line, sentence))


def _guess_legacy(data: bytes) -> TextFile | None:
    high = sum(byte > 0x7F for byte in data)  # noqa: PLR2004 - the end of ASCII
    letters = sum(chr(byte).isalpha() for byte in data)
    if high <= _HIGH_OF_WESTERN * max(1, letters):
        try:
            return TextFile(data.decode("cp1252"), "cp1252", _note_encoding("Windows-1252"))
        except UnicodeDecodeError:
            pass
    from charset_normalizer import from_bytes  # noqa: PLC0415 - most files are UTF-8

    best = from_bytes(data).best()
    if best is None:
        return None
    return TextFile(str(best), best.encoding, _note_encoding(best.encoding))


def _note_encoding(encoding: str) -> Notice:
    return Notice(None, f"The file is not UTF-8; it was read as {encoding}. Check the accents.")


def _is_binary(text: str) -> bool:
    controls = len(CONTROLS.findall(ESCAPE_SEQUENCE.sub("", text)))
    return controls > _CONTROLS_OF_BINARY * len(text) + 4
