"""What is promised of every error: it is told in one line, whatever it quotes."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st
from vivavoz.source import UsageError
from vivavoz.source.quotation import quote


@given(st.text())
def test_an_error_is_one_line_that_steers_no_terminal(text: str) -> None:
    told = str(UsageError(f"There is no {quote(text)}.", file=f"{text}.toml", line=3))
    assert told.splitlines() == [told]
    assert not any(character in told for character in "\x1b\x9b\u202e\u2066")


def test_what_is_quoted_is_found_again() -> None:
    assert quote("one\n  two") == "“one two”"
    assert quote("x" * 60) == f"“{'x' * 60}”"
    assert quote("x" * 61) == f"“{'x' * 59}…”"


def test_an_error_comes_back_from_a_worker_as_it_was() -> None:
    error = UsageError("No “\x07”.", file="talk.txt", line=2)
    back = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (str(back), back.file, back.line) == (str(error), "talk.txt", 2)
