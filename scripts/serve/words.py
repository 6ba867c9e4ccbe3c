"""The words of the server's own pages, in the languages that have been written."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct

from ...source.toml_file import fit_table, read_toml

_LANGUAGES = ("en", "es")


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """What the pages say. `{}` is where a number or a name goes."""

    language: str
    interviews: str
    """The title of the index."""
    search: str
    search_help: str
    nothing_here: str
    captions: str
    findings: str
    described: str
    """Of an interview whose pictures are described; `undescribed` where it has some that aren't."""
    undescribed: str
    built: str
    lacking: str
    found: str
    """The title of what was found: of how many passages, for which words."""
    found_none: str
    shown: str
    """Which of the passages are shown, where there are too many for one page."""
    pages: str
    """Of the links to them."""
    earlier: str
    later: str
    files: str
    """Above the files of an interview that has no page."""
    not_found: str
    not_found_help: str


def choose_words(accepted: str) -> Words:
    """Return the words in the language that a reader likes best (RFC 9110, 12.5.4), or English."""
    weights: dict[str, float] = {}
    for choice in accepted.split(","):
        tag, _, parameter = choice.strip().partition(";")
        language = tag.strip().lower().split("-")[0]
        if language in _LANGUAGES:
            weights[language] = max(weights.get(language, 0), _read_weight(parameter))
    best = max(weights, key=weights.__getitem__, default="en")
    return _load_words(best if weights.get(best) else "en")


def _read_weight(parameter: str) -> float:
    name, _, weight = parameter.strip().partition("=")
    if name.strip().lower() != "q":
        return 1
    try:
        return float(weight)
    except ValueError:
        return 0


@cache
def _load_words(language: str) -> Words:
    path = Path(__file__).with_name(f"{language}.toml")
    return fit_table(read_toml(path), Words, path, "file of words")
