"""A recording that begins or ends in the middle of what is said is heard as far as it goes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from aligned_case import SHARED
from alignment_rules import align, align_spoken, check_differences, check_times, speech
from synthetic_speech import RATE, read_script, speak_interview, write_wave
from vivavoz.audio import Alignment
from vivavoz.source import decode_speech, open_recording

NEAR_MS = 150
EDGE_MS = 3000
"""Of the sentence that a cut runs through, some may be missed."""


@pytest.mark.parametrize(("begin", "end"), [(0.0, 0.43), (0.31, 0.77), (0.58, 1.0)])
def test_what_an_excerpt_says_is_found_and_nothing_else(begin: float, end: float) -> None:
    spoken = speak_interview(read_script("ferry.en"))
    first, last = (int(share * len(spoken.samples)) for share in (begin, end))
    offset_ms = first * 1000 // RATE
    excerpt = replace(spoken, samples=spoken.samples[first:last])
    alignment = align_spoken(excerpt)
    check_times(alignment)
    check_differences(alignment)
    inside = found = outside = 0
    for known, word in zip(spoken.words, speech(alignment), strict=True):
        if known.start_ms is None:
            continue
        wanted = known.start_ms - offset_ms
        if EDGE_MS < wanted < excerpt.duration_ms - EDGE_MS or (begin == 0 < wanted < EDGE_MS):
            inside += 1
            found += word.start_ms is not None and abs(word.start_ms - wanted) < NEAR_MS
        elif not -EDGE_MS < wanted < excerpt.duration_ms + EDGE_MS:
            outside += word.start_ms is not None
    assert inside > 50
    assert found >= 0.95 * inside
    assert not outside


@pytest.mark.parametrize(
    ("clip", "seconds", "said", "unsaid"),
    [
        ("phone2spk", (0, 15), "This is Diane in New Jersey.", "there isn't that much difference"),
        ("phone2spk", (0, 16), "I heard a beep.", "they all call me a Yankee"),
        ("sonnet2", (15, 40), "Then being asked, where all thy beauty lies,", "old, And see"),
        ("address", (60, 120), "Chain migration is a disaster", "My fellow Americans,"),
    ],
)
def test_real_excerpts_are_recognised(
    clip: str, seconds: tuple[int, int], said: str, unsaid: str, tmp_path: Path
) -> None:
    recording = SHARED / "speech" / f"{clip}.flac"
    if not recording.exists():
        pytest.skip(f"the shared test data has no speech/{clip}.flac here")
    samples = np.concatenate(list(decode_speech(open_recording(recording), RATE)))
    excerpt = tmp_path / "excerpt.wav"
    begin, end = seconds
    write_wave(excerpt, samples[begin * RATE : end * RATE])
    alignment = align(recording.with_suffix(".txt"), excerpt)
    heard = _read(alignment, heard=True)
    assert said in heard
    assert unsaid not in heard
    assert unsaid in _read(alignment, heard=False)


def _read(alignment: Alignment, *, heard: bool) -> str:
    words = speech(alignment)
    return " ".join(word.token.text for word in words if (word.start_ms is not None) == heard)
