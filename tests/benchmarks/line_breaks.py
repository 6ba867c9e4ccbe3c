"""Print how near line breaks come to captions made by people, and what a cue costs.

The costs in use stand for the order in the guidelines. To show what a fit would bring, those of the
loose bonds and of uneven lines are also fitted, to nine tenths of the cues or to all files but one,
and scored on the others only. Run it as a script: `python tests/benchmarks/line_breaks.py`; the
captions are in `../shared/captions-gold`.
"""

# ruff: noqa: T201 - what a benchmark is for

from __future__ import annotations

import html
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import webvtt
from vivavoz.captions import (
    caption,
    check_captions,
    estimate_timeline,
    list_styles,
    load_style,
    read_caption_file,
    write_captions,
)
from vivavoz.captions.measure import measure_columns
from vivavoz.source import read_interview, word_interview
from vivavoz.source.bond import COSTS, ORPHAN, TOP_HEAVY, TORN, UNEVEN, Bond
from vivavoz.source.phrase import find_bonds
from vivavoz.source.sentence import find_sentence_ends

SHARED = Path(__file__).resolve().parents[3] / "shared"
FOLDS = 10
PULL = 1.0
"""How strongly a fitted cost is held to the project's own."""
FITTED = [bond for bond in Bond if bond not in {Bond.VERB, Bond.LEANING, Bond.NAME}]
"""Where houses forbid a break the captioner's slips are nothing to learn from."""
FUNCTION_WORDS = frozenset(
    """a an the and or but nor so yet of in on at to for from with by about into over under through
    between as than that which who whom whose if when while because although i you he she it we they
    my your his her its our their this these those is are was were be been being am have has had do
    does did will would shall should can could may might must not very really just more
    el la los las un una y o u e de del al en a por para con sin que su sus mi tu se no muy más es
    son está""".split()  # noqa: SIM905 - a list would be a page
)


@dataclass(frozen=True)
class Choice:
    """A cue of two lines, and where a person broke it."""

    file: str
    words: list[str]
    broken: int
    """Words on the upper line."""
    fits: np.ndarray
    """Whether both lines are narrow enough, for each place."""
    bonds: np.ndarray
    features: np.ndarray
    """A row a place: each bond, torn, orphan, uneven, heavy at the top."""


def read_choices(path: Path) -> Iterator[Choice]:
    """Read the cues of two lines; a file's own widest line is its style's width, 42 at least."""
    language = path.stem.rsplit("_", 1)[1]
    pairs = list(_read_pairs(path))
    width = max(42, *(len(line) for pair in pairs for line in pair))
    for upper, lower in pairs:
        words = f"{upper} {lower}".split()
        yield _weigh(path.stem, words, len(upper.split()), 42 if language == "en" else width)


def _read_pairs(path: Path) -> Iterator[tuple[str, str]]:
    for cue in webvtt.read(str(path)).captions:
        lines = [" ".join(line.split()) for line in html.unescape(cue.text).split("\n")]
        lines = [line for line in lines if line]
        if len(lines) == 2 and not lines[1].startswith(("-", ">>", "(", "[")):
            yield lines[0], lines[1]


def _weigh(file: str, words: list[str], broken: int, width: int) -> Choice:
    language = file.rsplit("_", 1)[1]
    size = len(words)
    ends = find_sentence_ends(words, [True] * size, [False] * size, language)
    phrasing = find_bonds(words, ends, language)
    upper = np.cumsum([measure_columns(word) + 1 for word in words])[:-1] - 1
    lower = sum(measure_columns(word) + 1 for word in words) - upper - 2
    features = np.zeros((size - 1, len(Bond) + 4))
    features[np.arange(size - 1), phrasing.bond[:-1]] = 1
    features[:, -4] = phrasing.torn[:-1]
    features[[0, -1], -3] = 1
    features[:, -2] = ((upper - lower) / width) ** 2
    features[:, -1] = upper > lower
    fits = (upper <= width) & (lower <= width)
    return Choice(file, words, broken, fits, phrasing.bond[:-1], features)


OWN = np.array([*COSTS, TORN, ORPHAN, UNEVEN, TOP_HEAVY])
BALANCED = np.array([0.0] * (len(Bond) + 2) + [1.0, 0.0])


