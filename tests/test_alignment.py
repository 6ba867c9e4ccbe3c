"""What is promised of words in a recording, held against speech whose truth is known."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from aligned_case import (
    SHARED,
    Case,
    Target,
    TimedWord,
    find_clip_cases,
    find_interview_cases,
    find_synthetic_cases,
    judge_unspoken,
    judge_untranscribed,
)
from alignment_rules import align, align_spoken, check_differences, check_times, run_align, speech
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from synthetic_speech import CASES, add_noise, read_script, speak_interview
from vivavoz.audio import Alignment, time_alignment

MARGIN = 1.5
CLIPS = (
    "acoustic", "phone2spk", "sonnet1", "sonnet2", "sonnet3", "reading_es", "address", "cold",
)  # fmt: skip
INTERVIEWS = ("duet", "abridged", "extended", "brackets", "intro")
SYNTHETIC = {
    "clean": Target(40, 100, 500),
    "noise": Target(45, 120, 1500),
    "music under": Target(45, 120, 1000),
    "music first": Target(45, 120, 1000),
    "overlaps": Target(45, 140, 1500),
    "differing": Target(45, 120, 1500),
    "Spanish": Target(45, 140, 1000),
}
FALLS_SHORT = {
    ("times", "duet"): "its median is 50 ms, most of it on the telephone; the target is 30",
    ("times", "synthetic, differing"): "some words of cut turns are found in what strangers say",
    ("differences", "synthetic, differing"): "the same; its voices are far from the model's",
    ("differences", "synthetic, noise"): "words that noise covers are taken for unsaid",
    ("differences", "synthetic, music first"): "plucked notes are taken for speech",
}
"""What was measured to fall short, and why: these claims are to be met one day."""
EVERY_CASE = (*(f"synthetic, {name}" for name in SYNTHETIC), *CLIPS, *INTERVIEWS)


@pytest.fixture(scope="session")
def find_case(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Case]:
    """Return a function that finds a case by its name, and makes its recording when asked."""

    @cache
    def find_synthetic() -> dict[str, Case]:
        return _by_name(find_synthetic_cases(tmp_path_factory.mktemp("synthetic")))

    @cache
    def find_shared() -> dict[str, Case]:
        folder = tmp_path_factory.mktemp("interviews")
        found = _by_name(find_clip_cases()) | _by_name(find_interview_cases(folder))
        (folder / "hour.wav").unlink()  # 118 MB that no test listens to
        return found

    def find(name: str) -> Case:
        if name.startswith("synthetic, "):
            return find_synthetic()[name]
        if not (SHARED / "speech").exists():
            pytest.skip("the shared test data has no speech here")
        return find_shared()[name]

    return find


@pytest.fixture(scope="session")
def align_case(find_case: Callable[[str], Case]) -> Callable[[str], Alignment]:
    """Return a function that aligns a case, once."""

    @cache
    def align_once(name: str) -> Alignment:
        case = find_case(name)
        return align(case.transcript, case.recording)

    return align_once


def _of_every_case(claim: str) -> pytest.MarkDecorator:
    """Hold a claim against every case; where it is known to fall short it may fail, not crash."""
    cases = [
        pytest.param(name, marks=pytest.mark.xfail(raises=AssertionError, reason=reason))
        if (reason := FALLS_SHORT.get((claim, name)))
        else name
        for name in EVERY_CASE
    ]
    return pytest.mark.parametrize("name", cases)


@pytest.mark.parametrize("name", EVERY_CASE)
def test_an_alignment_is_consistent(name: str, align_case: Callable[[str], Alignment]) -> None:
    check_times(align_case(name))
    check_differences(align_case(name))


@_of_every_case("times")
def test_words_start_where_they_are_said(
    name: str, find_case: Callable[[str], Case], align_case: Callable[[str], Alignment]
) -> None:
    case = find_case(name)
    target = SYNTHETIC.get(name.removeprefix("synthetic, ")) or case.target.loosen(MARGIN)
    errors = case.score(_list_words(align_case(name)))
    assert errors.reach(target), [errors.quantile(share) for share in (0.5, 0.9, 1)]
    assert errors.missed <= 0.05 * (errors.missed + len(errors.absolute))


@_of_every_case("differences")
def test_where_recording_and_transcript_differ_is_reported(
    name: str, find_case: Callable[[str], Case], align_case: Callable[[str], Alignment]
) -> None:
    case, alignment = find_case(name), align_case(name)
    whole, wrong = judge_unspoken(case.cut, [unspoken.text for unspoken in alignment.unspoken])
    assert whole >= 0.95 * len(case.cut)
    assert not wrong
    stretches = [(found.start_ms / 1000, found.end_ms / 1000) for found in alignment.untranscribed]
    found, rest = judge_untranscribed(case.foreign, stretches, alignment.duration_ms / 1000)
    assert found >= 0.9
    assert rest <= 0.03


@pytest.mark.parametrize("name", EVERY_CASE)
def test_what_matches_is_trusted(name: str, align_case: Callable[[str], Alignment]) -> None:
    alignment = align_case(name)
    assert alignment.confidence >= 0.5
    said = [word for word in speech(alignment) if word.start_ms is not None]
    assert sum(word.confidence >= 0.5 for word in said) >= 0.75 * len(said)


@settings(max_examples=8, derandomize=True, phases=(Phase.explicit, Phase.generate))
@given(
    seed=st.integers(1, 5),
    cut=st.sets(st.integers(0, 9), max_size=4),
    inserted=st.dictionaries(st.integers(1, 9), st.integers(0, 27), max_size=2),
    below_db=st.sampled_from([10, 15, 30]),
)
def test_any_turns_may_be_missing_on_either_side(
    seed: int, cut: set[int], inserted: dict[int, int], below_db: int
) -> None:
    strangers = read_script("ferry.en").sayings
    foreign = {turn: strangers[number] for turn, number in inserted.items()}
    spoken = speak_interview(read_script("orchard.en"), seed=seed, cut=cut, foreign=foreign)
    alignment = align_spoken(add_noise(spoken, below_db, seed))
    check_times(alignment)
    check_differences(alignment)
    known = zip(spoken.words, speech(alignment), strict=True)
    late_ms = [
        abs(heard.start_ms - word.start_ms)
        for word, heard in known
        if word.start_ms is not None and heard.start_ms is not None
    ]
    assert np.median(late_ms) <= 60


def test_a_turn_of_nothing_but_laughter_is_shown(
    find_case: Callable[[str], Case], tmp_path: Path
) -> None:
    case = find_case("synthetic, clean")
    first, *others = case.transcript.read_text(encoding="utf-8").splitlines(keepends=True)
    laughter = f"{first.partition(':')[0]}: [laughs]\n"
    transcript = tmp_path / "laughter.txt"
    transcript.write_text("".join([first, laughter, *others]), encoding="utf-8")
    alignment = align(transcript, case.recording)
    check_times(alignment)
    (shown,) = time_alignment(alignment).parts[1].words
    assert shown.token.text == "laughs"
    assert shown.end_ms > shown.start_ms


def test_the_same_input_gives_the_same_alignment(
    find_case: Callable[[str], Case], align_case: Callable[[str], Alignment]
) -> None:
    case = find_case("synthetic, Spanish")
    assert align(case.transcript, case.recording) == align_case("synthetic, Spanish")


def test_the_command_prints_one_object_and_the_same_bytes_every_time(
    find_case: Callable[[str], Case],
) -> None:
    case = find_case("synthetic, music first")
    first, second = (run_align(case.transcript, case.recording, seed) for seed in "12")
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    printed = json.loads(first.stdout)
    wanted = {"words", "unspoken", "untranscribed", "confidence", "duration"}
    assert wanted <= set(printed)
    assert [word["text"] for word in printed["words"]] == case.spoken_words()
    wanted = {"text", "start", "end", "confidence", "turn", "speaker"}
    assert all(wanted <= set(word) for word in printed["words"])
    assert case.score(printed["words"]).reach(SYNTHETIC["music first"])


def test_a_recording_cut_short_gives_what_is_left(
    find_case: Callable[[str], Case], tmp_path: Path
) -> None:
    case = find_case("synthetic, clean")
    spoken = CASES["clean"]()
    torn = tmp_path / "torn.wav"
    torn.write_bytes(case.recording.read_bytes()[: case.recording.stat().st_size * 2 // 5])
    alignment = align(case.transcript, torn)
    check_times(alignment)
    check_differences(alignment)
    end_ms = alignment.duration_ms
    assert abs(end_ms - spoken.duration_ms * 2 / 5) < 100
    pairs = list(zip(spoken.words, speech(alignment), strict=True))
    before = [
        heard.start_ms is not None and abs(heard.start_ms - word.start_ms) < 150
        for word, heard in pairs
        if word.start_ms is not None and word.start_ms < end_ms - 2000
    ]
    after = [
        heard.start_ms is None
        for word, heard in pairs
        if word.start_ms is not None and word.start_ms > end_ms
    ]
    assert sum(before) >= 0.9 * len(before)
    assert sum(after) >= 0.97 * len(after)


def _by_name(cases: Iterator[Case]) -> dict[str, Case]:
    return {case.name: case for case in cases}


def _list_words(alignment: Alignment) -> list[TimedWord]:
    return [
        TimedWord(
            text=word.token.text, start=None if word.start_ms is None else word.start_ms / 1000
        )
        for part in alignment.words
        for word in part
    ]
