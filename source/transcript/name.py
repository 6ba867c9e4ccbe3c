"""The fullest name for each label: `Hernández` is the front matter's José Hernández."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

from .lexicon import load_lexicon

_PHRASE_END = re.compile(r"[,;:.!?()\[\]{}“”\"«»—–|/\n]|\s-\s|[’']s\b(?=\s|$)")
_LETTERS = re.compile(r"[^\W\d_]{2,4}")
_CONJUNCTIONS = {"and", "e", "the", "y"}
"""Particles of a label for two (`Anna and Ben:`) that end a name in running text."""
_MOST_GIVEN_NAMES = 3
"""Words that may stand between the start of a full name and the part used as a label."""


def fold(name: str) -> str:
    """Make names comparable: case, spaces and the form of the accents do not count."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def fold_accents(name: str) -> str:
    """Make names comparable as `fold` does, and leave out the accents."""
    decomposed = unicodedata.normalize("NFD", name.casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def find_names(text: str) -> Counter[str]:
    """Count the phrases in front matter that may be names: capitalised words without a break."""
    found: Counter[str] = Counter()
    for piece in _PHRASE_END.split(_keep_initials(text)):
        run: list[str] = []
        for word in [*piece.replace("\u2024", ".").split(), ""]:
            if _may_stand_in_name(word, first=not run):
                run.append(word)
                continue
            _count_run(run, found)
            run = []
    return found


def _keep_initials(text: str) -> str:
    """Keep the full stops of `B.`, `Dr.` and `Ph.D` from ending a name."""
    return re.sub(r"\b(\w|Dr|Mr|Mrs|Ms|St|Jr|Sr|Sra|Dra|Prof|Ph)\.", "\\1\u2024", text)


def _may_stand_in_name(word: str, *, first: bool) -> bool:
    if not word or not word[0].isalpha():
        return False
    if word.casefold() in load_lexicon().particles and not first:
        return word.casefold() not in _CONJUNCTIONS
    return word[0].isupper() or word[0].lower() == word[0].upper()


def _count_run(run: list[str], found: Counter[str]) -> None:
    lexicon = load_lexicon()
    while run and (
        run[0].casefold() in lexicon.honorifics
        or run[0].casefold() in lexicon.discourse
        or (run[0].isupper() and len(run[0]) > 2 and not all(map(str.isupper, run)))  # noqa: PLR2004
    ):
        run = run[1:]
    while run and run[-1].casefold() in lexicon.particles:
        run = run[:-1]
    if len(run) > 1:
        found[" ".join(run)] += 1


def complete_name(label: str, names: Counter[str]) -> str | None:
    """Find the one full name that a label stands for, or None where none or several fit.

    A label is the end of a name (a surname), its beginning (a given name) or its initials.
    """
    for folded in (fold, fold_accents):
        wanted = folded(label).split()
        for fits in (_ends_with, _starts_with, _holds):
            if full := _choose(_fitting(names, wanted, folded, fits)):
                return full
    if label.isupper() and _LETTERS.fullmatch(label):
        return _choose(
            Counter({name: count for name, count in names.items() if _initials(name) == label})
        )
    return None


def _fitting(
    names: Counter[str],
    wanted: list[str],
    folded: Callable[[str], str],
    fits: Callable[[list[str], list[str]], bool],
) -> Counter[str]:
    fitting: Counter[str] = Counter()
    for phrase, count in names.items():
        if fits(folded(phrase).split(), wanted):
            words = phrase.split()
            if fits is _ends_with:
                words = words[-(len(wanted) + _MOST_GIVEN_NAMES) :]
            fitting[" ".join(words)] += count
    return fitting


def _ends_with(phrase: list[str], wanted: list[str]) -> bool:
    return phrase[-len(wanted) :] == wanted


def _starts_with(phrase: list[str], wanted: list[str]) -> bool:
    return phrase[: len(wanted)] == wanted


def _holds(phrase: list[str], wanted: list[str]) -> bool:
    return any(
        phrase[start : start + len(wanted)] == wanted
        for start in range(len(phrase) - len(wanted) + 1)
    )


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split()).upper()


def _choose(fitting: Counter[str]) -> str | None:
    """Take the name that stands most often; of equals, one that holds all the others."""
    if not fitting:
        return None
    most = max(fitting.values())
    best = sorted((name for name, count in fitting.items() if count == most), key=len)
    longest = best[-1]
    return longest if all(fold(name) in fold(longest) for name in best) else None
