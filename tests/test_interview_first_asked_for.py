"""The interview that Vivavoz was first asked for is read perfectly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from vivavoz.source import Front, Interview, Picture, Role, Turn, read_interview

HERNANDEZ, MARQUEZ = "José Hernández", "Alejandra Márquez Abella"


@pytest.fixture(scope="module")
def interview(million_miles: Path) -> Interview:
    return read_interview(million_miles)


def test_speakers_have_the_full_names_of_the_front_matter(interview: Interview) -> None:
    assert [(speaker.name, speaker.role) for speaker in interview.speakers] == [
        ("Interviewer", Role.INTERVIEWER),
        (MARQUEZ, Role.GUEST),
        (HERNANDEZ, Role.GUEST),
    ]


def test_every_question_is_the_interviewers_and_every_answer_its_speakers(
    interview: Interview,
) -> None:
    turns = [(turn.line, turn.speaker) for turn in interview.turns()]
    asked = [4, 8, 13, 17, 22, 26, 31, 35, 40]
    assert [line for line, speaker in turns if speaker == "Interviewer"] == asked
    assert [line for line, speaker in turns if speaker == MARQUEZ] == [6, 24, 29, 33]
    assert [line for line, speaker in turns if speaker == HERNANDEZ] == [11, 15, 20, 38, 42]
    assert all(
        turn.text.endswith("?") for turn in interview.turns() if turn.speaker == "Interviewer"
    )


def test_pictures_stand_before_the_answers_that_they_accompany(interview: Interview) -> None:
    pictures = [part for part in interview.parts if isinstance(part, Picture)]
    assert [picture.line for picture in pictures] == [10, 19, 28, 37]
    assert pictures[0].text.startswith("An image of astronaut Jose Hernandez with")
    for picture in pictures:
        following = interview.parts[interview.parts.index(picture) + 1]
        assert isinstance(following, Turn)
        assert following.line == picture.line + 1


def test_front_matter_is_said_by_nobody(interview: Interview) -> None:
    assert [part.line for part in interview.parts if isinstance(part, Front)] == [1, 2]
    assert [type(part) for part in interview.parts[:2]] == [Front, Front]


def test_nothing_is_lost_and_nothing_is_doubtful(interview: Interview, million_miles: Path) -> None:
    transcript = million_miles.read_text(encoding="utf-8")
    transcript = re.sub(r"^(Hernández|Márquez Abella):", "", transcript, flags=re.MULTILINE)
    read = "".join(part.text for part in interview.parts)
    assert "".join(read.split()) == "".join(transcript.split())
    assert interview.notices == ()
    assert interview.language == "en"
