"""Mix an hour with 200 descriptions, and measure it against other ways to do it.

    python tests/benchmarks/mix.py [--full] [--eight-hours] [--folder FOLDER]

Each way runs in a process of its own, from a 16-bit stereo WAV file at 48 kHz that is in the page
cache to one with the mix; that the system then still writes to the disk is not waited for. The
others get clips at 48 kHz and in stereo, ours resamples its own. One filter graph leaves out the
ducks, which makes it quicker. pydub overlays all 200 clips only with `--full`; else it does ten,
and what these take is multiplied by twenty. Memory is the most that a process held, with the clips
that it was given; eight hours have eight times as many descriptions, of the same clips again.
"""

# ruff: noqa: T201 - what a benchmark is for

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soxr
from vivavoz.audio.describe.gain import plan_gains
from vivavoz.audio.describe.mix import mix_narration, remix
from vivavoz.audio.describe.narration import Description, Narration
from vivavoz.audio.describe.pcm import RATE, Layout, Programme, write_programme
from vivavoz.audio.speak.voice import Clip
from vivavoz.source import Picture

CLIPS = 200
CLIP_RATE = 22_050
HOUR_S = 3600
FEW = 10


def main() -> None:
    """Measure what was asked for, and print it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--eight-hours", action="store_true")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--run", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--hours", type=int, default=1, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.run:
        print(json.dumps(WAYS[chosen.run](chosen.folder, chosen.hours, full=chosen.full)))
        return
    with TemporaryDirectory(prefix="mix-", dir=chosen.folder) as folder:
        compare(Path(folder), full=chosen.full)
    if chosen.eight_hours:
        with TemporaryDirectory(prefix="mix-", dir=chosen.folder) as folder:
            measure_long(Path(folder))


def compare(folder: Path, *, full: bool) -> None:
    """Print what an hour takes in each way."""
    write_hours(folder, 1)
    write_clips(folder)
    runs = [run("ours", folder) for _ in range(3)]
    ours = sorted(runs, key=lambda found: found["seconds"])[1]
    print(f"ours, warm (median of 3): {ours['seconds']:7.2f} s  {ours['mb']:6.0f} MB")
    copied = measure(lambda: shutil.copyfile(folder / "programme.wav", folder / "mix.wav"))
    print(f"  (only copying the file: {copied:7.2f} s)")
    print(f"  one description anew:   {1000 * max(one['remix'] for one in runs):7.1f} ms at worst")
    forget(folder / "programme.wav")
    cold = run("ours", folder)
    print(f"ours, programme not in the page cache: {cold['seconds']:.2f} s")
    for way in ("stem and sidechain", "one filter graph", "pydub, overlay by overlay"):
        found = run(way, folder, *(["--full"] if full else []))
        ratio = found["seconds"] / ours["seconds"]
        print(f"{way + ':':<26}{found['seconds']:7.2f} s  {found['mb']:6.0f} MB  {ratio:.1f} times")


def measure_long(folder: Path) -> None:
    """Print what eight hours take. The files have 11 GB together."""
    write_hours(folder, 8)
    found = run("ours", folder, "--hours", "8")
    print(
        f"ours, eight hours with {8 * CLIPS} clips: {found['seconds']:.2f} s  {found['mb']:.0f} MB"
    )
    print(f"  one description anew:   {1000 * found['remix']:7.1f} ms")


def run(way: str, folder: Path, *options: str) -> dict[str, float]:
    """Run one way in a process of its own."""
    command = [sys.executable, __file__, "--run", way, "--folder", str(folder), *options]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    for mix in folder.glob("mix.*"):
        mix.unlink()
    return json.loads(done.stdout)


def mix_ours(folder: Path, hours: int, **_: bool) -> dict[str, float]:
    """Mix, and then change one description and change it back, three times."""
    programme = programme_of(folder, hours)
    before = narrate(describe_all(hours), hours)
    started = time.perf_counter()
    mix = mix_narration(programme, before, folder / "mix.wav")
    seconds = time.perf_counter() - started
    descriptions = list(before.descriptions)
    descriptions[77] = replace(descriptions[77], clip=make_clip(4242))
    after = narrate(descriptions, hours)
    changes = [
        measure(lambda old=old, new=new: remix(programme, mix, old, new))
        for old, new in 3 * [(before, after), (after, before)]
    ]
    mb = peak_mb(resource.RUSAGE_SELF)
    return {"seconds": seconds, "remix": max(changes), "mb": mb}


def mix_with_pydub(folder: Path, hours: int, *, full: bool) -> dict[str, float]:
    """Overlay clip after clip, as pydub's manual does."""
    from pydub import AudioSegment  # noqa: PLC0415 - the other processes shall not hold it

    count = CLIPS if full else FEW
    started = time.perf_counter()
    sound = AudioSegment.from_file(folder / "programme.wav", format="wav")
    clips = [AudioSegment.from_file(path, format="wav") for path in clip_paths(folder)[:count]]
    opened = time.perf_counter()
    for clip, description in zip(clips, describe_all(hours), strict=False):
        sound = sound.overlay(clip, position=description.start_ms, gain_during_overlay=-10)
    mixed = time.perf_counter()
    sound.export(folder / "mix.wav", format="wav").close()
    seconds = time.perf_counter() - mixed + opened - started + (mixed - opened) * CLIPS / count
    return {"seconds": seconds, "mb": peak_mb(resource.RUSAGE_SELF)}


