"""Print what it costs to convert 10,000 cues between WebVTT and SubRip, against pysubs2.

Both read a file and write another, in turns, on the same files. Run it as a script:
`python tests/benchmarks/convert.py`.
"""

# ruff: noqa: T201 - what a benchmark is for

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pysubs2
from check import CUES, write_file
from vivavoz.captions import TrackFormat, read_track, write_track

RUNS = 7
LIMIT = 2


def main() -> None:
    """Measure and print processor time."""
    with tempfile.TemporaryDirectory() as name:
        webvtt = write_file(Path(name))
        subrip = webvtt.with_suffix(".srt")
        convert(webvtt, subrip, TrackFormat.SUBRIP)
        compare(webvtt, subrip.with_stem("to"), TrackFormat.SUBRIP)
        compare(subrip, webvtt.with_stem("to"), TrackFormat.WEBVTT)
        track, _ = read_track(webvtt)
        for form in TrackFormat:
            spent = measure(lambda form=form: write_track(track, form))
            print(f"written as {form}: {spent:.2f} s")
            if form not in {"podcast", "txt", "html"}:
                path = webvtt.with_name(f"read{form.ending}")
                path.write_text(write_track(track, form).text, encoding="utf-8", newline="")
                print(f"  and read: {measure(lambda path=path: read_track(path)):.2f} s")


def compare(source: Path, target: Path, form: TrackFormat) -> None:
    """Convert a file in turns, and print both times and their ratio."""
    ours, theirs = [], []
    for _ in range(RUNS):
        ours.append(time_once(lambda: convert(source, target, form)))
        theirs.append(time_once(lambda: pysubs2.load(str(source)).save(str(target))))
    one, other = statistics.median(ours), statistics.median(theirs)
    print(
        f"{CUES} cues, {source.suffix} to {target.suffix}: {one:.2f} s; pysubs2 {other:.2f} s; "
        f"{one / other:.2f} times ({LIMIT} is the limit)"
    )


def convert(source: Path, target: Path, form: TrackFormat) -> None:
    """Convert as the command does, but for its words."""
    track, _ = read_track(source)
    target.write_bytes(write_track(track, form).text.encode())


def measure(work: Callable[[], object]) -> float:
    """Return the median of three runs, in seconds of processor time."""
    return statistics.median(time_once(work) for _ in range(3))


def time_once(work: Callable[[], object]) -> float:
    """Return seconds of processor time."""
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
