"""Workers that are really killed: nothing but what they were doing is lost, and nothing hangs."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import suppress
from pathlib import Path

import pytest
from processes import wait_for_ends
from vivavoz.scripts.batch import pool
from vivavoz.scripts.batch.pool import Here, WorkerDied, Workers, count_cores, open_workers

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")

_LONG_S = 60


@pytest.fixture
def workers() -> Iterator[Workers]:
    """Two workers."""
    with open_workers(2) as crew:
        assert isinstance(crew.executor, Workers)
        yield crew.executor


def double(number: int) -> int:
    return 2 * number


def end_by(number: int) -> None:
    os.kill(os.getpid(), number)
    time.sleep(_LONG_S)


def tell_pid(delay_s: float = 0.05) -> int:
    time.sleep(delay_s)
    return os.getpid()


def send_much(delay_s: float) -> bytes:
    time.sleep(delay_s)
    return b"x" * 3_000_000


def work_until_ended(place: Path) -> None:
    """Work for long, with a program of its own, and clear away what is half done."""
    try:
        with subprocess.Popen(["sleep", str(_LONG_S)]) as program:
            place.write_text(f"{os.getpid()} {program.pid}", encoding="utf-8")
            try:
                time.sleep(_LONG_S)
            finally:
                program.kill()
    finally:
        place.with_suffix(".cleared").touch()


def hold_on(place: Path) -> None:
    """Be deaf to every request to end, and leave a program behind."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with subprocess.Popen(["sleep", str(_LONG_S)]) as program:
        place.write_text(f"{os.getpid()} {program.pid}", encoding="utf-8")
        time.sleep(_LONG_S)


def wait_for(place: Path, seconds: float = 20) -> list[int]:
    """Return the processes that a worker has written down."""
    end_s = time.monotonic() + seconds
    while time.monotonic() < end_s:
        if place.exists() and (text := place.read_text(encoding="utf-8")):
            return [int(pid) for pid in text.split()]
        time.sleep(0.02)
    raise AssertionError(f"{place} was never written")


def test_work_comes_back_from_other_processes(workers: Workers) -> None:
    doubled = [workers.submit(double, number) for number in range(20)]
    assert [future.result(_LONG_S) for future in doubled] == [*range(0, 40, 2)]
    pids = {future.result(_LONG_S) for future in [workers.submit(tell_pid) for _ in range(8)]}
    assert len(pids) == 2
    assert os.getpid() not in pids


def test_one_process_does_without_others() -> None:
    with open_workers(0) as crew:
        assert isinstance(crew.executor, Here)
        assert crew.executor.submit(tell_pid).result() == os.getpid()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_a_worker_that_dies_costs_what_it_was_doing(workers: Workers, number: int) -> None:
    before = [workers.submit(double, n) for n in range(10)]
    bad = workers.submit(end_by, number)
    after = [workers.submit(double, n) for n in range(10)]
    assert [future.result(_LONG_S) for future in (*before, *after)] == [*range(0, 20, 2)] * 2
    with pytest.raises(WorkerDied) as died:
        bad.result(_LONG_S)
    assert died.value.exit_code == -number


def test_workers_that_are_killed_while_idle_cost_nothing(workers: Workers) -> None:
    for _ in range(3):
        pids = {future.result(_LONG_S) for future in [workers.submit(tell_pid) for _ in range(4)]}
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        wait_for_burials(pids)


def wait_for_burials(pids: set[int]) -> None:
    """Wait until nothing is left of processes, not even an open pipe."""
    end_s = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        assert time.monotonic() < end_s
        time.sleep(0.02)


