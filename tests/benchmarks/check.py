"""Print what it costs to read and check 10,000 cues, and to write a page of what was found.

The peer: webvtt-py's own reading of the same file. Run it as a script:
`python tests/benchmarks/check.py`.
"""

# ruff: noqa: T201 - what a benchmark is for

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import webvtt
from transcripts import write_transcript
from vivavoz.captions import (
    caption,
    check_captions,
    estimate_timeline,
    list_styles,
    load_style,
    read_caption_file,
    write_captions,
)
from vivavoz.scripts.check_page import compose_section
from vivavoz.source import read_interview, word_interview

CUES = 10_000
RUNS = 5


def main() -> None:
    """Measure and print processor time."""
    with tempfile.TemporaryDirectory() as name:
        path = write_file(Path(name))
        peer = measure(lambda: webvtt.read(str(path)))
        print(f"{CUES} cues, read by webvtt-py:  {peer:.2f} s")
        read = measure(lambda: read_caption_file(path))
        print(f"read, with every line judged: {read:.2f} s, {read / peer:.2f} times webvtt-py's")
        file = read_caption_file(path)
        for style in map(load_style, list_styles()):
            found = check_captions(file, style)
            spent = measure(lambda style=style: check_captions(file, style))
            print(f"checked under {style.name}: {spent:.2f} s, {len(found.findings)} findings")
            page = measure(lambda found=found: compose_section(found, 0))
            print(f"  its page: {page:.2f} s, {len(compose_section(found, 0)) / 1000:.0f} kB")


def write_file(folder: Path) -> Path:
    """Write 10,000 cues of real interviews."""
    interview = read_interview(write_transcript(folder, 120_000))
    text = write_captions(caption(estimate_timeline(word_interview(interview))))
    path = folder / "captions.vtt"
    blocks = islice(text.split("\n\n"), CUES + 3)  # the signature, the style and the note first
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    return path


def measure(work: Callable[[], object]) -> float:
    """Return the median of several runs, in seconds of processor time."""
    spent: list[float] = []
    for _ in range(RUNS):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return statistics.median(spent)


if __name__ == "__main__":
    main()
