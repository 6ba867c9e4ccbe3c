"""Which labels to believe, by what the whole transcript says about them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .label import Label, LabelForm, is_capitalised, is_part, is_role
from .lexicon import load_lexicon
from .name import NameIndex, find_names, read_initials

_ENOUGH_IN_DOUBT = 3
"""A name in small letters (`bell hooks:`), or like `NB:`, is believed when it stands this often."""
_TEXT_WORD = re.compile(r"[^\W\d_][\w’']*")
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the whole transcript says about its labels."""

    counts: Counter[str]
    """How often each key stands as a label."""
    lower_words: frozenset[str]
    """Words that somewhere in the text stand in small letters: they are no names."""
    named_in_front: frozenset[str]
    """Keys that are a name in the front matter, or part of one, or its initials."""
    capital_words: frozenset[str]
    """Words that stand in capitals among others that do not, as NASA does."""
    initials: frozenset[str]
    """Keys that are the initials of somebody whose name is another label."""
    by_initials: bool
    """Whether labels in this transcript are initials."""
    capitals: bool
    """Whether labels in this transcript are in capitals."""
    small: bool
    """Whether all of them are in small letters."""
    small_rests: bool
    """Whether what is said mostly begins in small letters: where there is a single label, all."""
    habits: frozenset[LabelForm]
    """Unusual forms that at least two names have more than once."""


def weigh_evidence(labels: Sequence[Label], body: Sequence[str], front: str) -> Evidence:
    """Gather what decides about labels that are not plain by their shape.

    `body` has the rows below the front matter, without their labels.
    """
    index = NameIndex(find_names(front))
    words = set(_TEXT_WORD.findall("\n".join([front, *body])))
    counts = Counter(label.key for label in labels)
    people = [label for label in labels if not is_role(label.name) and len(label.name) > _SHORT]
    in_capitals = sum(label.name.isupper() for label in people)
    habits = frozenset(
        form
        for form in (LabelForm.BARE, LabelForm.DASH, LabelForm.TAB, LabelForm.TIMED)
        if sum(counts[key] > 1 for key in {one.key for one in labels if one.form is form}) > 1
    )
    lower_words = frozenset(word for word in words if word[0].islower())
    initials = _find_initials(labels)
    small_rests = sum(label.rest[:1].islower() for label in labels)
    small_body = all(text[:1].islower() for text in body if text)
    return Evidence(
        counts,
        lower_words,
        frozenset(
            key
            for key, name in {label.key: label.name for label in labels}.items()
            if index.complete(name)
        ),
        frozenset(word for word in words if lower_words and word.isupper()),
        initials,
        bool(initials)
        or any(
            counts[one.key] > 1 and _is_initials(one) and not _is_abbreviation(one)
            for one in labels
        ),
        in_capitals * 2 > len(people),
        not any(is_capitalised(label.name) for label in people),
        2 * small_rests >= len(labels) if len(labels) > 1 else small_body,
        habits,
    )


def _find_initials(labels: Sequence[Label]) -> frozenset[str]:
    """Find the keys that are the initials of a name among the labels."""
    named = {
        label.name: 1
        for label in labels
        if is_capitalised(label.name) and not read_initials(label.name)
    }
    index = NameIndex(Counter(named))
    short = {label.key: label.name for label in labels if _is_initials(label)}
    return frozenset(key for key, name in short.items() if index.complete(name))


def _is_initials(label: Label) -> bool:
    upper = label.name.isupper() and not is_role(label.name)
    return upper and read_initials(label.name) is not None


def _is_abbreviation(label: Label) -> bool:
    letters = read_initials(label.name) or label.key
    return letters in load_lexicon().abbreviations


def accept_label(label: Label, evidence: Evidence) -> bool:
    """Decide whether a candidate names a speaker."""
    count = evidence.counts[label.key]
    if label.form is LabelForm.CHEVRONS:
        return True
    if label.form in {LabelForm.BARE, LabelForm.DASH, LabelForm.TAB}:
        return label.form in evidence.habits and count > 1
    if label.key in evidence.initials:
        return True
    if _is_abbreviation(label) and label.key not in evidence.named_in_front:
        return count >= _ENOUGH_IN_DOUBT
    goes_on = _goes_on(label) and not evidence.small_rests
    if count == 1 and goes_on and not (is_part(label) and label.name[0].isupper()):
        return False
    if is_role(label.name):
        return count > 1 or label.key not in load_lexicon().role_letters or _answers(evidence)
    if not is_capitalised(label.name):
        return count >= (2 if evidence.small else _ENOUGH_IN_DOUBT)
    if count > 1:
        return True
    return label.key in evidence.named_in_front or _is_credible(label, evidence)


def is_doubtful(label: Label) -> bool:
    """Tell `PG:`, which may be a speaker's initials even where nothing else says so."""
    return _is_plain(label) and _is_initials(label) and not _is_abbreviation(label)


def _goes_on(label: Label) -> bool:
    """Tell `Money: there was none.`, which goes on as a sentence does."""
    return _is_plain(label) and label.rest[:1].islower()


def _is_plain(label: Label) -> bool:
    return label.form is LabelForm.COLON and label.stamp_ms is None


def _is_credible(label: Label, evidence: Evidence) -> bool:
    """Decide about a capitalised label that stands only once."""
    if label.form is LabelForm.TIMED:
        return False
    if label.form is not LabelForm.COLON or label.stamp_ms is not None:
        return True
    if any(character.isdigit() for character in label.name):
        return False
    if label.name.isupper():
        if evidence.by_initials and _is_initials(label):
            return label.name not in evidence.capital_words
        return evidence.capitals
    return label.key not in evidence.lower_words


def _answers(evidence: Evidence) -> bool:
    """Tell whether single letters come as a pair: one `Q:` and one `A:`."""
    pairs = (("q", "a"), ("p", "r"), ("i", "r"))
    return any(evidence.counts[ask] and evidence.counts[answer] for ask, answer in pairs)
