"""Print how long a voiced edition of about 10,000 words takes, at first and again, and its memory.

The peer is espeak-ng itself, reading the same words in one call with nothing kept: what the
voices, the word marks, the trimming and the placing cost beyond it is the ratio.

Run it as a script: `python tests/benchmarks/voiced_edition.py`.
"""

# ruff: noqa: T201 - what a benchmark is for

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from transcripts import write_transcript
from vivavoz.audio import (
    ClipStore,
    Utterance,
    VoiceSpec,
    cast_voices,
    render_edition,
    speak_wording,
)
from vivavoz.audio.speak.espeak import EspeakVoice
from vivavoz.source import TokenKind, read_interview, word_interview

WORDS = 10_000


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        wording = word_interview(read_interview(write_transcript(Path(folder), WORDS)))
    text = " ".join(
        token.text
        for part in wording.parts
        for token in part.tokens
        if token.kind is TokenKind.SPEECH
    )

    cast = cast_voices(wording.interview, VoiceSpec())
    with tempfile.TemporaryDirectory() as folder:
        store = ClipStore(Path(folder) / "clips")
        started = time.perf_counter()
        reading = speak_wording(wording, cast, store=store)
        spoken = time.perf_counter() - started
        speaking = peak_mb()

        started = time.perf_counter()
        speak_wording(wording, cast, store=store)
        timed = time.perf_counter() - started

        started = time.perf_counter()
        for placed in reading.clips:
            assert placed.clip.samples
        fetched = time.perf_counter() - started

        started = time.perf_counter()
        render_edition(reading, reading.timeline, Path(folder) / "edition.mp3")
        encoded = time.perf_counter() - started
        finished = peak_mb()

        started = time.perf_counter()
        EspeakVoice("en-us").speak(Utterance(text))
        alone = time.perf_counter() - started

    duration_s = reading.timeline.duration_ms / 1000
    print(f"{len(text.split())} words, {duration_s / 60:.1f} minutes of sound")
    print(f"espeak-ng alone, one call: {alone:.2f} s")
    print(f"synthesis with timeline:   {spoken:.2f} s, peak {speaking:.0f} MB")
    print(f"                           {spoken / alone:.2f} times espeak-ng alone")
    print(f"                           {duration_s / spoken:.0f} times as fast as it sounds")
    print(f"again from the store:      {timed:.2f} s with timeline, {fetched:.2f} s with all sound")
    print(f"joining and encoding:      {encoded:.2f} s, peak {finished:.0f} MB")


def peak_mb() -> float:
    """Read the most memory that this process has held so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


if __name__ == "__main__":
    main()
