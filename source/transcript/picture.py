"""Which lines describe a picture: `[Picture: …]`, `Photo: …`, `An image of …`, `![…](file)`.

Behind ` | ` may stand a shorter form of the description: `[Picture: long | short]`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .lexicon import load_lexicon

_MARKDOWN = re.compile(r"!\[(?P<text>[^\[\]]*)\]\((?P<file>[^()\s]*)(?:\s+[\"'][^()]*)?\)")
_HTML = re.compile(
    r"<img\b[^>]*?\balt\s*=\s*(?P<quote>[\"'])(?P<text>.*?)(?P=quote)[^>]*>"
    r"|<figcaption>(?P<caption>.*?)</figcaption>",
    re.IGNORECASE,
)
_INLINE = re.compile(rf"{_MARKDOWN.pattern}|\[(?P<inner>[^\[\]]+)\]")
_BAR = re.compile(r"\s\|\s")
_LONGEST = 80
"""Words. A longer paragraph that begins like a description is somebody's speech."""
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|‘[^’]*’(?!\w)|\([^()]*\)")
_SENTENCE_END = re.compile(r"[.!?…]['’\"”)\]]*\s+(?=[A-ZÁÉÍÓÚÑ¿¡“\"])")


@dataclass(frozen=True, slots=True)
class Description:
    """What a line says that is to be seen; nothing, where a picture is there for decoration."""

    text: str
    file: str | None = None


@cache
def _label() -> re.Pattern[str]:
    labels = "|".join(map(re.escape, sorted(load_lexicon().picture_labels, key=len, reverse=True)))
    return re.compile(
        rf"(?:{labels})(?:\s*[:：]|\s*\d+\s*[.:：])\s*(?P<text>\S.*)", re.IGNORECASE | re.DOTALL
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
        rf"(?:(?:{articles})\s+(?:[\w-]+\s+){{0,2}}?)?(?:{nouns})s?\s+(?:{links})\b"
        rf"|(?:the|la|el)\s+(?:{nouns})\s+(?:shows|depicts|muestra)\b|en\s+(?:la|el)\s+(?:{nouns}),",
        re.IGNORECASE,
    )


def split_pictures(text: str) -> Iterator[str | Description]:
    """Part what is said from `[Picture: …]` and `![…](file)` inside it."""
    position = 0
    for found in _INLINE.finditer(text):
        picture = _find_labelled(found["inner"]) if found["inner"] else _read_markdown(found)
        if picture:
            yield text[position : found.start()].strip()
            yield picture
            position = found.end()
    yield text[position:].strip()


def _read_markdown(found: re.Match[str]) -> Description:
    return Description(found["text"].strip(), found["file"] or None)


def _find_labelled(text: str) -> Description | None:
    found = _label().fullmatch(text.strip())
    return Description(found["text"].strip()) if found else None


def split_forms(text: str) -> tuple[str, str | None]:
    """Part a description from the shorter form that its author gives, if one does."""
    forms = [form.strip() for form in _BAR.split(text)]
    if len(forms) == 2 and all(forms):  # noqa: PLR2004 - the long one and the short one
        return forms[0], forms[1]
    return text, None


def find_picture(line: str) -> Description | None:
    """Read a line of its own as a picture, or None where it is none."""
    line = line.strip()
    if found := _MARKDOWN.fullmatch(line):
        return _read_markdown(found)
    if found := _HTML.fullmatch(line):
        return Description(html.unescape(found["text"] or found["caption"]).strip())
    bracketed = line[:1] in "[(" and line[-1:] in "])"
    if bracketed and (picture := _find_labelled(line[1:-1])):
        return picture
    if picture := _find_labelled(line):
        return picture
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
