"""Loudness and true peaks agree with an independent meter, ffmpeg's ebur128."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from programmes import describe, make_clip, noise, read_ebur128, read_pcm, tone, write_pcm
from synthetic_speech import RATE as SPEECH_RATE
from synthetic_speech import read_script, speak_interview, write_wave
from vivavoz.audio.describe.gain import GainTimeline
from vivavoz.audio.describe.level import match_levels
from vivavoz.audio.describe.loudness import Loudness, measure_loudness, measure_true_peak
from vivavoz.audio.describe.mix import mix_narration
from vivavoz.audio.describe.narration import Narration
from vivavoz.audio.describe.normalisation import normalise
from vivavoz.audio.describe.pcm import Layout, Programme
from vivavoz.audio.describe.programme import decode_programme
from vivavoz.audio.speak.espeak import EspeakVoice
from vivavoz.audio.speak.store import ClipStore
from vivavoz.audio.speak.voice import Utterance
from vivavoz.source import open_recording


def level(decibels: float) -> float:
    return 10 ** (decibels / 20)


def stereo(sound: np.ndarray) -> np.ndarray:
    return np.stack([sound, sound], axis=1)


def steps(*parts: tuple[float, float]) -> np.ndarray:
    """Return a stereo tone of 1 kHz: for so many seconds at so many dBFS."""
    return np.concatenate([stereo(tone(seconds, 1000, level(loud))) for seconds, loud in parts])


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Programme:
    """Return twelve seconds of an interview."""
    folder = tmp_path_factory.mktemp("speech")
    samples = speak_interview(read_script("orchard.en")).samples[: 12 * SPEECH_RATE]
    write_wave(folder / "speech.wav", samples)
    return decode_programme(open_recording(folder / "speech.wav"), folder / "programme.wav")


# EBU Tech 3341, table 1, cases 1 to 6, some of them shortened.
@pytest.mark.parametrize(
    ("sound", "lufs"),
    [
        (lambda: steps((20, -23)), -23),
        (lambda: steps((20, -33)), -33),
        (lambda: steps((5, -36), (30, -23), (5, -36)), -23),
        (lambda: steps((5, -72), (5, -36), (30, -23), (5, -36), (5, -72)), -23),
        (lambda: steps((20, -26), (20.1, -20), (20, -26)), -23),
        (
            lambda: np.stack(
                [tone(20, 1000, level(loud)) for loud in (-28, -28, -24, -400, -30, -30)], axis=1
            ),
            -23,
        ),
    ],
)
def test_the_meter_shows_what_ebu_tech_3341_asks_for(
    tmp_path: Path, sound: Callable[[], np.ndarray], lufs: float
) -> None:
    programme = write_pcm(tmp_path / "sound.wav", sound(), bits=32)
    assert abs(measure_loudness(programme).lufs - lufs) <= 0.1


@pytest.mark.parametrize("channels", [1, 2, 6])
def test_the_meter_agrees_with_another_on_noise(tmp_path: Path, channels: int) -> None:
    sound = noise(8, channels) * np.linspace(0, 1, channels) ** 2 if channels > 1 else noise(8)
    programme = write_pcm(tmp_path / "noise.wav", sound)
    lufs, peak_db = read_ebur128(programme.path)
    assert abs(measure_loudness(programme).lufs - lufs) <= 0.1
    assert abs(measure_true_peak(programme) - peak_db) <= 0.2


def test_the_meter_agrees_with_another_on_speech(speech: Programme) -> None:
    lufs, peak_db = read_ebur128(speech.path)
    assert abs(measure_loudness(speech).lufs - lufs) <= 0.1
    assert abs(measure_true_peak(speech) - peak_db) <= 0.2


def test_a_peak_between_samples_is_found(tmp_path: Path) -> None:
    """A quarter of the rate, 45° on: the loudest sample is 3 dB below the sine's peak."""
    sound = level(-6) * np.sin(np.pi / 4 + np.pi / 2 * np.arange(48_000))
    programme = write_pcm(tmp_path / "a.wav", sound * np.hanning(len(sound)))
    assert abs(measure_true_peak(programme) + 6) < 0.01


def test_silence_has_no_loudness(tmp_path: Path) -> None:
    programme = write_pcm(tmp_path / "silence.wav", np.zeros(48_000))
    assert measure_loudness(programme).lufs == -math.inf
    assert measure_true_peak(programme) == -math.inf
    assert not normalise(programme, -23, tmp_path / "out.wav").reached


@pytest.mark.parametrize("target", [-27.0, -23.0, -16.0, -14.0])
def test_a_mix_is_brought_to_its_target(tmp_path: Path, speech: Programme, target: float) -> None:
    made = normalise(speech, target, tmp_path / "out.wav")
    lufs, peak_db = read_ebur128(made.programme.path)
    assert made.reached
    assert abs(lufs - target) <= 0.2
    assert peak_db <= -1.0
    assert abs(made.lufs - lufs) <= 0.1
    assert abs(made.true_peak_db - peak_db) <= 0.2
    assert made.programme.frames == speech.frames


