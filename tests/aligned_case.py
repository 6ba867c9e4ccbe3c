"""What aligners are held against: recordings, their transcripts, and the truth about them."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import TypedDict

from synthetic_speech import CASES, SpokenInterview

SHARED = Path(__file__).resolve().parents[2] / "shared"

Row = tuple[float, float | None, str]
"""Start and end in seconds, and what is said from then on."""

Interval = tuple[float, float]
"""Start and end in seconds."""


class TimedWord(TypedDict):
    """A word as `vivavoz align --json` prints it; `start` in seconds, None where not said."""

    text: str
    start: float | None


@dataclass(frozen=True)
class Target:
    """The most that an error may be, in milliseconds."""

    median: float = float("inf")
    p90: float = float("inf")
    maximum: float = float("inf")

    def loosen(self, factor: float) -> Target:
        """Return the target, so many times as high."""
        return Target(self.median * factor, self.p90 * factor, self.maximum * factor)


@dataclass(frozen=True)
class Errors:
    """How far word starts are off, in milliseconds, ascending; and how many have no time."""

    absolute: tuple[float, ...]
    missed: int

    def quantile(self, share: float) -> float:
        """Return the error that this share of the words stays below."""
        if not self.absolute:
            return float("nan")
        return self.absolute[min(len(self.absolute) - 1, int(share * len(self.absolute)))]

    def reach(self, target: Target) -> bool:
        """Tell whether they are as small as they should be."""
        reached = self.quantile(0.5), self.quantile(0.9), self.quantile(1)
        wanted = target.median, target.p90, target.maximum
        return all(one <= other for one, other in zip(reached, wanted, strict=True))

    def __add__(self, other: Errors) -> Errors:
        return Errors(tuple(sorted(self.absolute + other.absolute)), self.missed + other.missed)


@dataclass(frozen=True)
class Case:
    """A recording, its transcript, and what is true of them.

    `starts` says from which words of the transcript on a time is known; `score` holds an
    aligner's words against it. `cut` are turns that are not in the recording, `foreign` is what
    is said but not written, in seconds.
    """

    name: str
    recording: Path
    transcript: Path
    score: Callable[[Sequence[TimedWord]], Errors]
    starts: Sequence[int]
    target: Target = Target()
    language: str = "en"
    cut: tuple[str, ...] = ()
    foreign: tuple[Interval, ...] = ()

    def spoken_words(self) -> list[str]:
        """Return the transcript's words without the labels."""
        return [word for line in self.turns() for word in line.split()]

    def turns(self) -> list[str]:
        """Return what each line of the transcript says."""
        lines = self.transcript.read_text(encoding="utf-8").splitlines()
        return [_unlabel(line) for line in lines]

    def fragments(self) -> list[list[str]]:
        """Break the transcript where a time is known, and at every turn."""
        words = self.spoken_words()
        breaks = {0, len(words), *self.starts}
        place = 0
        for turn in self.turns():
            breaks.add(place)
            place += len(turn.split())
        return [words[first:last] for first, last in pairwise(sorted(breaks))]


def judge_unspoken(turns: Sequence[str], reported: Sequence[str]) -> tuple[int, int]:
    """Count those of the cut turns that are reported whole, and the reports of other turns."""
    texts = [_bare(text) for text in reported]
    cut = [_bare(turn) for turn in turns]
    whole = sum(_cover(turn, texts) >= 0.99 for turn in cut)
    wrong = sum(not any(text in turn or turn in text for turn in cut) for text in texts)
    return whole, wrong


def judge_untranscribed(
    foreign: Sequence[Interval], reported: Sequence[Interval], duration: float
) -> tuple[float, float]:
    """Return the shares of the foreign speech, and of all the rest, that are reported."""
    found = sum(_overlap(one, other) for one in foreign for other in reported)
    whole = sum(end - start for start, end in foreign)
    wrong = sum(end - start for start, end in reported) - found
    return found / whole if whole else 1.0, wrong / (duration - whole)


def find_synthetic_cases(folder: Path) -> Iterator[Case]:
    """Write the project's own synthetic interviews and yield a case for each."""
    for name, speak in CASES.items():
        spoken = speak()
        transcript, recording = spoken.write(folder, name.replace(" ", "-"))
        known = [place for place, word in enumerate(spoken.words) if word.start_ms is not None]
        unsaid = {word.turn for word in spoken.words if not word.said}
        yield Case(
            f"synthetic, {name}",
            recording,
            transcript,
            _score_by_place(spoken),
            known,
            language=spoken.script.language,
            cut=tuple(spoken.script.sayings[turn].text for turn in sorted(unsaid)),
            foreign=tuple((start / 1000, end / 1000) for start, end in spoken.foreign),
        )


