"""Print how well and at what cost recordings are aligned with their transcripts.

The cases are those that issue 3 names: the recordings in `../shared/speech`, the interviews that
`../shared/tools/make_interviews.py` makes of them, and synthetic speech of our own, which is all
there is where `../shared` is missing. Errors are those of the starts of words or phrases, in
milliseconds. The peer is aeneas, given the transcript broken at every start that is scored; it
wants a Python of its own:

    python -m venv aeneas && aeneas/bin/pip install "numpy<1.24" "setuptools<60" wheel
    apt install espeak libespeak-dev ffmpeg
    aeneas/bin/pip install --no-build-isolation aeneas
    python tests/benchmarks/alignment.py --aeneas aeneas/bin/python

`--case NAME` runs some of the cases only; give it several times for several.
"""

# ruff: noqa: T201 - what a benchmark is for

from __future__ import annotations

import argparse
import sys
import tempfile
import wave
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from aligned_case import (
    SHARED,
    Case,
    Errors,
    Target,
    TimedWord,
    find_clip_cases,
    find_interview_cases,
    find_synthetic_cases,
    judge_unspoken,
    judge_untranscribed,
)
from aligner import (
    Aligned,
    AlignerFailedError,
    Cost,
    align,
    align_with_aeneas,
    decode,
    find_aeneas,
)

READ_ALOUD = {"sonnet1", "sonnet2", "sonnet3", "reading_es", "address"}
HEADER = (
    f"{'case':<24}{'median':>7}{'p90':>8}{'max':>8}{'missed':>8}{'confidence':>12}"
    f"   {'reach':<18}{'':<7}{'aeneas:':>8}{'median':>8}{'p90':>8}{'max':>8}"
)


def main() -> None:
    """Measure and print."""
    arguments = _read_arguments()
    peer = arguments.aeneas if find_aeneas(arguments.aeneas) else None
    if not peer:
        print("There is no aeneas here; --aeneas PYTHON names an interpreter that has it.")
    if not SHARED.exists():
        print(f"There is no {SHARED}: only synthetic speech is aligned.")
    print(HEADER)
    with tempfile.TemporaryDirectory() as name:
        read_aloud: list[Errors] = []
        for case in _find_cases(Path(name), arguments.case):
            errors = _measure(case, peer, Path(name))
            if errors and case.name in READ_ALOUD:
                read_aloud.append(errors)
        if len(read_aloud) == len(READ_ALOUD):
            pooled = sum(read_aloud, Errors((), 0))
            print(_show_errors("all read aloud", pooled, Target(25, 80)))


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--case", action="append", metavar="NAME")
    parser.add_argument("--aeneas", default=sys.executable, metavar="PYTHON")
    return parser.parse_args()


def _find_cases(folder: Path, wanted: Sequence[str] | None) -> Iterator[Case]:
    found = find_synthetic_cases(folder)
    if SHARED.exists():
        found = chain(find_clip_cases(), find_interview_cases(folder), found)
    return (case for case in found if not wanted or case.name in wanted)


def _measure(case: Case, peer: str | None, folder: Path) -> Errors | None:
    """Align a case and print all that is asked of it."""
    theirs = _measure_aeneas(case, peer) if peer else None
    try:
        aligned, cost = align(case.transcript, case.recording)
    except AlignerFailedError as error:
        print(f"{case.name:<24} failed: {error}")
        if theirs:
            print(f"{'':<66}{_show_peer(theirs[0])}")
        return None
    errors = case.score(aligned["words"])
    shown = _show_errors(case.name, errors, case.target, aligned["confidence"])
    print(shown + (_show_peer(theirs[0]) if theirs else ""), flush=True)
    if case.cut:
        print(f"    {_show_unspoken(case, aligned)}")
    if case.foreign:
        print(f"    {_show_untranscribed(case, aligned)}")
    if case.name == "hour":
        _compare_costs(case, cost, folder)
        if theirs:
            print(f"    aeneas: {_show_cost(theirs[1])}")
    return errors


