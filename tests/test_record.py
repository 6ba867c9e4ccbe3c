"""What is promised of the record of a build: whatever it holds, it stops no build."""

from __future__ import annotations

from pathlib import Path

import pytest
from vivavoz.scripts.record import NOTHING, read_record


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b'{"format": 2}',
        b'{"told": 3}',
        b'{"told": {"\x80": 1}}',
        b'{"told": {"a": ' + b"[" * 5000 + b"]" * 5000 + b"}}",
    ],
    ids=["empty", "torn", "a list", "a format to come", "another type", "no UTF-8", "nested"],
)
def test_what_is_no_record_remembers_nothing(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "talk.json"
    path.write_bytes(data)
    assert read_record(path) == NOTHING
