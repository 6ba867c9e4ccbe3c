"""Recordings: what is opened and what is refused, and that every sample keeps its time."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
import wave
from io import FileIO
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vivavoz.source import (
    Recording,
    UnreadableSource,
    decode_speech,
    find_recording,
    open_recording,
)
from vivavoz.source.container import read_container

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
RATE = 16000
SOURCE_RATE = 48000
PICTURE = ("-f", "lavfi", "-i", "color=s=64x48:r=25")
SHOWN = ("-shortest", "-c:v", "mpeg4")


def ffmpeg(*words: str | Path) -> None:
    subprocess.run([FFMPEG, "-v", "error", "-y", *map(str, words)], check=True)


def decode(path: Path, rate: int = RATE) -> np.ndarray:
    return np.concatenate(list(decode_speech(open_recording(path), rate)))


def write_wav(path: Path, samples: np.ndarray, rate: int = SOURCE_RATE) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.astype("<i2").tobytes())
    return path


@pytest.fixture(scope="module")
def sound() -> np.ndarray:
    """Four seconds of bursts that are like nothing else in it, so that a place is found again."""
    chance = np.random.default_rng(0)
    times = np.arange(4 * SOURCE_RATE) / SOURCE_RATE
    pitch = np.repeat(chance.uniform(150, 2500, 40), SOURCE_RATE // 10)
    loudness = np.repeat(chance.uniform(0, 9000, 40), SOURCE_RATE // 10)
    return loudness * np.sin(2 * np.pi * np.cumsum(pitch) / SOURCE_RATE) * (times > 0.2)


@pytest.fixture(scope="module")
def original(sound: np.ndarray, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_wav(tmp_path_factory.mktemp("media") / "original.wav", sound)


def find_offset(samples: np.ndarray, reference: np.ndarray) -> float:
    """Return by how many milliseconds the samples are late."""
    size = 1 << (len(samples) + len(reference)).bit_length()
    first, second = np.fft.rfft(samples, size), np.fft.rfft(reference, size)
    place = int(np.fft.irfft(first * second.conj(), size).argmax())
    return (place - size if place > size // 2 else place) / RATE * 1000


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.wav", ()),
        ("float.wav", ("-c:a", "pcm_f32le", "-ac", "2")),
        ("a.flac", ()),
        ("a.mp3", ("-ar", "44100", "-ac", "2")),
        ("a.m4a", ("-ar", "44100")),
        ("a.opus", ()),
        ("a.ogg", ("-c:a", "libvorbis")),
        ("a.webm", ("-c:a", "libopus")),
        ("a.mkv", ("-c:a", "aac")),
        ("mp3.mkv", ("-c:a", "libmp3lame")),
        ("a.aiff", ("-ar", "22050")),
    ],
)
def test_sound_keeps_its_time_in_every_format(
    tmp_path: Path, original: Path, name: str, options: tuple[str, ...]
) -> None:
    path = tmp_path / name
    ffmpeg("-i", original, *options, path)
    recording = open_recording(path)
    assert not recording.has_video
    assert recording.duration_ms is not None
    assert abs(recording.duration_ms - 4000) <= 60
    samples = decode(path)
    assert abs(len(samples) / RATE - 4) <= 0.06
    assert abs(find_offset(samples, decode(original))) < 5


@pytest.mark.parametrize("name", ["a.mp4", "a.mov", "a.mkv"])
@pytest.mark.parametrize("late_s", [0, 0.5])
def test_sound_that_begins_late_in_a_video_is_late(
    tmp_path: Path, original: Path, name: str, late_s: float
) -> None:
    path = tmp_path / name
    ffmpeg(*PICTURE, "-itsoffset", str(late_s), "-i", original, *SHOWN, path)
    assert open_recording(path).has_video
    samples = decode(path)
    assert abs(find_offset(samples, decode(original)) - late_s * 1000) < 5
    if late_s:
        assert not samples[: int(0.4 * RATE)].any()


def test_a_stream_that_counts_from_elsewhere_begins_at_zero(tmp_path: Path, original: Path) -> None:
    path = tmp_path / "a.ts"
    options = ("-shortest", "-c:v", "mpeg2video", "-c:a", "mp2", "-output_ts_offset", "3000")
    ffmpeg(*PICTURE, "-i", original, *options, path)
    # MPEG's transport stream does not say by how much the encoder is late.
    assert abs(find_offset(decode(path), decode(original))) < 40


def test_a_gap_is_silence_and_later_sound_keeps_its_time(tmp_path: Path, original: Path) -> None:
    path = tmp_path / "gap.mkv"
    cut = "aselect='not(between(t,1,2.5))'"
    ffmpeg("-i", original, "-af", cut, "-c:a", "pcm_s16le", path)
    samples, whole = decode(path), decode(original)
    assert len(samples) == len(whole)
    assert not samples[int(1.1 * RATE) : int(2.4 * RATE)].any()
    assert abs(find_offset(samples[int(2.6 * RATE) :], whole[int(2.6 * RATE) :])) < 1


def test_samples_are_mono_at_the_wanted_rate_in_blocks_of_a_second(original: Path) -> None:
    blocks = list(decode_speech(open_recording(original), 8000))
    assert {block.dtype for block in blocks} == {np.dtype(np.int16)}
    assert max(map(len, blocks)) <= 1.2 * 8000
    assert abs(sum(map(len, blocks)) - 4 * 8000) <= 1


def test_two_channels_are_mixed(tmp_path: Path, original: Path) -> None:
    """One speaker on each side, as interviews are recorded."""
    left, right = tmp_path / "left.wav", tmp_path / "right.wav"
    ffmpeg("-i", original, "-af", "pan=stereo|c0=c0", left)
    ffmpeg("-i", original, "-af", "pan=stereo|c1=c0", right)
    both = decode(left).astype(int) + decode(right)
    assert np.abs(both - decode(original)).max() <= 2


@pytest.mark.parametrize("channels", [6, 10])
def test_many_channels_are_mixed(tmp_path: Path, original: Path, channels: int) -> None:
    path = tmp_path / "many.wav"
    ffmpeg("-i", original, "-af", f"pan={channels}c|c0=c0|c2=c0", path)
    assert abs(find_offset(decode(path), decode(original))) < 1


def test_the_stream_that_plays_by_default_is_heard(tmp_path: Path, original: Path) -> None:
    path = tmp_path / "two.mkv"
    silence = ("-f", "lavfi", "-t", "4", "-i", "anullsrc=r=48000:cl=mono")
    choice = ("-disposition:a:0", "0", "-disposition:a:1", "default")
    ffmpeg(*silence, "-i", original, "-map", "0", "-map", "1", *choice, path)
    assert decode(path).any()
    assert open_recording(path).tracks == 2


def test_a_track_that_nothing_decodes_is_passed_over(tmp_path: Path, original: Path) -> None:
    path = tmp_path / "two.mkv"
    choice = ("-disposition:a:0", "default", "-disposition:a:1", "0")
    ffmpeg(
        "-i", original, "-map", "0", "-map", "0", "-c:a:0", "ac3", "-c:a:1", "flac", *choice, path
    )
    path.write_bytes(path.read_bytes().replace(b"A_AC3", b"A_???"))
    recording = open_recording(path)
    assert read_container(recording).codecs == {"unknown", "flac"}
    assert len(decode(path)) == len(decode(original))


def test_sound_that_nothing_decodes_is_refused(tmp_path: Path, original: Path) -> None:
    path = tmp_path / "strange.wav"
    data = original.read_bytes()
    path.write_bytes(data[:20] + b"\x99\x99" + data[22:])
    with pytest.raises(UnreadableSource, match="a kind that FFmpeg does not know"):
        open_recording(path)


def test_a_rate_that_no_recorder_has_costs_nothing(tmp_path: Path, original: Path) -> None:
    path = tmp_path / "damaged.wav"
    data = original.read_bytes()
    path.write_bytes(data[:24] + (1_358_970_496).to_bytes(4, "little") + data[28:])
    begun_s = time.process_time()
    with pytest.raises(UnreadableSource, match="can be decoded"):
        decode(path)
    assert time.process_time() - begun_s < 2


def test_a_cover_is_no_video(tmp_path: Path, original: Path) -> None:
    cover, path = tmp_path / "cover.png", tmp_path / "cover.mp3"
    ffmpeg(*PICTURE, "-frames:v", "1", cover)
    ffmpeg("-i", original, "-i", cover, "-map", "0", "-map", "1", "-c:v", "copy", path)
    assert not open_recording(path).has_video
    assert decode(path).any()


@pytest.mark.parametrize("name", ["a.wav", "a.mp3", "a.flac", "a.mkv", "a.m4a"])
def test_a_truncated_file_gives_what_is_left_and_its_whole_length(
    tmp_path: Path, original: Path, name: str
) -> None:
    path = tmp_path / name
    ffmpeg("-i", original, "-movflags" if name == "a.m4a" else "-y", *_early(name), path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])
    recording = open_recording(path)
    assert recording.duration_ms is not None
    assert abs(recording.duration_ms - 4000) <= 60
    samples = decode(path)
    assert 1.5 * RATE < len(samples) < 3.5 * RATE
    assert abs(find_offset(samples, decode(original))) < 5


@pytest.mark.parametrize("name", ["a.mp4", "a.mov", "a.mkv", "a.webm", "a.ts", "a.avi"])
def test_a_recording_lasts_as_long_as_its_sound(tmp_path: Path, original: Path, name: str) -> None:
    path = tmp_path / name
    shown = ("-c:v", "libvpx" if name == "a.webm" else "mpeg4")
    ffmpeg(*PICTURE, "-i", original, "-t", "9", *shown, path)
    recording = open_recording(path)
    assert recording.duration_ms is not None
    assert abs(recording.duration_ms - 4000) <= 80


def _early(name: str) -> tuple[str, ...]:
    return ("faststart",) if name == "a.m4a" else ()


def test_a_length_that_is_guessed_is_not_told(tmp_path: Path, original: Path) -> None:
    path = tmp_path / "bare.mp3"
    ffmpeg("-i", original, "-write_xing", "0", "-q:a", "6", path)
    assert open_recording(path).duration_ms is None


def test_a_wave_of_unknown_length_has_that_of_its_sound(tmp_path: Path, original: Path) -> None:
    path = tmp_path / "piped.wav"
    with path.open("wb") as file:
        words = ("-v", "error", "-i", original, "-f", "wav", "-")
        subprocess.run([FFMPEG, *map(str, words)], stdout=file, check=True)
    piped = path.read_bytes()
    place = piped.index(b"data") + 4
    assert piped[place : place + 4] == b"\xff" * 4
    for size in (0xFFFF_FFFF, 0x7FFF_F000, 0):
        path.write_bytes(piped[:place] + size.to_bytes(4, "little") + piped[place + 4 :])
        duration_ms = open_recording(path).duration_ms
        assert duration_ms is None or abs(duration_ms - 4000) <= 60


def test_damage_costs_no_more_than_what_is_damaged(tmp_path: Path, original: Path) -> None:
    path = tmp_path / "damaged.m4a"
    ffmpeg("-i", original, "-c:a", "alac", path)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 9000] = bytes(9000)
    path.write_bytes(data)
    samples, whole = decode(path), decode(original)
    assert abs(len(samples) - len(whole)) <= 0.05 * RATE
    assert abs(find_offset(samples[3 * RATE :], whole[3 * RATE :])) < 1


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.wav", b"", "empty"),
        ("text.mp4", b"Anna: Hello there, Ben.\n" * 50, "not a media file"),
        ("noise.mp3", bytes(range(256)) * 20, "not a media file"),
        ("cut.wav", b"RIFF\x24\x00\x00\x00WAVEfmt ", "not a media file"),
    ],
)
def test_what_is_no_media_is_refused(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableSource, match=says) as refusal:
        open_recording(path)
    assert refusal.value.file == str(path)
    assert refusal.value.exit_code == 3


def test_a_video_without_sound_has_nothing_to_decode(tmp_path: Path) -> None:
    mute = tmp_path / "mute.mp4"
    ffmpeg(*PICTURE, "-t", "1", "-c:v", "mpeg4", mute)
    recording = open_recording(mute)
    assert (recording.has_video, recording.tracks) == (True, 0)
    with pytest.raises(UnreadableSource, match="no sound"):
        next(decode_speech(recording))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    cases = {tmp_path / "none.mp4": "no such file", tmp_path: "folder"}
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.wav")
        cases[tmp_path / "pipe.wav"] = "pipe"
    for path, says in cases.items():
        with pytest.raises(UnreadableSource, match=says):
            open_recording(path)


@pytest.mark.parametrize(
    "address",
    ["https://example.org/talk.mp4", "file:///home/talk.mp4", f"https://example.org/{'a' * 300}"],
)
def test_an_address_is_called_one(address: str) -> None:
    with pytest.raises(UnreadableSource, match="address") as refusal:
        open_recording(Path(address))
    assert refusal.value.file is not None
    assert "://" in refusal.value.file


def test_a_stop_while_a_file_is_opened_is_not_lost(
    original: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def seek(file: FileIO, *place: int) -> int:
        signal.raise_signal(signal.SIGINT)
        return FileIO.seek(file, *place)

    monkeypatch.setattr("vivavoz.source.media_file._MediaFile.seek", seek)
    with pytest.raises(KeyboardInterrupt):
        open_recording(original)


def test_a_file_of_headers_without_sound_is_refused(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "bare.wav", np.zeros(0))
    with pytest.raises(UnreadableSource):
        decode(path)


@pytest.mark.parametrize(
    "script",
    [
        "ffconcat version 1.0\nfile {name}\n",
        "ffconcat version 1.0\nfile '{path}'\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n{name}\n#EXT-X-ENDLIST\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nfile:{path}\n#EXT-X-ENDLIST\n",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n",
    ],
)
@pytest.mark.parametrize("name", ["list.txt", "list.m3u8", "list.mp3", "list.sdp"])
def test_a_playlist_opens_no_other_file(tmp_path: Path, script: str, name: str) -> None:
    other = write_wav(tmp_path / "other.wav", np.ones(SOURCE_RATE))
    path = tmp_path / name
    path.write_text(script.format(name=other.name, path=other), encoding="utf-8")
    with pytest.raises(UnreadableSource):
        open_recording(path)


@pytest.mark.parametrize(
    "name", ["-y.wav", "concat:a|b.wav", "http:a.wav", "a%03d.wav", "*.wav", "día 日本.wav"]
)
def test_a_name_is_only_a_name(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_wav(Path(name), np.ones(1000))
    assert open_recording(name).path == Path(name)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(min_size=1, max_size=2000), start=st.sampled_from(["RIFF", "OggS", "ID3", ""])
)
def test_no_bytes_do_worse_than_be_refused(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], data: bytes, start: str
) -> None:
    path = tmp_path / "bytes"
    path.write_bytes(start.encode() + data)
    hear_or_refuse(path)
    assert capfd.readouterr().err == ""


@pytest.fixture(scope="module")
def samples_of_formats(original: Path) -> list[Path]:
    """Return half a second in each of the formats that are built most differently."""
    names = ("short.wav", "short.mp3", "short.ogg", "short.mp4", "short.mkv", "short.flac")
    paths = [original.with_name(name) for name in names]
    for path in paths:
        ffmpeg("-i", original, "-t", "0.5", path)
    return paths


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choice=st.data())
def test_no_damage_does_worse_than_be_refused(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    samples_of_formats: list[Path],
    choice: st.DataObject,
) -> None:
    data = bytearray(choice.draw(st.sampled_from(samples_of_formats)).read_bytes())
    places = st.integers(0, 400) | st.integers(0, len(data) - 1)
    for place in choice.draw(st.lists(places, min_size=1, max_size=20)):
        data[place] = choice.draw(st.integers(0, 255))
    path = tmp_path / "damaged"
    path.write_bytes(data[: choice.draw(st.integers(1, len(data)))])
    hear_or_refuse(path)
    assert capfd.readouterr().err == ""


def hear_or_refuse(path: Path) -> None:
    with contextlib.suppress(UnreadableSource):
        assert sum(map(len, decode_speech(open_recording(path)))) > 0


def test_the_recording_beside_a_transcript_is_found_by_its_name(tmp_path: Path) -> None:
    transcript = tmp_path / "talk.txt"
    for name in ("talk.txt", "talk.json", "talk2.mp4", "other.mp3"):
        (tmp_path / name).touch()
    (tmp_path / "talk.mov").mkdir()
    assert find_recording(transcript) is None
    found = []
    for name in ("talk.amr", "talk.opus", "talk.mp3", "talk.WAV", "talk.mkv", "talk.MP4"):
        (tmp_path / name).touch()
        found.append(find_recording(transcript))
    assert [path and path.name for path in found] == [
        *("talk.amr", "talk.opus", "talk.mp3", "talk.WAV", "talk.mkv", "talk.MP4")
    ]


def test_a_transcript_is_not_its_own_recording(tmp_path: Path) -> None:
    transcript = tmp_path / "talk.ts"
    transcript.touch()
    assert find_recording(transcript) is None
    assert find_recording(tmp_path / "nowhere" / "talk.txt") is None


def test_a_recording_is_a_value(original: Path) -> None:
    assert open_recording(original) == Recording(original, 4000, has_video=False, tracks=1)
