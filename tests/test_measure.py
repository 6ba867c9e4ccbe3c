"""Columns on the screen, and words that are too wide for a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vivavoz.captions.measure import measure_columns, shorten, split_columns, wrap
from wcwidth import wcswidth


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("hello", 5),
        ("José", 4),
        ("Jose\u0301", 4),
        ("日本語", 6),
        ("שלום", 4),
        ("👩‍👩‍👧‍👦", 2),
        ("a\x07b", 2),
        ("", 0),
    ],
)
def test_a_column_is_the_width_of_a_latin_letter(text: str, columns: int) -> None:
    assert measure_columns(text) == columns


@given(st.text(max_size=300), st.integers(2, 42))
def test_pieces_fit_and_nothing_is_added_or_lost(text: str, limit: int) -> None:
    pieces = split_columns(text, limit)
    assert "".join(pieces) == text
    assert all(measure_columns(piece) <= limit for piece in pieces)


def test_a_word_of_5000_letters_is_parted_evenly() -> None:
    pieces = split_columns("x" * 5000, 42)
    assert [len(piece) for piece in pieces] == [42] * 119 + [2]


def test_no_character_that_a_reader_perceives_is_cut() -> None:
    family = "👩‍👩‍👧‍👦"
    assert split_columns(family * 30, 42) == [family * 21, family * 9]
    assert split_columns("e\u0301" * 50, 42) == ["e\u0301" * 42, "e\u0301" * 8]


@given(st.text(max_size=200), st.integers(4, 60))
def test_what_is_shortened_fits(text: str, limit: int) -> None:
    assert measure_columns(shorten(text, limit)) <= limit


def test_a_text_is_shortened_at_a_word() -> None:
    assert shorten("What was it like to see the Earth", 20) == "What was it like to…"
    assert shorten("Short enough", 20) == "Short enough"


@given(st.text(max_size=300))
def test_wrapped_lines_hold_every_word(text: str) -> None:
    lines = wrap(text, 30)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(wcswidth(line) <= 30 for line in lines)
