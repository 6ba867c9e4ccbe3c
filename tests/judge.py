"""The independent judge of every WebVTT file: W3C's own parser, npm's webvtt-parser."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT

NODE = shutil.which("node")
PARSER = Path(os.environ.get("VIVAVOZ_WEBVTT_PARSER", ROOT / "node_modules" / "webvtt-parser"))


def find_errors(files: list[tuple[str, Path]]) -> dict[str, list[object]]:
    """Return the errors in each file of a kind: captions, descriptions or chapters."""
    if NODE is None or not PARSER.is_dir():
        pytest.skip("needs node, and npm's webvtt-parser here or at VIVAVOZ_WEBVTT_PARSER")
    script = Path(__file__).with_name("judge.cjs")
    pairs = [part for kind, path in files for part in (kind, str(path))]
    ran = subprocess.run(
        [NODE, str(script), str(PARSER), *pairs], capture_output=True, text=True, check=True
    )
    return json.loads(ran.stdout)
