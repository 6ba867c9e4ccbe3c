"""The search for words is compiled when it is first used: said, kept, and stopped at once."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import wave
from pathlib import Path

import numba
import pytest
from numba.core.caching import CompileResultCacheImpl, IndexDataCacheFile
from vivavoz.audio.compiled import compiled, watch_compiler

# The signal comes while LLVM hands over what it has compiled: the worst moment there is.
STOPPED_WHILE_COMPILING = """
import os, time
from numba.core.codegen import JITCodeLibrary
take = JITCodeLibrary._object_compiled_hook
handed = []
def stop(module, code):
    handed.append(module)
    if len(handed) == 3:
        time.sleep(0.5)  # for the screen to be drawn
        os.kill(os.getpid(), {number})
    take(module, code)
JITCodeLibrary._object_compiled_hook = stop
from vivavoz.scripts.command import main
main()
"""


def count_up(limit: int) -> int:
    total = 0
    for number in range(limit):
        total += number
    return total


def hear(folder: Path) -> tuple[Path, Path]:
    """Write a transcript and two seconds of a recording."""
    transcript, media = folder / "talk.txt", folder / "talk.wav"
    transcript.write_text("Ann: Hello there.\n", encoding="utf-8")
    with wave.open(str(media), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16000)
        sound.writeframes(bytes(64000))
    return transcript, media


def read_terminal(terminal: int) -> str:
    told = b""
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # Linux's end of a terminal
            piece = b""
        if not piece:
            return told.decode()
        told += piece


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminals and signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_compiling_is_said_and_a_stop_ends_it(tmp_path: Path, number: signal.Signals) -> None:
    transcript, media = hear(tmp_path)
    terminal, side = os.openpty()
    script = STOPPED_WHILE_COMPILING.format(number=int(number))
    process = subprocess.Popen(
        [sys.executable, "-c", script, "align", transcript, media],
        stderr=side,
        stdout=subprocess.PIPE,
        env={**os.environ, "NUMBA_CACHE_DIR": str(tmp_path), "TERM": "xterm"},
    )
    os.close(side)
    told = read_terminal(terminal)
    os.close(terminal)
    shown, _ = process.communicate(timeout=10)
    assert process.returncode == 128 + number
    assert shown == b""
    assert "compiling, once" in told
    assert told.count("Stopped.") == 1
    assert "Traceback" not in told
    assert "ignored" not in told


def test_what_is_compiled_is_kept_and_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path))
    for expected in (["counting", "compiling, once (half a minute)", "counting"], ["counting"]):
        said: list[str] = []
        with watch_compiler(said.append) as begin:
            begin("counting")
            assert compiled(count_up)(4) == 6
        assert said == expected


@pytest.mark.parametrize("spoilt", [b"", b"\x80\x05"])
def test_what_can_not_be_kept_or_read_is_compiled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoilt: bytes
) -> None:
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path))
    assert compiled(count_up)(4) == 6
    kept = list(tmp_path.rglob("*.nb?"))
    assert {path.suffix for path in kept} == {".nbi", ".nbc"}
    for path in kept:
        path.write_bytes(spoilt)
    monkeypatch.setattr(IndexDataCacheFile, "_save_data", _fill_disk)
    assert compiled(count_up)(4) == 6


def _fill_disk(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_where_nothing_can_be_kept_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CompileResultCacheImpl, "_locator_classes", [])
    said: list[str] = []
    with watch_compiler(said.append):
        assert compiled(count_up)(4) == 6
    assert said[0] == "compiling, as no folder keeps it (half a minute)"
