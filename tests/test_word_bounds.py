"""Word documents that are none, damaged, protected, or made to do harm: one sentence each."""

from __future__ import annotations

import random
import struct
import time
import tracemalloc
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vivavoz.source import UnreadableSource, read_interview
from word_documents import list_parts, pack, relate, run, say, wrap

TALK = say("Anna: Hello there.") + say("Ben: Good morning.") + say("Anna: Why a lighthouse?")
PARTS = list_parts(TALK)
DOCUMENT = "word/document.xml"
OLD = b"\xd0\xcf\x11\xe0" + b"\0" * 600
LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {here} "{f"&{there};" * 10}">'
    for there, here in zip("abcdefghi", "bcdefghij", strict=True)
)


def refuse(path: Path) -> str:
    """Return the sentence with which a file is refused, quickly."""
    start = time.perf_counter()
    with pytest.raises(UnreadableSource) as caught:
        read_interview(path, "en")
    assert time.perf_counter() - start < 5
    assert caught.value.file == str(path)
    assert "\n" not in caught.value.message
    return caught.value.message


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"content.xml": "x", "mimetype": "application/vnd.oasis.opendocument.text"}, "OpenDoc"),
        ({"xl/workbook.xml": "x"}, "spreadsheet"),
        ({"ppt/presentation.xml": "x"}, "presentation"),
        ({"META-INF/container.xml": "x"}, "e-book"),
        ({"talk.txt": "Anna: Hi."}, "archive without a Word document"),
        (
            {
                "_rels/.rels": relate(("officeDocument", "xl/workbook.xml")),
                "xl/workbook.xml": "<w/>",
            },
            "spreadsheet",
        ),
        ({**PARTS, DOCUMENT: "<html/>"}, "archive without a Word document"),
        ({**PARTS, DOCUMENT: "<document/>"}, "no text"),
        ({**PARTS, DOCUMENT: "<document><body>"}, "damaged"),
        ({**PARTS, DOCUMENT: b"\xff\xfe<"}, "damaged"),
        ({**PARTS, DOCUMENT: '<?xml version="1.0" encoding="klingon"?><document/>'}, "damaged"),
        ({**PARTS, DOCUMENT: '<?xml version="1.0" encoding="shift_jis"?><document/>'}, "damaged"),
        (list_parts(""), "blank"),
        (list_parts(say(" ")), "blank"),
    ],
)
def test_what_is_no_word_document_is_refused(
    tmp_path: Path, parts: dict[str, str | bytes], sentence: str
) -> None:
    assert sentence in refuse(pack(tmp_path / "talk.docx", parts))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (OLD, "old Word document"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x05\x06" + b"\0" * 18, "empty archive"),
        (b"PK\x03\x04rest", "damaged"),
    ],
)
def test_old_protected_and_empty_files_are_named(
    tmp_path: Path, data: bytes, sentence: str
) -> None:
    path = tmp_path / "talk.docx"
    path.write_bytes(data)
    assert sentence in refuse(path)


def test_an_encrypted_part_is_not_asked_for_a_password(tmp_path: Path) -> None:
    path = pack(tmp_path / "talk.docx", PARTS)
    data = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            data[place + flags] |= 1
            place = data.find(signature, place + 1)
    path.write_bytes(data)
    assert "without a password" in refuse(path)


def test_a_compression_that_word_never_uses_is_refused(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "talk.docx", "w", ZIP_BZIP2) as archive:
        for name, content in PARTS.items():
            archive.writestr(name, content)
    assert "compressed" in refuse(tmp_path / "talk.docx")


@pytest.mark.parametrize(
    "document",
    [
        f"{LAUGHS}]><document><body><p><r><t>&j;</t></r></p></body></document>",
        f'{LAUGHS}]><document><body x="&j;"/></document>',
        '<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/hostname">]><document><t>&f;</t></document>',
        '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/d.dtd"><document><body/></document>',
    ],
)
def test_documents_that_declare_entities_are_refused(tmp_path: Path, document: str) -> None:
    for encoding in ("utf-8", "utf-16"):
        parts = {**PARTS, DOCUMENT: document.encode(encoding)}
        assert "document type" in refuse(pack(tmp_path / "talk.docx", parts))


def test_what_lies_outside_the_document_is_never_looked_up(tmp_path: Path) -> None:
    (tmp_path / "header.xml").write_text(wrap("hdr", say("secret " * 20)), encoding="utf-8")
    for target in ("../../header.xml", "file:///etc/passwd", "NULL", "#top", "/", ""):
        relations = relate(("header", target), ("styles", target), outside="http://127.0.0.1:9/x")
        parts = {**PARTS, "word/_rels/document.xml.rels": relations}
        interview = read_interview(pack(tmp_path / "talk.docx", parts), "en")
        assert len([*interview.turns()]) == 3
        assert interview.notices == ()


