"""Whole builds, of our own sample and of real interviews: what people get."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import webvtt
from conftest import ROOT
from judge import find_errors
from rules import check_house, check_words
from vivavoz.audio import Reading, VoiceSpec, cast_voices, render_edition, speak_wording
from vivavoz.audio.pydub_segment import decode_mp3
from vivavoz.captions import (
    Captions,
    caption,
    estimate_timeline,
    list_styles,
)
from vivavoz.scripts.batch.catalogue import plan_all
from vivavoz.scripts.batch.run import Manner, build_all
from vivavoz.scripts.plan import Plan
from vivavoz.source import (
    Edition,
    Picture,
    Settings,
    Timeline,
    TokenKind,
    Turn,
    read_interview,
    word_interview,
)

SAMPLE = ROOT / "source" / "samples" / "the-lighthouse.txt"
GOLDEN = Path(__file__).with_name("golden") / "the-lighthouse"


def build(transcript: Path, out: Path, *, voiced: bool) -> Path:
    options = Settings(narration=Edition.AUTO if voiced else Edition.NONE)
    (plan,) = plan_all([transcript], options, out)
    assert isinstance(plan, Plan)
    assert build_all([plan], Manner(jobs=1, as_json=True)) == 0
    return plan.folder


@pytest.fixture(scope="module")
def build_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function that builds an interview the first time that it is asked for."""

    @cache
    def build_first(transcript: Path, *, voiced: bool) -> Path:
        return build(transcript, tmp_path_factory.mktemp("out"), voiced=voiced)

    return build_first


@pytest.mark.parametrize("kind", ["captions", "descriptions", "chapters"])
def test_the_sample_reads_as_it_should(build_once: Callable[..., Path], kind: str) -> None:
    built = build_once(SAMPLE, voiced=False) / f"{kind}.en.vtt"
    golden = GOLDEN / f"{kind}.en.vtt"
    assert built.read_text(encoding="utf-8") == golden.read_text(encoding="utf-8")


def test_no_file_has_an_error(
    build_once: Callable[..., Path], million_miles: Path, changelog: list[Path]
) -> None:
    files: list[tuple[str, Path]] = []
    for voiced, transcripts in ((True, [SAMPLE, million_miles]), (False, changelog)):
        for transcript in transcripts:
            folder = build_once(transcript, voiced=voiced)
            files += [(path.name.split(".")[0], path) for path in folder.glob("*.vtt")]
    assert len(files) == 2 * 12 + 2  # ten of the twelve interviews have no pictures
    errors = find_errors(files)
    assert {path: found for path, found in errors.items() if found} == {}


@pytest.mark.parametrize("house", list_styles())
def test_real_interviews_keep_every_rule_and_every_word_in_order(
    house: str, million_miles: Path, podcasts: list[Timeline]
) -> None:
    ours = [
        estimate_timeline(word_interview(read_interview(transcript)))
        for transcript in (SAMPLE, million_miles)
    ]
    for timeline in (*ours, *podcasts):
        captions = caption(timeline, house)
        check_house(captions)
        check_words(captions)


def test_voiced_interviews_keep_every_rule(million_miles: Path) -> None:
    for transcript in (SAMPLE, million_miles):
        captions, _ = voice(transcript)
        check_house(captions)


def voice(transcript: Path) -> tuple[Captions, Reading]:
    interview = read_interview(transcript)
    wording = word_interview(interview)
    reading = speak_wording(wording, cast_voices(interview, VoiceSpec()))
    return caption(reading.timeline), reading


def test_pictures_are_described_and_never_captioned(
    build_once: Callable[..., Path], million_miles: Path
) -> None:
    folder = build_once(million_miles, voiced=True)
    pictures = [
        part.text for part in read_interview(million_miles).parts if isinstance(part, Picture)
    ]
    described = webvtt.read(str(folder / "descriptions.en.vtt")).captions
    assert [" ".join(html.unescape(cue.text).split()) for cue in described] == pictures
    captions = webvtt.read(str(folder / "captions.en.vtt")).captions
    said = [(cue.start_in_seconds, cue.end_in_seconds) for cue in captions]
    for cue in described:
        over = [
            one for one in said if one[0] < cue.end_in_seconds and cue.start_in_seconds < one[1]
        ]
        # A caption may stay a moment for its readers while the narrator begins.
        assert all(end - cue.start_in_seconds <= 1.5 for _, end in over)


