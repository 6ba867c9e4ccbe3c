"""Who a line says is speaking: finding labels, and telling them from sentences with a colon."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from .lexicon import load_lexicon
from .name import fold
from .stamp import BRACKETED, CLOCK, STAMP, parse_stamp

_LONGEST_NAME = 80
_MOST_WORDS = 7

_LEAD = rf"(?:>+\s*)?(?:(?P<before>{BRACKETED}|{STAMP})\s*[-–—]?\s*)?"
_NAME = r"(?P<name>[^\s:：*_\[\]<>|][^\t:：*\[\]<>|]{0,99}?)"
_AFTER = rf"(?:\s*(?P<after>{BRACKETED}))?"
_COLUMN = rf"(?:\s*(?P<after>{BRACKETED}|{STAMP}))?\s*\t\s*(?P<rest>(?!{STAMP}$)\S.*)"


class LabelForm(StrEnum):
    """How a label is written, which says how far it can be believed."""

    COLON = "colon"
    """`Name: text`, `[00:04] NAME (00:04): text`, `Q. text`"""
    BOLD = "bold"
    """`**Name:** text`, `**Name** [00:00:03] text`"""
    HEADER = "header"
    """`Name  0:03` on a line of its own; the words come on the next."""
    TIMED = "timed"
    """`Name [00:00:03] text`, `Name    00:00:03    text`"""
    BARE = "bare"
    """`NAME` or `**Name**` on a line of its own."""
    DASH = "dash"
    """`Name — text`"""
    TAB = "tab"
    """The name, a tab stop and the text, as in a table's columns."""
    VOICE = "voice"
    """By the word of the file itself: a voice span, a service's speaker."""
    CHEVRONS = "chevrons"
    """`>> text`: the speaker changes, to nobody named."""


_FORMS = (
    (
        LabelForm.BOLD,
        (
            rf"{_LEAD}(?P<mark>\*\*|__){_NAME}\s*{_AFTER}\s*"
            rf"(?:[:：]\s*(?P=mark)|(?P=mark)\s*(?P<late>{BRACKETED})?\s*[:：])\s*(?P<rest>.*)"
        ),
    ),
    (LabelForm.BOLD, rf"(?P<mark>\*\*|__){_NAME}\s*[:：]\s*(?P<rest>[^*_]+)(?P=mark)"),
    (LabelForm.BOLD, rf"{_LEAD}(?P<mark>\*\*|__){_NAME}(?P=mark){_COLUMN}"),
    (
        LabelForm.BOLD,
        rf"(?P<mark>\*\*|__){_NAME}(?P=mark)\s*(?P<after>{BRACKETED})\s+(?P<rest>\S.*)",
    ),
    (LabelForm.COLON, rf"\[{_NAME}\]\s*[:：]\s*(?P<rest>.*)"),
    (
        LabelForm.COLON,
        rf"{_LEAD}{_NAME}{_AFTER}\s*(?:(?<!\d)[:：]|[:：](?!\d))(?!/|:)(?P<rest>.*)",
    ),
    (
        LabelForm.COLON,
        (
            rf"{_LEAD}(?P<name>[QAPR]\d*|Pregunta|Respuesta|Question|Answer|Frage|Antwort)"
            r"\.(?:\s*[-–—])?(?=\s|$)(?P<rest>.*)"
        ),
    ),
    (LabelForm.TAB, rf"{_LEAD}{_NAME}{_COLUMN}"),
    (
        LabelForm.HEADER,
        (
            rf"(?:\*\*)?{_NAME}(?:\*\*)?(?:\s*[-–—|,]\s*|\s+)"
            rf"(?P<after>{BRACKETED}|{STAMP})\s*[:：]?(?:\*\*)?(?P<rest>)"
        ),
    ),
    (LabelForm.HEADER, rf"\[{_NAME}\]\s+(?P<after>{BRACKETED}|{STAMP})(?P<rest>)"),
    (LabelForm.HEADER, rf"(?P<before>{BRACKETED}|{CLOCK})\s+(?:[-–—]\s+)?{_NAME}\s*(?P<rest>)"),
    (LabelForm.TIMED, rf"{_NAME}\s+(?P<after>{BRACKETED})\s+(?P<rest>\S.*)"),
    (LabelForm.TIMED, rf"{_NAME}\s{{2,}}(?P<after>{STAMP})\s{{2,}}(?P<rest>\S.*)"),
    (LabelForm.DASH, rf"{_NAME}\s+[—–]\s+(?P<rest>\S.*)"),
    (LabelForm.BARE, rf"(?P<bold>\*\*|__){_NAME}(?P=bold)(?P<rest>)"),
    (LabelForm.BARE, r"(?P<name>[^\W\d_][^\d:：,;!?…]{1,39})(?P<rest>)"),
    (LabelForm.CHEVRONS, r"(?P<name>>>)\s*(?P<rest>\S.*)"),
)
_PATTERNS = tuple((form, re.compile(pattern)) for form, pattern in _FORMS)
_WIDE = re.compile(r"\s{3,}")
"""Means no more than a tab stop or two spaces do, and would be tried in many ways."""