def test_macros_pictures_and_embedded_files_are_never_opened(tmp_path: Path) -> None:
    parts = {**PARTS, "word/vbaProject.bin": "x", "word/media/a.png": "x" * 999}
    path = pack(tmp_path / "talk.docm", parts)
    data = path.read_bytes().replace(b"xxx", b"yyy")  # their checksums are wrong now
    path.write_bytes(data)
    assert len([*read_interview(path, "en").turns()]) == 3


@pytest.mark.parametrize(
    "inside",
    [
        "<w:p>" * 300 + "</w:p>" * 300,
        "<w:p><w:r>" + "<w:ins>" * 100_000,
        "<w:tbl><w:tr><w:tc>" * 70 + say("deep") + "</w:tc></w:tr></w:tbl>" * 70,
    ],
)
def test_nesting_is_bounded(tmp_path: Path, inside: str) -> None:
    assert "nested too deeply" in refuse(pack(tmp_path / "talk.docx", list_parts(inside)))


def test_nesting_within_bounds_is_read(tmp_path: Path) -> None:
    inside = "<w:tbl><w:tr><w:tc>" * 60 + TALK + "</w:tc></w:tr></w:tbl>" * 60
    assert len([*read_interview(pack(tmp_path / "talk.docx", list_parts(inside))).turns()]) == 3


def test_styles_that_are_based_on_each_other_end_somewhere(tmp_path: Path) -> None:
    styles = "".join(
        f'<w:style w:styleId="s{number}"><w:basedOn w:val="s{(number + 1) % 5000}"/></w:style>'
        for number in range(5000)
    )
    body = say("Anna: Hi.", '<w:pPr><w:pStyle w:val="s0"/></w:pPr>') + TALK
    assert read_interview(pack(tmp_path / "talk.docx", list_parts(body, styles=styles)), "en").parts


def make_bombs(folder: Path) -> None:
    """Write documents of a few hundred kilobytes that would unfold to fill the memory."""
    with ZipFile(folder / "zeros.docx", "w", ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", PARTS["_rels/.rels"])
        with archive.open(DOCUMENT, "w", force_zip64=True) as stream:
            for _ in range(300):
                stream.write(b" " * 2**20)
    lie = (folder / "zeros.docx").read_bytes()
    place = lie.rfind(DOCUMENT.encode()) - 46 + 24  # where the directory states its size
    (folder / "lying.docx").write_bytes(lie[:place] + struct.pack("<I", 999) + lie[place + 4 :])
    pack(folder / "elements.docx", list_parts("<w:p/>" * 5_000_000))
    pack(folder / "attributes.docx", list_parts("<w:p " + 'a="" ' * 5_000_000 + "/>"))
    headers = {f"word/h{number}.xml": wrap("hdr", " " * 2**20) for number in range(80)}
    relations = relate(*(("header", f"h{number}.xml") for number in range(80)))
    pack(
        folder / "headers.docx",
        {**PARTS, **headers, "word/_rels/document.xml.rels": relations},
    )
    with ZipFile(folder / "parts.docx", "w") as archive:
        for number in range(12_000):
            archive.writestr(f"{number:0200}", b"")
    end = pack(folder / "parts64.docx", PARTS).read_bytes()
    (folder / "parts64.docx").write_bytes(end[:-22] + b"PK\x06\x07" + b"\0" * 16 + end[-22:])


def test_bombs_are_refused_in_little_memory(tmp_path: Path) -> None:
    make_bombs(tmp_path)
    for path in sorted(tmp_path.iterdir()):
        tracemalloc.start()
        sentence = refuse(path)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert "too large or too intricate" in sentence or path.stem == "lying", path.stem
        assert most < 150 * 2**20, path.stem


def test_a_part_that_unpacks_to_more_than_it_states_is_refused(tmp_path: Path) -> None:
    path = pack(tmp_path / "talk.docx", PARTS)
    data = bytearray(path.read_bytes())
    place = data.rfind(DOCUMENT.encode()) - 46 + 24
    data[place : place + 4] = struct.pack("<I", 9)
    path.write_bytes(data)
    assert "damaged" in refuse(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), times=st.integers(1, 12))
def test_damaged_documents_are_read_or_refused(tmp_path: Path, seed: int, times: int) -> None:
    path = tmp_path / "talk.docx"
    pack(path, list_parts(TALK + f"<w:p>{run('Ben: Yes.', '<w:b/>')}</w:p>", styles="<w:style/>"))
    chance = random.Random(seed)  # noqa: S311
    data = bytearray(path.read_bytes())
    for _ in range(times):
        place = chance.randrange(4, len(data))
        if chance.random() < 0.2:
            del data[place : place + chance.randrange(1, 90)]
        else:
            data[place] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))
    path.write_bytes(data)
    try:
        read_interview(path, "en")
    except UnreadableSource as error:
        assert error.file == str(path)  # noqa: PT017 - either outcome is right
