"""Whatever bytes come in: a taste of the fuzz run (tests/fuzz/run.py), the same at every run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fuzz.targets import TARGETS, damaged, hold
from hypothesis import HealthCheck, Phase, given, settings
from vivavoz.source import UsageError

RUN = Path(__file__).parent / "fuzz" / "run.py"


@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes_are_read_or_refused_in_a_plain_sentence(tmp_path: Path, name: str) -> None:
    target = TARGETS[name]

    @settings(
        max_examples=30,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=HealthCheck,
    )
    @given(damaged(target.give_seeds(), target.largest))
    def hold_any(data: bytes) -> None:
        hold(target, data, tmp_path)

    hold_any()


def raise_a_key_error(path: Path) -> None:
    raise KeyError(path)


def raise_a_long_sentence(path: Path) -> None:
    raise UsageError(f"{path.read_text()} is wrong; " * 100 + "write it in another way.")


def raise_no_sentence(_path: Path) -> None:
    raise UsageError("expected str")


@pytest.mark.parametrize(
    ("read", "found"),
    [
        (raise_a_key_error, KeyError),
        (raise_a_long_sentence, AssertionError),
        (raise_no_sentence, AssertionError),
    ],
)
def test_what_is_no_clean_error_is_found(
    tmp_path: Path, read: Callable[[Path], None], found: type[Exception]
) -> None:
    with pytest.raises(found):
        hold(replace(TARGETS["record"], read=read), b"x", tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="memory can't be limited there")
def test_the_fuzz_run_runs(tmp_path: Path) -> None:
    command = [sys.executable, RUN, "record", "--minutes", "0.01"]
    subprocess.run(command, env={**os.environ, "TMPDIR": str(tmp_path)}, check=True)
    assert (tmp_path / "vivavoz-fuzz" / "record" / "record.json").exists()
