"""A recording that a transcript does not belong to is refused or doubted, never made to fit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from aligned_case import SHARED
from alignment_rules import align, check_differences, check_times, run_align, speech
from synthetic_speech import (
    CASES,
    RATE,
    Script,
    make_noise,
    read_script,
    speak_interview,
    write_wave,
)
from vivavoz.source import VivavozError, decode_speech, open_recording


def test_media_without_speech_is_refused_or_doubted(tmp_path: Path) -> None:
    transcript = _write_transcript(tmp_path, read_script("orchard.en"))
    count = 40 * RATE
    unspoken = {
        "silence": np.zeros(count, np.int16),
        "almost-silence": (make_noise(count) * 3).astype(np.int16),
        "noise": (make_noise(count) * 3000).astype(np.int16),
        "tone": (6000 * np.sin(np.arange(count) / 6)).astype(np.int16),
        "blink": np.zeros(RATE // 100, np.int16),
        "wink": (make_noise(RATE // 15) * 3000).astype(np.int16),
    }
    for name, samples in unspoken.items():
        recording = tmp_path / f"{name}.wav"
        write_wave(recording, samples)
        _check_doubted(transcript, recording)


def test_music_alone_is_refused_or_doubted(tmp_path: Path) -> None:
    transcript = _write_transcript(tmp_path, read_script("orchard.en"))
    recording = tmp_path / "music.wav"
    write_wave(recording, CASES["music first"]().samples[: 20 * RATE])
    _check_doubted(transcript, recording)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("orchard.en", "ferry.en"),
        ("ferry.en", "orchard.en"),
        ("bakery.es", "orchard.en"),
        ("orchard.en", "bakery.es"),
    ],
)
def test_a_recording_of_something_else_is_refused_or_doubted(
    said: str, written: str, tmp_path: Path
) -> None:
    _, recording = speak_interview(read_script(said)).write(tmp_path, "said")
    _check_doubted(_write_transcript(tmp_path, read_script(written)), recording)


@pytest.mark.parametrize("clip", ["reading_de", "lucier", "reading_es", "address", "phone2spk"])
def test_a_real_recording_of_something_else_is_refused_or_doubted(
    clip: str, tmp_path: Path
) -> None:
    recording = SHARED / "speech" / f"{clip}.flac"
    if not recording.exists():
        pytest.skip(f"the shared test data has no speech/{clip}.flac here")
    _check_doubted(_write_transcript(tmp_path, read_script("ferry.en")), recording)


def test_a_transcript_without_words_is_refused_or_empty(tmp_path: Path) -> None:
    _, recording = speak_interview(read_script("bakery.es")).write(tmp_path, "said")
    transcript = tmp_path / "empty.txt"
    transcript.write_text("[applause]\n", encoding="utf-8")
    try:
        alignment = align(transcript, recording)
    except VivavozError as error:
        _check_sentence(error)
    else:
        assert not speech(alignment)
        assert alignment.confidence < 0.5


def test_the_command_answers_bad_media_in_one_sentence(tmp_path: Path) -> None:
    transcript = _write_transcript(tmp_path, read_script("orchard.en"))
    write_wave(tmp_path / "silence.wav", np.zeros(20 * RATE, np.int16))
    (tmp_path / "letter.mp4").write_text("Dear sir or madam", encoding="utf-8")
    for name in ("silence.wav", "letter.mp4", "missing.mp3", "."):
        finished = run_align(transcript, tmp_path / name)
        assert finished.returncode in {1, 3}, name
        assert finished.stdout.count("\n") <= 1
        assert len(finished.stderr.strip().splitlines()) <= 1
        assert "Traceback" not in finished.stdout + finished.stderr
        assert finished.stdout + finished.stderr


def _write_transcript(folder: Path, script: Script) -> Path:
    path = folder / "transcript.txt"
    path.write_text(script.transcript, encoding="utf-8")
    return path


def _check_doubted(transcript: Path, recording: Path) -> None:
    """Hold a result that can't be right against the rule: a clear sentence, or no trust."""
    try:
        alignment = align(transcript, recording)
    except VivavozError as error:
        _check_sentence(error)
        return
    check_times(alignment)
    check_differences(alignment)
    words = speech(alignment)
    trusted = sum(word.start_ms is not None and word.confidence >= 0.5 for word in words)
    assert alignment.confidence < 0.5
    assert trusted < 0.1 * len(words), f"{trusted} of {len(words)} words"


def _check_sentence(error: VivavozError) -> None:
    assert len(error.message) > 20
    assert "\n" not in error.message
    assert error.message.rstrip().endswith(".")


@pytest.mark.parametrize("order", [("acoustic", "cold"), ("cold", "acoustic")])
def test_a_hoarse_voice_that_nobody_transcribed_is_not_passed_over(
    order: tuple[str, str], tmp_path: Path
) -> None:
    clips = [SHARED / "speech" / f"{name}.flac" for name in order]
    if not clips[0].exists():
        pytest.skip("the shared test data has no speech here")
    samples = [np.concatenate(list(decode_speech(open_recording(clip), RATE))) for clip in clips]
    recording = tmp_path / "both.wav"
    write_wave(recording, np.concatenate(samples))
    alignment = align(SHARED / "speech" / "acoustic.txt", recording)
    stretches = [*alignment.untranscribed, *alignment.unclear]
    reported_ms = sum(stretch.end_ms - stretch.start_ms for stretch in stretches)
    assert reported_ms > 5000


def test_an_editors_words_are_said_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    said = read_script("ferry.en")
    _, recording = speak_interview(said).write(tmp_path, "said")
    aside = "[as they told all of us the day before]"
    lines = [line.replace(" the ", f" {aside} the ", 1) for line in said.transcript.splitlines()]
    transcript = tmp_path / "aside.txt"
    transcript.write_text("\n".join(lines), encoding="utf-8")
    alignment = align(transcript, recording)
    heard = [word for word in speech(alignment) if word.start_ms is not None]
    assert sum(word.token.editorial for word in heard) == 0
    assert sum(not word.token.editorial for word in heard) > 400


def test_short_sentences_that_nobody_says_are_not_squeezed_in(tmp_path: Path) -> None:
    said = read_script("ferry.en")
    _, recording = speak_interview(said).write(tmp_path, "said")
    lines = said.transcript.splitlines()
    for number, sentence in (
        (3, "I do not know."),
        (8, "We should ask the butcher."),
        (12, "No way."),
    ):
        lines[number] += f" {sentence}"
    transcript = tmp_path / "more.txt"
    transcript.write_text("\n".join(lines), encoding="utf-8")
    unspoken = " ".join(passage.text for passage in align(transcript, recording).unspoken)
    assert "I do not know." in unspoken
    assert "We should ask the butcher." in unspoken