def test_names_stand_in_full_in_voice_tags_and_labels(tmp_path: Path, million_miles: Path) -> None:
    folder = build(million_miles, tmp_path, voiced=False)
    text = (folder / "captions.en.vtt").read_text(encoding="utf-8")
    cues = re.findall(r"<v ([^>]+)>(.*?)(?:\n\n|\Z)", text, re.DOTALL)
    assert {name for name, _ in cues} == {
        "Interviewer",
        "José Hernández",
        "Alejandra Márquez Abella",
    }
    latest = ""
    for name, shown in cues:
        assert shown.startswith(f"[{name}]") == (name != latest)
        latest = name


def test_the_voiced_edition_says_what_the_captions_show_when_they_show_it(tmp_path: Path) -> None:
    captions, reading = voice(SAMPLE)
    render_edition(reading, captions.timeline, tmp_path / "narration.mp3")
    sound, rate = decode(tmp_path / "narration.mp3")
    assert abs(len(sound) / rate * 1000 - captions.timeline.duration_ms) <= 50
    loud = np.abs(sound) > 0.01
    for timed in captions.timeline.parts:
        if isinstance(timed.part, Turn):
            for word in timed.words:
                if word.token.kind is TokenKind.SPEECH and word.end_ms - word.start_ms > 120:
                    first, last = (round(ms * rate / 1000) for ms in (word.start_ms, word.end_ms))
                    assert loud[first:last].any(), word
    spoken = np.zeros(len(sound), bool)
    for timed in captions.timeline.parts:
        for word in timed.words:
            if word.token.kind is TokenKind.SPEECH:
                first_ms, last_ms = max(0, word.start_ms - 60), word.end_ms + 120
                spoken[first_ms * rate // 1000 : last_ms * rate // 1000] = True
    assert np.abs(sound[~spoken]).max() < 0.05


def decode(path: Path) -> tuple[np.ndarray, int]:
    segment = decode_mp3(path.read_bytes())
    return np.frombuffer(segment.raw_data, "<i2") / 32768, segment.frame_rate


def test_the_report_tells_what_was_decided(build_once: Callable[..., Path]) -> None:
    folder = build_once(SAMPLE, voiced=True)
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert report["clock"] == "voices"
    assert report["editorial"] == {"policy": "unwrap", "unwrapped": 2, "kept": 0, "dropped": 0}
    assert (report["sounds"], report["pictures"]) == (4, 3)
    assert len(set(report["voices"].values())) == 3
    assert report["outputs"]["narration"] == "narration.mp3"
    assert {path.name for path in folder.iterdir()} == set(report["outputs"].values())


def test_stamps_that_leave_no_time_to_read_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "dense.txt"
    turns = ("Ann", "Bob") * 20
    path.write_text(
        "\n\n".join(
            f"[00:{number * 5 // 60:02}:{number * 5 % 60:02}] {name}: " + "Many more words. " * 12
            for number, name in enumerate(turns)
        ),
        encoding="utf-8",
    )
    report = json.loads((build(path, tmp_path, voiced=False) / "report.json").read_text("utf-8"))
    assert report["clock"] == "stamps"
    assert report["warnings"][-1]["line"] == 2 * len(turns) - 1
    assert "behind" in report["warnings"][-1]["message"]


def test_the_report_is_the_same_wherever_it_is_built(
    build_once: Callable[..., Path], tmp_path: Path
) -> None:
    copy = tmp_path / "elsewhere" / SAMPLE.name
    copy.parent.mkdir()
    shutil.copy(SAMPLE, copy)
    one, two = build_once(SAMPLE, voiced=False), build(copy, tmp_path, voiced=False)
    for path in one.iterdir():
        assert path.read_bytes() == (two / path.name).read_bytes()
