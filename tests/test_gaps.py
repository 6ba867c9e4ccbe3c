"""What is promised of the gaps that descriptions are spoken in."""

from __future__ import annotations

import tempfile
import tracemalloc
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from aligned_case import SHARED
from alignment_rules import align
from alignments import build_alignment
from hypothesis import given, settings
from hypothesis import strategies as st
from spliced_speech import HALVES, judge_gaps, splice
from synthetic_speech import RATE, make_noise, write_wave
from vivavoz.audio import Alignment
from vivavoz.audio.describe.activity import FRAME_MS, Activity, Listener, hear_activity
from vivavoz.audio.describe.gap import LEAST_MS, Gap, find_gaps, fuse
from vivavoz.source import open_recording

PAUSES = st.lists(st.integers(0, 6000), min_size=3, max_size=12)
SPEECH_DB, SILENCE_DB = 65.0, 20.0


@given(PAUSES, st.integers(0, 5000), st.integers(0, 2**32 - 1))
@settings(max_examples=60)
def test_gaps_are_apart_in_order_and_free_of_words_whatever_is_heard(
    pauses: list[int], rest_ms: int, seed: int
) -> None:
    alignment = _align(pauses, rest_ms)
    chance = np.random.default_rng(seed)
    count = alignment.duration_ms // FRAME_MS
    heard = Activity(
        chance.random(count) < chance.random(),
        (chance.random(count) * 60).astype(np.float32),
        (chance.random(count) * chance.integers(1, 60)).astype(np.float32),
        chance.random(count).astype(np.float32),
    )
    gaps = fuse(alignment, heard)
    edges = [0, *(edge for gap in gaps for edge in (gap.start_ms, gap.end_ms))]
    assert [*edges, alignment.duration_ms] == sorted([*edges, alignment.duration_ms])
    assert all(gap.end_ms - gap.start_ms >= LEAST_MS - FRAME_MS for gap in gaps)
    assert all(0 <= gap.confidence <= 1 for gap in gaps)
    for gap in gaps:
        for start_ms, end_ms in _list_words(alignment):
            assert gap.end_ms <= start_ms or end_ms <= gap.start_ms


@given(PAUSES, st.integers(0, 5000))
@settings(max_examples=30)
def test_every_silence_of_two_seconds_is_a_gap(pauses: list[int], rest_ms: int) -> None:
    alignment = _align(pauses, rest_ms)
    gaps = fuse(alignment, _hear(alignment, []))
    edges = [(0, 0), *_list_words(alignment), (alignment.duration_ms, alignment.duration_ms)]
    for (_, start_ms), (end_ms, _) in pairwise(edges):
        if end_ms - start_ms >= 2500:
            assert any(start_ms <= gap.start_ms and gap.end_ms <= end_ms for gap in gaps)


def test_a_gap_ends_where_a_voice_begins_that_the_transcript_lacks() -> None:
    alignment = _align([1000, 9000, 1000], 1000)
    start_ms, end_ms = 1300, 10300
    whole = fuse(alignment, _hear(alignment, []))
    parted = fuse(alignment, _hear(alignment, [(5000, 6500)]))
    assert len(whole) == 1
    assert len(parted) == 2
    assert start_ms <= parted[0].start_ms < parted[0].end_ms <= 5000
    assert 6500 <= parted[1].start_ms < parted[1].end_ms <= end_ms


def test_gaps_in_noise_are_less_sure() -> None:
    alignment = _align([1000, 9000, 1000], 1000)
    hushed = _hear(alignment, [])
    noisy = replace(hushed, level=np.maximum(hushed.level, SPEECH_DB - 8).astype(np.float32))
    assert _surest(fuse(alignment, noisy)) < _surest(fuse(alignment, hushed))


def test_a_recording_is_heard_alike_whatever_its_level(tmp_path: Path) -> None:
    noise = make_noise(8 * RATE) * np.repeat([3000, 30, 3000, 30], 2 * RATE)
    for name, gain in (("loud", 1.0), ("soft", 0.1)):
        write_wave(tmp_path / f"{name}.wav", (noise * gain).astype(np.int16))
    loud, soft = (hear_activity(open_recording(tmp_path / f"{n}.wav")) for n in ("loud", "soft"))
    assert len(loud) == len(soft) == 800
    assert np.median(loud.level - soft.level) == pytest.approx(20, abs=1)


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("filling", ["room", "strangers"])
def test_true_gaps_are_found_and_no_speech_is_covered_with_a_tenth_of_the_words_wrong(
    half: str, filling: str
) -> None:
    if not (SHARED / "speech").exists():
        pytest.skip("the shared test data has no speech here")
    spoken = splice(HALVES[half][0], filling, seed=1)
    with tempfile.TemporaryDirectory() as folder:
        transcript, recording = spoken.write(Path(folder), seed=1)
        gaps = find_gaps(align(transcript, recording), open_recording(recording))
    found, covered_ms = judge_gaps(spoken, gaps)
    assert found >= 0.9 * len(spoken.find_true_gaps())
    assert max(covered_ms) <= 50


def _align(pauses: list[int], rest_ms: int) -> Alignment:
    return build_alignment(
        [("Ana", "one two three four"), ("Ben", "five SIX seven")], pauses, rest_ms
    )


def _list_words(alignment: Alignment) -> list[tuple[int, int]]:
    words = (word for part in alignment.words for word in part)
    return [
        (word.start_ms, word.end_ms)
        for word in words
        if word.start_ms is not None and word.end_ms is not None
    ]


def _hear(alignment: Alignment, voices: list[tuple[int, int]]) -> Activity:
    """Make what a silent room sounds like in which only words and some voices are heard."""
    spoken = np.zeros(alignment.duration_ms // FRAME_MS, np.bool_)
    for start_ms, end_ms in [*_list_words(alignment), *voices]:
        spoken[start_ms // FRAME_MS : end_ms // FRAME_MS] = True
    syllables = 6 * np.sin(np.arange(len(spoken)) / 4)
    return Activity(
        spoken,
        np.where(spoken, SPEECH_DB + syllables, SILENCE_DB).astype(np.float32),
        np.where(spoken, 30, 10).astype(np.float32),
        np.where(spoken, 0.3, 0.2).astype(np.float32),
    )


def _surest(gaps: tuple[Gap, ...]) -> float:
    return max(gap.confidence for gap in gaps)


def test_what_moves_in_a_long_recording_is_measured_in_little_memory() -> None:
    """An hour's cepstra are 19 MB."""
    cepstra = np.random.default_rng(0).normal(size=(360_000, 13)).astype(np.float32)
    listener = Listener()
    listener.voiced = bytearray(len(cepstra))
    listener.level = bytearray(4 * len(cepstra))
    tracemalloc.start()
    activity = listener.report(cepstra)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < cepstra.nbytes / 2
    moves = cepstra[3:, 1:] - cepstra[:-3, 1:]
    assert np.abs(activity.change[3:] - np.sqrt((moves**2).sum(axis=1))).max() < 1e-5
