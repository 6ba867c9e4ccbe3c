"""A build that is due repeats no costly step whose inputs are the same, and nobody can tell."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import soundfile
from containers import CAPTIONS, HELD_SECONDS, HOLDS, RATE, VIDEOS, make_sound, write_mix
from pictured_talk import FITTING, LONG, write_talk
from vivavoz.audio.describe.mux import (
    Soundtrack,
    choose_described_name,
    may_lend,
    write_described,
    write_extended,
)
from vivavoz.scripts.batch.catalogue import plan_all
from vivavoz.scripts.batch.job import Job, do_job
from vivavoz.scripts.batch.outcome import State
from vivavoz.scripts.plan import Plan
from vivavoz.source import Edition, Settings, open_recording

LISTENING = {"listening", "finding words", "timing words"}
MIXING = {"decoding", "mixing"}
STALE = "an earlier build"
TOO_LONG = LONG.partition(".")[0]
"""No silence has room for it."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build left: each file's bytes, when it was written, and what it was told to do."""

    files: dict[str, bytes]
    written_ns: dict[str, int]
    steps: set[str]


def build(folder: Path, settings: Settings, *, force: bool = False) -> Built:
    """Build `talk.txt` in a folder into `out` beside it."""
    (plan,) = plan_all([folder / "talk.txt"], settings, folder / "out")
    assert isinstance(plan, Plan)
    steps: set[str] = set()
    outcome = do_job(Job(plan, force=force), lambda step: steps.add(step.rstrip(" %0123456789/")))
    assert outcome.state is State.BUILT, outcome.failure
    paths = [path for path in plan.folder.iterdir() if path.is_file()]
    return Built(
        {path.name: path.read_bytes() for path in paths},
        {path.name: path.stat().st_mtime_ns for path in paths},
        steps,
    )


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    """Build a talk with a picture that fits and one that can't."""
    folder = tmp_path_factory.mktemp("before")
    write_talk(folder, {1: FITTING, 2: TOO_LONG, 3: FITTING})
    return folder, build(folder, Settings())


@pytest.fixture(scope="module")
def restyled(
    before: tuple[Path, Built], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Built]:
    """Build the same in another style."""
    folder = shutil.copytree(before[0], tmp_path_factory.mktemp("restyled") / "talk")
    return folder, build(folder, Settings(style="bbc"))


@pytest.fixture
def talk(before: tuple[Path, Built], tmp_path: Path) -> Path:
    """Copy it with all that was built of it."""
    return shutil.copytree(before[0], tmp_path / "talk")


def edit(folder: Path, old: str, new: str) -> None:
    transcript = folder / "talk.txt"
    text = transcript.read_text(encoding="utf-8")
    assert old in text
    transcript.write_text(text.replace(old, new), encoding="utf-8")


def compare(built: Built, fresh: dict[str, bytes]) -> None:
    """Hold what was rebuilt to what was built from nothing; older files may lie beside it."""
    report, expected = (json.loads(files["report.json"]) for files in (built.files, fresh))
    report["warnings"] = [one for one in report["warnings"] if STALE not in one["message"]]
    assert report == expected
    for name in fresh.keys() - {"report.json"}:
        assert built.files[name] == fresh[name], name


