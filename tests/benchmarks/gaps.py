"""Print how many of the true gaps in speech are found, and what descriptions would cover.

The recordings in `../shared/speech` are cut up and spliced with gaps of known length
(`tests/spliced_speech.py`), and a tenth of their transcripts' words is made wrong. The weights and
thresholds were chosen on one half of the clips; the other half was held out.

A gap is true if nobody says anything, or laughs, for two seconds and more. It is found if one gap
covers 80 % of it. A description is laid into all of each gap but for its guards; it covers
speech if it overlaps a word of the reference at all, or by more than 50 ms, the most that the
references are off by.
"""

# ruff: noqa: T201 - what a benchmark is for

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from aligned_case import SHARED, find_interview_cases
from aligner import run
from alignment_rules import align
from spliced_speech import FILLINGS, HALVES, SplicedSpeech, judge_gaps, splice
from vivavoz.audio.describe.gap import find_gaps
from vivavoz.source import UnreadableSource, open_recording

SEEDS = (1, 2, 3)
HEAR = (
    "import sys; from vivavoz.audio.describe.activity import hear_activity\n"
    "from vivavoz.source import open_recording\n"
    "hear_activity(open_recording(sys.argv[1]))"
)
CLEAN = ("room", "breath", "laughter", "strangers")


@dataclass
class Tally:
    """What came of some recordings."""

    true: int = 0
    found: int = 0
    refused: int = 0
    covered_ms: list[int] = field(default_factory=list[int])
    """For each gap, by how much a description in it would overlap a word."""

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.true + other.true,
            self.found + other.found,
            self.refused + other.refused,
            self.covered_ms + other.covered_ms,
        )

    def show(self, name: str) -> str:
        """Say it in a line."""
        any_ms, more = (sum(ms > limit for ms in self.covered_ms) for limit in (0, 50))
        share = self.found / self.true if self.true else 1.0
        return (
            f"{name:<14}{self.found:>5} of {self.true:<5}{share:>7.1%}"
            f"{len(self.covered_ms):>7}{any_ms:>8}{more:>8}{max(self.covered_ms, default=0):>7} ms"
            f"{self.refused:>9}"
        )


def main() -> None:
    """Measure and print."""
    if not SHARED.exists():
        print(f"There is no {SHARED}: there is no speech to find gaps in.")
        return
    with tempfile.TemporaryDirectory() as name:
        _measure_hour(Path(name))  # first, for a child counts its parent's memory as its own
        for half in HALVES:
            _measure_half(half, Path(name))


def _measure_half(half: str, folder: Path) -> None:
    print(
        f"{half + ':':<14}{'found':>15}{'':>9}{'gaps':>5}{'covers':>8}{'>50 ms':>8}{'most':>7}",
        end="",
    )
    print(f"{'refused':>12}")
    tallies: dict[str, Tally] = {}
    for filling in FILLINGS:
        measured = (_measure(spoken, seed, folder) for spoken, seed in _splice(half, filling))
        tallies[filling] = sum(measured, Tally())
        print(tallies[filling].show(filling), flush=True)
    print(sum((tallies[filling] for filling in CLEAN), Tally()).show("quiet rooms"))
    print(sum(tallies.values(), Tally()).show("all"))


def _splice(half: str, filling: str) -> Iterator[tuple[SplicedSpeech, int]]:
    for clips in HALVES[half]:
        for seed in SEEDS:
            yield splice(clips, filling, seed), seed


def _measure(spoken: SplicedSpeech, seed: int, folder: Path) -> Tally:
    transcript, recording = spoken.write(folder, seed)
    try:
        gaps = find_gaps(align(transcript, recording), open_recording(recording))
    except UnreadableSource:
        return Tally(refused=1)
    found, covered_ms = judge_gaps(spoken, gaps)
    return Tally(len(spoken.find_true_gaps()), found, 0, covered_ms)


def _measure_hour(folder: Path) -> None:
    hour = next(case for case in find_interview_cases(folder) if case.name == "hour")
    _, cost = run(sys.executable, "-c", HEAR, str(hour.recording))
    print(f"an hour: {cost.cpu_seconds:.1f} s CPU and {cost.megabytes:.0f} MB beside the alignment")


if __name__ == "__main__":
    main()
