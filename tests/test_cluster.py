"""Interviews built by the workers of a real scheduler, some of them killed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from builds import RUN, run
from talks import CAPTIONS, write_all
from vivavoz.scripts.batch import cluster as cluster_module
from vivavoz.scripts.batch.board import Board
from vivavoz.scripts.batch.cluster import open_cluster
from vivavoz.source import UnavailableTool, UsageError

pytest.importorskip("distributed", reason="distributed, the extra `cluster`, is not installed")

from clusters import Cluster, open_scheduler

IMPATIENT = """
from vivavoz.scripts.batch import cluster
from vivavoz.scripts.command import main
cluster._PATIENCE_S = 0.5
main()
"""
"""The command, in a process that does not wait long for an answer."""


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Start a scheduler with two workers."""
    with open_scheduler(2) as started:
        yield started


def test_a_cluster_builds_what_this_machine_builds(cluster: Cluster, tmp_path: Path) -> None:
    names = write_all(tmp_path, 4)
    there = ("--cluster", cluster.address, "--out", "there", "--json")
    told = run("build", *names, *there, cwd=tmp_path).stdout.splitlines()
    assert {json.loads(line)["state"] for line in told} == {"built"}
    run("build", *names, "--out", "here", cwd=tmp_path)
    results = [path.relative_to(tmp_path / "here") for path in tmp_path.glob("here/talk-*/*")]
    assert len(results) == 6 * 4
    for result in results:
        assert (tmp_path / "there" / result).read_bytes() == (
            tmp_path / "here" / result
        ).read_bytes()
    again = run("build", *names, *there, cwd=tmp_path).stdout.splitlines()
    assert {json.loads(line)["state"] for line in again} == {"unchanged"}


def test_workers_share_the_clips_that_they_speak(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = write_all(tmp_path, 2)
    monkeypatch.delenv("VIVAVOZ_CACHE")
    run("build", *names, "--cluster", cluster.address, cwd=tmp_path)
    clips = list(tmp_path.glob("out/.vivavoz/cache/clips/*/*.flac"))
    assert 0 < len(clips) < 8
    monkeypatch.setenv("VIVAVOZ_CACHE", str(tmp_path / "ours"))
    run("build", *names, "--force", "--cluster", cluster.address, cwd=tmp_path)
    assert len(list(tmp_path.glob("ours/clips/*/*.flac"))) == len(clips)


def test_one_that_fails_does_not_stop_the_rest(cluster: Cluster, tmp_path: Path) -> None:
    names = write_all(tmp_path, 3)
    (tmp_path / names[1]).write_text(" \n", encoding="utf-8")
    ran = run("build", *names, *CAPTIONS, "--cluster", cluster.address, cwd=tmp_path, code=1)
    assert "built                2" in ran.stdout
    assert names[1] in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_a_worker_that_is_killed_half_way_costs_nothing(tmp_path: Path) -> None:
    names = write_all(tmp_path, 18, turns=60)
    with (
        open_scheduler(2) as cluster,
        subprocess.Popen(
            [*RUN, "build", *names, *CAPTIONS, "--json", "--cluster", cluster.address],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as build,
    ):
        assert build.stdout is not None
        lines = [build.stdout.readline() for _ in range(5)]
        cluster.workers[0].kill()
        rest, complaints = build.communicate(timeout=60)
    assert complaints == ""
    assert build.returncode == 0
    told = [json.loads(line) for line in (*lines, *rest.splitlines())]
    assert sorted(Path(each["interview"]).name for each in told) == names
    assert len(list(tmp_path.glob("out/*/captions.en.vtt"))) == len(names)


def test_a_scheduler_that_dies_ends_it_in_one_sentence(tmp_path: Path) -> None:
    names = write_all(tmp_path, 18, turns=60)
    with (
        open_scheduler(2) as cluster,
        subprocess.Popen(
            [*RUN, "build", *names, *CAPTIONS, "--cluster", cluster.address],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as build,
    ):
        assert build.stdout is not None
        build.stdout.readline()
        cluster.scheduler.kill()
        told, complaints = build.communicate(timeout=30)
    assert build.returncode == 4
    assert complaints == "vivavoz: The cluster went away; the same command does the rest.\n"
    assert "failed" not in told
    assert not list(tmp_path.glob("out/.vivavoz/board-*"))
    run("build", *names, *CAPTIONS, cwd=tmp_path)
    assert len(list(tmp_path.glob("out/*/captions.en.vtt"))) == len(names)


def test_versions_that_differ_are_reported(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "__version__", "0.0.1")
    with (
        pytest.raises(UnavailableTool, match=r"has Vivavoz .* and here is Vivavoz 0\.0\.1"),
        open_cluster(cluster.address, Board(tmp_path), tmp_path),
    ):
        pass


def test_a_folder_that_workers_do_not_see_is_reported(cluster: Cluster, tmp_path: Path) -> None:
    with (
        pytest.raises(UsageError, match="under the same path"),
        open_cluster(cluster.address, Board(tmp_path / "a" / "b"), tmp_path),
    ):
        pass


@pytest.mark.parametrize(
    ("address", "code", "sentence"),
    [
        ("tcp://127.0.0.1:9", 4, "start one with `dask scheduler`"),
        ("nonsense://x", 2, "tcp://host:8786"),
        ("127.0.0.1", 2, "tcp://host:8786"),
    ],
)
def test_a_scheduler_that_is_not_there_is_one_sentence(
    tmp_path: Path, address: str, code: int, sentence: str
) -> None:
    (name,) = write_all(tmp_path, 1)
    ran = subprocess.run(
        [sys.executable, "-c", IMPATIENT, "build", name, "--cluster", address],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == code
    assert sentence in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_scheduler_without_workers_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "_PATIENCE_S", 1)
    with (
        open_scheduler(0) as cluster,
        pytest.raises(UnavailableTool, match="has no workers"),
        open_cluster(cluster.address, Board(tmp_path), tmp_path),
    ):
        pass


def test_without_the_package_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(UnavailableTool, match=r"vivavoz\[cluster\]"),
        open_cluster("tcp://127.0.0.1:9", Board(tmp_path), tmp_path),
    ):
        pass
