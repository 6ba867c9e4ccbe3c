"""Files as they come: encodings, line ends, and what is no transcript."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vivavoz.source import UnreadableSource, read_interview

Write = Callable[..., Path]
TEXT = "José: ¿Qué tal? “Muy bien” — sí.\n\nMaría: Adiós, señor Núñez.\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(write: Write, encoding: str, end: str) -> None:
    interview = read_interview(write(TEXT.replace("\n", end), encoding=encoding))
    assert [(turn.speaker, turn.text, turn.line) for turn in interview.turns()] == [
        ("José", "¿Qué tal? “Muy bien” — sí.", 1),
        ("María", "Adiós, señor Núñez.", 3),
    ]


def test_other_legacy_encodings_are_guessed_and_reported(write: Write) -> None:
    text = (
        "Анна: Здравствуйте, расскажите о вашей работе и о вашей семье.\n\nИван: С радостью.\n" * 3
    )
    interview = read_interview(write(text, encoding="cp1251"), "ru")
    assert [speaker.name for speaker in interview.speakers] == ["Анна", "Иван"]
    assert "was read as" in interview.notices[0].message


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b" \n\t\r\n ", "blank"),
        (codecs.BOM_UTF8, "blank"),
        (bytes(range(256)) * 8, "not a text file"),
        (b"\x00" * 100, "not a text file"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "Word document"),
        (b"{\\rtf1 x}", "rich text"),
        (b"ID3\x03rest", "recording"),
        (b"<!DOCTYPE html><p>Hi</p>", "web page"),
        (b'{"talk": "Hi"}', "JSON is no transcript"),
        (codecs.BOM_UTF16_LE + b"a\x00b", "damaged"),
        (codecs.BOM_UTF8 + b"\xff\xfe\xfd", "damaged"),
    ],
)
def test_what_is_no_transcript_is_refused_in_one_sentence(
    tmp_path: Path, data: bytes, sentence: str
) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    with pytest.raises(UnreadableSource, match=sentence) as caught:
        read_interview(path)
    assert caught.value.exit_code == 3
    assert str(caught.value).startswith(str(path))


def test_a_few_damaged_bytes_are_shown_and_reported(tmp_path: Path) -> None:
    path = tmp_path / "damaged.txt"
    path.write_bytes("José: “Sí, mañana.”\n\nMaría: Bien\n".encode() + b"caf\xff.\n")
    interview = read_interview(path, "es")
    assert next(interview.turns()).text == "“Sí, mañana.”"
    assert interview.notices[0].line == 4


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path / "pipe.txt", Path(os.devnull)):
        with pytest.raises(UnreadableSource, match="pipe or a device"):
            read_interview(path)


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="no such file"):
        read_interview(tmp_path / "missing.txt")
    with pytest.raises(UnreadableSource, match="folder"):
        read_interview(tmp_path)
    with pytest.raises(UnreadableSource):
        read_interview(str(tmp_path / "a\0b.txt"))


def test_escape_codes_never_reach_a_terminal(write: Write) -> None:
    interview = read_interview(write("Anna: \x1b[31mred\x1b[0m \x07bell.\n\nBen: Hi there.\n"))
    assert next(interview.turns()).text == "red bell."
    assert interview.notices[0].message == "Control characters were left out: 3."


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=400)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=400).map(str.encode)
)
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "any.txt"
    path.write_bytes(data)
    try:
        interview = read_interview(path, "en")
    except UnreadableSource as error:
        assert error.file == str(path)  # noqa: PT017 - either outcome is right
    else:
        assert interview.parts or interview.notices
