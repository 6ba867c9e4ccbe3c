"""The sentences of a part, and which of a translation stand for which of the original."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..sentence import find_sentence_ends
from ..wording import Token, TokenKind, WordedPart
from .bead import SHAPE_COSTS, Bead, chain_beads, cost_lengths


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and the sounds that stand before it or in it."""

    part: int
    """The index of the wording's part."""
    tokens: range
    length: int
    """The characters that are said."""


def split_sentences(worded: WordedPart, part: int, language: str) -> Iterator[Sentence]:
    """Yield a part's sentences, which have all of its tokens between them."""
    tokens = worded.tokens
    said = [number for number, token in enumerate(tokens) if token.kind is TokenKind.SPEECH]
    ends = find_sentence_ends(
        [tokens[number].text for number in said],
        [tokens[number].spaced for number in said],
        [tokens[number].opens_paragraph for number in said],
        language,
    )
    # What is heard after the last word belongs to the last sentence.
    stops = [number + 1 for number, end in zip(said, ends.tolist(), strict=True) if end][:-1]
    for start, stop in pairwise([0, *stops, len(tokens)] if tokens else []):
        yield Sentence(part, range(start, stop), _measure(tokens[start:stop]))


def _measure(tokens: Sequence[Token]) -> int:
    return sum(len(token.text) + 1 for token in tokens if token.kind is TokenKind.SPEECH)


def pair_sentences(
    sources: Sequence[Sentence], targets: Sequence[Sentence], ratio: float
) -> list[Bead]:
    """Pair the sentences of parts that stand for each other; `ratio` is as `cost_lengths` has it.

    One that has no counterpart is left with one of its neighbours, so that all have their time.
    """

    def cost(bead: Bead) -> float:
        source = sum(sources[number].length for number in bead.source)
        target = sum(targets[number].length for number in bead.target)
        return SHAPE_COSTS[len(bead.source), len(bead.target)] + cost_lengths(source, target, ratio)

    joined: list[Bead] = []
    for bead in chain_beads(len(sources), len(targets), [*SHAPE_COSTS], cost):
        whole = bead.source and bead.target
        if joined and not (whole and joined[-1].source and joined[-1].target):
            joined[-1] = joined[-1].join(bead)
        else:
            joined.append(bead)
    return joined