@pytest.mark.parametrize("seed", range(3))
def test_kills_at_any_moment_lose_nothing_else(workers: Workers, seed: int) -> None:
    """While starting, waiting, working, or in the middle of a message, and several at once."""
    chance = random.Random(seed)  # noqa: S311 - no secret hangs on it
    waiting = 60
    futures: set[Future[bytes]] = {workers.submit(send_much, 0.005) for _ in range(waiting)}
    end_s = time.monotonic() + 40
    kills = dead = done = 0
    while futures:
        assert time.monotonic() < end_s, f"{len(futures)} hang after {kills} kills"
        time.sleep(chance.random() * 0.06)
        if kills < 25:
            pids = [pid for pid in list_workers(workers) if chance.random() < 0.7]
            for pid in pids:
                with suppress(ProcessLookupError):  # it was buried just now
                    os.kill(pid, signal.SIGKILL)
            kills += len(pids)
        for future in [each for each in futures if each.done()]:
            futures.remove(future)
            if future.exception():
                assert isinstance(future.exception(), WorkerDied)
                dead += 1
                futures.add(workers.submit(send_much, 0.005))
            else:
                assert len(future.result()) == 3_000_000
                done += 1
    assert done == waiting
    assert 0 < dead <= kills


def list_workers(workers: Workers) -> list[int]:
    processes = [worker._process for worker in workers._workers]  # noqa: SLF001
    return [process.pid for process in processes if process and process.pid]


def test_a_worker_that_is_asked_to_end_clears_away_first(tmp_path: Path) -> None:
    place = tmp_path / "pids"
    workers = Workers(2)
    workers.submit(work_until_ended, place)
    waiting = [workers.submit(tell_pid, _LONG_S) for _ in range(9)]
    pids = wait_for(place)
    began_s = time.monotonic()
    workers.shutdown(cancel_futures=True)
    assert time.monotonic() - began_s < 1.5
    assert place.with_suffix(".cleared").exists()
    wait_for_ends(pids, 1)
    assert all(future.done() for future in waiting)


def test_one_that_does_not_end_is_ended_with_its_programs(tmp_path: Path) -> None:
    place = tmp_path / "pids"
    workers = Workers(1)
    workers.submit(hold_on, place)
    pids = wait_for(place)
    began_s = time.monotonic()
    workers.shutdown(cancel_futures=True)
    assert time.monotonic() - began_s < 4
    wait_for_ends(pids, 1)


def test_a_worker_that_is_killed_leaves_no_program(workers: Executor, tmp_path: Path) -> None:
    place = tmp_path / "pids"
    future = workers.submit(work_until_ended, place)
    worker, program = wait_for(place)
    os.kill(worker, signal.SIGKILL)
    with pytest.raises(WorkerDied):
        future.result(10)
    wait_for_ends([program], 1)


ORPHANS = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_pool import {work}
from vivavoz.scripts.batch import pool
from vivavoz.scripts.batch.pool import open_workers

if __name__ == "__main__":
    with open_workers(2) as crew:
        crew.executor.submit({work}, Path(sys.argv[1]))
        time.sleep(60)
"""


@pytest.mark.parametrize("work", [work_until_ended, hold_on])
def test_workers_do_not_outlive_who_started_them(work: object, tmp_path: Path) -> None:
    name = work.__name__  # type: ignore[attr-defined]
    script, place = tmp_path / "orphans.py", tmp_path / "pids"
    script.write_text(ORPHANS.format(work=name), encoding="utf-8")
    with subprocess.Popen([sys.executable, script, place, Path(__file__).parent]) as parent:
        pids = wait_for(place)
        parent.kill()
    wait_for_ends(pids, 5)
    assert place.with_suffix(".cleared").exists() == (work is work_until_ended)


@pytest.mark.parametrize(
    ("quota", "cores"),
    [("max 100000", 8), ("350000 100000", 4), ("50000 100000", 1), ("1600000 100000", 8)],
)
def test_cores_are_those_that_may_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quota: str, cores: int
) -> None:
    """By the process's affinity and its container's quota, whichever is less."""
    (tmp_path / "cpu.max").write_text(f"{quota}\n", encoding="ascii")
    monkeypatch.setattr(pool, "_QUOTA", tmp_path / "cpu.max")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)
    monkeypatch.setattr(os, "process_cpu_count", lambda: 8, raising=False)
    assert count_cores() == cores