def fit(choices: list[Choice]) -> np.ndarray:
    """Fit a conditional logit to people's choices by gradient descent, held to the own costs."""
    free = np.zeros(len(OWN), bool)
    free[[*FITTED, -2, -1]] = True
    costs = OWN.copy()
    seen = [choice for choice in choices if choice.fits[choice.broken - 1]]
    for _ in range(300):
        slope = 2 * PULL * (costs - OWN)
        for choice in seen:
            odds = np.exp(-choice.features @ costs) * choice.fits
            slope += choice.features[choice.broken - 1] - odds / odds.sum() @ choice.features
        costs -= 0.02 * slope * free
    return costs


def choose(costs: np.ndarray) -> Callable[[Choice], int]:
    """Make a chooser of the cheapest place."""
    return lambda choice: int(np.where(choice.fits, choice.features @ costs, np.inf).argmin()) + 1


def choose_greedily(choice: Choice) -> int:
    """Fill the upper line."""
    return int(np.flatnonzero(choice.fits)[-1]) + 1


def score(choices: list[Choice], chooser: Callable[[Choice], int]) -> np.ndarray:
    """Count the same break, at most a word away, and function words at the upper line's end."""
    found = np.zeros(3)
    for choice in choices:
        if choice.fits.any():
            place = chooser(choice)
            last = choice.words[place - 1].lower()
            distance = abs(place - choice.broken)
            found += distance == 0, distance <= 1, last in FUNCTION_WORDS
    return found


def cross(choices: list[Choice], folds: list[list[Choice]]) -> np.ndarray:
    """Score each fold by costs fitted to the others."""
    found = np.zeros(3)
    for fold in folds:
        held = {id(choice) for choice in fold}
        found += score(fold, choose(fit([one for one in choices if id(one) not in held])))
    return found


def report_breaks() -> None:
    """Print figures for each language."""
    files = sorted((SHARED / "captions-gold").glob("*.vtt"))
    by_language: dict[str, list[Choice]] = {}
    for path in files:
        by_language.setdefault(path.stem[-2:], []).extend(read_choices(path))
    everything = [choice for choices in by_language.values() for choice in choices]
    print(f"{'':30} cues  exact  within1  dangling")
    for language, choices in by_language.items():
        print_score(f"{language} own costs", choices, score(choices, choose(OWN)))
        print_score(f"{language} greedy", choices, score(choices, choose_greedily))
        print_score(f"{language} balanced", choices, score(choices, choose(BALANCED)))
        print_score(
            f"{language} the captioner", choices, score(choices, lambda choice: choice.broken)
        )
    known = by_language["en"] + by_language["es"]
    shuffled = [known[at] for at in np.random.default_rng(0).permutation(len(known))]
    folds = [shuffled[fold::FOLDS] for fold in range(FOLDS)]
    print_score(f"en, es fitted, {FOLDS} folds held out", known, cross(known, folds))
    print_score("en, es own costs", known, score(known, choose(OWN)))
    names = sorted({choice.file for choice in everything})
    for name in names:
        fold = [choice for choice in everything if choice.file == name]
        print_score(f"{name}, fitted to others", fold, cross(everything, [fold]))


def print_score(name: str, choices: list[Choice], found: np.ndarray) -> None:
    """Print shares of all cues."""
    exact, near, dangling = found / len(choices)
    print(f"{name:40} {len(choices):4}  {exact:.3f}  {near:.3f}  {dangling:.3f}")


def report_speed() -> None:
    """Print the processor's time for 10,000 cues: segmented, written, read back and checked."""
    files = sorted((SHARED / "transcripts" / "changelog").glob("*.md"))
    timelines = [estimate_timeline(word_interview(read_interview(path))) for path in files]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "captions.vtt"
        for style in map(load_style, list_styles()):
            caption(timelines[0], style)
            count = 0
            started = time.process_time()
            for timeline in timelines:
                captions = caption(timeline, style)
                count += len(captions.cues)
                path.write_text(write_captions(captions), encoding="utf-8")
                assert not check_captions(read_caption_file(path), style).findings
            seconds = (time.process_time() - started) * 10_000 / count
            print(f"10,000 cues under {style.name}: {seconds:.2f} s")


if __name__ == "__main__":
    report_breaks()
    report_speed()
