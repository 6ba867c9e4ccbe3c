"""The hard rules, counted again from the guideline's own numbers and not by the captions' code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from math import ceil, inf
from unicodedata import category

from vivavoz.captions import Captions, Cue, VoiceSpan
from vivavoz.source import Sound, SpanKind, TokenKind, Turn, Word
from wcwidth import wcswidth


def columns(text: str) -> int:
    """Count columns; control characters take none."""
    return wcswidth("".join(character for character in text if category(character) != "Cc"))


@dataclass(frozen=True)
class House:
    """What a guideline says, in its own units."""

    columns: int
    shortest_ms: float
    longest_ms: float
    sound: str = "[{}]"
    inline: str = "[{}]"
    shouts: bool = False
    """Sounds and labels stand in capitals."""
    per_second: float = 0
    """Columns a second, or else …"""
    per_minute: float = 0
    """… words a minute."""
    label_ms: float = 0
    """A label's time, where it does not count as words."""
    gap_ms: float = 0
    small_gap_ms: float = 0

    def write_sound(self, text: str, form: str) -> str:
        """Write a sound in one of the house's forms, without white space."""
        return "".join(form.format(text.upper() if self.shouts else text).split())

    def find_label(self, line: str) -> str:
        """Find a label that has a time of its own; they stand in capitals."""
        found = re.match(r"(?:- )?(.+?):(?= |$)", line) if self.label_ms else None
        return found[0] if found and found[1] == found[1].upper() else ""

    def hurries(self, cue: Cue) -> bool:
        """Tell whether a cue is gone before it is read."""
        shown_ms = cue.end_ms - cue.start_ms
        if self.per_second:
            visible = sum(map(columns, cue.lines)) + len(cue.lines) - 1
            return visible * 1000 > self.per_second * shown_ms
        labels = [label for line in cue.lines if (label := self.find_label(line))]
        words = " ".join(cue.lines)
        for label in labels:
            words = words.replace(label, "", 1)
        count = sum(any(map(str.isalnum, word)) for word in words.split())
        need_ms = count * 60_000 / self.per_minute + self.label_ms * len(labels)
        return need_ms > shown_ms + 1e-6


HOUSES = {
    "netflix": House(
        *(42, 5000 / 6, 7000), per_second=20, gap_ms=2000 / 24, small_gap_ms=11_000 / 24
    ),
    "bbc": House(
        *(37, 1000, 9000, "{}", "({})"),
        shouts=True,
        per_minute=180,
        label_ms=1000,
        small_gap_ms=999,
    ),
    "dcmp": House(32, 2000, 6000, per_minute=160),
}


def check_house(captions: Captions) -> None:
    """Hold cues against a house's rules where the timing is ours: no exceptions."""
    house = HOUSES[captions.style.name]
    _check_lines(captions)
    assert _find_haste(captions) == []
    assert captions.exceptions == ()
    for cue, following in zip_longest(captions.cues, captions.cues[1:]):
        assert cue.end_ms - cue.start_ms <= house.longest_ms
        gap_ms = following.start_ms - cue.end_ms if following else inf
        assert not house.gap_ms + 1 < gap_ms < house.small_gap_ms, cue


def check_recording(captions: Captions) -> None:
    """Hold cues against the rules where real speech decides: each exception is listed, with cause.

    No cue is empty or overlaps another, none bridges a silence of two seconds, and none that is
    hard to read leaves time unused.
    """
    house = HOUSES[captions.style.name]
    cues, duration_ms = captions.cues, captions.timeline.duration_ms
    _check_lines(captions)
    listed = [(found.cue, found.rule) for found in captions.exceptions]
    assert listed == _find_haste(captions)
    hasty = {cue for cue, rule in listed if rule != "gap"}
    due = [*(cue.start_ms for cue in cues[1:]), duration_ms + house.gap_ms]
    for number, (cue, due_ms) in enumerate(zip(cues, due, strict=False)):
        assert 1000 / 24 <= cue.end_ms - cue.start_ms <= house.longest_ms, cue
        assert cue.end_ms <= due_ms
        words = _find_words(captions, cue)
        for before, after in pairwise(words):
            one_sound = {before.token.kind, after.token.kind} == {TokenKind.SOUND}
            assert one_sound or after.start_ms - before.end_ms < 2000, cue
        left_ms = due_ms - house.gap_ms - cue.end_ms
        assert number not in hasty or left_ms < 1, cue
        tight = due_ms - cue.start_ms < 1000 / 24 + house.gap_ms + 2
        assert (number, "gap") not in listed or tight, cue
        latest_ms = cue.start_ms + house.longest_ms
        said_ms, held_ms = (min(words[-1].end_ms + hold, latest_ms) for hold in (0, 500))
        if words[-1].end_ms > latest_ms:  # a word that no cue may be long enough for
            said_ms = min(said_ms, due_ms - house.small_gap_ms - 2)
        # Where holding it would leave only a small gap, it goes as soon as it is said.
        wanted_ms = said_ms if due_ms - held_ms <= house.small_gap_ms else held_ms
        assert left_ms < 1 or cue.end_ms >= wanted_ms, cue


