"""A quiet recording is heard like a loud one; a silent one is called silent."""

from __future__ import annotations

import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from alignment_rules import align, speech
from synthetic_speech import RATE, make_noise, read_script, speak_interview, write_wave
from vivavoz.source import UnreadableSource

SCRIPT = read_script("orchard.en")


@pytest.fixture
def transcript(tmp_path: Path) -> Path:
    path = tmp_path / "talk.txt"
    path.write_text(SCRIPT.transcript, encoding="utf-8")
    return path


def test_a_quiet_recording_has_the_times_of_a_loud_one(transcript: Path) -> None:
    samples = speak_interview(SCRIPT).samples[: 20 * RATE]
    found = []
    for peak in (20_000, 100):
        path = transcript.with_name(f"{peak}.wav")
        write_wave(path, np.round(samples * (peak / np.abs(samples).max())).astype(np.int16))
        found.append([word.start_ms for word in speech(align(transcript, path))])
    loud, quiet = ([start_ms is not None for start_ms in starts] for starts in found)
    assert sum(loud) > 40
    assert sum(one != other for one, other in zip(loud, quiet, strict=True)) <= 1
    apart = [abs(a - b) for a, b in zip(*found, strict=True) if a is not None and b is not None]
    assert np.percentile(apart, 90) <= 30


@pytest.mark.parametrize(
    ("loudest", "says"), [(0, "is silent from beginning to end"), (8, "at its loudest .* −72 dBFS")]
)
def test_a_recording_in_which_nothing_can_be_heard_is_called_that(
    transcript: Path, loudest: int, says: str
) -> None:
    noise = make_noise(20 * RATE)
    path = transcript.with_name("silence.wav")
    write_wave(path, np.round(noise * (loudest / np.abs(noise).max())).astype(np.int16))
    with pytest.raises(UnreadableSource, match=says) as refusal:
        align(transcript, path)
    assert refusal.value.file == str(path)
    assert "tracks" not in refusal.value.message


@pytest.mark.parametrize("source", ["anullsrc=r=16000", "sine=f=300:r=16000"])
def test_a_refusal_tells_of_the_other_sound_tracks(transcript: Path, source: str) -> None:
    path = transcript.with_name("two.mkv")
    words = ("-v", "error", "-f", "lavfi", "-t", "20", "-i", source, "-map", "0", "-map", "0", path)
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), *map(str, words)], check=True)
    with pytest.raises(UnreadableSource, match="The file has 2 sound tracks"):
        align(transcript, path)
