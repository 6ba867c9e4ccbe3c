"""Recordings in every container, and what is heard and seen in the files made of them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
import soundfile
from vivavoz.audio.describe.hold import Hold
from vivavoz.audio.describe.mux import (
    Soundtrack,
    choose_described_name,
    choose_extended_name,
    write_described,
    write_extended,
)
from vivavoz.source import Recording, open_recording

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
RATE = 48000
_APART = 3
"""Every so many samples are enough to find a sound again."""
SECONDS = 6
PICTURE = (
    *("-f", "lavfi", "-i"),
    f"nullsrc=s=64x48:r=25:d={SECONDS},geq=lum='40+30*floor(T)':cb=128:cr=128",
)
"""A grey that is lighter each second."""
X264 = ("-c:v", "libx264", "-pix_fmt", "yuv420p", "-preset", "ultrafast")
B_FRAMES = (*X264, "-bf", "3", "-x264-params", "b-adapt=0", "-g", "25")

SOUNDS = ("talk.mp3", "talk.flac", "talk.m4a")
VIDEOS = {
    "talk.mp4": (*B_FRAMES, "-c:a", "aac"),
    "talk.m4v": (*B_FRAMES, "-c:a", "aac", "-movflags", "frag_keyframe+empty_moov"),
    "talk.mov": (*B_FRAMES, "-c:a", "pcm_s16le"),
    "talk.mkv": (*B_FRAMES, "-c:a", "aac"),
    "offset.mkv": (*B_FRAMES, "-c:a", "aac", "-output_ts_offset", "3"),
    "talk.webm": ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-g", "25", "-c:a", "libopus"),
    "talk.ts": ("-c:v", "mpeg2video", "-bf", "2", "-c:a", "mp2", "-output_ts_offset", "20000"),
    "talk.avi": ("-c:v", "mpeg4", "-c:a", "libmp3lame"),
    "late.avi": (*B_FRAMES, "-c:a", "libmp3lame"),
}
CAPTIONS = """WEBVTT

NOTE
Captions