def test_a_mix_below_its_peaks_is_only_turned_up(tmp_path: Path) -> None:
    programme = write_pcm(tmp_path / "a.wav", noise(3, 2, 0.05))
    made = normalise(programme, measure_loudness(programme).lufs + 6.0206, tmp_path / "out.wav")
    twice = read_pcm(programme).astype(int) * 2
    assert np.abs(read_pcm(made.programme) - twice).max() <= 1


def test_a_target_that_peaks_forbid_is_not_called_reached(tmp_path: Path) -> None:
    programme = write_pcm(tmp_path / "a.wav", stereo(tone(2, 1000, 0.5)))
    made = normalise(programme, 3.0, tmp_path / "out.wav")
    lufs, peak_db = read_ebur128(made.programme.path)
    assert not made.reached
    assert abs(made.lufs - lufs) <= 0.1
    assert lufs < 0
    assert peak_db <= -1.0


@pytest.mark.parametrize("channels", [1, 2, 6])
def test_a_description_is_as_loud_as_the_speech_near_it(tmp_path: Path, channels: int) -> None:
    """Somebody speaks softly, loud music plays, and much later somebody speaks loudly."""
    layout = Layout.of(channels)
    sound = np.zeros((80 * 48_000, channels))
    said = ((5000, 9000, -30.0), (72_000, 76_000, -18.0))
    for start_ms, end_ms, loud in said:
        sound[start_ms * 48 : end_ms * 48, layout.spoken] = tone(4, 1000, level(loud))[:, None]
    sound[12_000 * 48 : 20_000 * 48] = tone(8, 300, level(-8))[:, None]
    programme = write_pcm(tmp_path / "a.wav", sound)
    clip = make_clip(noise(3), 48_000)
    words = [(ms, ms + 300) for start_ms, end_ms, _ in said for ms in range(start_ms, end_ms, 320)]
    placed = [describe(23_000, clip), describe(60_000, clip)]
    gains = match_levels(placed, measure_loudness(programme), words, layout)
    assert gains[1] - gains[0] == pytest.approx(12, abs=0.1)
    for (start_ms, end_ms, _), gain_db in zip(said, gains, strict=True):
        speech = write_pcm(tmp_path / "speech.wav", sound[start_ms * 48 : end_ms * 48])
        spoken = Narration((describe(0, clip, gain_db),), GainTimeline(()))
        silence = write_pcm(tmp_path / "silence.wav", np.zeros((3 * 48_000, channels)))
        alone = mix_narration(silence, spoken, tmp_path / "alone.wav")
        assert read_ebur128(alone.path)[0] == pytest.approx(read_ebur128(speech.path)[0], abs=0.2)


def test_without_speech_a_description_is_as_loud_as_the_programme(tmp_path: Path) -> None:
    programme = measure_loudness(write_pcm(tmp_path / "a.wav", noise(5, 2, 0.05)))
    clip = make_clip(noise(2, 1, 0.1))
    assert match_levels([describe(0, clip)], programme, [], Layout.STEREO) == pytest.approx(
        [-6.02], abs=0.1
    )


def test_what_is_silent_is_not_turned_up(tmp_path: Path) -> None:
    programme = measure_loudness(write_pcm(tmp_path / "a.wav", noise(5)))
    silence = Loudness(np.zeros(50))
    mute, heard = make_clip(np.zeros(48_000)), make_clip(noise(1))
    assert match_levels([describe(0, mute)], programme, [], Layout.MONO) == (0.0,)
    assert match_levels([describe(0, heard)], silence, [(0, 900)], Layout.MONO) == (0.0,)


def test_a_clip_of_one_word_has_a_loudness(tmp_path: Path) -> None:
    programme = measure_loudness(write_pcm(tmp_path / "a.wav", steps((5, -20))))
    short = [describe(0, make_clip(tone(s, 1000, level(-20)))) for s in (0.05, 0.25, 2)]
    gains = match_levels(short, programme, [(0, 5000)], Layout.STEREO)
    assert gains == pytest.approx([0, 0, 0], abs=0.3)


def test_a_clip_that_is_matched_again_is_not_decoded_again(tmp_path: Path) -> None:
    store = ClipStore(tmp_path / "clips")
    clip = store.shelve(EspeakVoice("en-us"), Utterance("A lighthouse on a cliff."))
    programme = Loudness(np.full(300, 0.01))
    before = match_levels([describe(0, clip)], programme, [], Layout.STEREO)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ClipStore, "speak", None)
        moved = [describe(9000, clip), describe(20_000, clip)]
        assert match_levels(moved, programme, [], Layout.STEREO) == before * 2


def test_channels_that_there_is_no_layout_of_are_named() -> None:
    with pytest.raises(ValueError, match="no layout has 4 channels"):
        Layout.of(4)
