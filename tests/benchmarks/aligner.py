"""Aligners as a user runs them: each in a process of its own, and what that process took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from aligned_case import TimedWord

START = "from vivavoz.scripts.command import main; main()"
DECODE = (
    "import sys; from vivavoz.source import decode_speech, open_recording\n"
    "for block in decode_speech(open_recording(sys.argv[1])): pass"
)
AENEAS_LANGUAGES = {"en": "eng", "es": "spa"}


class Unspoken(TypedDict):
    """A turn, or sentences of it, judged to be missing from the recording."""

    text: str


class Stretch(TypedDict):
    """A piece of the recording, in seconds."""

    start: float
    end: float


class Aligned(TypedDict):
    """The part of what `vivavoz align --json` prints that is measured here."""

    words: list[TimedWord]
    unspoken: list[Unspoken]
    untranscribed: list[Stretch]
    confidence: float
    duration: float


@dataclass(frozen=True)
class Cost:
    """What a process and those that it waited for took."""

    cpu_seconds: float
    megabytes: float


class AlignerFailedError(Exception):
    """An aligner ended with an error; the message is what it said last."""


def align(transcript: Path, recording: Path) -> tuple[Aligned, Cost]:
    """Run `vivavoz align`. Raises AlignerFailedError."""
    command = ("align", str(transcript), str(recording), "--json")
    said, cost = run(sys.executable, "-c", START, *command)
    aligned: Aligned = json.loads(said)
    return aligned, cost


def decode(recording: Path) -> Cost:
    """Decode a recording as `vivavoz align` does, and nothing else."""
    return run(sys.executable, "-c", DECODE, str(recording))[1]


def align_with_aeneas(
    python: str, fragments: Sequence[str], recording: Path, language: str
) -> tuple[list[float], Cost]:
    """Say when aeneas begins each fragment of the text, in seconds. Raises AlignerFailedError."""
    tongue = AENEAS_LANGUAGES[language]
    task = f"task_language={tongue}|is_text_type=plain|os_task_file_format=json"
    with tempfile.TemporaryDirectory() as name:
        text, result = Path(name) / "text.txt", Path(name) / "result.json"
        text.write_text("\n".join(fragments) + "\n", encoding="utf-8")
        tool = ("-m", "aeneas.tools.execute_task", str(recording), str(text), task, str(result))
        _, cost = run(python, *tool)
        found = json.loads(result.read_text(encoding="utf-8"))["fragments"]
    return [float(fragment["begin"]) for fragment in found], cost


def find_aeneas(python: str) -> bool:
    """Tell whether an interpreter can run aeneas."""
    try:
        run(python, "-c", "import aeneas.tools.execute_task")
    except (AlignerFailedError, OSError):
        return False
    return True


def run(*command: str) -> tuple[str, Cost]:
    """Run a command to its end; returns what it printed. Raises AlignerFailedError."""
    environment = os.environ | {"PYTHONIOENCODING": "UTF-8"}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            said = err.read().decode(errors="replace").strip().splitlines()
            raise AlignerFailedError(said[-1] if said else f"code {process.returncode}")
        unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
        cost = Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)
        return out.read().decode(), cost
