"""A folder of built interviews, and the command that serves it, in a process of its own."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from builds import RUN, build
from conftest import ROOT

LIGHTHOUSE = ROOT / "source" / "samples" / "the-lighthouse.txt"
HOSTILE = """El <faro> & la niña

ANA: ¿Quién vive en el faro? <script>alert("faro")</script>

INÉS: Nadie. La linterna brilla; el corazón, también. ¿Y después?
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body, as text."""
        return self.body.decode()


@dataclass(frozen=True, slots=True)
class Server:
    """A server that is at work."""

    process: subprocess.Popen[str]
    folder: Path
    port: int

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, method: str = "GET", **headers: str | None) -> Answer:
        """Ask for a path, which is sent as it is; `Host` is right if it isn't given."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in {"Host": f"127.0.0.1:{self.port}", **named}.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders()
        answer = _read(connection.getresponse())
        connection.close()
        return answer


def _read(response: HTTPResponse) -> Answer:
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, headers, response.read())


def build_shelf(folder: Path) -> Path:
    """Build two interviews, one of them below a folder, and return where they are."""
    (folder / "radio").mkdir(parents=True)
    lighthouse, faro = folder / LIGHTHOUSE.name, folder / "radio" / "el faro & la niña.txt"
    shutil.copy(LIGHTHOUSE, lighthouse)
    faro.write_text(HOSTILE, encoding="utf-8")
    out = folder / "out"
    for transcript, place in ((lighthouse, out), (faro, out / "radio")):
        build(transcript, "--out", str(place), "--narration", "none")
    return out


@contextmanager
def serve(folder: Path, *options: str) -> Generator[Server]:
    """Serve a folder at a port that is free."""
    words = [*RUN, "serve", str(folder), *(options or ("--port", "0"))]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout
        try:
            said = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
            assert said, process.communicate()
            yield Server(process, folder, int(said[1]))
            process.send_signal(signal.SIGINT)
            process.wait(20)
        finally:
            process.kill()  # a test that fails must not wait for it
