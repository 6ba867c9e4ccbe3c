"""Which brackets hold an editor's own words, and which say what somebody does while they speak."""

from __future__ import annotations

import re

from .editorial import is_editorial
from .lexicon import load_lexicon
from .sound import strip_stamp

_WORD = re.compile(r"[\w'’-]+")
_FEWEST_WORDS = 2
"""Of a direction: a single word, as in `[NASA] told me`, is put into a sentence."""
_MOST_WORDS = 7
"""Of what bounds a record: `End of side two of tape 1`."""


def is_signed(text: str) -> bool:
    """Tell what an editor has signed: `[1996, Ed.]`, `[Editor's note: she laughs]`.

    `text` is what stands between the brackets.
    """
    lexicon = load_lexicon()
    phrase = text.strip().casefold().replace("’", "'")
    signed = any(
        phrase.endswith(one) and not phrase[: -len(one)][-1:].isalnum()
        for one in lexicon.note_signatures
    )
    return signed or phrase.startswith(lexicon.note_openers)


def is_note(text: str) -> bool:
    """Tell what an editor says, if it stands by itself: `[END]` is, `to the [end] of it` is not."""
    return is_signed(text) or is_editorial(text) or _bounds_record(text)


def _bounds_record(text: str) -> bool:
    """Tell `End of recording 00:01:50` and `Interview ends`, which say where a record ends."""
    lexicon = load_lexicon()
    phrase = strip_stamp(text).casefold().rstrip(".")
    words = _WORD.findall(phrase)
    if not 0 < len(words) <= _MOST_WORDS:
        return False
    opens = phrase.startswith(lexicon.bounds) and not lexicon.records.isdisjoint(words)
    ends = (
        len(words) == 2  # noqa: PLR2004 - a record and a verb
        and words[0] in lexicon.records
        and words[1] in lexicon.bound_verbs
    )
    return phrase in lexicon.endings or opens or ends


def is_direction(text: str) -> bool:
    """Tell by its words what a speaker does or whom they turn to: `[To the phone]`.

    Where it stands has to bear it out: between two sentences, not within one.
    """
    lexicon = load_lexicon()
    words = _WORD.findall(text)
    folded = [word.casefold() for word in words]
    if len(words) < _FEWEST_WORDS or text.rstrip()[-1] in ",;:":
        return False
    # `[To the] United States` goes on; `[To my mother] José` is how a speaker says it.
    if folded[-1] in lexicon.unfinished or not lexicon.own_words.isdisjoint(folded):
        return False
    addressed = folded[0] == "to" and words[1][0].isupper()
    return addressed or f"{' '.join(folded)} ".startswith(lexicon.directions)
