"""Print how long a voiced edition of about 10,000 words takes, and how much memory.

The peer is espeak-ng itself, reading the same words in one call with nothing kept: what the
voices, the word marks, the trimming and the placing cost beyond it is the ratio.

Run from the project's root: `python tests/benchmarks/voiced_edition.py [TRANSCRIPT...]`; without
a transcript it reads those in `../shared/transcripts/changelog/`.
"""

# ruff: noqa: T201 - what a benchmark is for

from __future__ import annotations

import re
import resource
import sys
import tempfile
import time
from pathlib import Path

from vivavoz.audio import VoiceSpec, cast_voices, render_edition, speak_wording
from vivavoz.audio.speak.espeak import EspeakVoice
from vivavoz.source import (
    Interview,
    Role,
    Span,
    SpanKind,
    Speaker,
    Token,
    Turn,
    WordedPart,
    Wording,
)

WORDS = 10_000
TRANSCRIPTS = Path("../shared/transcripts/changelog")


def main() -> None:
    """Measure and print."""
    paths = [Path(name) for name in sys.argv[1:]] or sorted(TRANSCRIPTS.glob("*.md"))
    if not paths:
        sys.exit("there is no transcript: name one with lines like **Name:** text")
    wording = word_transcript("\n".join(path.read_text(encoding="utf-8") for path in paths))
    text = " ".join(token.text for part in wording.parts for token in part.tokens)

    started = time.perf_counter()
    readings = speak_wording(wording, cast_voices(wording.interview, VoiceSpec()))
    spoken = time.perf_counter() - started
    speaking = peak_mb()

    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        render_edition(readings, readings.timeline, Path(folder) / "edition.mp3")
    encoded = time.perf_counter() - started

    finished = peak_mb()

    started = time.perf_counter()
    EspeakVoice("en-us").speak(text)
    alone = time.perf_counter() - started

    duration_s = readings.timeline.duration_ms / 1000
    print(f"{len(text.split())} words, {duration_s / 60:.1f} minutes of sound")
    print(f"espeak-ng alone, one call: {alone:.2f} s")
    print(f"synthesis with timeline:   {spoken:.2f} s, peak {speaking:.0f} MB")
    print(f"                           {spoken / alone:.2f} times espeak-ng alone")
    print(f"                           {duration_s / spoken:.0f} times as fast as it sounds")
    print(f"joining and encoding:      {encoded:.2f} s, peak {finished:.0f} MB")


def word_transcript(markdown: str) -> Wording:
    """Word the first turns of a Markdown transcript, some 10,000 words, at white space alone."""
    parts: list[WordedPart] = []
    count = 0
    for line in re.finditer(r"^\*\*(.+?):\*\*\s*(.+)$", markdown, re.MULTILINE):
        name, text = line[1], re.sub(r"\\?\[[^]]*\]|[*_`]", "", line[2])
        turn = Turn(name, (Span(SpanKind.SPEECH, text),), line=1)
        parts.append(WordedPart(turn, tuple(Token(word) for word in text.split())))
        count += len(parts[-1].tokens)
        if count >= WORDS:
            break
    names = dict.fromkeys(part.part.speaker for part in parts if isinstance(part.part, Turn))
    speakers = tuple(Speaker(name, Role.GUEST) for name in names)
    interview = Interview("A benchmark", "en", speakers, tuple(part.part for part in parts))
    return Wording(interview, tuple(parts), {})


def peak_mb() -> float:
    """Read the most memory that this process has held so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


if __name__ == "__main__":
    main()