STYLE
::cue(v[voice="Ann Lee"]) { color: #ffffff; }

00:00:01.500 --> 00:00:02.500
<v Ann Lee>[Ann Lee] Salt &amp; pepper,
and nothing else.

00:00:04.000 --> 00:00:05.500
<v Ann Lee>– Why?</v>
<v Bo>– Because.</v>
"""
CHAPTERS = r""";FFMETADATA1
title=A talk
[CHAPTER]
TIMEBASE=1/1000
START=0
END=2500
title=One\; two
[CHAPTER]
TIMEBASE=1/1000
START=2500
END=6000
title=Three
"""
LINES = ["[Ann Lee] Salt & pepper,\nand nothing else.", "– Why?\n– Because."]
HOLDS = (Hold(0, 3000), Hold(2500, 2000), Hold(4000, 1500), Hold(6000, 1000))
HELD_SECONDS = SECONDS + 7.5


def ffmpeg(*words: str | Path) -> bytes:
    command = [FFMPEG, "-v", "error", "-y", *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def record(folder: Path, name: str) -> Path:
    """Make the recording of that name, unless it is there."""
    path, sound = folder / name, folder / "talk.wav"
    if not sound.exists():
        soundfile.write(sound, make_sound(SECONDS), RATE)
    if path.exists():
        return path
    if name in SOUNDS:
        ffmpeg("-i", sound, "-metadata", "title=A talk", path)
        return path
    chapters = folder / "chapters.txt"
    chapters.write_text(CHAPTERS, encoding="utf-8")
    inputs = (*PICTURE, "-i", sound, "-i", chapters, "-map_metadata", "2", "-map_chapters", "2")
    ffmpeg(*inputs, *VIDEOS[name], path)
    return path


def make_sound(seconds: float) -> np.ndarray:
    """Return bursts that are like nothing else among them, so that a place is found again."""
    chance = np.random.default_rng(5)
    count = int(seconds * 10)
    pitch = np.repeat(chance.uniform(150, 2500, count), RATE // 10)
    loudness = np.repeat(chance.uniform(0, 0.3, count), RATE // 10)
    return loudness * np.sin(2 * np.pi * np.cumsum(pitch) / RATE)


def describe(original: Path, folder: Path, language: str = "es-MX") -> Path:
    """Write the described file of a recording, the mix of which is the programme itself."""
    recording = open_recording(original)
    captions = folder / "captions.vtt"
    captions.write_text(CAPTIONS, encoding="utf-8")
    sound = Soundtrack(write_mix(recording, folder / "mix.wav"), captions, language)
    out = folder / choose_described_name(recording)
    write_described(recording, sound, out)
    return out


def extend(original: Path, folder: Path, holds: tuple[Hold, ...] = HOLDS) -> Path:
    """Write the extended edition of a recording, with a sound of its own."""
    recording = open_recording(original)
    captions, sound = folder / "captions.vtt", folder / "extended.wav"
    captions.write_text(CAPTIONS, encoding="utf-8")
    soundfile.write(sound, make_sound(HELD_SECONDS), RATE)
    out = folder / choose_extended_name(recording)
    write_extended(recording, Soundtrack(sound, captions, "en"), holds, out)
    return out


def write_mix(recording: Recording, path: Path) -> Path:
    """Write the programme as it is heard on its own clock, for a described mix of the same."""
    soundfile.write(path, hear(recording.path, 0), RATE)
    return path


def hear(path: Path, track: int) -> np.ndarray:
    """Decode one sound track, each frame where its time stamp says after the file's start."""
    laid = np.zeros(round(RATE * HELD_SECONDS))
    resampler = av.AudioResampler("flt", "mono", RATE)
    with av.open(str(path)) as container:
        origin_s = max(container.start_time or 0, 0) / 1_000_000
        stream = container.streams.audio[track]
        place, blocks = None, []
        for frame in container.decode(stream):
            if place is None:
                place = round((float(frame.pts * frame.time_base) - origin_s) * RATE)
            frame.pts = None
            blocks += [mono.to_ndarray().ravel() for mono in resampler.resample(frame)]
    samples = np.concatenate(blocks)[max(0, -place) :]
    samples = samples[: len(laid) - max(0, place)]
    laid[max(0, place) :][: len(samples)] = samples
    return laid


def find_offset_ms(samples: np.ndarray, reference: np.ndarray) -> float:
    """Return how much later one sound is than the other, to a sixteenth of a millisecond."""
    samples, reference = samples[::_APART], reference[::_APART]
    size = 1 << (len(samples) + len(reference)).bit_length()
    match = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(reference, size).conj(), size)
    place = int(match.argmax())
    return (place - size if place > size // 2 else place) * _APART / RATE * 1000


def see(path: Path) -> dict[float, int]:
    """Return the grey of every picture, by its time from the file's start in seconds."""
    with av.open(str(path)) as container:
        origin_s = max(container.start_time or 0, 0) / 1_000_000
        return {
            round(float(frame.pts * frame.time_base) - origin_s, 3): shade(frame)
            for frame in container.decode(container.streams.video[0])
        }


def shade(frame: av.VideoFrame) -> int:
    """Return which second of the recording a picture is from."""
    luma = frame.to_ndarray()[: frame.height]
    return round((float(luma.mean()) - 40) / 30)


def show_at(pictures: dict[float, int], moment_s: float) -> int:
    """Return what a player shows at a moment: the latest picture before."""
    return pictures[max(at for at in pictures if at <= moment_s)]


def read_captions(path: Path) -> list[str]:
    cues = ffmpeg("-i", path, "-map", "0:s:0", "-f", "srt", "-").decode()
    return [cue.split("\n", 2)[2] for cue in cues.replace("\r", "").strip().split("\n\n")]


def read_chapters(path: Path) -> list[tuple[str, float, float]]:
    with av.open(str(path)) as container:
        return [
            (
                chapter["metadata"]["title"],
                float(chapter["start"] * chapter["time_base"]),
                float(chapter["end"] * chapter["time_base"]),
            )
            for chapter in container.chapters()
        ]


def read_packets(path: Path, kind: str) -> list[bytes]:
    with av.open(str(path)) as container:
        stream = container.streams.video[0] if kind == "video" else container.streams.audio[0]
        return [bytes(packet) for packet in container.demux(stream) if packet.size]
