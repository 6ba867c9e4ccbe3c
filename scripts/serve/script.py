"""What an interview's captions say, sentence by sentence, to be searched."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import accumulate, groupby
from pathlib import Path

from sentencex import get_sentence_boundaries  # pyright: ignore[reportAttributeAccessIssue]

from ...captions.format.speech import strip_label
from ...source import primary_subtag
from .folding import fold
from .query import Query

_CUE = re.compile(
    r"^(?:(\d{1,9}):)?(\d\d):(\d\d)\.(\d{3})[ \t]+-->.*\n((?:(?!.*-->).+\n?)*)", re.MULTILINE
)
# A tag that nobody closes is text, or a file of them would be looked through for each.
_VOICE = re.compile(r"<v(?:\.[^\s<>]*+)?[ \t]++([^<>]*+)>")
_TAG = re.compile(r"<[^<>]*+>")
_LONGEST = 1000
"""Characters of a sentence: where nobody ends one, it ends there."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What somebody says. `start_ms` is when the caption is shown that it begins in."""

    start_ms: int
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Script:
    """All that is said in an interview."""

    sentences: tuple[Sentence, ...]
    folded: str
    """All of it as `fold` leaves it, each sentence between two blanks."""
    starts: array[int]
    """Where in `folded` each sentence begins."""

    def find(self, query: Query) -> list[Sentence]:
        """Return the sentences that have all terms of a query."""
        found: set[int] | None = None
        for term in query.terms:
            places = {
                bisect_right(self.starts, match.start()) - 1 for match in term.finditer(self.folded)
            }
            found = places if found is None else found & places
            if not found:
                return []
        return [self.sentences[number] for number in sorted(found or ())]


def read_script(file: Path) -> Script | None:
    """Read a file of WebVTT captions, quicker than a reader that judges them could.

    Nothing that `vivavoz build` or an editor writes is lost: what stands in no cue, and what a
    player would not show as text, is passed over.
    """
    try:
        text = file.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError:
        return None
    # The captions of a language have its tag in their name.
    return compose_script(text, file.name.split(".")[1])


def compose_script(text: str, language: str) -> Script:
    """Return what WebVTT captions say; `language` is a BCP 47 tag."""
    sentences = tuple(_find_sentences(text, primary_subtag(language)))
    pieces = [f" {fold(sentence.text)} \n" for sentence in sentences]
    starts = array("L", accumulate(map(len, pieces[:-1]), initial=0) if pieces else ())
    return Script(sentences, "".join(pieces), starts)


def _find_sentences(text: str, language: str) -> Iterator[Sentence]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    for speaker, group in groupby(_find_speech(lines), lambda said: said[1]):
        said = list(group)
        whole = " ".join(text for _, _, text in said)
        starts = list(accumulate((len(text) + 1 for _, _, text in said), initial=0))
        for start, end in _part(whole, language):
            number = bisect_right(starts, start) - 1
            yield Sentence(said[number][0], speaker, whole[start:end])


def _find_speech(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield when each cue starts, and who says what in it."""
    for hours, minutes, seconds, thousandths, payload in _CUE.findall(text):
        start_ms = ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000
        # A cue begins with nobody's words; then each voice is followed by what it says.
        voices: Sequence[str] = ["", *_VOICE.split(payload)]
        for voice, shown in zip(voices[::2], voices[1::2], strict=True):
            speaker = " ".join(unescape(voice).split())
            said = " ".join(unescape(_TAG.sub("", shown)).split())
            said = strip_label(said, speaker)
            if said:
                yield start_ms + int(thousandths), speaker, said


def _part(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a text are, without the blanks around them."""
    for boundary in get_sentence_boundaries(language, text):
        for start in range(boundary["start_index"], boundary["end_index"], _LONGEST):
            end = min(start + _LONGEST, boundary["end_index"])
            piece = text[start:end]
            if piece.strip():
                yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
