"""Short interviews, many at a time."""

from __future__ import annotations

from pathlib import Path

TRANSCRIPT = "Anna: Hello there, Ben. How are you today?\n\nBen: Fine [laughs], thank you.\n\n"
CAPTIONS = ("--narration", "none", "--language", "en")
"""Options for a quick build."""


def write_all(folder: Path, count: int, turns: int = 1) -> list[str]:
    """Write transcripts, and return their names."""
    names = [f"talk-{number:02}.txt" for number in range(count)]
    for name in names:
        (folder / name).write_text(TRANSCRIPT * turns, encoding="utf-8")
    return names