def _measure_aeneas(case: Case, peer: str) -> tuple[Errors, Cost] | None:
    fragments = case.fragments()
    texts = [" ".join(fragment) for fragment in fragments]
    try:
        begins, cost = align_with_aeneas(peer, texts, case.recording, case.language)
    except AlignerFailedError as error:
        print(f"{case.name:<24} aeneas failed: {error}")
        return None
    words = [
        TimedWord(text=word, start=None if place else begin)
        for fragment, begin in zip(fragments, begins, strict=True)
        for place, word in enumerate(fragment)
    ]
    return case.score(words), cost


def _show_errors(name: str, errors: Errors, target: Target, confidence: float | None = None) -> str:
    median, p90, most = (errors.quantile(share) for share in (0.5, 0.9, 1))
    wanted = [target.median, target.p90, target.maximum]
    limits = " / ".join("–" if limit == float("inf") else f"{limit:.0f}" for limit in wanted)
    verdict = "" if target == Target() else "yes" if errors.reach(target) else "NO"
    sure = "" if confidence is None else f"{confidence:.2f}"
    return (
        f"{name:<24}{median:>7.0f}{p90:>8.0f}{most:>8.0f}{errors.missed:>8}{sure:>12}"
        f"   {limits if verdict else '':<18}{verdict:<7}"
    )


def _show_peer(errors: Errors) -> str:
    shown = (f"{errors.quantile(share):>8.0f}" for share in (0.5, 0.9, 1))
    return f"{'':>8}{''.join(shown)}"


def _show_unspoken(case: Case, aligned: Aligned) -> str:
    texts = [unspoken["text"] for unspoken in aligned["unspoken"]]
    whole, wrong = judge_unspoken(case.cut, texts)
    return (
        f"cut turns reported unspoken: {whole} of {len(case.cut)} (reach 95 %); "
        f"reports of spoken ones: {wrong} (reach 0)"
    )


def _show_untranscribed(case: Case, aligned: Aligned) -> str:
    stretches = [(stretch["start"], stretch["end"]) for stretch in aligned["untranscribed"]]
    found, wrong = judge_untranscribed(case.foreign, stretches, aligned["duration"])
    return (
        f"foreign speech inside untranscribed: {found:.1%} (reach 90 %); "
        f"the rest in it: {wrong:.1%} (reach 3 %)"
    )


def _compare_costs(case: Case, whole: Cost, folder: Path) -> None:
    """Print what an hour costs, and what two cost."""
    decoding = decode(case.recording)
    transcript, recording = _double(case, folder)
    doubled, redecoding = align(transcript, recording)[1], decode(recording)
    after = whole.cpu_seconds - decoding.cpu_seconds
    after_two = doubled.cpu_seconds - redecoding.cpu_seconds
    print(f"    whole process: {_show_cost(whole)} (reach 300 MB)")
    print(f"    decoding alone: {_show_cost(decoding)}")
    print(f"    after decoding: {after:.1f} s CPU (reach 8)")
    print(f"    two hours: {_show_cost(doubled)}, after decoding {after_two:.1f} s CPU", end=", ")
    print(f"{after_two / after:.2f} times the hour (reach 2)")


def _double(case: Case, folder: Path) -> tuple[Path, Path]:
    """Write the transcript and the recording of a case twice over; returns where."""
    transcript, recording = folder / "twice.txt", folder / "twice.wav"
    transcript.write_text(case.transcript.read_text(encoding="utf-8") * 2, encoding="utf-8")
    with wave.open(str(case.recording)) as once, wave.open(str(recording), "wb") as twice:
        twice.setparams(once.getparams())
        for _ in range(2):
            once.rewind()
            while frames := once.readframes(1 << 20):
                twice.writeframes(frames)
    return transcript, recording


def _show_cost(cost: Cost) -> str:
    return f"{cost.cpu_seconds:.1f} s CPU, {cost.megabytes:.0f} MB"


if __name__ == "__main__":
    main()
