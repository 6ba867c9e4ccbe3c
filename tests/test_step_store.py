"""The step store and the cache folder: what is there is believed only when it is whole."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from pictured_talk import FITTING, write_talk
from vivavoz.audio import align_wording
from vivavoz.audio.cache import sweep_cache
from vivavoz.audio.describe.activity import hear_activity, recall_activity
from vivavoz.audio.listen.kept_alignment import recall_alignment
from vivavoz.audio.step import ALIGNMENT, MIX, Step
from vivavoz.audio.step_store import StepStore
from vivavoz.source import open_recording, read_interview, word_interview

DAY_S = 24 * 3600
DIGEST = "0" * 64


@pytest.fixture
def store(tmp_path: Path) -> StepStore:
    return StepStore(DIGEST, folder=tmp_path / "steps")


@pytest.fixture
def numbers() -> Iterator[int]:
    """Give another number each time that something is made."""
    return count(1)


def recall(store: StepStore, numbers: Iterator[int]) -> int:
    return store.recall(store.name_result(ALIGNMENT), int, lambda: next(numbers))


def list_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def refuse() -> NoReturn:
    pytest.fail("it was made anew")


def test_what_is_there_is_not_made_again(store: StepStore, numbers: Iterator[int]) -> None:
    assert [recall(store, numbers), recall(store, numbers)] == [1, 1]


def test_another_recording_step_number_or_option_is_another_result(store: StepStore) -> None:
    names = {
        store.name_result(ALIGNMENT),
        store.name_result(ALIGNMENT, "en"),
        store.name_result(Step(ALIGNMENT.name, ALIGNMENT.number + 1, ALIGNMENT.packages)),
        store.name_result(Step(ALIGNMENT.name, ALIGNMENT.number)),
        StepStore("1" * 64).name_result(ALIGNMENT),
    }
    assert len(names) == 5


@pytest.mark.parametrize("damage", [b"", b"\x80", b"half"])
def test_what_is_damaged_is_made_anew_and_replaced(
    store: StepStore, numbers: Iterator[int], tmp_path: Path, damage: bytes
) -> None:
    recall(store, numbers)
    (file,) = list_files(tmp_path)
    file.write_bytes(file.read_bytes()[:-1] + damage)
    assert [recall(store, numbers), recall(store, numbers)] == [2, 2]


def test_a_result_of_another_form_is_not_taken(store: StepStore, numbers: Iterator[int]) -> None:
    recall(store, numbers)
    assert store.recall(store.name_result(ALIGNMENT), str, lambda: "text") == "text"


def test_whoever_wants_all_anew_gets_it_and_so_do_those_after(
    store: StepStore, numbers: Iterator[int], tmp_path: Path
) -> None:
    recall(store, numbers)
    assert recall(StepStore(DIGEST, renew=True, folder=tmp_path / "steps"), numbers) == 2
    assert recall(store, numbers) == 2


def test_nothing_is_kept_of_a_recording_that_changed_meanwhile(
    numbers: Iterator[int], tmp_path: Path
) -> None:
    store = StepStore(DIGEST, lambda: False, folder=tmp_path)
    assert [recall(store, numbers), recall(store, numbers)] == [1, 2]
    assert not list_files(tmp_path)


def test_a_folder_that_takes_nothing_costs_nothing_else(
    numbers: Iterator[int], tmp_path: Path
) -> None:
    (tmp_path / "steps").write_text("no folder")
    store = StepStore(DIGEST, folder=tmp_path / "steps")
    assert [recall(store, numbers), recall(store, numbers)] == [1, 2]


def test_many_at_once_see_whole_results_only(store: StepStore, tmp_path: Path) -> None:
    name = store.name_result(ALIGNMENT)
    texts = [letter * 500_000 for letter in "abcd"]

    def write_and_read(text: str) -> str:
        StepStore(DIGEST, renew=True, folder=tmp_path / "steps").recall(name, str, lambda: text)
        return store.recall(name, str, refuse)

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(write_and_read, texts * 8)) <= set(texts)
    assert len(list_files(tmp_path)) == 1


def test_an_alignment_and_what_was_heard_come_back_as_they_were(
    store: StepStore, tmp_path: Path
) -> None:
    transcript = write_talk(tmp_path, {1: FITTING})
    recording = open_recording(transcript.with_suffix(".mp4"))
    wording = word_interview(read_interview(transcript))
    fresh = align_wording(wording, recording)
    assert recall_alignment(wording, store, lambda: fresh) == fresh
    assert recall_alignment(wording, store, refuse) == fresh
    heard = hear_activity(recording)
    for again in (recall_activity(recording, store), recall_activity(recording, store)):
        for name in ("voiced", "level", "change", "holding"):
            assert np.array_equal(getattr(again, name), getattr(heard, name))
            assert getattr(again, name).dtype == getattr(heard, name).dtype

    # Pictures are no part of what is said.
    pictured = write_talk(tmp_path, {2: "Another picture.", 3: FITTING})
    wording = word_interview(read_interview(pictured))
    assert recall_alignment(wording, store, refuse) == align_wording(wording, recording)


def test_another_ffmpeg_at_the_same_place_makes_all_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "ffmpeg"
    program.write_bytes(b"old")
    bundled = MIX.name_result()
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(program))
    old = MIX.name_result()
    assert old == MIX.name_result()
    program.write_bytes(b"newer")
    assert len({bundled, old, MIX.name_result()}) == 3


def test_a_system_s_ffmpeg_is_told_from_the_package_s_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled = MIX.name_result()
    program = tmp_path / "ffmpeg"
    program.write_bytes(b"old")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert MIX.name_result() == bundled
    monkeypatch.setattr("vivavoz.audio.step._brings_ffmpeg", lambda: False)
    assert MIX.name_result() != bundled


def test_what_nobody_uses_is_swept_away_once_a_day(tmp_path: Path) -> None:
    old, used = write_entry(tmp_path, "old", 91), write_entry(tmp_path, "used", 89)
    sweep_cache(tmp_path)
    assert (old.exists(), used.exists()) == (False, True)
    late = write_entry(tmp_path, "late", 91)
    sweep_cache(tmp_path)
    assert late.exists()
    os.utime(tmp_path / "swept", (0, 0))
    sweep_cache(tmp_path)
    assert not late.exists()


def test_beyond_its_size_the_cache_loses_what_was_unused_for_longest(tmp_path: Path) -> None:
    entries = [write_entry(tmp_path, str(age), age, size=1000) for age in (3, 9, 6)]
    sweep_cache(tmp_path, largest=2500)
    assert [path.exists() for path in entries] == [True, False, True]


@pytest.mark.parametrize(
    "name",
    [
        "Documents/2019/letter.odt",
        "clips/20/letter.odt",
        f"clips/ab/{DIGEST}",
        f"clips/ab/{DIGEST}.flac.txt",
        f"steps/ab/{DIGEST}.flac",
        f"others/ab/{DIGEST}",
    ],
)
def test_nothing_but_our_own_files_is_ever_swept_away(tmp_path: Path, name: str) -> None:
    """`$VIVAVOZ_CACHE` may name a folder that is full of other things."""
    theirs = age_file(tmp_path / name, 1000)
    ours = [
        age_file(tmp_path / "clips" / "00" / f"{DIGEST}.flac.{'0' * 32}.part", 1000),
        age_file(tmp_path / "steps" / "00" / DIGEST, 1000),
        age_file(tmp_path / "steps" / "00" / f"{DIGEST}.{'0' * 32}.part", 1000),
    ]
    sweep_cache(tmp_path)
    assert theirs.exists()
    assert not any(path.exists() for path in ours)


def test_what_is_recalled_counts_as_used(
    store: StepStore, numbers: Iterator[int], tmp_path: Path
) -> None:
    recall(store, numbers)
    (file,) = list_files(tmp_path)
    os.utime(file, (0, 0))
    recall(store, numbers)
    sweep_cache(tmp_path)
    assert file.exists()


def write_entry(folder: Path, word: str, age_days: float, size: int = 1) -> Path:
    name = hashlib.sha256(word.encode()).hexdigest()
    return age_file(folder / "clips" / name[:2] / f"{name}.flac", age_days, size)


def age_file(path: Path, age_days: float, size: int = 1) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(size))
    used_s = time.time() - age_days * DAY_S
    os.utime(path, (used_s, used_s))
    return path
