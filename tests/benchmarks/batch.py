"""Many interviews: what workers save, what the batch costs over its builds, memory, and peers.

    python tests/benchmarks/batch.py [COUNT] [--only ways|idle|memory|cluster]

builds COUNT interviews (200 without it), captions only, of 300 to 6,000 words. Each way is run
twice in turns with the others, and the better run counts, for the machine has other things to do.
"""

# ruff: noqa: T201 - what a benchmark is for

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from random import Random

from vivavoz.scripts.batch.catalogue import plan_all
from vivavoz.scripts.batch.job import Job, do_job
from vivavoz.source import Edition, Settings

sys.path.append(str(Path(__file__).resolve().parents[1]))
from clusters import open_scheduler
from processes import list_family, measure_resident

COMMAND = [sys.executable, "-c", "from vivavoz.scripts.command import main; main()", "build"]
CAPTIONS = ["--narration", "none"]
TEXT = """
people of this town would never agree to that because when I came here nobody spoke about the sea
and we had to learn what it meant to wait for a boat in winter with so many friends who thought
every light on the coast was ours to keep after the storm had gone
"""
RUNS = 2


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int, nargs="?", default=200)
    parser.add_argument("--only", choices=["ways", "idle", "memory", "cluster"])
    asked = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        if asked.only in {None, "ways"}:
            compare_ways(write_interviews("usual", asked.count, (300, 6000)))
        if asked.only in {None, "idle"}:
            measure_idleness(write_interviews("idle", 1000, (20, 60)))
        if asked.only in {None, "memory"}:
            measure_memory(write_interviews("many", 3000, (20, 60)))
        if asked.only in {None, "cluster"} and find_spec("distributed"):
            measure_cluster(write_interviews("sent", 400, (20, 60)))


def write_interviews(name: str, count: int, words: tuple[int, int]) -> list[Path]:
    """Write interviews of so many words, no two alike."""
    chance = Random(name)  # noqa: S311 - the same every time
    folder = Path(name)
    folder.mkdir()
    paths = [folder / f"{name}-{number:05}.txt" for number in range(count)]
    for path in paths:
        path.write_text(write_interview(chance, chance.randint(*words)), encoding="utf-8")
    return paths


def write_interview(chance: Random, words: int) -> str:
    """Write questions and answers, as long together as asked for."""
    turns: list[str] = []
    known = TEXT.split()
    while words > 0:
        asked, told = (
            chance.choices(known, k=chance.randint(*span)) for span in ((5, 15), (5, 90))
        )
        turns.append(f"Anna: Do you think {' '.join(asked)}?\n\nBen: Well, {' '.join(told)}.\n")
        words -= len(asked) + len(told) + 4
    return "\n".join(turns)


def compare_ways(paths: Sequence[Path]) -> None:
    """Compare one worker, two, this process alone, and peers."""
    ways: dict[str, Callable[[], object]] = {
        "two workers": partial(build, paths, "--jobs", "2"),
        "one worker": partial(build, paths, "--jobs", "1"),
        "one process, no batch": partial(build_in_one, paths),
        "ProcessPoolExecutor, two": partial(build_in_pool, paths),
        "xargs -P2, one command each": partial(build_by_xargs, paths),
    }
    took: dict[str, float] = {}
    for _ in range(RUNS):
        for name, way in ways.items():
            shutil.rmtree("out", ignore_errors=True)
            took[name] = min(took.get(name, float("inf")), clock(way))
    words = sum(len(path.read_text(encoding="utf-8").split()) for path in paths)
    print(f"{len(paths)} interviews of {words // len(paths):,} words on average, captions only")
    for name, seconds in took.items():
        print(f"  {name:<30}{seconds:8.1f} s  {seconds / took['two workers']:5.2f} x two workers")
    over = took["one worker"] / took["one process, no batch"] - 1
    print(f"  the batch costs {over:+.1%} over its builds in one process")


def clock(way: Callable[[], object]) -> float:
    began_s = time.perf_counter()
    way()
    return time.perf_counter() - began_s


def build(paths: Sequence[Path], *options: str) -> None:
    """Build interviews by the command."""
    words = [*COMMAND, *map(str, paths), *CAPTIONS, *options]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def build_by_xargs(paths: Sequence[Path]) -> None:
    """Build them by a command each, two at a time."""
    words = ["xargs", "-P2", "-I{}", *COMMAND, "{}", *CAPTIONS]
    names = "\n".join(map(str, paths))
    subprocess.run(words, input=names.encode(), check=True, stdout=subprocess.DEVNULL)


ALONE = """
import sys
sys.path.insert(0, sys.argv[1])
from batch import build_each
build_each(sys.stdin.read().split())
"""


def build_in_one(paths: Sequence[Path]) -> None:
    """Build them one after the other in a process of their own, and do nothing else."""
    words = [sys.executable, "-c", ALONE, str(Path(__file__).parent)]
    subprocess.run(words, input="\n".join(map(str, paths)).encode(), check=True)


def build_in_pool(paths: Sequence[Path]) -> None:
    """Build them in a plain pool."""
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(build_each, [[str(path)] for path in paths]))


def build_each(paths: Sequence[str]) -> None:
    """Build interviews in this process."""
    plans = plan_all([Path(path) for path in paths], Settings(narration=Edition.NONE), Path("out"))
    for plan in plans:
        do_job(Job(plan), lambda _: None)


def measure_idleness(paths: Sequence[Path]) -> None:
    """Measure a batch with nothing to do, beyond starting up."""
    build(paths)
    time.sleep(2.1)
    build(paths)  # files that are older than 2 s are trusted by their times
    start = min(clock(partial(build, paths[:1])) for _ in range(3))
    idle = min(clock(partial(build, paths)) for _ in range(3))
    print(
        f"nothing to do for {len(paths):,}: {idle - start:.2f} s beyond starting up ({start:.2f} s)"
    )


def measure_memory(paths: Sequence[Path]) -> None:
    """Watch the memory of all processes over several thousand tiny interviews."""
    seen: list[list[float]] = []
    words = [*COMMAND, *map(str, paths), *CAPTIONS, "--jobs", "2", "--out", "grown"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as batch:
        while batch.poll() is None:
            time.sleep(0.5)
            with suppress(OSError):  # one of them has just ended
                seen.append([measure_resident(pid) for pid in (batch.pid, *list_family(batch.pid))])
    whole = [figures for figures in seen if len(figures) == max(map(len, seen))]
    for share in (0.2, 0.4, 0.6, 0.8, 0.95):
        told = " ".join(f"{each:6.1f}" for each in whole[int(share * len(whole))])
        print(f"after {share:4.0%} of {len(paths):,}: {told} MiB of their own, process by process")


def measure_cluster(paths: Sequence[Path]) -> None:
    """Measure what an interview costs through a scheduler, on two workers of one thread."""
    with open_scheduler(2) as cluster:
        build(paths[:20], "--cluster", cluster.address)
        here = clock(partial(build, paths, "--jobs", "2", "--out", "here"))
        there = clock(partial(build, paths, "--cluster", cluster.address, "--out", "there"))
    each_ms = (there - here) / len(paths) * 1000
    print(f"{len(paths)} tiny ones: two workers here {here:.1f} s, two of a cluster {there:.1f} s")
    print(f"  {there / len(paths) * 1000:.1f} ms an interview, {each_ms:+.1f} ms over workers here")


if __name__ == "__main__":
    main()
