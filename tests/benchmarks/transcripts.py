"""Transcripts of a given length, made of real ones, for the benchmarks to work on."""

from __future__ import annotations

import re
import sys
from pathlib import Path

_LABEL = re.compile(r"\*\*[^*]+\*\*")
TRANSCRIPTS = Path(__file__).parents[3] / "shared" / "transcripts" / "changelog"


def write_transcript(folder: Path, words: int) -> Path:
    """Write a transcript of about so many words, labels not counted, and return its path."""
    turns = [
        turn
        for path in sorted(TRANSCRIPTS.glob("*.md"))
        for turn in path.read_text(encoding="utf-8").split("\n\n")
    ]
    if not turns:
        sys.exit(f"There are no transcripts in {TRANSCRIPTS}: nothing to measure.")
    chosen: list[str] = []
    count = 0
    while count < words:
        turn = turns[len(chosen) % len(turns)]
        chosen.append(turn)
        count += len(_LABEL.sub("", turn).split())
    path = folder / f"words-{words}.md"
    path.write_text("\n\n".join(chosen), encoding="utf-8")
    return path
