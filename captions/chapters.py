"""Chapters: the parts of an interview that a viewer may jump to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from ..source import (
    Heading,
    Role,
    TimedPart,
    Timeline,
    TokenKind,
    Turn,
    join_tokens,
    primary_subtag,
)
from .measure import shorten

TITLE_COLUMNS = 80
MOST_QUESTIONS = 30
"""More chapters than this are no help to find one's way."""
INTRODUCTION_MS = 3000
"""What comes before the first chapter is one of its own if it lasts longer than this."""
INTRODUCTIONS = {"en": "Introduction", "es": "Introducción"}


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of the programme; each ends where the next one starts."""

    start_ms: int
    end_ms: int
    title: str


def find_chapters(timeline: Timeline) -> tuple[Chapter, ...]:
    """Open a chapter at each heading or, where there are none, at each question."""
    marks = list(_find_headings(timeline)) or _thin(
        list(_find_questions(timeline)), timeline.duration_ms
    )
    marks = [mark for mark in marks if mark[0] < timeline.duration_ms]
    if not marks:
        marks = [(0, _one_line(timeline.interview.title))]
    if marks[0][0] > INTRODUCTION_MS:
        language = primary_subtag(timeline.interview.language)
        marks.insert(0, (0, INTRODUCTIONS.get(language, INTRODUCTIONS["en"])))
    marks[0] = (0, marks[0][1])
    edges = [*(start for start, _ in marks), timeline.duration_ms]
    return tuple(
        Chapter(start, end, title)
        for (start, end), (_, title) in zip(pairwise(edges), marks, strict=True)
        if start < end
    )


def _find_headings(timeline: Timeline) -> Iterable[tuple[int, str]]:
    """Headings with nothing between them open one chapter under all their titles."""
    titles: list[str] = []
    start = 0
    for part in timeline.parts:
        if isinstance(part.part, Heading):
            if titles and part.start_ms > start:
                yield start, _one_line(" – ".join(titles))
                titles = []
            start = part.start_ms
            titles.append(part.part.text)
    if titles:
        yield start, _one_line(" – ".join(titles))


def _find_questions(timeline: Timeline) -> Iterable[tuple[int, str]]:
    roles = {speaker.name: speaker.role for speaker in timeline.interview.speakers}
    for part in timeline.parts:
        if isinstance(part.part, Turn) and roles.get(part.part.speaker) is Role.INTERVIEWER:
            question = _last_question(part)
            if question:
                yield part.start_ms, _one_line(question)


def _last_question(part: TimedPart) -> str:
    said = [word.token for word in part.words if word.token.kind is TokenKind.SPEECH]
    text, _ = join_tokens(said)
    head = re.match(r".*[?？؟]+[\"'”’»)]*", text, re.DOTALL)
    if head is None:
        return ""
    return re.split(r"(?<=[.!?…。！？؟])[\"'”’»)]*\s+|(?<=[。！？])(?=.)", head[0])[-1]


def _thin(marks: list[tuple[int, str]], duration_ms: int) -> list[tuple[int, str]]:
    if len(marks) <= MOST_QUESTIONS:
        return marks
    kept = marks[:1]
    for mark in marks[1:]:
        if mark[0] - kept[-1][0] >= duration_ms / MOST_QUESTIONS:
            kept.append(mark)
    return kept


def _one_line(text: str) -> str:
    return shorten(" ".join(text.split()), TITLE_COLUMNS)