def find_clip_cases() -> Iterator[Case]:
    """Yield a case for each of the shared recordings that has reference times."""
    speech = SHARED / "speech"
    read_aloud = Target(median=25, p90=80)
    clips = {
        "acoustic.words": Target(median=16, p90=50),
        "phone2spk.phrases": Target(median=90, p90=155),
        "sonnet1.phrases": read_aloud,
        "sonnet2.phrases": read_aloud,
        "sonnet3.phrases": read_aloud,
        "reading_es.phrases": read_aloud,
        "address.phrases": read_aloud,
        "cold.words": Target(),
    }
    for reference, target in clips.items():
        name = reference.partition(".")[0]
        yield _hold_against_rows(
            name,
            speech / f"{name}.flac",
            speech / f"{name}.txt",
            speech / f"{reference}.tsv",
            target,
        )


def find_interview_cases(folder: Path) -> Iterator[Case]:
    """Have the shared tool make its interviews in a folder; yield a case for each."""
    tool = SHARED / "tools" / "make_interviews.py"
    subprocess.run([sys.executable, tool, folder], check=True, stdout=subprocess.DEVNULL)
    targets = {
        "duet": Target(median=30, p90=150),
        "abridged": Target(p90=120),
        "extended": Target(p90=120),
        "brackets": Target(p90=120),
        "intro": Target(p90=100, maximum=1000),
        "hour": Target(median=22, p90=90, maximum=2000),
    }
    for name, target in targets.items():
        made = folder / name
        yield _hold_against_rows(
            name,
            made.with_suffix(".wav"),
            made.with_suffix(".txt"),
            made.with_suffix(".phrases.tsv"),
            target,
        )


def _cover(turn: str, texts: Sequence[str]) -> float:
    """Return the share of a turn's characters that the texts hold."""
    if any(turn in text for text in texts):
        return 1.0
    return sum(len(text) for text in texts if text in turn) / len(turn)


def _bare(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _overlap(one: Interval, other: Interval) -> float:
    return max(0.0, min(one[1], other[1]) - max(one[0], other[0]))


def _hold_against_rows(
    name: str, recording: Path, transcript: Path, reference: Path, target: Target
) -> Case:
    """Make a case of reference times in a file, scored by the shared tool."""
    scorer = _load_scorer()
    rows = [_read_row(line) for line in reference.read_text(encoding="utf-8").splitlines()]
    truth = recording.with_suffix(".json")
    found = json.loads(truth.read_text(encoding="utf-8")) if truth.exists() else {}

    def score(words: Sequence[TimedWord]) -> Errors:
        errors, missed = scorer.score(words, rows)
        return Errors(tuple(sorted(errors)), missed)

    case = Case(
        name,
        recording,
        transcript,
        score,
        [],
        target,
        language="es" if name.endswith("_es") else "en",
        cut=tuple(map(_unlabel, found.get("unspoken", ()))),
        foreign=tuple((start, end) for start, end in found.get("untranscribed", ())),
    )
    starts = _find_starts(case.spoken_words(), rows, scorer.plain)
    return replace(case, starts=starts)


def _read_row(line: str) -> Row:
    start, end, text = line.split("\t")
    return float(start), float(end) if end else None, text


def _find_starts(
    words: Sequence[str], rows: Sequence[Row], plain: Callable[[str], str]
) -> list[int]:
    """Find the words that the rows begin with, each after the one before."""
    heard = [(plain(word), place) for place, word in enumerate(words) if plain(word)]
    said = [word for word, _ in heard]
    starts: list[int] = []
    following = 0
    for _, _, text in rows:
        wanted = [word for word in map(plain, text.split()) if word][:4]
        at = following
        while at < len(said) and said[at : at + len(wanted)] != wanted:
            at += 1
        if wanted and at < len(said):
            starts.append(heard[at][1])
            following = at + 1
    return starts


def _score_by_place(spoken: SpokenInterview) -> Callable[[Sequence[TimedWord]], Errors]:
    def score(words: Sequence[TimedWord]) -> Errors:
        found: list[float] = []
        missed = 0
        for known, word in zip(spoken.words, words, strict=True):
            if known.start_ms is None:
                continue
            if word["start"] is None:
                missed += 1
            else:
                found.append(abs(word["start"] * 1000 - known.start_ms))
        return Errors(tuple(sorted(found)), missed)

    return score


def _unlabel(line: str) -> str:
    return line.partition(": ")[2]


def _load_scorer() -> ModuleType:
    path = SHARED / "tools" / "score_alignment.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
