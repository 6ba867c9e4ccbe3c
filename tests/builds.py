"""The command, in a process of its own and without one."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vivavoz.scripts.command import vivavoz

RUN = [sys.executable, "-c", "from vivavoz.scripts.command import main; main()"]
"""The command, in a process."""


@dataclass(frozen=True, slots=True)
class Built:
    """What one build came to: its exit code, the object it printed, and its folder."""

    code: int
    told: dict[str, Any]
    folder: Path

    @property
    def files(self) -> set[str]:
        """The names of what it left."""
        return {path.name for path in self.folder.iterdir()}

    @property
    def narration(self) -> dict[str, Any]:
        """What its report says of the descriptions."""
        return json.loads((self.folder / "report.json").read_text(encoding="utf-8"))["narration"]

    def list_warnings(self, sentence: str) -> list[int | None]:
        """Return the lines that a warning with these words was given for."""
        return [one["line"] for one in self.told["warnings"] if sentence in one["message"]]


def build(transcript: Path, *options: str) -> Built:
    """Build an interview into `out` beside it."""
    out, printed = transcript.parent / "out", io.StringIO()
    words = ["build", str(transcript), "--out", str(out), "--json", *options]
    with redirect_stdout(printed):
        code = vivavoz.main(words, standalone_mode=False)
    return Built(code, json.loads(printed.getvalue()), out / transcript.stem)


def run(*words: str | Path, cwd: Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run the command in a process, and hold it to an exit code."""
    ran = subprocess.run(
        [*RUN, *map(str, words)], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert ran.returncode == code, ran.stderr
    assert "Traceback" not in ran.stderr
    return ran
