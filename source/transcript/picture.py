"""Which lines describe a picture: `[Picture: …]`, `Photo: …`, `An image of …`, `![…](file)`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .lexicon import load_lexicon

_MARKDOWN = re.compile(r"!\[(?P<text>[^\]]*)\]\((?P<file>[^)\s]*)(?:\s+[\"'][^)]*)?\)")
_LONGEST = 80
"""Words. A longer paragraph that begins like a description is somebody's speech."""
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|‘[^’]*’(?!\w)|\([^()]*\)")
_SENTENCE_END = re.compile(r"[.!?…]['’\"”)\]]*\s+(?=[A-ZÁÉÍÓÚÑ¿¡“\"])")


@dataclass(frozen=True, slots=True)
class Description:
    """What a line says that is to be seen."""

    text: str
    file: str | None = None


@cache
def _label() -> re.Pattern[str]:
    labels = "|".join(map(re.escape, sorted(load_lexicon().picture_labels, key=len, reverse=True)))
    return re.compile(
        rf"(?:(?P<label>{labels})\s*\d*)\s*[:：]\s*(?P<text>\S.*)", re.IGNORECASE | re.DOTALL
    )


@cache
def _opening() -> re.Pattern[str]:
    lexicon = load_lexicon()
    articles, nouns, links = (
        "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
        for words in (lexicon.picture_articles, lexicon.picture_nouns, lexicon.picture_links)
    )
    # Only an indefinite article may be followed by more words ("A black-and-white portrait of"):
    # "The best scene of" and "My favourite photo of" begin what somebody says.
    return re.compile(
        rf"(?:(?:{articles})\s+(?:[\w-]+\s+){{0,2}}?)?(?:{nouns})s?\s+(?:{links})\b", re.IGNORECASE
    )


def find_bracketed_picture(inner: str) -> Description | None:
    """Read the inside of a bracket as a picture, where it begins with `Picture:` or the like."""
    found = _label().fullmatch(inner.strip())
    return Description(found["text"].strip()) if found else None


def find_picture(line: str) -> Description | None:
    """Read a line of its own as a picture, or None where it is none."""
    line = line.strip()
    if found := _MARKDOWN.fullmatch(line):
        return Description(found["text"].strip() or found["file"], found["file"] or None)
    bracketed = line[:1] in "[(" and line[-1:] in "])"
    if bracketed and (picture := find_bracketed_picture(line[1:-1])):
        return picture
    if found := _label().fullmatch(line):
        return Description(found["text"].strip())
    candidate = line[1:-1].strip() if bracketed else line
    if (
        _opening().match(candidate)
        and len(candidate.split()) <= _LONGEST
        and not candidate.rstrip("\"'”’)").endswith("?")
        # One sentence, as descriptions are; what is quoted in it may hold more.
        and not _SENTENCE_END.search(_QUOTED.sub("", candidate))
    ):
        return Description(candidate)
    return None
