"""Print what captions for 140,000 words cost, and what the help costs.

Whole processes, as a user runs them. The peers: webvtt-py's own writing of the same cues, and
`python -c pass`. Run it as a script: `python tests/benchmarks/captions.py`.
"""

# ruff: noqa: T201 - what a benchmark is for

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import webvtt
from transcripts import write_transcript

START = "from vivavoz.scripts.command import main; main()"
RUNS = 5


@dataclass(frozen=True)
class Cost:
    """What one process took."""

    seconds: float
    megabytes: float


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        half, whole = (_build(write_transcript(folder, words)) for words in (70_000, 140_000))
        captions = folder / "out" / "words-140000" / "captions.en.vtt"
        cues = webvtt.read(str(captions)).captions
        writing = _time_writing(cues)
    print(f"captions for 140,000 words: {whole.seconds:.2f} s, {len(cues)} cues")
    print(f"peak memory:                {whole.megabytes:.0f} MB")
    print(f"growth from 70,000 words:   {whole.seconds / half.seconds:.2f} times")
    print(f"webvtt-py's own writing:    {writing:.2f} s; the whole build takes", end=" ")
    print(f"{whole.seconds / writing:.1f} times that")
    shown = _run(sys.executable, "-c", START, "--help")
    bare = _run(sys.executable, "-c", "pass")
    print(f"vivavoz --help:             {shown.seconds * 1000:.0f} ms,", end=" ")
    print(f"{shown.seconds / bare.seconds:.1f} times a bare python -c pass")


def _build(transcript: Path) -> Cost:
    out = str(transcript.parent / "out")
    build = ("build", str(transcript), "--narration", "none", "--out", out)
    return _run(sys.executable, "-c", START, *build)


def _run(*command: str) -> Cost:
    """Run a command several times; the median of its time, the most of its memory."""
    costs = [_run_once(command) for _ in range(RUNS + 1)][1:]
    return Cost(
        statistics.median(cost.seconds for cost in costs), max(cost.megabytes for cost in costs)
    )


def _run_once(command: tuple[str, ...]) -> Cost:
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Cost(time.perf_counter() - started, usage.ru_maxrss / unit)


def _time_writing(cues: list[webvtt.Caption]) -> float:
    plain = [webvtt.Caption(cue.start, cue.end, cue.raw_text.split("\n")) for cue in cues]
    started = time.perf_counter()
    assert webvtt.WebVTT(captions=plain).content
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