_REST_STAMP = re.compile(rf"(?P<stamp>{STAMP})(?:\t+|\s{{2,}})(?=\S)")
_PARENTHESIS = re.compile(r"\s*\((?P<note>[^()]*)\)\s*$")
_ROLE_BEHIND = re.compile(
    r",\s*(?:byline|guest|host|interviewer|moderator|narrator)$", re.IGNORECASE
)
"""`ANN LEE, HOST:` is Ann Lee."""
_NUMBERED = re.compile(r"(?P<stem>.*?\D)[\s_#-]*\d+$")
_WORD = re.compile(r"[^\s,/&+]+")
_SENTENCE = re.compile(r"[!?…;](?:\s|$)|\w{5,}\.(?:\s|$)|\w\.\w\w")
_SHORT = 2
_NEVER_FIRST = frozenset({"and", "e", "of", "the", "y"})
"""Particles that no name begins with."""


@dataclass(frozen=True, slots=True)
class Label:
    """A candidate for who speaks: `name` as it is written, and the text behind it."""

    name: str
    rest: str
    form: LabelForm
    stamp_ms: int | None = None
    note: str | None = None
    """What stood in parentheses behind the name: `(laughing)`, `(CEO)`."""

    @property
    def key(self) -> str:
        """The name as names are compared."""
        return fold(self.name)


def find_label(line: str) -> Label | None:
    """Find what may be a label at the start of a line; the whole text decides whether it is."""
    line = _WIDE.sub(lambda blanks: "\t" if "\t" in blanks[0] else "  ", line.strip())
    for form, pattern in _PATTERNS:
        if (found := pattern.fullmatch(line)) and (label := _make_label(found, form)):
            return label
    return None


def _make_label(found: re.Match[str], form: LabelForm) -> Label | None:
    groups = found.groupdict()
    stamp = next((groups[key] for key in ("before", "after", "late") if groups.get(key)), None)
    name, note, rest = groups["name"].strip(), None, groups["rest"].strip()
    if parenthesis := _PARENTHESIS.search(name):
        name, note = name[: parenthesis.start()].strip(), parenthesis["note"].strip()
    name = unicodedata.normalize("NFC", " ".join(_ROLE_BEHIND.sub("", name).split()))
    if form is not LabelForm.CHEVRONS and not could_be_name(name):
        return None
    if form is LabelForm.BARE and not (name.isupper() or groups.get("bold")):
        return None
    if stamp is None and (timed := _REST_STAMP.match(rest)):
        stamp, rest = timed["stamp"], rest[timed.end() :]
    return Label(name, rest, form, parse_stamp(stamp) if stamp else None, note)


def is_role(name: str) -> bool:
    """Tell `Interviewer`, `Q`, `Speaker 2` from people's names."""
    key = fold(name)
    numbered = _NUMBERED.fullmatch(key)
    return key in load_lexicon().roles or (
        numbered is not None and numbered["stem"].strip(" _#-") in load_lexicon().roles
    )


def is_part(label: Label) -> bool:
    """Tell a part that somebody plays, which is believed where it stands once.

    `Moderator: let's go on.` and `[Man] Stop!` are parts; `(All) right` and `Answer: nobody knows.`
    are words of a sentence.
    """
    lexicon = load_lexicon()
    word = label.key in lexicon.common_roles and label.rest[:1].islower()
    return is_role(label.name) and not word and label.key not in lexicon.role_abbreviations


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
    key = fold(name)
    if key in lexicon.discourse or key in lexicon.metadata or key in lexicon.picture_labels:
        return False
    if len(words) > 1 and any(_starts_sentence(word) for word in words):
        return False
    return not _SENTENCE.search(name)


def _starts_sentence(word: str) -> bool:
    """Tell words of sentences from names; So, Yo, Mi and Su are names too when capitalised."""
    lexicon = load_lexicon()
    key = word.casefold()
    common = key in lexicon.discourse and key not in lexicon.particles
    return common and (len(word) > _SHORT or word.islower())


def is_capitalised(name: str) -> bool:
    """Tell whether every word but the particles begins like a name (or has no case at all)."""
    words = _WORD.findall(name)
    return any(map(_is_capital, words)) and all(
        _is_capital(word) or _is_particle(word, first=number == 0)
        for number, word in enumerate(words)
    )


def _is_capital(word: str) -> bool:
    # d'Arc and deGrasse are capitalised too, further in.
    return word != word.lower() or word == word.upper()


def _is_particle(word: str, *, first: bool) -> bool:
    key = word.casefold().strip(".")
    return key in load_lexicon().particles and not (first and key in _NEVER_FIRST)