def _find_words(captions: Captions, cue: Cue) -> list[Word]:
    return [
        word
        for span in cue.spans
        for word in captions.timeline.parts[span.part].words[span.first_word : span.last_word + 1]
    ]


def _check_lines(captions: Captions) -> None:
    for cue in captions.cues:
        assert 1 <= len(cue.lines) <= 2
        assert all(columns(line) <= captions.style.line_width for line in cue.lines)
        assert all(line == line.strip(" ") and line for line in cue.lines)
        if len(cue.spans) > 1:
            one, two = cue.spans
            assert one.speaker != two.speaker
            assert len(one.lines) == len(two.lines) == 1
            assert captions.style.dash
            assert all(line.startswith("-") for line in cue.lines)


def _find_haste(captions: Captions) -> list[tuple[int, str]]:
    """Find what is too fast to read, by cue and rule."""
    house = HOUSES[captions.style.name]
    found: list[tuple[int, str]] = []
    due = [*(cue.start_ms for cue in captions.cues[1:]), inf]
    for number, (cue, due_ms) in enumerate(zip(captions.cues, due, strict=False)):
        if house.hurries(cue):
            found.append((number, "reading_speed"))
        if cue.end_ms - cue.start_ms < ceil(house.shortest_ms) - 1:
            found.append((number, "shortest"))
        if due_ms - cue.end_ms < ceil(house.gap_ms) - 1:
            found.append((number, "gap"))
    return found


def check_words(captions: Captions) -> None:
    """Hold cues against the timeline: every character, in order, under its speaker, on time."""
    house = HOUSES[captions.style.name]
    shown: dict[int, list[tuple[Cue, VoiceSpan]]] = {}
    for cue in captions.cues:
        for span in cue.spans:
            shown.setdefault(span.part, []).append((cue, span))
    latest = None
    for index, timed in enumerate(captions.timeline.parts):
        pairs = shown.pop(index, [])
        if not isinstance(timed.part, Turn | Sound):
            assert not pairs
            continue
        text = "".join(_read(cue, span) for cue, span in pairs)
        if isinstance(timed.part, Turn):
            said = _say(timed.part, house)
            assert {span.speaker for _, span in pairs} == {timed.part.speaker}
            assert text.endswith(said)
            label = text.removesuffix(said)
            assert bool(label) == (timed.part.speaker != latest), label
            latest = timed.part.speaker
        else:
            assert {span.speaker for _, span in pairs} == {None}
            assert text == house.write_sound(timed.part.text, house.sound)
        _check_in_times(pairs, [word.start_ms for word in timed.words])
    assert not shown


def _read(cue: Cue, span: VoiceSpan) -> str:
    """Read what a span says without white space, and without the dash of a shared cue."""
    text = "".join("".join(span.lines).split())
    return text[1:] if len(cue.spans) > 1 else text


def _say(turn: Turn, house: House) -> str:
    spans = (
        house.write_sound(span.text, house.inline) if span.kind is SpanKind.SOUND else span.text
        for span in turn.spans
    )
    return "".join("".join(spans).split())


def _check_in_times(pairs: list[tuple[Cue, VoiceSpan]], starts: list[int]) -> None:
    begun: set[int] = set()
    for cue, span in pairs:
        if span.first_word not in begun:
            due_ms = starts[span.first_word]
            assert cue.start_ms <= due_ms if span is not cue.spans[0] else cue.start_ms == due_ms
        begun.update(range(span.first_word, span.last_word + 1))
    assert begun == set(range(len(starts)))
