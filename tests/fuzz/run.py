"""Fuzz the readers: python tests/fuzz/run.py [READER …] [--minutes N].

The time is split among the readers by their shares. Each runs in a process of its own, led by what
its inputs reach where atheris can be imported, and else fed with what Hypothesis makes of its
seeds. It stops at the first input that is answered with anything but a result or a clean error,
and that input is kept. The exit code is 1 where there is one.
"""

# ruff: noqa: T201 - it tells what it does
from __future__ import annotations

import argparse
import math
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

FOLDER = Path(tempfile.gettempdir()) / "vivavoz-fuzz"
"""Holds what was learned of each reader for the next run, and what was found."""
_MEMORY = 4 << 30
"""Bytes of addresses, most of which libraries take for themselves."""
_ROUND = 6.0
"""Minutes after which a process makes room for the next: tracing takes ever more memory."""
_GRACE_S = 120
"""What starting takes, and the last input: who is not done by then hangs."""


def main() -> None:
    """Run the readers one after the other."""
    asked = _parse_arguments()
    if asked.alone:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        fuzz = _fuzz_with_atheris if find_spec("atheris") else _fuzz_with_hypothesis
        fuzz(asked.readers[0], round(asked.minutes * 60))
        return
    from fuzz.targets import TARGETS  # noqa: PLC0415 - atheris has to see how it is imported

    if unknown := set(asked.readers) - set(TARGETS):
        sys.exit(f"There is no reader {', '.join(unknown)}; there are {', '.join(TARGETS)}.")
    chosen = {name: TARGETS[name] for name in asked.readers or TARGETS}
    whole = sum(target.share for target in chosen.values())
    found = [
        _fuzz_in_rounds(name, target.file, asked.minutes * target.share / whole)
        for name, target in chosen.items()
    ]
    sys.exit(any(found))


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readers", nargs="*", metavar="READER")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _fuzz_in_rounds(name: str, file: str, minutes: float) -> bool:
    """Fuzz a reader until something is found or the time is over, and return which."""
    rounds = math.ceil(minutes / _ROUND)
    return any(_fuzz_apart(name, file, minutes / rounds) for _ in range(rounds))


def _fuzz_apart(name: str, file: str, minutes: float) -> bool:
    """Fuzz a reader in its own process, and return whether something was found."""
    print(f"== {name}: {minutes:.1f} minutes", flush=True)
    command = [sys.executable, __file__, name, "--minutes", str(minutes), "--alone"]
    try:
        code = subprocess.run(command, check=False, timeout=minutes * 60 + _GRACE_S).returncode
    except subprocess.TimeoutExpired:
        code = None
    if code == 0:
        return False
    kept = FOLDER / f"{name}-{time.strftime('%Y%m%d-%H%M%S')}"
    shutil.copy(FOLDER / name / file, kept)
    print(f"== {name}: {'hangs' if code is None else f'ends with {code}'} at {kept}", flush=True)
    return True


def _fuzz_with_atheris(name: str, seconds: int) -> None:
    import atheris  # noqa: PLC0415 - it is not needed

    folder, corpus = _make_folders(name)
    with atheris.instrument_imports(include=["vivavoz", "tomllib"]):
        from fuzz.targets import TARGETS, hold  # noqa: PLC0415

        target = TARGETS[name]
        for number, seed in enumerate(target.give_seeds()):
            hold(target, seed, folder)  # what a reader imports late is seen too
            (corpus / f"seed-{number}").write_bytes(seed[: target.largest])
    options = {
        "max_total_time": seconds,
        "max_len": target.largest,
        "timeout": 60,
        "rss_limit_mb": 0,
        "artifact_prefix": f"{folder}/",
        "print_final_stats": 1,
        "verbosity": 0,
    }
    words = [f"-{key}={value}" for key, value in options.items()]
    atheris.Setup([sys.argv[0], *words, str(corpus)], lambda data: hold(target, data, folder))
    atheris.Fuzz()


def _fuzz_with_hypothesis(name: str, seconds: int) -> None:
    from fuzz.targets import TARGETS, damaged, hold  # noqa: PLC0415
    from hypothesis import HealthCheck, given, seed, settings  # noqa: PLC0415

    folder, _ = _make_folders(name)
    target = TARGETS[name]

    @settings(max_examples=500, database=None, deadline=None, suppress_health_check=HealthCheck)
    @given(data=damaged(target.give_seeds(), target.largest))
    def hold_all(data: bytes) -> None:
        hold(target, data, folder)

    begun_s, rounds = time.monotonic(), 0
    while time.monotonic() - begun_s < seconds:
        seed(rounds)(hold_all)()
        rounds += 1
    print(f"Done about {500 * rounds} runs in {time.monotonic() - begun_s:.0f} second(s)")


def _make_folders(name: str) -> tuple[Path, Path]:
    folder = FOLDER / name
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    return folder, corpus


if __name__ == "__main__":
    main()
