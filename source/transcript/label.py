"""Who a line says is speaking: finding labels, and telling them from sentences with a colon."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .lexicon import load_lexicon
from .name import complete_name, find_names, fold
from .stamp import BRACKETED, CLOCK, STAMP, parse_stamp

_LONGEST_NAME = 60
_MOST_WORDS = 7
_ENOUGH_FOR_LOWER_CASE = 3
"""A name in small letters (`bell hooks:`) is believed when it stands this often."""

_LEAD = rf"(?:>>\s*)?(?:(?P<before>{BRACKETED}|{STAMP})\s*[-–—]?\s*)?"
_NAME = r"(?P<name>[^\s:：*_\[\]<>|][^:：*\[\]<>|]{0,79}?)"
_AFTER = rf"(?:\s*(?P<after>{BRACKETED}))?"

_BOLD = re.compile(
    rf"{_LEAD}(?P<mark>\*\*|__){_NAME}\s*{_AFTER}\s*"
    rf"(?:[:：]\s*(?P=mark)|(?P=mark)\s*(?P<late>{BRACKETED})?\s*[:：])\s*(?P<rest>.*)"
)
_PLAIN = re.compile(rf"{_LEAD}{_NAME}{_AFTER}\s*(?:(?<!\d)[:：]|[:：](?!\d))(?!/|:)(?P<rest>.*)")
_POINT = re.compile(rf"{_LEAD}(?P<name>[QAPR])\.(?=\s|$)(?P<rest>.*)")
_NAME_THEN_TIME = re.compile(
    rf"(?:\*\*)?{_NAME}(?:\*\*)?(?:\s*[-–—|,]\s*|\s+)"
    rf"(?P<after>{BRACKETED}|{STAMP})\s*[:：]?(?:\*\*)?(?P<rest>)"
)
_TIME_THEN_NAME = re.compile(rf"(?P<before>{BRACKETED}|{CLOCK})\s+{_NAME}\s*(?P<rest>)")

_PARENTHESIS = re.compile(r"\s*\((?P<note>[^()]*)\)\s*$")
_NUMBERED = re.compile(r"(?P<stem>.*?\D)[\s_#-]*\d+$")
_WORD = re.compile(r"[^\s,/&+]+")
_SENTENCE = re.compile(r"[!?…;](?:\s|$)|\w{5,}\.(?:\s|$)|\w\.\w\w")
_TEXT_WORD = re.compile(r"[^\W\d_][\w’']*")
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Label:
    """A candidate for who speaks: `name` as it is written, and the text behind it."""

    name: str
    rest: str
    stamp_ms: int | None = None
    note: str | None = None
    """What stood in parentheses behind the name: `(laughing)`, `(CEO)`."""
    bold: bool = False
    header: bool = False
    """A line with a name and a time and nothing more; the words come on the next line."""

    @property
    def key(self) -> str:
        """The name as names are compared."""
        return fold(self.name)


def find_label(line: str) -> Label | None:
    """Find what may be a label at the start of a line; the whole text decides whether it is."""
    line = line.strip()
    for pattern, bold in ((_BOLD, True), (_PLAIN, False), (_POINT, False)):
        if (found := pattern.fullmatch(line)) and (label := _make_label(found, bold=bold)):
            return label
    for pattern in (_NAME_THEN_TIME, _TIME_THEN_NAME):
        if (found := pattern.fullmatch(line)) and (label := _make_label(found, header=True)):
            return label
    return None


def _make_label(found: re.Match[str], *, bold: bool = False, header: bool = False) -> Label | None:
    groups = found.groupdict()
    stamp = next((groups[key] for key in ("before", "after", "late") if groups.get(key)), None)
    name, note = groups["name"].strip(), None
    if parenthesis := _PARENTHESIS.search(name):
        name, note = name[: parenthesis.start()].strip(), parenthesis["note"].strip()
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    if not could_be_name(name):
        return None
    rest = groups["rest"].strip()
    return Label(name, rest, parse_stamp(stamp) if stamp else None, note, bold, header)


def is_role(name: str) -> bool:
    """Tell `Interviewer`, `Q`, `Speaker 2` from people's names."""
    key = fold(name)
    numbered = _NUMBERED.fullmatch(key)
    return key in load_lexicon().roles or (
        numbered is not None and numbered["stem"].strip(" _#-") in load_lexicon().roles
    )


@lru_cache(maxsize=4096)
def could_be_name(name: str) -> bool:
    """Tell by its shape alone whether a phrase can be a label."""
    if is_role(name):
        return True
    words = _WORD.findall(name)
    if not 0 < len(words) <= _MOST_WORDS or len(name) > _LONGEST_NAME:
        return False
    if not words[0][0].isalpha() and words[0][0] not in "'’“\"":
        return False
    lexicon = load_lexicon()
    if fold(name) in lexicon.discourse | lexicon.metadata | lexicon.picture_labels:
        return False
    if len(words) > 1 and any(_starts_sentence(word) for word in words):
        return False
    return not _SENTENCE.search(name)


def _starts_sentence(word: str) -> bool:
    """Tell words of sentences from names; So, Yo, Mi and Su are names too when capitalised."""
    lexicon = load_lexicon()
    return word.casefold() in lexicon.discourse - lexicon.particles and (
        len(word) > _SHORT or word.islower()
    )


def is_capitalised(name: str) -> bool:
    """Tell whether every word but the particles begins like a name (or has no case at all)."""
    lexicon = load_lexicon()
    words = _WORD.findall(name)
    return all(
        # d'Arc and deGrasse are capitalised too, further in.
        word != word.lower()
        or word == word.upper()
        or (number > 0 and word.casefold().strip(".") in lexicon.particles)
        for number, word in enumerate(words)
    )


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the whole transcript says about its labels."""

    counts: Counter[str]
    """How often each key stands as a label."""
    lower_words: frozenset[str]
    """Words that somewhere in the text stand in small letters: they are no names."""
    named_in_front: frozenset[str]
    """Keys that are a name in the front matter, or part of one, or its initials."""
    capitals: bool
    """Whether labels in this transcript are in capitals."""


def weigh_evidence(labels: Sequence[Label], text: str, front: str) -> Evidence:
    """Gather what decides about labels that are not plain by their shape."""
    names = find_names(front)
    counts = Counter(label.key for label in labels)
    in_capitals = sum(label.name.isupper() and len(label.name) > 1 for label in labels)
    return Evidence(
        counts,
        frozenset(word for word in set(_TEXT_WORD.findall(text)) if word[0].islower()),
        frozenset(label.key for label in labels if complete_name(label.name, names)),
        in_capitals * 2 > len(labels),
    )


def accept_label(label: Label, evidence: Evidence) -> bool:
    """Decide whether a candidate names a speaker."""
    count = evidence.counts[label.key]
    if is_role(label.name):
        return count > 1 or label.key not in load_lexicon().role_letters or _answers(evidence)
    if not is_capitalised(label.name):
        return count >= _ENOUGH_FOR_LOWER_CASE
    if count > 1 or label.bold or label.header or label.stamp_ms is not None:
        return True
    if label.key in evidence.named_in_front:
        return True
    if any(character.isdigit() for character in label.name):
        return False
    if label.name.isupper():
        return evidence.capitals
    return label.key not in evidence.lower_words


def _answers(evidence: Evidence) -> bool:
    """Tell whether single letters come as a pair: one `Q:` and one `A:`."""
    pairs = (("q", "a"), ("p", "r"), ("i", "r"))
    return any(evidence.counts[ask] and evidence.counts[answer] for ask, answer in pairs)
