"""`vivavoz serve` with a thousand interviews, and a large file beside peers.

    python tests/benchmarks/serve.py [COUNT]

asks for the index and for searches of COUNT interviews (1,000 without it) of 2,000 words, first and
again, and says what the server holds of memory. Then a recording of 200 MB is fetched, in turns
with Python's own `http.server`, and with `rangehttpserver` and `uploadserver` where these are
installed; the best of five counts, for the machine has other things to do.
"""

# ruff: noqa: T201 - what a benchmark is for

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from importlib.util import find_spec
from pathlib import Path
from random import Random
from shutil import copytree

from batch import write_interview

sys.path.append(str(Path(__file__).resolve().parents[1]))
from builds import run
from processes import measure_resident
from served import Server, serve

WORDS = 2000
KINDS = 20
"""Interviews that are built; the others are copies of their results under other titles."""
SIZE = 200 << 20
RUNS = 5
QUERIES = ("storm", '"every light on the coast"', "the", "boat winter friends", "zebra")
PEERS = ("http.server", "RangeHTTPServer", "uploadserver")


def main() -> None:
    """Measure all of it."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        shelf = build_shelf(Path(folder), count)
        with serve(shelf) as server:
            measure_pages(server)
        recording = shelf / "talk-0000" / "recording.mp4"
        recording.write_bytes(Random(1).randbytes(SIZE))  # noqa: S311 - the same every time
        compare_downloads(shelf, recording)


def build_shelf(folder: Path, count: int) -> Path:
    """Build some interviews, and copy their results until there are enough."""
    chance = Random("serve")  # noqa: S311 - the same every time
    for number in range(KINDS):
        text = write_interview(chance, WORDS)
        (folder / f"talk-{number:04}.txt").write_text(text, encoding="utf-8")
    run("build", folder, "--narration", "none", cwd=folder)
    shelf = folder / "out"
    for number in range(KINDS, count):
        target = copytree(shelf / f"talk-{number % KINDS:04}", shelf / f"talk-{number:04}")
        report = json.loads((target / "report.json").read_text("utf-8"))
        report["title"] = f"Talk {number}"
        (target / "report.json").write_text(json.dumps(report, indent=2), encoding="utf-8")
    return shelf


def measure_pages(server: Server) -> None:
    """Say how long the pages take; the first search waits for all that has to be read."""
    start_s = time.perf_counter()
    server.get("/?q=zebra")
    print(f"first search, everything read: {time.perf_counter() - start_s:.2f} s")
    print(f"held: {measure_resident(server.process.pid):.0f} MiB")
    for path in ("/", *(f"/?q={query.replace(' ', '+')}" for query in QUERIES)):
        taken = [take_page(server, path) for _ in range(RUNS)]
        print(f"{path:<34} {min(taken) * 1000:.0f} ms")


def take_page(server: Server, path: str) -> float:
    """Return the seconds that a page takes."""
    start_s = time.perf_counter()
    assert server.get(path).status == 200
    return time.perf_counter() - start_s


def compare_downloads(shelf: Path, recording: Path) -> None:
    """Say how fast the recording comes from each server."""
    with ExitStack() as stack:
        server = stack.enter_context(serve(shelf))
        ports = {"vivavoz serve": (server.port, f"/{recording.parent.name}/{recording.name}")}
        for name in filter(find_spec, PEERS):
            port = stack.enter_context(start_peer(name, recording.parent))
            ports[name] = (port, f"/{recording.name}")
        best: dict[str, float] = {}
        for _ in range(RUNS):
            for name, (port, path) in ports.items():
                best[name] = max(best.get(name, 0), download(port, path))
        print(f"held after downloads: {measure_resident(server.process.pid):.0f} MiB")
    for name, speed in best.items():
        print(f"{name:<16} {speed:6.0f} MB/s, {speed / best['vivavoz serve']:.2f} of ours")


@contextmanager
def start_peer(name: str, folder: Path) -> Iterator[int]:
    """Serve a folder with another server, at a port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = [sys.executable, "-m", name, str(port), "--bind", "127.0.0.1"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(words, cwd=folder, stdout=quiet, stderr=quiet) as process:
        try:
            wait_for_answer(process, port)
            yield port
        finally:
            process.terminate()


def wait_for_answer(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until somebody listens at a port, or the process that should has ended."""
    while process.poll() is None:
        with suppress(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port)).close()
            return
        time.sleep(0.02)
    sys.exit(f"{process.args!r} has ended")


def download(port: int, path: str) -> float:
    """Return how many MB a second arrive."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    start_s = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    size = 0
    while piece := answer.read(1 << 20):
        size += len(piece)
    connection.close()
    assert size == SIZE
    return size / 1e6 / (time.perf_counter() - start_s)


if __name__ == "__main__":
    main()
