"""Folders that are watched: real changes, made while the command runs."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from builds import RUN, run
from talks import CAPTIONS, TRANSCRIPT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")


@dataclass
class Watching:
    """A folder that is watched, and what the command has said so far."""

    folder: Path
    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)

    def wait_for(self, sentence: str) -> None:
        """Wait until it has said this since the last time."""
        until(lambda: any(sentence in line for line in self.said), lambda: "".join(self.said))
        self.said.clear()

    def wait_for_captions(self, name: str, text: str) -> None:
        """Wait until an interview's captions have this text."""
        path = self.folder / "out" / name / "captions.en.vtt"
        until(
            lambda: path.exists() and text in path.read_text(encoding="utf-8"),
            lambda: "".join(self.said),
        )

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def stop(self, number: int) -> int:
        self.process.send_signal(number)
        return self.process.wait(10)


def until(holds: Callable[[], bool], tell: Callable[[], str]) -> None:
    end_s = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end_s, tell()
        time.sleep(0.05)


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Watching]:
    """Watch a folder with two interviews."""
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(TRANSCRIPT, encoding="utf-8")
    with watch(tmp_path, *CAPTIONS, "--out", str(tmp_path / "out")) as watched:
        yield watched


@contextmanager
def watch(folder: Path, *options: str) -> Iterator[Watching]:
    """Watch a folder whose interviews have been built."""
    with subprocess.Popen(
        [*RUN, "watch", str(folder), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        watched = Watching(folder, process)
        reader = threading.Thread(target=lambda: watched.said.extend(process.stdout or ()))
        reader.start()
        watched.wait_for("Ctrl-C ends it.")
        try:
            yield watched
        finally:
            process.kill()
            reader.join()


def test_what_changes_is_built_again(watching: Watching) -> None:
    watching.wait_for_captions("one", "Hello there")
    watching.write("one.txt", TRANSCRIPT.replace("Hello", "Welcome"))
    watching.wait_for_captions("one", "Welcome there")
    watching.write("three.txt", TRANSCRIPT.replace("Hello", "Good morning"))
    watching.wait_for_captions("three", "Good morning")
    (watching.folder / "two.txt").rename(watching.folder / "four.txt")
    watching.wait_for_captions("four", "Hello there")
    said = "".join(watching.said)
    assert "Changed: one.txt." in said
    assert "built  " not in said, "a summary is for the first time only"
    assert watching.stop(signal.SIGINT) == 130


def test_a_mistake_is_said_and_watching_goes_on(watching: Watching) -> None:
    watching.write("one.txt", " \n")
    watching.wait_for("one.txt: The transcript is blank")
    watching.write("one.toml", "[pronounce\n")
    watching.wait_for("one.toml")
    (watching.folder / "one.toml").unlink()
    watching.write("vivavoz.toml", "nonsense = 1\n")
    watching.wait_for("vivavoz.toml: ")
    watching.write("vivavoz.toml", "")
    watching.write("one.txt", TRANSCRIPT.replace("Hello", "Back again"))
    watching.wait_for_captions("one", "Back again")


def test_results_and_hidden_files_are_no_changes(watching: Watching) -> None:
    watching.write(".notes.txt", TRANSCRIPT)
    watching.write("out/one/captions.en.vtt", "WEBVTT\n")
    time.sleep(1.5)
    assert not watching.said
    watching.write("one.txt", TRANSCRIPT.replace("Hello", "Heard"))
    watching.wait_for("Changed: one.txt.")


def test_edits_are_read_with_the_next_change_and_start_no_circle(watching: Watching) -> None:
    captions = watching.folder / "out" / "one" / "captions.en.vtt"
    text = captions.read_text(encoding="utf-8")
    captions.write_text(text.replace("How are you", "How do you feel"), encoding="utf-8")
    watching.write("one.txt", TRANSCRIPT.replace("Fine", "Well"))
    watching.wait_for_captions("one", "Well")
    watching.wait_for("Changed: one.edits.toml.")
    assert "How do you feel" in captions.read_text(encoding="utf-8")
    time.sleep(1.5)
    assert not watching.said


def test_links_lead_to_the_same_folder(tmp_path: Path) -> None:
    """Of the folder that is watched, and of the results in it."""
    talks, results, link = tmp_path / "talks", tmp_path / "results", tmp_path / "link"
    for folder in (talks, results):
        folder.mkdir()
    (talks / "out").symlink_to(results)
    link.symlink_to(talks)
    (talks / "one.txt").write_text(TRANSCRIPT, encoding="utf-8")
    with watch(link, *CAPTIONS) as watching:
        time.sleep(1.5)
        assert not watching.said, "what it built itself is no change"
        (talks / "one.txt").write_text(TRANSCRIPT.replace("Hello", "Welcome"), encoding="utf-8")
        watching.wait_for("Changed: one.txt.")


def test_settings_of_a_folder_above_are_heeded(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "one.txt").write_text(TRANSCRIPT, encoding="utf-8")
    (tmp_path / "vivavoz.toml").write_text('narration = "none"\nlanguage = "en"\n')
    with watch(tmp_path / "deep") as watching:
        (tmp_path / "vivavoz.toml").write_text('narration = "none"\nlanguage = "de"\n')
        watching.wait_for("Changed: vivavoz.toml.")
        captions = tmp_path / "out" / "deep" / "one" / "captions.de.vtt"
        until(captions.exists, lambda: "".join(watching.said))


def test_what_is_no_folder_is_not_watched(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TRANSCRIPT, encoding="utf-8")
    assert "This is no folder" in run("watch", "one.txt", cwd=tmp_path, code=2).stderr
    assert "netflix" in run("watch", ".", "--style", "nowhere", cwd=tmp_path, code=2).stderr
