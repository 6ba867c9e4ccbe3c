"""The hard rules, counted again from the guideline's own numbers and not by the captions' code."""

from __future__ import annotations

from itertools import pairwise
from unicodedata import category

from vivavoz.captions import Captions, Cue
from vivavoz.source import Sound, SpanKind, Turn
from wcwidth import wcswidth


def columns(text: str) -> int:
    """Count columns; control characters take none."""
    return wcswidth("".join(character for character in text if category(character) != "Cc"))


def check_netflix(captions: Captions) -> None:
    """Hold cues against Netflix's rules where the timing is ours: no exceptions."""
    for cue in captions.cues:
        shown_ms = cue.end_ms - cue.start_ms
        assert 1 <= len(cue.lines) <= 2
        assert all(columns(line) <= 42 for line in cue.lines)
        assert all(line == line.strip(" ") and line for line in cue.lines)
        visible = sum(map(columns, cue.lines)) + len(cue.lines) - 1
        assert visible * 1000 <= 20 * shown_ms, cue
        assert 5000 / 6 <= shown_ms <= 7000, cue
    for before, after in pairwise(captions.cues):
        assert after.start_ms - before.end_ms >= 2000 / 24, (before, after)


def check_words(captions: Captions) -> None:
    """Hold cues against the timeline: every character, in order, under its speaker, on time."""
    shown: dict[int, list[Cue]] = {}
    for cue in captions.cues:
        shown.setdefault(cue.part, []).append(cue)
    latest = None
    for index, timed in enumerate(captions.timeline.parts):
        cues = shown.pop(index, [])
        if not isinstance(timed.part, Turn | Sound):
            assert not cues
            continue
        text = "".join("".join(line for cue in cues for line in cue.lines).split())
        if isinstance(timed.part, Turn):
            said = _say(timed.part)
            assert {cue.speaker for cue in cues} == {timed.part.speaker}
            assert text.endswith(said)
            label = text.removesuffix(said)
            assert bool(label) == (timed.part.speaker != latest), label
            latest = timed.part.speaker
        else:
            assert {cue.speaker for cue in cues} == {None}
            assert text == f"[{''.join(timed.part.text.split())}]"
        _check_in_times(cues, [word.start_ms for word in timed.words])
    assert not shown


def _say(turn: Turn) -> str:
    spans = (f"[{s.text}]" if s.kind is SpanKind.SOUND else s.text for s in turn.spans)
    return "".join("".join(spans).split())


def _check_in_times(cues: list[Cue], starts: list[int]) -> None:
    begun: set[int] = set()
    for cue in cues:
        if cue.first_word not in begun:
            assert cue.start_ms == starts[cue.first_word]
        begun.update(range(cue.first_word, cue.last_word + 1))
    assert begun == set(range(len(starts)))
