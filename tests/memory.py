"""How memory grows, measured in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def measure_growth(program: str, folder: Path) -> float:
    """Run a program that gets a folder and prints how many times as much memory it took at last."""
    pytest.importorskip("resource")
    ran = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        capture_output=True,
        check=True,
        text=True,
        env={"PYTHONPATH": ":".join([*sys.path, str(Path(__file__).parent)])},
    )
    return float(ran.stdout)
