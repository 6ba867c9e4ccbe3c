"""The track of picture descriptions: what is to be seen, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ..source import Clock, Picture, TimedPart, Timeline, join_tokens
from ..source.rate import speech_ms

SHORTEST_MS = 1000


@dataclass(frozen=True, slots=True)
class DescriptionCue:
    """A picture's description and when it is shown; it may be spoken as long."""

    text: str
    start_ms: int
    end_ms: int


def find_descriptions(timeline: Timeline) -> list[DescriptionCue]:
    """Return a cue for each picture that has a text.

    One that is spoken has the time and the words of its voice. Any other stands for as long as it
    takes to say, and waits for the one before.
    """
    pictures = [
        part for part in timeline.parts if isinstance(part.part, Picture) and part.part.text.strip()
    ]
    if any(part.words for part in pictures):
        return _yield_to_voices([_read_cue(part) for part in pictures], pictures)
    needs = [_estimate(part.part.text) for part in pictures]
    cues = _space_out(pictures, needs)
    if timeline.clock is Clock.RECORDING:
        return _pull_back(cues, needs, timeline.duration_ms)
    return cues


def _read_cue(part: TimedPart) -> DescriptionCue:
    if part.words:
        text, _ = join_tokens([word.token for word in part.words])
        return DescriptionCue(text, part.start_ms, part.end_ms)
    return DescriptionCue(part.part.text, part.start_ms, part.start_ms + _estimate(part.part.text))


def _yield_to_voices(
    cues: Sequence[DescriptionCue], parts: Sequence[TimedPart]
) -> list[DescriptionCue]:
    """Let what nobody speaks end where the next one begins, or soon after."""
    limits = [after.start_ms for _, after in pairwise(cues)] + [cues[-1].end_ms]
    return [
        cue
        if part.words
        else replace(cue, end_ms=max(cue.start_ms + SHORTEST_MS, min(cue.end_ms, limit)))
        for cue, part, limit in zip(cues, parts, limits, strict=True)
    ]


def _estimate(text: str) -> int:
    return max(SHORTEST_MS, sum(int(speech_ms(word)) for word in text.split()))


def _space_out(pictures: Sequence[TimedPart], needs: Sequence[int]) -> list[DescriptionCue]:
    """Keep each picture for as long as its text takes to say; the next one waits for it."""
    cues: list[DescriptionCue] = []
    latest = 0
    for part, need in zip(pictures, needs, strict=True):
        begin = max(part.start_ms, latest)
        latest = max(part.end_ms, begin + need)
        cues.append(DescriptionCue(part.part.text, begin, latest))
    return cues


def _pull_back(
    cues: Sequence[DescriptionCue], needs: Sequence[int], duration_ms: int
) -> list[DescriptionCue]:
    """Start the last descriptions earlier where they would go on when the recording is over.

    Where it is shorter than all of them together, each is shown for a share of its time.
    """
    limit = duration_ms
    share = min(1.0, duration_ms / max(sum(needs), 1))
    pulled: list[DescriptionCue] = []
    for cue, need in zip(reversed(cues), reversed(needs), strict=True):
        end_ms = min(cue.end_ms, limit)
        limit = min(cue.start_ms, end_ms - int(need * share))
        pulled.append(replace(cue, start_ms=limit, end_ms=end_ms))
    return pulled[::-1]
