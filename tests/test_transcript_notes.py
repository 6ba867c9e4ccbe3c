"""What stands in a transcript and nobody says: notes, directions, sounds, closing words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from vivavoz.source import Front, Interview, Sound, SpanKind, read_interview, word_interview

Write = Callable[..., Path]


def read_answer(write: Write, answer: str) -> Interview:
    return read_interview(write(f"Ann: How are you?\n\nBen: {answer}\n\nAnn: Oh?\n"), "en")


def list_words(interview: Interview, policy: str = "unwrap") -> str:
    """Write the answer as captions show it, and its sounds in brackets."""
    spans = [part for part in word_interview(interview, policy).parts if part.tokens][1].tokens
    return " ".join(f"[{one.text}]" if one.kind == "sound" else one.text for one in spans)


@pytest.mark.parametrize("dress", ["{}", "*{}*", "_{}_", "**{}**"])
@pytest.mark.parametrize("name", ["talk.txt", "talk.md"])
def test_a_line_in_brackets_is_a_sound_whatever_its_dress(
    write: Write, dress: str, name: str
) -> None:
    line = dress.format("[A van passes.]")
    path = write(f"Ann: How?\n\nBen: Well.\n\n{line}\n\nAnn: And then?\n", name)
    interview = read_interview(path, "en")
    assert [part.text for part in interview.parts if isinstance(part, Sound)] == ["A van passes"]
    assert [(notice.line, notice.message) for notice in interview.notices] == [
        (5, "“A van passes” stands alone in brackets; is it a sound?")
    ]
    assert [turn.text for turn in interview.turns()] == ["How?", "Well.", "And then?"]


def test_known_sounds_in_italics_have_one_pair_of_brackets(write: Write) -> None:
    interview = read_answer(write, "Well. *[laughs]* Yes.\n\n*[applause]*")
    assert [turn.text for turn in interview.turns()][1] == "Well. [laughs] Yes."
    assert [part.text for part in interview.parts if isinstance(part, Sound)] == ["applause"]


@pytest.mark.parametrize("note", ["Names have been changed.", "What she meant by it, who can say?"])
def test_the_warning_about_a_note_says_what_becomes_of_it(write: Write, note: str) -> None:
    interview = read_answer(write, f"Well.\n\n[{note}]")
    assert isinstance(interview.parts[2], Front)
    assert [notice.message for notice in interview.notices] == [
        f"“[{note}]” is read as an editor's note, in no caption; is it one?"
    ]


@pytest.mark.parametrize(
    "note",
    [
        "1996 to 1997, Ed.",
        "1996 to 1997. Ed. note",
        "Ed.: 1996 to 1997",
        "Editor's note: 1996",
        "Editor’s note: 1996",
    ],
)
@pytest.mark.parametrize("policy", ["unwrap", "keep", "drop"])
def test_an_editors_note_is_in_no_caption(write: Write, note: str, policy: str) -> None:
    interview = read_answer(write, f"In '96 [{note}] the roof came down.")
    assert list_words(interview, policy) == "In '96 the roof came down."


@pytest.mark.parametrize(
    "direction",
    ["To the phone", "To Marisa", "Turns to Ann", "Turns to her", "On the phone", "Al teléfono"],
)
def test_a_direction_is_not_spoken_and_is_reported(write: Write, direction: str) -> None:
    interview = read_answer(write, f"My daughter. [{direction}] “Not now!”")
    turn = [*interview.turns()][1]
    assert [(span.kind, span.text) for span in turn.spans][1] == (SpanKind.SOUND, direction)
    assert interview.notices[0].line == 3
    assert f"[{direction}]" in interview.notices[0].message


@pytest.mark.parametrize(
    "words",
    [
        "Yes. [NASA] told me.",
        "Yes. [He] said so.",
        "Yes. [The] American dream.",
        "I went [to the] United States.",
        "Yes. [To the] United States.",
        "Yes. [To my mother] José was all.",
        "I went [to the farm] in May.",
        "Yes. [To be fair,] Ann knew.",
        "My brother [Ed] and the [end] of it.",
        "Ask [my friend Ted.] Well.",
    ],
)
def test_words_put_into_a_sentence_stay_spoken(write: Write, words: str) -> None:
    interview = read_answer(write, words)
    assert list_words(interview) == words.replace("[", "").replace("]", "")
    assert not interview.notices


@pytest.mark.parametrize(
    "line",
    [
        "[End of recording 00:01:50]",
        "[End of interview]",
        "[END]",
        "*[End of the first tape.]*",
        "[Interview ends]",
        "[Fin de la entrevista]",
        "[This conversation has been edited.]",
    ],
)
def test_the_end_of_a_record_is_no_sound(write: Write, line: str) -> None:
    interview = read_answer(write, f"Well.\n\n{line}")
    assert isinstance(interview.parts[2], Front)
    assert "00:01:50" not in interview.parts[2].text
    assert not interview.notices


def test_the_end_of_a_record_in_a_turn_is_not_spoken(write: Write) -> None:
    assert list_words(read_answer(write, "Goodbye. [End of interview 00:01:50]")) == "Goodbye."


TALKS = ["**Why?**\n\nWork.\n\n**And now?**\n\nRest.", "Ann: Why?\n\nBen: Work.\n\nAnn: Oh."]


@pytest.mark.parametrize("talk", TALKS)
@pytest.mark.parametrize(
    ("note", "noted"),
    [
        ("*Her bakery is in Hull. This interview has been edited for length.*", False),
        ("Her bakery is in Hull. This interview has been condensed.", False),
        ("*Her bakery is in Hull.*", True),
        ("*Her bakery is in Hull.*\n\n* * *\n\n*This interview was edited.*\n\n---", True),
    ],
)
def test_a_note_behind_a_rule_at_the_end_is_nobodys(
    write: Write, talk: str, note: str, *, noted: bool
) -> None:
    interview = read_interview(write(f"{talk}\n\n---\n\n{note}\n", "talk.md"), "en")
    turns = [*interview.turns()]
    assert turns == [*interview.parts[: len(turns)]]
    assert "".join(turn.text for turn in turns).endswith(("Rest.", "Oh."))
    assert all(isinstance(part, Front) for part in interview.parts[len(turns) :])
    doubts = [notice.message for notice in interview.notices]
    expected = "“Her bakery is in Hull.” is read as an editor's note, in no caption; is it one?"
    assert doubts == [expected] * noted


@pytest.mark.parametrize(
    ("end", "last"),
    [("**Tell me more.**\n\nWell.", "Well."), ("*Who can say?*", "Who can say?"), ("Oh.", "Oh.")],
)
def test_what_is_said_behind_a_rule_is_said(write: Write, end: str, last: str) -> None:
    interview = read_interview(write(f"{TALKS[0]}\n\n---\n\n{end}\n", "talk.md"), "en")
    assert [*interview.turns()][-1].text.endswith(last)
    assert all(not isinstance(part, Front) for part in interview.parts)
