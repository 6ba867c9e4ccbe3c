"""Where the front matter ends: titles, `Date: …` and `Guest: …` above an interview."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .label import Label, LabelForm, is_role
from .lexicon import load_lexicon
from .name import fold
from .row import Row

_METADATA = re.compile(r"(?P<key>[^:：\t]{1,40}?)(?:\s*[:：]|\t)\s*(?P<value>.*)")
_MOST_NAME_WORDS = 6
LONGEST_TITLE = 120
"""Characters; what is longer than a line of text is no title, and no fact about an interview."""
_FEWEST_TITLE_WORDS = 2
_TITLE_CAPITALS = 0.6
"""Share of a title's words that begin with a capital."""


def find_front_end(rows: Sequence[Row]) -> int:
    """Count the rows before the first label that can open a turn."""
    counts = Counter(row.label.key for row in rows if row.label)
    people = any(row.label is not None and not is_role(row.label.name) for row in rows)
    again = any(count > 1 for count in counts.values())
    first = next((number for number, row in enumerate(rows) if row.text.strip()), 0)
    last = max((number for number, row in enumerate(rows) if row.text.strip()), default=0)
    stray = [bool(row.label and _is_stray(row.label, counts)) for row in rows]
    passed = 0
    for number, row in enumerate(rows):
        label = row.label
        if label is None or (label.form is LabelForm.BARE and counts[label.key] == 1):
            continue
        if people and counts[label.key] == 1 and _introduces(label):
            continue
        beside = stray[number - 1 : number] + stray[number + 1 : number + 2]
        # There is no title where there is nothing under it.
        titled = first == number < last and (_is_title(label.rest) or _runs_on(label, rows))
        if not (stray[number] and (titled or (again and any(beside)))):
            return number
        passed = number + 1
    return passed


def _runs_on(label: Label, rows: Sequence[Row]) -> bool:
    """Tell `Carmen Luz: a life uphill` by its small letter, where others begin with capitals."""
    rests = [row.label.rest for row in rows if row.label and row.label.rest]
    small = sum(rest[0].islower() for rest in rests)
    return label.rest[:1].islower() and small * 2 <= max(2, len(rests))


def _is_stray(label: Label, counts: Counter[str]) -> bool:
    """Tell `Runtime: 45 min` from what somebody says: short, once, and without a full stop."""
    return (
        counts[label.key] == 1
        and label.form is LabelForm.COLON
        and label.stamp_ms is None
        and not is_role(label.name)
        and len(label.rest) <= LONGEST_TITLE
        and label.rest[-1:] not in tuple('.!?…"”’)]—')
    )


def _is_title(text: str) -> bool:
    """Tell `An Interview with José Hernández` by the capitals of its words."""
    words = [word for word in text.split() if word[0].isalpha()]
    return len(words) >= _FEWEST_TITLE_WORDS and _TITLE_CAPITALS * len(words) <= sum(
        word[0].isupper() for word in words
    )


def _introduces(label: Label) -> bool:
    """Tell `Guest: José Hernández` above an interview from a guest who speaks."""
    words = label.rest.split()
    return (
        is_role(label.name)
        and 0 < len(words) <= _MOST_NAME_WORDS
        and all(word[0].isupper() or not word[0].isalpha() for word in words[:2])
        and label.rest[-1] not in ".!?…"
    )


def is_metadata(text: str) -> bool:
    """Tell a line above an interview that states a fact about it."""
    found = _METADATA.fullmatch(text)
    return found is not None and (
        fold(found["key"].strip("*_")) in load_lexicon().metadata or is_role(found["key"])
    )
