"""`vivavoz build` with a recording and pictures: what is heard, seen and told."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
import webvtt
from builds import RUN, Built, build
from pictured_talk import (
    FITTING,
    LONG,
    RATE,
    hear,
    measure_hum,
    pick_within,
    speak_talk,
    write_talk,
)
from vivavoz.audio import Utterance, VoiceSpec, cast_narrator
from vivavoz.audio.describe.dapt import check_dapt, read_dapt
from vivavoz.audio.ffmpeg import find_ffmpeg
from vivavoz.audio.resample import resample
from vivavoz.audio.speak.voice import Pronunciation

NARRATOR = "espeak:en-gb+m3"
FORMATS = ("--formats", "srt,podcast,html")
EDITED = "[Emil Brandt] She who mended nets\ntaught me everything."
EDIT = f"""
[[edit]]
at = "00:00:26.848"
follows = "read the water?"
was = "[Emil Brandt] A woman who mended nets on the north shore taught me everything."
precedes = "$"
cues = [{{ start = "00:00:26.900", lines = {json.dumps(EDITED.splitlines())} }}]
"""
OPTIONS = ("--loudness", "-20", "--duck", "-18", "--narrator", NARRATOR, *FORMATS)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a talk with a picture that fits and one that can't, at −20 LUFS."""
    talk = write_talk(tmp_path_factory.mktemp("talk"), {1: FITTING, 2: f"{LONG} ", 3: FITTING})
    talk.with_suffix(".toml").write_text('[pronounce]\n"ferry" = "FEH-ree-boat"\n', "utf-8")
    talk.with_suffix(".edits.toml").write_text(EDIT, "utf-8")
    return build(talk, *OPTIONS)


