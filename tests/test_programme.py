"""A programme's sound: every sample where and what it was, or resampled so that nobody hears it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from programmes import ffmpeg, noise, read_pcm, tone, write_pcm
from vivavoz.audio.describe.pcm import RATE, Layout, Programme
from vivavoz.audio.describe.programme import decode_programme
from vivavoz.source import (
    UnreadableSource,
    UnwritableOutput,
    decode_speech,
    open_recording,
)

SURROUND = ("5.1", "5.1(side)")


def decode(path: Path) -> Programme:
    return decode_programme(open_recording(path), path.with_name("programme.wav"))


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.mkv", "a.aiff", "a.mov"])
@pytest.mark.parametrize("channels", [1, 2])
def test_sound_that_is_right_already_passes_to_the_bit(
    tmp_path: Path, name: str, channels: int
) -> None:
    original = write_pcm(tmp_path / "original.wav", noise(2.5, channels, 0.99))
    codec = ("-c:a", "pcm_s16le") if name in ("a.mkv", "a.mov") else ()
    ffmpeg("-i", original.path, *codec, tmp_path / name)
    programme = decode(tmp_path / name)
    assert (read_pcm(programme) == read_pcm(original)).all()
    assert programme == Programme(programme.path, Layout.of(channels), 16, original.frames)
    assert soundfile.info(programme.path).frames == original.frames


@pytest.mark.parametrize("layout", SURROUND)
def test_both_kinds_of_five_point_one_pass_to_the_bit(tmp_path: Path, layout: str) -> None:
    original = write_pcm(tmp_path / "original.wav", noise(1.5, 6, 0.99))
    ffmpeg("-channel_layout", layout, "-i", original.path, tmp_path / "a.wav")
    programme = decode(tmp_path / "a.wav")
    assert programme.layout is Layout.SURROUND
    assert (read_pcm(programme) == read_pcm(original)).all()
    assert "48000 Hz, 5.1, s16" in ffmpeg("-i", programme.path, "-f", "null", "-")


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("a.wav", "pcm_s24le"),
        ("a.flac", "flac"),
        ("a.wav", "pcm_s32le"),
        ("a.wav", "pcm_f64le"),
        ("a.m4a", "alac"),
    ],
)
def test_sound_deeper_than_sixteen_bits_stays_so(tmp_path: Path, name: str, codec: str) -> None:
    sound = np.rint(noise(1.5, 2, 0.9) * (1 << 23)).astype(np.int64) << 8
    original = write_pcm(tmp_path / "original.wav", sound, bits=32)
    ffmpeg("-i", original.path, "-c:a", codec, tmp_path / name)
    programme = decode(tmp_path / name)
    assert programme.bits == 32
    assert (read_pcm(programme) == sound).all()


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.mp3", ()),
        ("a.m4a", ("-c:a", "aac", "-ar", "44100")),
        ("a.opus", ()),
        ("a.mka", ("-c:a", "ac3", "-ac", "6")),
    ],
)
def test_what_a_codec_made_of_sound_needs_sixteen_bits(
    tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    write_pcm(tmp_path / "original.wav", stereo_tone())
    ffmpeg("-i", tmp_path / "original.wav", *options, tmp_path / name)
    programme = decode(tmp_path / name)
    assert programme.bits == 16
    assert programme.layout is (Layout.SURROUND if "6" in options else Layout.STEREO)
    assert abs(programme.duration_ms - 2000) <= 60


def stereo_tone() -> np.ndarray:
    return np.stack([tone(2, 997, 0.5), tone(2, 440, 0.5)], axis=1)


@pytest.mark.parametrize("rate", [22_050, 44_100, 96_000])
@pytest.mark.parametrize("hertz", [997, 9500, 19_000])
def test_another_rate_leaves_no_spurs(tmp_path: Path, rate: int, hertz: int) -> None:
    if hertz * 2 > rate:
        return
    soundfile.write(tmp_path / "a.wav", tone(3, hertz, 0.5, rate), rate, "PCM_24")
    sound = read_pcm(decode(tmp_path / "a.wav"))[:, 0] / (1 << 31)
    assert len(sound) == 3 * RATE
    inner = sound[RATE // 2 : -RATE // 2]
    spectrum = np.abs(np.fft.rfft(inner * np.kaiser(len(inner), 20)))
    place = round(hertz * len(inner) / RATE)
    near = slice(place - 40, place + 41)
    loudest = spectrum[near].max()
    spectrum[near] = 0
    assert 20 * np.log10(spectrum.max() / loudest) < -120
    assert abs(np.abs(inner).max() - 0.5) < 0.001


@pytest.mark.parametrize("late_s", [0.0, 0.5])
@pytest.mark.parametrize("name", ["a.mp4", "a.mkv"])
def test_the_programme_has_the_clock_of_its_speech(
    tmp_path: Path, name: str, late_s: float
) -> None:
    bursts = noise(3) * (np.arange(3 * RATE) // 4800 % 3 == 0)[:, None]
    write_pcm(tmp_path / "original.wav", bursts)
    picture = ("-f", "lavfi", "-i", "color=s=64x48:r=25")
    sound = ("-itsoffset", str(late_s), "-i", tmp_path / "original.wav")
    ffmpeg(*picture, *sound, "-shortest", "-c:v", "mpeg4", "-ar", "44100", tmp_path / name)
    programme = read_pcm(decode(tmp_path / name))[:, 0].astype(float)
    speech = np.concatenate(list(decode_speech(open_recording(tmp_path / name), RATE)))
    assert abs(len(programme) - len(speech)) <= 2
    shorter = min(len(programme), len(speech))
    overlap = np.fft.irfft(
        np.fft.rfft(programme[:shorter]) * np.fft.rfft(speech[:shorter].astype(float)).conj()
    )
    assert min(int(overlap.argmax()), len(overlap) - int(overlap.argmax())) <= 2
    assert not late_s or not programme[: int(0.4 * RATE)].any()


def test_a_gap_is_silence_on_every_channel(tmp_path: Path) -> None:
    original = write_pcm(tmp_path / "original.wav", noise(4, 2))
    cut = "aselect='not(between(t,1,2.5))'"
    ffmpeg("-i", original.path, "-af", cut, "-c:a", "pcm_s16le", tmp_path / "a.mkv")
    sound, whole = read_pcm(decode(tmp_path / "a.mkv")), read_pcm(original)
    assert sound.shape == whole.shape
    assert not sound[int(1.1 * RATE) : int(2.4 * RATE)].any()
    assert (sound[3 * RATE :] == whole[3 * RATE :]).all()


@pytest.mark.parametrize(
    ("layout", "centre"), [("3.0", 2), ("2.1", None), ("quad", None), ("7.1", 2)]
)
def test_other_layouts_become_five_point_one(
    tmp_path: Path, layout: str, centre: int | None
) -> None:
    source = f"anoisesrc=d=1:c=white:seed=1,aformat=channel_layouts=mono,pan={layout}|FL=c0|FR=c0"
    ffmpeg("-f", "lavfi", "-i", source + ("|FC=c0" if centre else ""), tmp_path / "a.wav")
    programme = decode(tmp_path / "a.wav")
    assert programme.layout is Layout.SURROUND
    heard = np.flatnonzero(read_pcm(programme).any(axis=0))
    assert list(heard) == [0, 1, *([centre] if centre else [])]


def test_what_has_no_sound_or_no_room_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    original = write_pcm(tmp_path / "original.wav", noise(1))
    with pytest.raises(UnwritableOutput):
        decode_programme(open_recording(original.path), tmp_path / "missing" / "a.wav")
    bare = write_pcm(tmp_path / "bare.wav", np.zeros((0, 1)))
    with pytest.raises(UnreadableSource):
        decode_programme(open_recording(bare.path), tmp_path / "a.wav")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bare.wav", "original.wav"]
