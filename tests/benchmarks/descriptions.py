"""Print how many descriptions find a time, and on which step of the ladder.

An hour has 200 gaps of 3 to 14 s, each with a picture whose description has 15 words and no shorter
form. First each is alone with its own gap and one rate, then the ladder may do all it can. Run it
as a script: `python tests/benchmarks/descriptions.py`.
"""

# ruff: noqa: T201 - what a benchmark is for

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence

from vivavoz.audio.describe.extension import extend_descriptions
from vivavoz.audio.describe.gap import Gap
from vivavoz.audio.describe.placement import Step, measure_room, place_descriptions
from vivavoz.audio.describe.subject import RATES, Place, Subject, speak_places
from vivavoz.audio.speak.cast import cast_narrator
from vivavoz.audio.speak.engine import VoiceSpec
from vivavoz.audio.speak.store import ClipStore
from vivavoz.audio.speak.voice import Utterance
from vivavoz.source import Clock, Interview, Picture, Timeline

GAPS = 200
HOUR_MS = 3_600_000
SHORTEST_MS, LONGEST_MS = 3_000, 14_000

PEOPLE = ("An elderly woman", "A young engineer", "The director", "A tired farmer", "Her brother")
DEEDS = ("carries", "studies", "repairs", "lifts", "remembers", "photographs")
THINGS = ("a wooden ladder", "an open notebook", "the silver antenna", "a basket of oranges")
PLACES = ("beside the window", "under a heavy sky", "in the crowded kitchen", "behind the fence")
ENDS = ("while evening light falls", "as somebody laughs nearby", "and slowly looks away again")


def write_description(chance: random.Random) -> str:
    """Return a sentence of 15 words."""
    words: list[str] = []
    for choices in (PEOPLE, DEEDS, THINGS, PLACES, ENDS):
        words += chance.choice(choices).split()
    fill = ("in", "the", "quiet", "morning", "once", "more")
    return " ".join((words + list(fill))[:15]) + "."


def make_gaps(chance: random.Random) -> list[Gap]:
    """Return gaps that part stretches of speech, evenly spread over the hour."""
    lengths = [chance.randint(SHORTEST_MS, LONGEST_MS) for _ in range(GAPS)]
    speech_ms = (HOUR_MS - sum(lengths)) / GAPS
    gaps: list[Gap] = []
    now = 0.0
    for length in lengths:
        now += speech_ms * chance.uniform(0.3, 1.7)
        gaps.append(Gap(int(now), int(now) + length, 1.0))
        now += length
    return gaps


def make_subjects(gaps: Sequence[Gap], chance: random.Random) -> list[Subject]:
    """Return a spoken subject for each gap."""
    voice = cast_narrator("en", VoiceSpec()).narrator
    store = ClipStore()
    places = [
        Place(Picture(write_description(chance), number), gap.start_ms, gap.end_ms)
        for number, gap in enumerate(gaps, start=1)
    ]
    return list(speak_places(places, lambda text, rate: store.speak(voice, Utterance(text, rate))))


def count_alone(subjects: Sequence[Subject]) -> Iterator[str]:
    """Yield for each rate how fast it is and how many fit, each in its own gap."""
    for number, rate in enumerate(RATES):
        clips = [subject.renditions[number].clip for subject in subjects]
        measured = sum(15 * 60_000 / clip.duration_ms for clip in clips) / len(clips)
        fit = sum(
            subject.renditions[number].clip.duration_ms <= measure_room(subject.place, own)
            for subject, own in ((one, [as_gap(one.place)]) for one in subjects)
        )
        yield f"  {rate} wpm (measured {measured:.0f}): {fit / len(subjects):.0%} alone"


def as_gap(place: Place) -> Gap:
    """Return the gap that a place of this benchmark is."""
    return Gap(place.earliest_ms, place.latest_ms, 1.0)


def main() -> None:
    """Print what fits."""
    chance = random.Random(5)  # noqa: S311 - chance is no secret
    gaps = make_gaps(chance)
    subjects = make_subjects(gaps, chance)
    print(f"{len(subjects)} descriptions of 15 words, gaps of 3 to 14 s:")
    print("\n".join(count_alone(subjects)))
    begun = time.perf_counter()
    placed = place_descriptions(subjects, gaps)
    took_ms = 1000 * (time.perf_counter() - begun)
    steps = Counter(placement.step for placement in placed)
    fit = 1 - steps[Step.NOWHERE] / len(placed)
    listed = ", ".join(f"{step.value} {steps[step]}" for step in Step)
    print(f"  the ladder, up to {RATES[-1]} wpm: {fit:.0%} ({listed}), placed in {took_ms:.0f} ms")
    silent = Timeline(Interview("Hour", "en", (), ()), Clock.RECORDING, (), HOUR_MS)
    extended = extend_descriptions(subjects, gaps, silent)
    held = sum(one.hold is not None for one in extended)
    print(f"  the extended edition: {len(extended) / len(subjects):.0%}, held for {held}")


if __name__ == "__main__":
    main()
