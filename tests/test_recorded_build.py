"""`vivavoz build` and `vivavoz align` with a recording, as people and scripts run them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import webvtt
from builds import build, run
from synthetic_speech import Saying, Script, SpokenInterview, play_music_first, speak_interview

CUT = 3
SCRIPT = Script(
    "en",
    (
        Saying("Nora Whitfield", "Captain Brandt, do you remember the first crossing?"),
        Saying("Emil Brandt", "It was a Tuesday in March, and there was ice along the pier."),
        Saying("Nora Whitfield", "Who taught you to read the water?"),
        Saying("Emil Brandt", "A woman who mended nets on the north shore taught me everything."),
        Saying("Nora Whitfield", "Would you still vote for the bridge?"),
        Saying("Emil Brandt", "I would, because my daughter drives ninety minutes to work."),
    ),
)
FOREIGN = {4: Saying("Emil Brandt", "Before we go on, let me pour another cup of coffee for you.")}


@pytest.fixture(scope="module")
def spoken() -> SpokenInterview:
    return play_music_first(speak_interview(SCRIPT, cut={CUT}, foreign=FOREIGN), 5)


@pytest.fixture
def talk(tmp_path: Path, spoken: SpokenInterview) -> Path:
    """Write `talk.txt`, and `talk.wav` beside it; return the transcript."""
    return spoken.write(tmp_path, "talk")[0]


def test_a_recording_beside_the_transcript_gives_the_times(
    talk: Path, spoken: SpokenInterview
) -> None:
    built = build(talk)
    told = built.told
    assert told["clock"] == "recording"
    assert told["media"] == str(talk.with_suffix(".wav"))
    assert set(told["outputs"]) == {"captions", "srt", "chapters", "recording", "page", "report"}
    assert not built.list_warnings("picture")
    assert told["duration_ms"] == pytest.approx(spoken.duration_ms, abs=60)
    captions = webvtt.read(told["outputs"]["captions"]).captions
    begins = {word.turn: word.start_ms for word in reversed(spoken.words) if word.start_ms}
    for turn, saying in enumerate(SCRIPT.sayings):
        opening = " ".join(saying.text.split()[:3])
        cues = [cue for cue in captions if opening in " ".join(cue.text.split())]
        assert len(cues) == (turn != CUT)
        if cues:
            assert _to_ms(cues[0].start) == pytest.approx(begins[turn], abs=400)


def _to_ms(stamp: str) -> int:
    hours, minutes, seconds = stamp.split(":")
    return round((int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * 1000)


def test_the_report_tells_where_the_two_differ(talk: Path) -> None:
    ran = run("build", talk, cwd=talk.parent)
    folder = talk.parent / "out" / "talk"
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert report["media"] == "talk.wav"
    found = report["alignment"]
    assert [passage["turn"] for passage in found["unspoken"]] == [CUT]
    assert found["words_unheard"] == len(SCRIPT.sayings[CUT].text.split())
    assert found["untranscribed"]
    assert 0 < found["confidence"] <= 1
    lines = [warning["line"] for warning in report["warnings"]]
    assert CUT + 1 in lines
    assert f"talk.txt, line {CUT + 1}: This is not in the recording" in ran.stderr
    assert "is not in the transcript" in ran.stderr
    assert "timed to talk.wav: " in ran.stdout
    captions = (folder / "captions.en.vtt").read_text(encoding="utf-8")
    assert "Times come from the recording." in captions


def test_a_build_repeats_to_the_byte_wherever_it_is(talk: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for path in (talk, talk.with_suffix(".wav")):
        shutil.copy(path, elsewhere)
    run("build", "talk.txt", cwd=elsewhere)
    folders = (build(talk).folder, elsewhere / "out" / "talk")
    one, other = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert one == other


def test_a_named_recording_is_taken_and_none_leaves_it_out(talk: Path) -> None:
    elsewhere = talk.with_name("elsewhere.wav")
    talk.with_suffix(".wav").rename(elsewhere)
    assert build(talk, "--media", str(elsewhere)).told["media"] == str(elsewhere)
    elsewhere.rename(talk.with_suffix(".wav"))
    told = build(talk, "--media", "none", "--narration", "none").told
    assert (told["clock"], told["media"]) == ("estimate", None)


def test_one_recording_is_not_taken_for_two_transcripts(talk: Path) -> None:
    words = ("build", talk, "other.txt", "--media", "talk.wav")
    ran = run(*words, cwd=talk.parent, code=2)
    assert ran.stderr.count("\n") == 1
    assert "2 transcripts" in ran.stderr
    assert not (talk.parent / "out").exists()


def test_a_bad_recording_fails_its_own_interview_only(talk: Path) -> None:
    bad = talk.with_name("bad.txt")
    bad.write_text("Ann: Is it?\n\nBen: It is.\n", encoding="utf-8")
    bad.with_suffix(".mp4").write_bytes(b"no video at all")
    ran = run("build", bad, talk, "--json", cwd=talk.parent, code=1)
    told = {one["interview"]: one for one in map(json.loads, ran.stdout.splitlines())}
    failed, done = told[str(bad)], told[str(talk)]  # each is told of as it ends
    assert failed["error"]["exit_code"] == 3
    assert done["clock"] == "recording"
    assert ran.stderr.splitlines()[0].startswith(f"vivavoz: {bad.with_suffix('.mp4')}: ")
    assert "--media none" in ran.stderr
    assert not (talk.parent / "out" / "bad").exists()


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["build", "talk.txt", "--media", "missing.mp4"], 3, "missing.mp4: There is no such file"),
        (["build", "talk.txt", "--media", "."], 3, "folder"),
        (["align", "talk.txt", "talk.txt"], 3, "not a media file"),
        (["align", "missing.txt", "talk.wav"], 3, "missing.txt: There is no such file"),
        (["align", "talk.txt"], 2, "Missing argument 'MEDIA'. See `vivavoz align --help`."),
        (["align", "talk.txt", "talk.wav", "--language", "!"], 2, "language tag"),
    ],
)
def test_failures_are_one_sentence_and_an_exit_code(
    talk: Path, words: list[str], code: int, sentence: str
) -> None:
    ran = run(*words, cwd=talk.parent, code=code)
    assert sentence in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert ran.stdout == ""
    assert not (talk.parent / "out").exists()


def test_align_prints_one_object_and_writes_nothing(talk: Path) -> None:
    before = sorted(talk.parent.iterdir())
    ran = run("align", talk, talk.with_suffix(".wav"), "--json", cwd=talk.parent)
    (line,) = ran.stdout.splitlines()
    told = json.loads(line)
    written = " ".join(saying.text for saying in SCRIPT.sayings)
    assert " ".join(word["text"] for word in told["words"]) == written
    assert {word["turn"] for word in told["words"] if word["start"] is None} == {CUT}
    assert {word["speaker"] for word in told["words"]} == {"Nora Whitfield", "Emil Brandt"}
    assert ran.stderr == ""
    assert sorted(talk.parent.iterdir()) == before


def test_align_lists_every_turn(talk: Path) -> None:
    listing = run("align", talk, "talk.wav", cwd=talk.parent).stdout
    for line, saying in enumerate(SCRIPT.sayings, 1):
        assert f"{saying.speaker}: {saying.text[:40]}" in listing
        assert f"\n{line:>5} " in listing
    assert "Not in the recording:\n    4 A woman who mended nets" in listing
    assert "Not in the transcript:\n      00:" in listing
