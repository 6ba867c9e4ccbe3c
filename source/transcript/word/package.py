"""A Word document's file, which is a zip archive of XML parts, opened within bounds.

After ECMA-376, part 2 (Open Packaging Conventions): parts name each other in `.rels` parts. Only
the parts that hold words are unpacked; pictures, fonts, macros and embedded files never are, and
nothing outside the file is ever looked up. Namespaces are taken off, for the two that Word writes
(transitional and strict) mean the same.
"""

from __future__ import annotations

import os
import posixpath
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ...errors import UnreadableSource

_MOST_BYTES = 64 * 2**20
"""What all parts together may unpack to: a hundred hours of talk are 20 MB."""
_MOST_MARKS = 2_000_000
"""Elements and attributes in one part, counted by `<` and `=`: each takes memory."""
_DEEPEST = 200
"""Elements within elements."""
_MOST_DIRECTORY = 2**21
"""Bytes that the archive's list of its parts may take: some ten thousand parts."""
_ENCRYPTED = 1
"""The bit by which an archive says that a part is encrypted."""

_END = re.compile(rb"PK\x05\x06.{8}(?P<length>.{4})", re.DOTALL)
"""The record that ends a zip archive, with the length of the directory before it."""
_LONGEST_END = 2**16 + 22
_END_64 = b"PK\x06\x07"
_END_64_LENGTH = 20

_NOTES = ("footnote", "endnote", "comment")
_FAULTS = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What the standard library raises for a damaged archive."""
_DAMAGED = "The Word document is damaged ({}); open it in Word and save it again."
_TOO_LARGE = (
    "The document is too large or too intricate to be a transcript; copy its text into a new one."
)
_OTHER_KINDS = (
    ("content.xml", "an OpenDocument file; save it as Word (.docx) or as plain text"),
    ("xl/workbook.xml", "a spreadsheet; save the transcript as Word (.docx) or as plain text"),
    ("ppt/presentation.xml", "a presentation; save the transcript as Word (.docx) or plain text"),
    ("meta-inf/container.xml", "an e-book; save the transcript as Word (.docx) or plain text"),
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a document that hold words, or say how they are set."""

    body: Element
    styles: Element | None
    notes: dict[str, Element]
    """`footnote`, `endnote` and `comment` → the part that has them."""
    margins: tuple[Element, ...]
    """Headers and footers."""


def load_parts(path: Path) -> Parts:
    """Open a document. Raises UnreadableSource for all that is no sound Word document."""
    try:
        _check_directory(path)
        with ZipFile(path) as archive:
            return _Package(archive, path).load()
    except _FAULTS as error:
        raise UnreadableSource(_DAMAGED.format("it can't be unpacked"), file=path) from error


def _check_directory(path: Path) -> None:
    """Refuse an archive whose list of parts alone would fill the memory."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _LONGEST_END - _END_64_LENGTH))
        tail = file.read()
    for end in _END.finditer(tail):
        before = tail[max(0, end.start() - _END_64_LENGTH) : end.start()]
        length = int.from_bytes(end["length"], "little")
        if length > _MOST_DIRECTORY or before.startswith(_END_64):
            raise UnreadableSource(_TOO_LARGE, file=path)


class _Package:
    """An open archive, and how much may still be unpacked from it."""

    def __init__(self, archive: ZipFile, path: Path) -> None:
        self._path = path
        self._archive = archive
        self._members = {
            member.filename.replace("\\", "/").lstrip("/").casefold(): member
            for member in archive.infolist()
        }
        self._left = _MOST_BYTES

    def load(self) -> Parts:
        name = next(iter(self._relate("", "officeDocument")), "word/document.xml")
        root = self._read(name)
        if root is None or root.tag != "document":
            self._refuse_kind()
        body = root.find("body")
        if body is None:
            raise self._damaged("it has no text")
        notes = {kind: self._read_related(name, f"{kind}s") for kind in _NOTES}
        margins = (*self._relate(name, "header"), *self._relate(name, "footer"))
        return Parts(
            body,
            self._read_related(name, "styles"),
            {kind: root for kind, root in notes.items() if root is not None},
            tuple(root for margin in margins if (root := self._read(margin)) is not None),
        )

    def _refuse_kind(self) -> NoReturn:
        for name, kind in _OTHER_KINDS:
            if name in self._members:
                raise UnreadableSource(f"This is {kind}.", file=self._path)
        raise UnreadableSource(
            "This is an archive without a Word document in it; unpack it and name the transcript.",
            file=self._path,
        )

    def _relate(self, name: str, kind: str) -> list[str]:
        """List the parts of a kind that a part names, each once; what lies outside is left out."""
        folder, file = posixpath.split(name)
        relations = self._read(posixpath.join(folder, "_rels", f"{file}.rels"))
        return list(dict.fromkeys(_find_targets(relations, folder, kind)))

    def _read_related(self, name: str, kind: str) -> Element | None:
        return next((self._read(target) for target in self._relate(name, kind)), None)

    def _read(self, name: str) -> Element | None:
        member = self._members.get(name.casefold())
        return None if member is None else self._parse(self._unpack(member), name)

    def _damaged(self, reason: str) -> UnreadableSource:
        return UnreadableSource(_DAMAGED.format(reason), file=self._path)

    def _unpack(self, member: ZipInfo) -> bytes:
        if member.flag_bits & _ENCRYPTED:
            raise UnreadableSource(
                "The document is encrypted; save it without a password.", file=self._path
            )
        if member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise self._damaged("it is compressed in a way that Word never does")
        # The size that an archive states for a part may be a lie, so what comes out is counted.
        data = b""
        if member.file_size <= self._left:
            with self._archive.open(member) as stream:
                data = stream.read(self._left + 1)
        if max(member.file_size, len(data)) > self._left:
            raise UnreadableSource(_TOO_LARGE, file=self._path)
        self._left -= len(data)
        return data

    def _parse(self, data: bytes, name: str) -> Element:
        if data.count(b"<") + data.count(b"=") > _MOST_MARKS:
            raise UnreadableSource(_TOO_LARGE, file=self._path)
        parser = XMLParser(target=_Builder())  # noqa: S314 - it refuses document types
        try:
            parser.feed(data)
            return parser.close()
        except (ParseError, LookupError, ValueError) as error:
            raise self._damaged(f"{name}: {error}") from error


class _Builder(TreeBuilder):
    """Builds elements without namespaces, and refuses what no Word document has."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def doctype(self, name: str, pubid: str | None, system: str | None) -> NoReturn:  # noqa: ARG002
        """Refuse a document type: by it XML bombs unfold, and other files would be read."""
        raise ParseError("it declares a document type")

    def start(self, tag: str, attrs: dict[str, str]) -> Element:  # type: ignore[override]
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ParseError("it is nested too deeply")
        plain = {name.rpartition("}")[2]: value for name, value in attrs.items()} if attrs else {}
        return super().start(tag.rpartition("}")[2], plain)

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return super().end(tag)


def _find_targets(relations: Element | None, folder: str, kind: str) -> Iterator[str]:
    for relation in relations if relations is not None else ():
        named = relation.get("Type", "").rpartition("/")[2]
        if named == kind and relation.get("TargetMode") != "External":
            target = posixpath.join("/", folder, relation.get("Target", ""))
            yield posixpath.normpath(target).lstrip("/")
