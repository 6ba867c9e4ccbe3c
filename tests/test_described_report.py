"""What a build says of its descriptions: true reasons, and what the author should look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from test_placement import describe, time_words
from vivavoz.audio import Stretch
from vivavoz.audio.describe.gap import Gap
from vivavoz.audio.describe.placement import place_descriptions
from vivavoz.audio.describe.repetition import find_repetitions
from vivavoz.audio.describe.subject import Subject
from vivavoz.scripts.described import Described, Mixed
from vivavoz.source import Picture, TimedPart


def report(
    subjects: Sequence[Subject],
    gaps: Sequence[Gap],
    pictures: Sequence[Picture] = (),
    doubted: Sequence[Stretch] = (),
) -> Described:
    """Place the subjects in a talk of a minute; `pictures` are in its transcript only."""
    talk = time_words([(50_000, 60_000)], 60_000)
    places = [subject.place for subject in subjects]
    interview = replace(talk.interview, parts=(*(place.picture for place in places), *pictures))
    parts = tuple(TimedPart(place.picture, place.earliest_ms, place.latest_ms) for place in places)
    return Described(
        narrator="espeak:en-us",
        timeline=replace(talk, interview=interview, parts=parts),
        placements=place_descriptions(subjects, gaps),
        extensions=(),
        gaps=gaps,
        mixed=Mixed(-20.0, -3.0),
        doubted=doubted,
    )


def explain(subject: Subject, *gaps: tuple[int, int]) -> tuple[str, str]:
    told = report([subject], [Gap(*gap, 1.0) for gap in gaps]).describe()
    (one,) = told["descriptions"]  # pyright: ignore[reportGeneralTypeIssues]
    return one["step"], one["why"]


def test_each_step_has_its_reason() -> None:
    # 16 words take 6.0 s at 160 words a minute and 4.8 s at 200.
    assert explain(describe(0, 9_000, 16), (0, 9_000)) == (
        "usual",
        "It takes 6.0 s; at its place there is room for 8.6 s.",
    )
    assert explain(describe(0, 5_800, 16), (0, 5_800)) == (
        "faster",
        "At the usual pace it takes 6.0 s; at its place there is room for 5.4 s.",
    )
    assert explain(describe(0, 5_000, 16, short=4), (0, 5_000)) == (
        "short",
        "The whole text takes at least 4.8 s; at its place there is room for 4.6 s.",
    )
    step, why = explain(describe(0, 5_000, 16), (0, 5_000), (9_000, 30_000))
    assert step == "neighbour"
    assert why.startswith("It takes at least 4.8 s; at its place there is room for 4.6 s. ")
    assert why.endswith("This silence is 4.2 s away.")
    assert explain(describe(0, 5_000, 16), (0, 5_000)) == (
        "omitted",
        "It takes at least 4.8 s; the silences near it have room for 4.6 s at most.",
    )
    assert explain(describe(0, 5_000, 16)) == (
        "omitted",
        "It takes at least 4.8 s; there is no silence of 1.5 s near it.",
    )


def test_a_shared_silence_is_called_shared() -> None:
    subjects = [describe(0, 9_000, 16, line=line) for line in (1, 2)]
    told = report(subjects, [Gap(0, 9_000, 1.0)]).describe()
    reasons = [one["why"] for one in told["descriptions"]]  # pyright: ignore[reportGeneralTypeIssues]
    assert any("some of which the descriptions around it need" in reason for reason in reasons)


def list_messages(described: Described) -> list[tuple[int | None, str]]:
    return [(notice.line, notice.message) for notice in described.note()]


def test_a_description_where_somebody_may_speak_is_to_be_listened_to() -> None:
    subject, gap = describe(10_000, 20_000, 5), Gap(10_000, 20_000, 1.0)
    doubted = report([subject], [gap], doubted=[Stretch(11_000, 12_000)])
    ((line, message),) = list_messages(doubted)
    assert line is None
    assert message.startswith("Listen to the description at 00:10:")
    assert list_messages(report([subject], [gap], doubted=[Stretch(15_000, 16_000)])) == []


def test_pictures_of_what_was_cut_are_named_once() -> None:
    pictures = [Picture("A red door", 7), Picture("A blue wall", 9)]
    ((line, message),) = list_messages(report([], [], pictures))
    assert line == 7
    assert message.endswith("(line 7, 9).")


@pytest.mark.parametrize(
    ("before", "text", "repeats"),
    [
        ("A scene from the film.", "A scene from the film", True),
        ("An old scene from the film.", "A scene from the film.", False),
        ("A wall, and a scene from the film.", "A scene from the film.", True),
        ("A red door and a blue wall.", "A blue door.", False),
        ("🙂", "🙃", False),
        ("🙂", "🙂", True),
    ],
)
def test_only_the_same_words_again_are_a_repetition(before: str, text: str, repeats: bool) -> None:  # noqa: FBT001
    found = list(find_repetitions([Picture(before, 1), Picture(text, 2)]))
    assert bool(found) == repeats
