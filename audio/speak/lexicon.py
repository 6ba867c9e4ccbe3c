"""How an interview's words are said: as its producer says, and names as their language has them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...source import Interview, UsageError
from ...source.quotation import quote
from ...source.word_break import UNSPACED
from .foreign_name import ForeignNames, collect_names
from .ipa import find_unknown
from .voice import Cast, Pronunciation

_MARKS = "\u0300-\u036f"
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of an interview's pronunciations."""

    entries: Mapping[str, str]
    """`[pronounce]` of the interview's settings."""
    pattern: re.Pattern[str]
    """The entries as they may stand in a text, each form of one in a group."""
    said: Mapping[int, str]
    """How each group of the pattern is said, by its number."""
    names: ForeignNames

    def pronounce(self, text: str) -> tuple[Pronunciation, ...]:
        """Find how stretches of a text are said, in order; none overlaps the next.

        Where entries compete the first wins, and of those that begin together the longest. One
        with a capital is not found in a word without: `US` never stands for `us`.
        """
        own = list(self._find_entries(text))
        names = self.names.find(text, own)
        return tuple(sorted((*own, *names), key=lambda one: one.offset))

    def find_doubts(self, cast: Cast) -> tuple[str, ...]:
        """Say which entries the voices of a cast can't say as they are written, if any."""
        phonetic = [written for written, said in self.entries.items() if _is_ipa(said)]
        if not phonetic:
            return ()
        voices = dict.fromkeys((cast.narrator, *cast.speakers.values()))
        deaf = dict.fromkeys(voice.name for voice in voices if not voice.reads_ipa)
        if not deaf:
            return ()
        more = f" and {len(phonetic) - 1} more" if len(phonetic) > 1 else ""
        doubt = (
            f"The phonetic alphabet means nothing to {' and '.join(deaf)}, so “{phonetic[0]}”"
            f"{more} under [pronounce] will be said as it is written; spell how it sounds, such as "
            "NASS-uh."
        )
        return (doubt,)

    def _find_entries(self, text: str) -> Iterator[Pronunciation]:
        for found in self.pattern.finditer(text):
            said = self.entries.get(found[0], self.said[found.lastindex or 0])
            offset, length = found.start(), len(found[0])
            if _is_ipa(said):
                yield Pronunciation(offset, length, ipa=said.strip("/"))
            else:
                yield Pronunciation(offset, length, respelling=said)


def build_lexicon(interview: Interview, pronounce: Mapping[str, str] = _NOTHING) -> Lexicon:
    """Learn how an interview's words are said.

    Raises `UsageError` when an entry of `pronounce` has a character that stands for no sound.
    """
    check_pronunciations(pronounce)
    texts = [part.text for part in interview.parts]
    speakers = [speaker.name for speaker in interview.speakers]
    names = collect_names(texts, speakers, interview.language)
    return Lexicon(pronounce, *_compile(pronounce), names)


def check_pronunciations(pronounce: Mapping[str, str]) -> None:
    """Raise `UsageError` for an entry in the phonetic alphabet that can't be said."""
    for written, said in pronounce.items():
        unknown = find_unknown(said.strip("/")) if _is_ipa(said) else None
        if unknown is not None:
            raise UsageError(
                f"[pronounce] {quote(written)}: {quote(unknown)} is no sound of the International "
                "Phonetic Alphabet; write another, or leave out the slashes and spell how it "
                "sounds."
            )


def _compile(entries: Mapping[str, str]) -> tuple[re.Pattern[str], dict[int, str]]:
    """Make a pattern of the entries, and list how each of its groups is said.

    Of two entries that begin alike the longer one is found.
    """
    tidied = {_tidy(written): said for written, said in entries.items()}
    forms = {
        unicodedata.normalize(form, written): tidied[written]
        for written in sorted(tidied, key=len, reverse=True)
        for form in ("NFC", "NFD")
    }
    groups = (f"({_write_pattern(written)})" for written in forms)
    return re.compile("|".join(groups) or "(?!)"), dict(enumerate(forms.values(), 1))


def _write_pattern(written: str) -> str:
    """Write the pattern of whole words; a capital that begins them must be one in the text."""
    first, rest = (written[0], written[1:]) if written[0].isupper() else ("", written)
    rest = re.escape(rest).replace(r"\ ", r"\s+").replace("'", "['’]")
    before = "" if UNSPACED.match(written[0]) else f"(?<![\\w{_MARKS}])"
    behind = "" if UNSPACED.match(written[-1]) else f"(?![\\w{_MARKS}])"
    return f"{before}{first}(?i:{rest}){behind}"


def _tidy(written: str) -> str:
    return " ".join(written.replace("’", "'").split())


def _is_ipa(said: str) -> bool:
    return said.startswith("/")