def measure(path: Path, track: int = 0) -> tuple[float, float]:
    """Return loudness and true peak as ffmpeg's ebur128 measures them."""
    told = subprocess.run(
        [
            *(find_ffmpeg(), "-hide_banner", "-i", str(path), "-map", f"0:a:{track}"),
            *("-af", "ebur128=peak=true", "-f", "null", "-"),
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    summary = told[told.rindex("Summary:") :]
    found = re.search(r"I:\s+(\S+) LUFS[\s\S]*Peak:\s+(\S+) dBFS", summary)
    assert found
    return float(found[1]), float(found[2])


def test_every_file_is_there(built: Built) -> None:
    assert built.code == 0
    assert set(built.told["outputs"]) == {
        *("captions", "srt", "podcast", "html", "chapters", "descriptions", "report"),
        *("narration", "described", "script", "page", "recording", "recording_described"),
        "spoken_descriptions",
        *("extended", "extended_captions", "extended_srt", "extended_podcast"),
        "extended_chapters",
    }
    assert built.files == {
        *("captions.en.vtt", "captions.en.srt", "captions.en.json", "transcript.en.html"),
        *("chapters.en.vtt", "descriptions.en.vtt", "report.json"),
        *("narration.flac", "described.mp4", "descriptions.en.dapt.xml", "extended.mp4"),
        *("extended.captions.en.vtt", "extended.captions.en.srt", "extended.captions.en.json"),
        *("extended.chapters.en.vtt", "index.html", "recording.mp4", "recording.described.mp4"),
        "descriptions.en.mp3",
    }


def test_the_report_explains_each_description(built: Built) -> None:
    first, second, third = built.narration["descriptions"]
    assert [one["step"] for one in (first, second, third)] == ["usual", "extended", "usual"]
    assert first["text"] == FITTING
    assert first["gap"]["start_ms"] + 200 <= first["start_ms"]
    assert first["end_ms"] <= first["gap"]["end_ms"] - 200
    assert "there is room for" in first["why"]
    assert second["extended"]["hold_ms"] > speak_talk().duration_ms
    assert third["words_per_minute"] == 160


def test_every_description_is_spoken_by_itself_for_the_page(built: Built) -> None:
    page = (built.folder / "index.html").read_text(encoding="utf-8")
    sound = np.abs(hear(built.folder / "descriptions.en.mp3"))
    spans = [(int(start), int(end)) for start, end in re.findall(r'data-clip="(\d+) (\d+)"', page)]
    assert len(spans) == 3
    for start_ms, end_ms in spans:
        span = sound[start_ms * 48 : end_ms * 48]
        assert span[: 150 * 48].max() < 0.01 > span[-150 * 48 :].max()
        assert span[200 * 48 : 400 * 48].max() > 0.01
    described = hear(built.folder / "recording.described.mp4")
    assert described == pytest.approx(hear(built.folder / "described.mp4", track=1))


def test_nobody_is_talked_over(built: Built) -> None:
    spoken = speak_talk()
    stem, rate = soundfile.read(built.folder / "narration.flac", dtype="int16")
    assert rate == RATE
    assert len(stem) / 48 == pytest.approx(spoken.duration_ms, abs=60)
    assert np.abs(stem).max() > 1000
    for word in spoken.words:
        if word.start_ms is not None and word.end_ms is not None:
            assert not stem[48 * word.start_ms : 48 * word.end_ms].any()


def test_the_programme_is_as_soft_as_asked_under_a_description_and_no_softer_under_a_word(
    built: Built,
) -> None:
    original, described = (
        measure_hum(hear(built.folder / "described.mp4", track)) for track in (0, 1)
    )
    count = min(len(original), len(described))
    gain_db = described[:count] - original[:count]
    words = [(word.start_ms, word.end_ms) for word in speak_talk().words]
    said_db = np.concatenate(
        [gain_db[pick_within(start, end)] for start, end in words if start and end]
    )
    everywhere_db = np.median(said_db)  # what --loudness adds
    assert np.abs(said_db - everywhere_db).max() < 0.5
    spoken = [one for one in built.narration["descriptions"] if one["step"] == "usual"]
    assert len(spoken) == 2
    for one in spoken:
        softened_db = gain_db[pick_within(one["start_ms"] + 100, one["end_ms"] - 100)]
        assert len(softened_db) > 20
        assert np.abs(softened_db - everywhere_db + 18).max() < 0.5


def test_the_narrator_has_the_voice_and_the_words_the_sounds_that_were_asked_for(
    built: Built,
) -> None:
    narrator = cast_narrator("en", VoiceSpec.parse(NARRATOR)).narrator
    assert built.narration["narrator"] == narrator.name
    first = built.narration["descriptions"][0]
    stem, _ = soundfile.read(built.folder / "narration.flac")
    said = stem[48 * first["start_ms"] : 48 * first["end_ms"]]
    ferry = Pronunciation(FITTING.index("ferry"), len("ferry"), respelling="FEH-ree-boat")
    assert find_likeness(said, speak(NARRATOR, FITTING, ferry)) > 0.99
    assert find_likeness(said, speak(NARRATOR, FITTING)) < 0.9
    assert find_likeness(said, speak("espeak", FITTING, ferry)) < 0.9


def speak(spec: str, text: str, *pronounced: Pronunciation) -> np.ndarray:
    """Have a narrator say something, as loud as may be, at `RATE`."""
    clip = cast_narrator("en", VoiceSpec.parse(spec)).narrator.speak(
        Utterance(text, 160, pronounced)
    )
    return resample(np.frombuffer(clip.samples, "<i2"), clip.rate, RATE).astype(float)


def find_likeness(sound: np.ndarray, wanted: np.ndarray) -> float:
    """Return how much of a sound is another one, wherever in it that begins: from 0 to 1."""
    size = 1 << (len(sound) + len(wanted)).bit_length()
    match = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(wanted, size).conj(), size)
    return float(match.max() / np.linalg.norm(sound) / np.linalg.norm(wanted))


def test_the_described_track_is_flagged_and_as_loud_as_asked(built: Built) -> None:
    with av.open(str(built.folder / "described.mp4")) as container:
        original, described = container.streams.audio
        assert original.disposition & av.stream.Disposition.default
        assert described.disposition & av.stream.Disposition.visual_impaired
        assert described.metadata["language"] == "eng"
        assert len(container.streams.subtitles) == 1
    lufs, peak = measure(built.folder / "described.mp4", 1)
    assert lufs == pytest.approx(-20, abs=0.2)
    assert peak <= -0.9  # AAC may pass the limit by a little


def test_the_extended_edition_keeps_its_own_time_and_every_edit(built: Built) -> None:
    held_ms = sum(one["extended"]["hold_ms"] for one in built.narration["descriptions"])
    with av.open(str(built.folder / "extended.mp4")) as container:
        assert container.duration
        lasts_ms = container.duration / 1000
    assert lasts_ms == pytest.approx(speak_talk().duration_ms + held_ms, abs=150)
    plain, extended = (
        webvtt.read(str(built.folder / name)).captions
        for name in ("captions.en.vtt", "extended.captions.en.vtt")
    )
    assert extended[0].start == plain[0].start
    assert plain[-1].start == "00:00:26.900"
    assert extended[-1].text == plain[-1].text == EDITED
    subrip = webvtt.from_srt(str(built.folder / "extended.captions.en.srt")).captions
    assert [(cue.start, cue.end) for cue in subrip] == [(cue.start, cue.end) for cue in extended]
    moved_s = extended[-1].start_in_seconds - plain[-1].start_in_seconds
    assert moved_s == pytest.approx(held_ms / 1000, abs=1.01)


def test_while_the_picture_holds_its_description_is_heard_and_nothing_else(built: Built) -> None:
    sound = hear(built.folder / "extended.mp4")
    (hold,) = (
        one["extended"] for one in built.narration["descriptions"] if one["step"] == "extended"
    )
    start_ms, end_ms = hold["at_ms"], hold["at_ms"] + hold["hold_ms"]
    hum_db = measure_hum(sound)
    programme_db = np.median(hum_db[pick_within(0, 1000)])
    assert hum_db[pick_within(start_ms + 100, end_ms - 100)].max() < programme_db - 30
    assert np.median(hum_db[pick_within(end_ms + 100, end_ms + 500)]) > programme_db - 1
    assert find_likeness(sound[48 * start_ms : 48 * end_ms], speak(NARRATOR, LONG)) > 0.95


def test_the_tracks_and_the_script_agree(built: Built) -> None:
    cues = webvtt.read(str(built.folder / "descriptions.en.vtt")).captions
    first, *_ = built.narration["descriptions"]
    assert [" ".join(cue.text.split()) for cue in cues] == [FITTING, LONG, FITTING]
    assert cues[0].start_in_seconds == first["start_ms"] // 1000
    path = built.folder / "descriptions.en.dapt.xml"
    assert check_dapt(path.read_bytes()) == ()
    script = read_dapt(path)
    assert [event.text for event in script.events] == [FITTING, LONG, FITTING]
    assert script.events[0].start_ms == first["start_ms"]
    assert [event.hold is not None for event in script.events] == [False, True, False]


def test_the_same_words_after_other_words_are_not_pointed_out(built: Built) -> None:
    assert not built.list_warnings("says nothing")


def test_the_same_build_gives_the_same_bytes(built: Built, tmp_path: Path) -> None:
    subprocess.run(
        [*RUN, "build", "talk.txt", *OPTIONS, "--out", str(tmp_path / "again")],
        cwd=built.folder.parents[1],
        env={**os.environ, "VIVAVOZ_CACHE": str(tmp_path / "cache")},
        check=True,
    )
    for path in sorted(built.folder.iterdir()):
        assert path.read_bytes() == (tmp_path / "again" / "talk" / path.name).read_bytes(), path


def test_standard_leaves_out_what_has_no_time_and_says_so(tmp_path: Path) -> None:
    talk = write_talk(tmp_path, {1: FITTING, 2: FITTING, 3: LONG})
    standard = build(talk, "--narration", "standard")
    assert "extended" not in standard.told["outputs"]
    assert standard.list_warnings("no time to speak this description") == [11]
    assert standard.list_warnings("says nothing") == [7]


def test_a_sound_file_gets_a_described_sound_file(tmp_path: Path) -> None:
    talk = write_talk(tmp_path, {1: FITTING})
    described = Path(
        build(talk, "--media", str(tmp_path / "sound.wav")).told["outputs"]["described"]
    )
    assert described.name == "described.m4a"
    with av.open(str(described)) as container:
        assert len(container.streams.audio) == 1


def test_without_pictures_there_is_nothing_to_extend_and_that_is_said(tmp_path: Path) -> None:
    asked = build(write_talk(tmp_path, {}), "--narration", "extended")
    assert asked.code == 0
    assert set(asked.told["outputs"]) == {
        "captions",
        "srt",
        "chapters",
        "recording",
        "page",
        "report",
    }
    assert asked.list_warnings("no picture") == [None]
    assert len(asked.told["warnings"]) == 1
