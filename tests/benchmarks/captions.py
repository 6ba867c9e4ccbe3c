"""Captions for 140,000 words: how long, how much memory, how it grows. Run it as a script."""

from __future__ import annotations

import resource
import sys
import time
from itertools import cycle, islice
from pathlib import Path

from vivavoz.captions import Captions, caption, estimate_timeline, write_captions
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
from webvtt import Caption, WebVTT

TRANSCRIPT = (
    Path(__file__).parents[3] / "shared" / "transcripts" / "changelog" / "the-changelog-145.md"
)


def main() -> None:
    """Print the figures."""
    if not TRANSCRIPT.is_file():
        sys.exit(f"{TRANSCRIPT} is missing: nothing to measure.")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    half, _ = _measure(70_000)
    seconds, captions = _measure(140_000)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    own = _measure_webvtt(captions)
    lines = [
        f"140,000 words: {seconds:.2f} s, {len(captions.cues)} cues",
        f"peak memory: {peak:.0f} MB, of which {before:.0f} MB before the first word",
        f"growth from 70,000 words: {seconds / half:.2f} times",
        f"webvtt-py's own writing of the same cues: {own:.2f} s; ours is {seconds / own:.1f} times",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def _measure(words: int) -> tuple[float, Captions]:
    wording = _build(words)
    start = time.perf_counter()
    captions = caption(estimate_timeline(wording))
    write_captions(captions)
    return time.perf_counter() - start, captions


def _measure_webvtt(captions: Captions) -> float:
    start = time.perf_counter()
    cues = [
        Caption(_stamp(cue.start_ms), _stamp(cue.end_ms), list(cue.lines)) for cue in captions.cues
    ]
    assert WebVTT(captions=cues).content
    return time.perf_counter() - start


def _stamp(time_ms: int) -> str:
    hours, rest = divmod(time_ms, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def _build(words: int) -> Wording:
    lines = TRANSCRIPT.read_text(encoding="utf-8").splitlines()
    turns = [line.strip("*").split(":** ", 1) for line in lines if ":** " in line]
    parts: list[WordedPart] = []
    left = words
    for number, (speaker, text) in enumerate(cycle(turns), 1):
        tokens = tuple(Token(word) for word in islice(text.split(), left))
        span = Span(SpanKind.SPEECH, text)
        parts.append(WordedPart(Turn(speaker, (span,), number), tokens))
        left -= len(tokens)
        if left <= 0:
            break
    names = {speaker for speaker, _ in turns}
    interview = Interview(
        "Benchmark",
        "en",
        tuple(Speaker(name, Role.GUEST) for name in sorted(names)),
        tuple(part.part for part in parts),
    )
    return Wording(interview, tuple(parts), {})


if __name__ == "__main__":
    main()