def mix_in_one_graph(folder: Path, hours: int, **_: bool) -> dict[str, float]:
    """Give ffmpeg the programme and every clip, delayed to where it belongs."""
    starts = [one.start_ms for one in describe_all(hours)]
    delays = [f"[{n}]adelay={ms}:all=1[c{n}]" for n, ms in enumerate(starts, 1)]
    names = "".join(f"[c{n}]" for n in range(1, CLIPS + 1))
    graph = f"{';'.join(delays)};[0]{names}amix={CLIPS + 1}:duration=first:normalize=0"
    inputs = [word for path in clip_paths(folder) for word in ("-i", str(path))]
    seconds = measure(
        lambda: ffmpeg("-i", folder / "programme.wav", *inputs, "-filter_complex", graph, folder)
    )
    return {"seconds": seconds, "mb": peak_mb(resource.RUSAGE_CHILDREN)}


def mix_by_sidechain(folder: Path, hours: int, **_: bool) -> dict[str, float]:
    """Write the narration as one stem, and let it press the programme down."""
    from vivavoz.audio.describe.stem import write_stem  # noqa: PLC0415

    narration = narrate(describe_all(hours), hours)
    graph = (
        "[1]pan=stereo|c0=c0|c1=c0,asplit[key][voice];"
        "[0][key]sidechaincompress=threshold=0.01:ratio=4:attack=300:release=300[soft];"
        "[soft][voice]amix=2:duration=first:normalize=0"
    )
    stem = folder / "mix.flac"
    started = time.perf_counter()
    write_stem(narration, hours * HOUR_S * 1000, stem)
    ffmpeg("-i", folder / "programme.wav", "-i", stem, "-filter_complex", graph, folder)
    return {
        "seconds": time.perf_counter() - started,
        "mb": max(map(peak_mb, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))),
    }


WAYS: dict[str, Callable[..., dict[str, float]]] = {
    "ours": mix_ours,
    "pydub, overlay by overlay": mix_with_pydub,
    "one filter graph": mix_in_one_graph,
    "stem and sidechain": mix_by_sidechain,
}


def ffmpeg(*words: str | Path) -> None:
    """Run ffmpeg; the last word is the folder for the mix."""
    import imageio_ffmpeg  # noqa: PLC0415

    *given, folder = words
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *map(str, given)]
    subprocess.run([*command, "-c:a", "pcm_s16le", str(Path(folder) / "mix.wav")], check=True)


def programme_of(folder: Path, hours: int) -> Programme:
    """Return the programme that `write_hours` has written."""
    return Programme(folder / "programme.wav", Layout.STEREO, 16, hours * HOUR_S * RATE)


def write_hours(folder: Path, hours: int) -> None:
    """Write noise that swells and fades."""
    chance = np.random.default_rng(0)
    hiss = chance.normal(0, 1500, (10 * RATE, 2))
    swell = 1 + np.sin(np.linspace(0, 2 * np.pi, 10 * RATE))[:, None]
    block = (hiss * swell).astype("<i2")
    blocks = (block for _ in range(hours * HOUR_S // 10))
    write_programme(folder / "programme.wav", Layout.STEREO, 16, blocks)
    with (folder / "programme.wav").open("rb") as file:
        os.fsync(file.fileno())  # or the first way would wait for the disk


def describe_all(hours: int) -> list[Description]:
    """Return a description for each 18 seconds."""
    picture = Picture(text="", line=1)
    step_ms = HOUR_S * 1000 // CLIPS
    return [
        Description(picture, "", make_clip(seed % CLIPS), seed * step_ms + 4000, -2.0)
        for seed in range(hours * CLIPS)
    ]


@cache
def make_clip(seed: int) -> Clip:
    """Return two to six seconds of noise with the rhythm and, nearly, the peaks of speech."""
    chance = np.random.default_rng(seed)
    times = np.arange(int(CLIP_RATE * chance.uniform(2, 6))) / CLIP_RATE
    syllables = np.abs(np.sin(2 * np.pi * 2 * times)) ** 2
    sound = chance.normal(0, 3500, len(times)) * syllables
    return Clip(np.clip(sound, -16_000, 16_000).astype("<i2").tobytes(), CLIP_RATE)


def narrate(descriptions: list[Description], hours: int) -> Narration:
    """Duck the programme under each description."""
    spoken = [(one.start_ms, one.end_ms) for one in descriptions]
    return Narration(tuple(descriptions), plan_gains(spoken, hours * HOUR_S * 1000))


def write_clips(folder: Path) -> None:
    """Write each clip as the other ways need it."""
    for path, one in zip(clip_paths(folder), describe_all(1), strict=True):
        samples = np.frombuffer(one.clip.samples, "<i2").astype(np.float32)
        sound = np.rint(soxr.resample(samples, CLIP_RATE, RATE)).astype("<i2")
        write_programme(path, Layout.STEREO, 16, [np.stack([sound, sound], axis=1)])


def clip_paths(folder: Path) -> list[Path]:
    """Return where each clip is."""
    return [folder / f"clip-{number:03}.wav" for number in range(CLIPS)]


def forget(path: Path) -> None:
    """Have the system drop a file from its page cache, where it can."""
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def measure(act: Callable[[], object]) -> float:
    """Return how many seconds something takes."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def peak_mb(who: int) -> float:
    """Return the most memory that this process, or one that it started, has held."""
    peak = resource.getrusage(who).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


if __name__ == "__main__":
    main()
