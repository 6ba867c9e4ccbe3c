"""The fullest name for each label: `Hernández` is the front matter's José Hernández."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import product

from .lexicon import load_lexicon

_PHRASE_END = re.compile(r"[,;:.!?()\[\]{}“”\"«»—–|/\n\t]|\s-\s|[’']s\b(?=\s|$)")
_WITH = re.compile(
    r"\b(?:(?:interview|conversation|q\s?&\s?a|chat|talk)\s+with"
    r"|entrevista\s+(?:a|con)|(?:conversación|charla|hablamos)\s+con)\s+(?=(?P<rest>.{1,80}))",
    re.IGNORECASE,
)
_QUOTES = dict.fromkeys(map(ord, '"“”„«»'))
"""Nicknames stand in quotation marks: William “Bill” Hahn."""
_INITIALS = re.compile(r"[^\W\d_](?:(?:\.\s?|['’‘-])?[^\W\d_]){1,3}\.?")
_WITHIN_WORD = re.compile(r"['’‘-]|(?<=[^\W\d_A-Z])(?=[A-Z])")
"""Where a word has a further capital: O'Sullivan, McDonald, deGrasse, Jean-Luc."""
_CONJUNCTIONS = {"and", "e", "the", "y"}
"""Particles of a label for two (`Anna and Ben:`) that end a name in running text."""
_MOST_GIVEN_NAMES = 3
"""Words that may stand between the start of a full name and the part used as a label."""
_MOST_WORDS = 7
"""A phrase that has more is nobody's name, and is not abridged to initials."""


def fold(name: str) -> str:
    """Make names comparable: case, spaces and the form of the accents do not count."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().translate(_QUOTES).split())


def fold_accents(name: str) -> str:
    """Make names comparable as `fold` does, and leave out the accents."""
    decomposed = unicodedata.normalize("NFD", fold(name))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def fold_title(name: str) -> str:
    """Make names comparable as `fold_accents` does, and leave out titles: `Dr. Hart` is Hart."""
    return " ".join(_without_honorifics(fold_accents(name).split()))


def read_initials(label: str) -> str | None:
    """Read `TB`, `T.B.`, `MO'S` or `AMcD` as the letters alone, in small letters."""
    letters = [letter for letter in label if letter.isalpha()]
    shaped = _INITIALS.fullmatch(label) and letters[0].isupper() and letters[-1].isupper()
    return fold_accents("".join(letters)) if shaped else None


def _abridge(name: str) -> Iterator[set[str]]:
    """List the initials that a name may be abridged to: the first letters alone, then all others.

    Maria de la Cruz is MC and MDLC as well, Maeve O'Sullivan MO and MOS, Ann McDonald AM, AMD and
    AMcD.
    """
    words = name.translate(_QUOTES).partition(",")[0].split()
    words = words[-len(_without_honorifics([fold_accents(word) for word in words])) :]
    if len(words) > _MOST_WORDS:
        return
    yield {"".join(fold_accents(word[0]) for word in words)}
    lists = [_abridge_word(word, within=number > 0) for number, word in enumerate(words)]
    yield set(map("".join, product(*lists)))


def _abridge_word(word: str, *, within: bool) -> set[str]:
    parts = [part for part in _WITHIN_WORD.split(word) if part]
    if not parts:
        return {""}
    first, *others = [fold_accents(part[0]) for part in parts]
    inner = "".join(others)
    abridged = {first, first + inner}
    if inner:
        abridged.add(fold_accents(parts[0]) + inner)
    if within and parts[0].casefold() in load_lexicon().particles | {"d"}:
        abridged.add(inner)
    return abridged


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


def find_guest(text: str) -> str | None:
    """Find the one person that front matter says the interview is with."""
    found = {next(iter(find_names(match["rest"])), None) for match in _WITH.finditer(text)}
    return found.pop() if len(found) == 1 else None


class NameIndex:
    """Names and how often each stands, to be found by any word of theirs."""

    def __init__(self, names: Counter[str]) -> None:
        self._counts = names
        self._by_word: list[tuple[Callable[[str], str], dict[str, dict[str, list[str]]]]] = []
        for folded in (fold, fold_accents):
            by_word: dict[str, dict[str, list[str]]] = defaultdict(dict)
            for name in names:
                words = _without_honorifics(folded(name).split())
                for word in words if len(words) > 1 else ():
                    by_word[word][name] = words
            self._by_word.append((folded, by_word))
        self._by_initials: tuple[dict[str, list[str]], ...] = (defaultdict(list), defaultdict(list))
        for name in names:
            for by_initials, abridged in zip(self._by_initials, _abridge(name), strict=False):
                for initials in abridged:
                    by_initials[initials].append(name)

    def complete(self, label: str) -> str | None:
        """Find the one full name that a label stands for, or None where none or several fit.

        A label is the end of a name (a surname), its beginning (a given name), something within
        it, or its initials.
        """
        for folded, by_word in self._by_word:
            wanted = _without_honorifics(folded(label).split())
            holding = by_word.get(wanted[0], {}) if wanted else {}
            if len(wanted) > 1 and (same := [n for n, words in holding.items() if words == wanted]):
                return same[0]
            for fits in (_ends_with, _starts_with, _holds):
                fitting = [name for name, words in holding.items() if fits(words, wanted)]
                if full := self._choose(fitting, len(wanted) if fits is _ends_with else None):
                    return full
        initials = read_initials(label)
        if initials is None:
            return None
        fitting = (by_initials.get(initials, []) for by_initials in self._by_initials)
        return next(filter(None, map(self._choose, fitting)), None)

    def _choose(self, fitting: Sequence[str], surname: int | None = None) -> str | None:
        """Take the name that stands most often; of equals, one that holds or ends all the others.

        `surname` counts the words of a label that is the end of a name: what stands too far
        before it, or not always, is not part of the name.
        """
        counts: Counter[str] = Counter()
        for name in fitting:
            words = name.split()
            if surname is not None:
                words = words[-(surname + _MOST_GIVEN_NAMES) :]
            counts[" ".join(words)] += self._counts[name]
        if not counts:
            return None
        most = max(counts.values())
        best = sorted((name for name, count in counts.items() if count == most), key=len)
        if surname is not None:
            return best[0] if all(fold(name).endswith(fold(best[0])) for name in best) else None
        return best[-1] if all(fold(name) in fold(best[-1]) for name in best) else None


def _without_honorifics(words: list[str]) -> list[str]:
    honorifics = load_lexicon().honorifics
    while len(words) > 1 and words[0] in honorifics:
        words = words[1:]
    return words


def _ends_with(phrase: Sequence[str], wanted: Sequence[str]) -> bool:
    return phrase[-len(wanted) :] == wanted


def _starts_with(phrase: Sequence[str], wanted: Sequence[str]) -> bool:
    return phrase[: len(wanted)] == wanted


def _holds(phrase: Sequence[str], wanted: Sequence[str]) -> bool:
    return any(
        phrase[start : start + len(wanted)] == wanted
        for start in range(len(phrase) - len(wanted) + 1)
    )
