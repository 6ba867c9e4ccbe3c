"""Labels that a person changed in captions: whom they name speaks, until the next label."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from .pairing import Pairing
from .rewriting import ShownCue
from .tracing import trace_voices

_DASHES = r"[-–—>]*\s?"


class _Turn(NamedTuple):
    """Words whose label was changed."""

    was: str
    """Who said them; nobody where they are new, or were a sound."""
    now: str


@dataclass(frozen=True, slots=True)
class _Labels:
    """How a file shows who speaks."""

    form: re.Pattern[str]
    capitals: bool
    """Whether these, and what follows them, are all that tells a label from other words."""
    known: frozenset[str]
    """All who speak."""

    def read(self, line: str) -> str:
        """Return the name in a line's label, if it has one."""
        name = found[1] if (found := self.form.match(line)) else ""
        return "" if self.capitals and name != name.upper() else name

    def find_speaker(self, name: str, own: str) -> str:
        """Return whom a name stands for: as check has it, a word of the name is enough."""
        if same := [voice for voice in self.known if voice.casefold() == name.casefold()]:
            return min(same)
        words = _list_words(name)
        kin = {voice for voice in self.known if words and words <= _list_words(voice)}
        if own in kin:
            return own
        return kin.pop() if len(kin) == 1 else ""

    def find_standing(self, built: Sequence[ShownCue]) -> set[str]:
        """Return the names in the labels that were built; what only looks like one is none."""
        return {
            name
            for cue in built
            for line, voice in zip(cue.lines, cue.voices, strict=True)
            if (name := self.read(line)) and _list_words(name) <= _list_words(voice)
        }


def name_by_labels(
    before: Sequence[ShownCue], after: Sequence[ShownCue], pairings: Iterable[Pairing]
) -> list[ShownCue]:
    """Give words to whom their label names, where it was changed and nothing else says who speaks.

    As for viewers, it holds for the words behind it, up to where another label stands or stood.
    """
    named = list(after)
    labels = _learn_labels(before)
    if labels is None:
        return named
    turn: _Turn | None = None
    for pairing in pairings:
        built = before[pairing.first : pairing.stop]
        left = after[pairing.edited_first : pairing.edited_stop]
        same = pairing.is_single and built[0].look == left[0].look
        if same and turn is None:
            continue
        lined = same and len(built[0].lines) == len(left[0].lines)
        owns = [built[0].voices] if lined else trace_voices(built, left)
        for number, own in enumerate(owns, pairing.edited_first):
            said, turn = _name_lines(labels, built, named[number], own, turn)
            if said:
                named[number] = replace(named[number], voices=said)
        if turn and not turn.was:
            turn = None
    return named


def _name_lines(
    labels: _Labels,
    built: Sequence[ShownCue],
    cue: ShownCue,
    owns: Sequence[str],
    turn: _Turn | None,
) -> tuple[tuple[str, ...], _Turn | None]:
    """Return who says each line of a cue, if a label says otherwise, and what holds behind it."""
    standing = labels.find_standing(built)
    words = " ".join(line for each in built for line in each.lines)
    said = [voice or own for voice, own in zip(cue.voices, owns, strict=True)]
    named = False
    for row, (line, voice, own) in enumerate(zip(cue.lines, cue.voices, owns, strict=True)):
        told = voice not in {"", own}  # by more than a label
        name = labels.read(line)
        if told or name in standing or (turn and own not in {"", turn.was}):
            turn = None
        elif name:
            speaker = labels.find_speaker(name, own)
            # Sounds look the same, and have no capital; and so may words whose label is gone.
            if not speaker and standing and name not in words and not name[0].islower():
                speaker = name
            if speaker:
                turn = None if speaker == own else _Turn(own, speaker)
        if turn and own == turn.was:
            said[row], named = turn.now, True
    return tuple(said) if named else (), turn


def _learn_labels(cues: Sequence[ShownCue]) -> _Labels | None:
    """Learn what labels look like from those that were built; None where there are none."""
    found = Counter(_find_forms(cues)).most_common(1)
    if not found:
        return None
    before, after, capitals = found[0][0]
    signs = re.escape("".join({*before, *after} - {" "}))
    name = rf"([^\s{signs}](?:[^{signs}]*[^\s{signs}])?)"
    form = re.compile(rf"{_DASHES}{re.escape(before)}{name}{re.escape(after)}(?=\s|$)")
    return _Labels(
        form, capitals, frozenset(voice for cue in cues for voice in cue.voices if voice)
    )


def _find_forms(cues: Sequence[ShownCue]) -> Iterator[tuple[str, str, bool]]:
    """Yield what stands before each name, what behind it, and whether only capitals tell it."""
    latest = ""
    for cue in cues:
        for line, voice in zip(cue.lines, cue.voices, strict=True):
            if voice and voice != latest:
                pattern = rf"{_DASHES}(\W*)({re.escape(voice)})([^\w\s]*)(?=\s|$)"
                found = re.match(pattern, line, re.IGNORECASE)
                if found and (found[1] or found[3]):
                    yield found[1], found[3], found[2].isupper() and not found[1]
            latest = voice or latest


def _list_words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.casefold()))
