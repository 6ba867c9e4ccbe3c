"""Where sentences end, as sentencex finds them in the text that units make together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray
from sentencex import get_sentence_boundaries  # pyright: ignore[reportAttributeAccessIssue]

from .language import primary_subtag

PARAGRAPH = "\n\n"
"""Ends every sentence."""

_HIDDEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff“”„«»\"()\[\]{}]")
"""Marks that would make a quotation of several sentences one, and what no text may hold."""


def find_sentence_ends(
    texts: Sequence[str], spaced: Sequence[bool], opens: Sequence[bool], language: str
) -> NDArray[np.bool_]:
    """Tell of each unit whether a sentence ends with it. `opens` is where paragraphs begin."""
    pieces = [
        (PARAGRAPH if opening else " " if space else "") + _HIDDEN.sub(" ", text)
        for text, space, opening in zip(texts, spaced, opens, strict=True)
    ]
    ends = np.fromiter(accumulate(map(len, pieces)), np.int64, len(pieces))
    leads = [len(piece) - len(piece.lstrip()) for piece in [*pieces[1:], ""]]
    found = get_sentence_boundaries(primary_subtag(language), "".join(pieces))
    stops = np.array([boundary["end_index"] for boundary in found], np.int64)
    # A sentence takes the space behind it along; one that stops inside a unit is none.
    last = np.searchsorted(ends, stops, "right") - 1
    whole = stops - ends[last] <= np.array(leads)[last]
    stopped = np.isin(np.arange(len(pieces)), last[whole & (last >= 0)])
    return _heed_case(texts, opens, stopped)


def _heed_case(
    texts: Sequence[str], opens: Sequence[bool], ends: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Go on with a sentence before a small letter, `4 a.m. shift`, where most begin with capitals.

    Some transcripts have no capitals at all.
    """
    opening = np.array(opens, np.bool_)
    small = np.array([text[:1].islower() and text.islower() for text in texts], np.bool_)
    large = np.array([text[:1].isupper() for text in texts], np.bool_)
    begins = np.roll(ends, 1) | opening
    begins[:1] = True
    if (large & begins).sum() <= (small & begins).sum():
        return ends
    return ends & ~np.roll(small & ~opening, -1)
