"""The track of picture descriptions: what is to be seen, and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from unicodedata import category

from ..source import Picture, TimedPart, Timeline, join_tokens
from ..source.rate import speech_ms

SHORTEST_MS = 1000


@dataclass(frozen=True, slots=True)
class DescriptionCue:
    """A picture's description and when it is shown; it may be spoken as long."""

    text: str
    start_ms: int
    end_ms: int


def find_descriptions(timeline: Timeline) -> list[DescriptionCue]:
    """Return a cue for each picture that is described, in the order of time.

    One that is spoken has the time and the words of its voice. Any other stands for as long as it
    takes to say; it waits for the one before, and makes room for the next that is spoken.
    """
    pictures = [
        part
        for part in timeline.parts
        if isinstance(part.part, Picture) and _says_something(part.part.text)
    ]
    cues: list[DescriptionCue] = []
    waiting: list[TimedPart] = []
    done_ms = 0
    for part in pictures:
        if part.words:
            cues += _make_room(waiting, done_ms, part.start_ms)
            text, _ = join_tokens([word.token for word in part.words])
            cues.append(DescriptionCue(text, part.start_ms, part.end_ms))
            waiting, done_ms = [], part.end_ms
        else:
            waiting.append(part)
    if not timeline.clock.waits:
        cues += _end_in_time(waiting, done_ms, timeline.duration_ms)
    else:
        cues += _space_out(waiting, done_ms)
    return sorted(cues, key=lambda cue: cue.start_ms)


def _says_something(text: str) -> bool:
    """Tell whether there is a letter, a figure or a symbol such as an emoji, and not only marks."""
    return any(category(sign)[0] in "LN" or category(sign) == "So" for sign in text)


def _make_room(
    pictures: Sequence[TimedPart], earliest_ms: int, latest_ms: int
) -> list[DescriptionCue]:
    """Lay pictures that nobody speaks before one that is spoken, however short they must be."""
    cues = _space_out(pictures, earliest_ms)
    return _pull_back(cues, [SHORTEST_MS for _ in cues], earliest_ms, latest_ms)


def _end_in_time(
    pictures: Sequence[TimedPart], earliest_ms: int, latest_ms: int
) -> list[DescriptionCue]:
    """Lay pictures that nobody speaks before the programme's end, so that all can be read."""
    cues = _space_out(pictures, earliest_ms)
    return _pull_back(cues, [_estimate(cue.text) for cue in cues], earliest_ms, latest_ms)


def _estimate(text: str) -> int:
    return max(SHORTEST_MS, sum(int(speech_ms(word)) for word in text.split()))


def _space_out(pictures: Iterable[TimedPart], earliest_ms: int) -> list[DescriptionCue]:
    """Keep each picture for as long as its text takes to say; the next one waits for it."""
    cues: list[DescriptionCue] = []
    latest_ms = earliest_ms
    for part in pictures:
        begin_ms = max(part.start_ms, latest_ms)
        latest_ms = max(part.end_ms, begin_ms + _estimate(part.part.text))
        cues.append(DescriptionCue(part.part.text, begin_ms, latest_ms))
    return cues


def _pull_back(
    cues: Sequence[DescriptionCue], needs: Sequence[int], earliest_ms: int, latest_ms: int
) -> list[DescriptionCue]:
    """Start descriptions earlier where the last of them would go on for too long.

    Where there is less time than all of them need, each has a share of it; but none less than a
    thousandth of a second.
    """
    limit_ms = max(latest_ms, earliest_ms + len(cues))
    share = min(1.0, (limit_ms - earliest_ms) / max(sum(needs), 1))
    pulled: list[DescriptionCue] = []
    for place in range(len(cues) - 1, -1, -1):
        cue = cues[place]
        end_ms = min(cue.end_ms, limit_ms)
        wanted_ms = min(cue.start_ms, end_ms - int(needs[place] * share))
        # Those before it need a thousandth each, too.
        limit_ms = max(min(wanted_ms, end_ms - 1), earliest_ms + place)
        pulled.append(replace(cue, start_ms=limit_ms, end_ms=end_ms))
    return pulled[::-1]
