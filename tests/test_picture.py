"""Pictures in a transcript: how they are found, and the two forms of a description."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from told import list_kinds
from vivavoz.source import Picture, read_interview

Write = Callable[..., Path]


def test_a_picture_without_a_description_is_reported(write: Write) -> None:
    interview = read_interview(write("![](line.png)\n\n**Ann:** Hi.\n\n**Ben:** Yo.\n"), "en")
    assert list_kinds(interview) == ["Turn", "Turn"]
    assert "line.png" in interview.notices[0].message


def test_inline_pictures_keep_their_files(write: Write) -> None:
    path = write("**Ann:** Look ![A door](my\\_door.png) there.\n\n**Ben:** I see.\n", "talk.md")
    interview = read_interview(path)
    assert list_kinds(interview) == ["Turn", "Picture", "Turn", "Turn"]
    assert interview.parts[1] == Picture("A door", 1, None, "my_door.png")


@pytest.mark.parametrize(
    "line",
    [
        "Photo: A red door",
        "Image: A red door",
        "[Picture: A red door]",
        "(Photo: A red door)",
        "Imagen: A red door",
        "[Foto: A red door]",
        "![A red door](door.png)",
    ],
)
def test_labelled_pictures(write: Write, line: str) -> None:
    interview = read_interview(write(f"Anna: One.\n\n{line}\nBen: Two.\n\nAnna: Three.\n"))
    assert list_kinds(interview) == ["Turn", "Picture", "Turn", "Turn"]
    assert interview.parts[1].text == "A red door"


@pytest.mark.parametrize(
    "line",
    [
        "An image of a red door.",
        "A scene from the film, with a sign: “Stop. Go back.”",
        "A black-and-white portrait of Ana",
        "Una escena de la película",
        "Una imagen de una puerta.",
        "Close-up of a hand",
    ],
)
def test_pictures_by_how_they_begin(write: Write, line: str) -> None:
    interview = read_interview(write(f"Anna: One?\n\n{line}\nBen: Two.\n\nAnna: Three?\n"))
    assert list_kinds(interview) == ["Turn", "Picture", "Turn", "Turn"]
    assert interview.parts[1].text == line


def test_what_only_begins_like_a_picture_is_speech(write: Write) -> None:
    interview = read_interview(
        write(
            "Anna: One.\n\nThe best scene of my life was there. I wept.\n\nBen: A photo of what?\n"
        )
    )
    assert list_kinds(interview) == ["Turn", "Turn"]


@pytest.mark.parametrize(
    "line",
    [
        "[Picture: A red door with a brass knocker | A red door]",
        "Photo: A red door with a brass knocker | A red door",
        "![A red door with a brass knocker | A red door](door.png)",
    ],
)
def test_a_shorter_form_stands_behind_a_bar(write: Write, line: str) -> None:
    interview = read_interview(write(f"Anna: One.\n\n{line}\n\nBen: Two.\n"))
    picture = interview.parts[1]
    assert isinstance(picture, Picture)
    assert picture.text == "A red door with a brass knocker"
    assert picture.short == "A red door"


@pytest.mark.parametrize("text", ["A door | ", "A | B | C", "Plan A|B", "| A door"])
def test_other_bars_are_text(write: Write, text: str) -> None:
    interview = read_interview(write(f"Anna: One.\n\n[Picture: {text}]\n\nBen: Two.\n"))
    picture = interview.parts[1]
    assert isinstance(picture, Picture)
    assert (picture.text, picture.short) == (text.strip(), None)
