"""Print what 500 edits of 10,000 cues cost: to read back, to read from their file, to apply.

Run it as a script: `python tests/benchmarks/edits.py`.
"""

# ruff: noqa: T201 - what a benchmark is for

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from transcripts import write_transcript
from vivavoz.captions import (
    apply_edits,
    caption,
    estimate_timeline,
    find_edits,
    parse_caption_file,
    read_edits,
    write_captions,
    write_edits,
)
from vivavoz.source import read_interview, word_interview

WORDS = 94_000
EDITED = 20
"""Every so many cues, one is edited."""

_Result = TypeVar("_Result")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        interview = read_interview(write_transcript(folder, WORDS))
        captions = caption(estimate_timeline(word_interview(interview)))
        blocks = write_captions(captions).split("\n\n")
        base = parse_caption_file("\n\n".join(blocks), folder / "built.vtt")
        first = len(blocks) - len(captions.cues)
        for number in range(first, len(blocks), EDITED):
            blocks[number] = blocks[number].rstrip() + " (I mean it.)"
        edited = parse_caption_file("\n\n".join(blocks) + "\n", folder / "edited.vtt")
        edits = _time("to read them back:", lambda: find_edits(base, edited))
        path = folder / "talk.edits.toml"
        path.write_text(write_edits(edits), encoding="utf-8")
        _time("to read their file:", lambda: read_edits(path))
        built = _time("to apply them:", lambda: apply_edits(captions, edits))
    print(f"{len(captions.cues)} cues, {len(edits.edits)} edits, {len(built.conflicts)} conflicts")


def _time(what: str, work: Callable[[], _Result]) -> _Result:
    started = time.perf_counter()
    result = work()
    print(f"{what:20} {time.perf_counter() - started:.2f} s")
    return result


if __name__ == "__main__":
    main()