def build_from_nothing(
    talk: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> dict[str, bytes]:
    """Build the same elsewhere, where nothing is known of it."""
    folder = talk.with_name("nothing")
    folder.mkdir()
    for name in ("talk.txt", "talk.mp4"):
        shutil.copy(talk / name, folder)
    with monkeypatch.context() as patch:
        patch.setenv("VIVAVOZ_CACHE", str(talk.with_name("cache")))
        return build(folder, settings).files


@pytest.mark.parametrize(
    ("old", "new", "settings", "spared"),
    [
        pytest.param("nets", "nests", Settings(), set[str](), id="word"),
        pytest.param("old ferry", "new ferry", Settings(), LISTENING, id="description"),
        pytest.param("", "", Settings(duck_db=-15), LISTENING, id="duck"),
        pytest.param("", "", Settings(loudness_lufs=-20), LISTENING, id="loudness"),
        pytest.param("", "", Settings(language="en-GB"), set[str](), id="language"),
        pytest.param(
            "", "", Settings(narration=Edition.STANDARD), LISTENING | MIXING, id="edition"
        ),
        pytest.param("", "", Settings(media=Path("none")), LISTENING | MIXING, id="no recording"),
    ],
)
def test_what_is_rebuilt_is_what_would_be_built_from_nothing(  # noqa: PLR0913, PLR0917
    talk: Path,
    old: str,
    new: str,
    settings: Settings,
    spared: set[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edit(talk, old, new)
    built = build(talk, settings)
    compare(built, build_from_nothing(talk, settings, monkeypatch))
    assert not built.steps & spared


def test_another_style_leaves_what_is_heard_alone(
    talk: Path,
    before: tuple[Path, Built],
    restyled: tuple[Path, Built],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, built = restyled
    compare(built, build_from_nothing(talk, Settings(style="bbc"), monkeypatch))
    assert not built.steps & (LISTENING | MIXING)
    kept = {name for name, at_ns in built.written_ns.items() if at_ns == before[1].written_ns[name]}
    assert {"narration.flac", "descriptions.en.dapt.xml"} <= kept
    assert not kept & {"captions.en.vtt", "described.mp4", "extended.mp4", "report.json"}


def test_a_style_that_changes_and_changes_back_leaves_no_trace(
    before: tuple[Path, Built], restyled: tuple[Path, Built], tmp_path: Path
) -> None:
    again = shutil.copytree(restyled[0], tmp_path / "talk")
    assert build(again, Settings()).files == before[1].files


def test_force_believes_nothing_that_stands(talk: Path, before: tuple[Path, Built]) -> None:
    built = build(talk, Settings(), force=True)
    assert built.files == before[1].files
    assert built.steps >= LISTENING | MIXING


def test_an_edited_file_lends_its_sound_to_nobody(talk: Path) -> None:
    described = talk / "out" / "talk" / "described.mp4"
    described.write_bytes(described.read_bytes() + b"edited")
    assert build(talk, Settings(style="bbc")).steps >= MIXING


def test_a_voiced_edition_is_encoded_again_where_it_sounds_different(
    talk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(media=Path("none"))
    first = build(talk, settings)
    edit(talk, "Tuesday", "Monday")
    second = build(talk, settings)
    assert second.files["narration.mp3"] != first.files["narration.mp3"]
    (talk / "out" / "talk" / "chapters.en.vtt").unlink()
    third = build(talk, settings)
    assert "encoding" not in third.steps
    assert third.written_ns["narration.mp3"] == second.written_ns["narration.mp3"]
    compare(third, build_from_nothing(talk, settings, monkeypatch))


@pytest.mark.parametrize("name", [name for name in VIDEOS if name != "talk.webm"])
def test_sound_that_is_copied_is_the_same_as_if_it_were_encoded(
    media: Callable[[str], Path], tmp_path: Path, name: str
) -> None:
    recording = open_recording(media(name))
    form = Path(choose_described_name(recording)).suffix
    assert may_lend(f"described{form}")
    first, second = tmp_path / "first.vtt", tmp_path / "second.vtt"
    first.write_text(CAPTIONS, encoding="utf-8")
    second.write_text(CAPTIONS.replace("Salt", "Vinegar"), encoding="utf-8")
    old, new, copied = (tmp_path / f"{one}{form}" for one in ("old", "new", "copied"))
    mix = write_mix(recording, tmp_path / "mix.wav")
    write_described(recording, Soundtrack(mix, first, "en"), old)
    write_described(recording, Soundtrack(mix, second, "en"), new)
    write_described(recording, Soundtrack(old, second, "en", recording.tracks), copied)
    assert copied.read_bytes() == new.read_bytes()
    soundfile.write(mix, make_sound(HELD_SECONDS), RATE)
    write_extended(recording, Soundtrack(mix, first, "en"), HOLDS, old)
    write_extended(recording, Soundtrack(mix, second, "en"), HOLDS, new)
    write_extended(recording, Soundtrack(old, second, "en", 0), HOLDS, copied)
    assert copied.read_bytes() == new.read_bytes()
