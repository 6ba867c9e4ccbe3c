"""The words of an interview, and the editorial policies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vivavoz.source import (
    Interview,
    Role,
    Span,
    SpanKind,
    Speaker,
    TokenKind,
    Turn,
    Wording,
    read_interview,
    word_interview,
)

Write = Callable[..., Path]


def show(wording: Wording, part: int = 0) -> str:
    tokens = wording.parts[part].tokens
    return "".join(
        " " * (token.spaced and number > 0) + token.text for number, token in enumerate(tokens)
    )


@pytest.mark.parametrize(
    ("policy", "shown", "counts"),
    [
        ("unwrap", "I asked questions. She and I knew when.", (3, 0, 1)),
        ("keep", "I asked [questions]. She [sic] [and] I knew [w]hen.", (0, 4, 0)),
        ("drop", "I asked. She I knew hen.", (0, 0, 4)),
    ],
)
def test_editorial_policies(
    write: Write, policy: str, shown: str, counts: tuple[int, int, int]
) -> None:
    path = write("Anna: I asked [questions]. She [sic] [and] I knew [w]hen.\n\nBen: Hi.\n")
    wording = word_interview(read_interview(path), policy)
    assert show(wording) == shown
    assert tuple(wording.editorial[key] for key in ("unwrapped", "kept", "dropped")) == counts


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("The [steam] engine.", "steam"),
        ("When [th]ey came.", ""),
        ("[She] broke [the lamp].", "She the lamp."),
        ("It is [a steam] engine [sic], [“really”].", "a steam “really”."),
        ("He said [—] well.", ""),
        ("We saw [the old] [w]hale.", "the old"),
    ],
)
def test_a_word_is_editorial_where_an_editor_wrote_all_of_it(
    write: Write, said: str, shown: str
) -> None:
    interview = read_interview(write(f"Anna: {said}\n\nBen: Hi.\n"))
    for policy, strip in (("unwrap", ""), ("keep", "[]")):
        tokens = word_interview(interview, policy).parts[0].tokens
        editorial = [token.text for token in tokens if token.editorial]
        bare = ["".join(c for c in text if c not in strip) for text in editorial]
        assert [text for text in bare if text != "sic,"] == shown.split()


def test_sounds_are_tokens_that_nobody_says(write: Write) -> None:
    wording = word_interview(read_interview(write("Anna: Hi [clears throat] you.\n\nBen: Hi.\n")))
    assert [(token.text, token.kind.value) for token in wording.parts[0].tokens] == [
        ("Hi", "speech"),
        ("clears", "sound"),
        ("throat", "sound"),
        ("you.", "speech"),
    ]


def test_each_sound_says_where_it_begins(write: Write) -> None:
    path = write("Anna: Hi [clears throat] [laughs] you.\n\nBen: Hi.\n")
    tokens = word_interview(read_interview(path)).parts[0].tokens
    assert [token.text for token in tokens if token.opens_sound] == ["clears", "laughs"]


def test_time_stamps_pin_the_words_behind_them(write: Write) -> None:
    path = write(
        "[00:01] Anna: One. [00:05] Two.\n\n[00:09] Three.\n\nBen: Four [inaudible 00:12].\n"
    )
    wording = word_interview(read_interview(path))
    pins = [token.pinned_ms for part in wording.parts for token in part.tokens]
    assert pins == [1000, 5000, 9000, None, 12000, None]
    assert [token.opens_paragraph for token in wording.parts[0].tokens] == [False, False, True]


def test_unspaced_scripts_are_split_into_phrases(write: Write) -> None:
    path = write("田中：今日はとても天気がいいですね。\n佐藤：はい、そうですね。\n")
    wording = word_interview(read_interview(path))
    tokens = wording.parts[0].tokens
    assert len(tokens) > 2
    assert "".join(token.text for token in tokens) == "今日はとても天気がいいですね。"
    assert [token.spaced for token in tokens[1:]] == [False] * (len(tokens) - 1)


SPANS = st.lists(
    st.builds(
        Span,
        st.sampled_from([SpanKind.SPEECH, SpanKind.SPEECH, SpanKind.EDITORIAL]),
        st.text(min_size=1, max_size=30),
    ),
    min_size=1,
    max_size=6,
)


@given(spans=SPANS, policy=st.sampled_from(["unwrap", "keep"]))
def test_no_character_of_speech_is_lost(spans: list[Span], policy: str) -> None:
    interview = Interview("t", "ja", (Speaker("A", Role.GUEST),), (Turn("A", tuple(spans), 1),))
    tokens = word_interview(interview, policy).parts[0].tokens
    keep = policy == "keep"
    wanted = "".join(
        f"[{span.text}]" if keep and span.kind is SpanKind.EDITORIAL else span.text
        for span in spans
    )
    assert "".join(token.text for token in tokens) == "".join(wanted.split())
    assert all(token.kind is TokenKind.SPEECH and token.text for token in tokens)


@given(spans=SPANS)
def test_an_editors_letters_are_told_from_a_speakers(spans: list[Span]) -> None:
    interview = Interview("t", "en", (Speaker("A", Role.GUEST),), (Turn("A", tuple(spans), 1),))
    tokens = word_interview(interview, "keep").parts[0].tokens
    written = [
        (character, span.kind is SpanKind.EDITORIAL)
        for span in spans
        for character in (f"[{span.text}]" if span.kind is SpanKind.EDITORIAL else span.text)
        if not character.isspace()
    ]
    for token in tokens:
        here, written = written[: len(token.text)], written[len(token.text) :]
        letters = [editor for character, editor in here if character.isalnum()]
        assert token.editorial == (bool(letters) and all(letters))
