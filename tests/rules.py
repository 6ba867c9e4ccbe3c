"""The hard rules, counted again from the guideline's own numbers and not by the captions' code."""

from __future__ import annotations

from itertools import pairwise
from unicodedata import category

from vivavoz.captions import Captions, Cue
from vivavoz.source import Sound, SpanKind, TokenKind, Turn
from wcwidth import wcswidth


def columns(text: str) -> int:
    """Count columns; control characters take none."""
    return wcswidth("".join(character for character in text if category(character) != "Cc"))


def check_netflix(captions: Captions) -> None:
    """Hold cues against Netflix's rules where the timing is ours: no exceptions."""
    _check_lines(captions)
    assert _find_haste(captions) == []
    assert captions.exceptions == ()
    assert all(cue.end_ms - cue.start_ms <= 7000 for cue in captions.cues)


def check_recording(captions: Captions) -> None:
    """Hold cues against the rules where real speech decides: each exception is listed, with cause.

    No cue is empty or overlaps another, none bridges a silence of two seconds, and none that is
    hard to read leaves time unused.
    """
    cues, duration_ms = captions.cues, captions.timeline.duration_ms
    _check_lines(captions)
    listed = [(found.cue, found.rule) for found in captions.exceptions]
    assert listed == _find_haste(captions)
    hasty = {cue for cue, rule in listed if rule != "gap"}
    due = [*(cue.start_ms for cue in cues[1:]), duration_ms + 2000 / 24]
    for number, (cue, due_ms) in enumerate(zip(cues, due, strict=False)):
        assert 1000 / 24 <= cue.end_ms - cue.start_ms <= 7000, cue
        assert cue.end_ms <= due_ms
        words = captions.timeline.parts[cue.part].words[cue.first_word : cue.last_word + 1]
        for before, after in pairwise(words):
            one_sound = {before.token.kind, after.token.kind} == {TokenKind.SOUND}
            assert one_sound or after.start_ms - before.end_ms < 2000, cue
        left_ms = due_ms - 2000 / 24 - cue.end_ms
        assert number not in hasty or left_ms < 1, cue
        tight = due_ms - cue.start_ms < 3000 / 24 + 2
        assert (number, "gap") not in listed or tight, cue
        held_ms = words[-1].end_ms + 500
        assert left_ms < 1 or cue.end_ms >= min(held_ms, cue.start_ms + 7000), cue


def _check_lines(captions: Captions) -> None:
    for cue in captions.cues:
        assert 1 <= len(cue.lines) <= 2
        assert all(columns(line) <= 42 for line in cue.lines)
        assert all(line == line.strip(" ") and line for line in cue.lines)


def _find_haste(captions: Captions) -> list[tuple[int, str]]:
    """Find what is too fast to read, by cue and rule."""
    found: list[tuple[int, str]] = []
    due = [*(cue.start_ms for cue in captions.cues[1:]), float("inf")]
    for number, (cue, due_ms) in enumerate(zip(captions.cues, due, strict=False)):
        shown_ms = cue.end_ms - cue.start_ms
        visible = sum(map(columns, cue.lines)) + len(cue.lines) - 1
        if visible * 1000 > 20 * shown_ms:
            found.append((number, "reading_speed"))
        if shown_ms < 5000 / 6:
            found.append((number, "shortest"))
        if due_ms - cue.end_ms < 2000 / 24:
            found.append((number, "gap"))
    return found


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
