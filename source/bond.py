"""What ties a unit to the next one, and what it costs to part them.

The numbers are what a captioner's choice between two places is worth: with costs 1 apart, one is
chosen e times as often. They stand for the guidelines' order, and `tests/benchmarks/line_breaks.py`
shows how they do on captions made by people, and that costs fitted to some of those find no more of
the same breaks in the others.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np


class Bond(IntEnum):
    """How a unit and the next one belong together, loosest first."""

    SENTENCE = 0
    """A sentence ends between them."""
    CLAUSE = 1
    """After a semicolon, colon or dash, or a comma that a new clause or phrase follows."""
    COMMA = 2
    LINK = 3
    """Before a subordinate or relative clause, or a coordinated one."""
    COORDINATION = 4
    """Before a conjunction of phrases, or a clause that opens with its subject."""
    PREPOSITION = 5
    PREDICATE = 6
    """Before an auxiliary, `not` or a participle."""
    COMPLEMENT = 7
    """Before an article, possessive, determiner or number."""
    PLAIN = 8
    """Between two words of which nothing is known."""
    GENITIVE = 9
    """Before `of`."""
    MODIFIER = 10
    """Between a noun and what likely describes it, or a verb and its particle."""
    LIGHT = 11
    """After a pronoun, particle or auxiliary that leans on nothing: `come in`, `this` alone."""
    VERB = 12
    """After an auxiliary, a pronoun or an adverb of degree; before an object pronoun."""
    LEANING = 13
    """After an article, determiner, preposition or conjunction."""
    NAME = 14
    """In a name, after a title, between a number and its unit; before a mark that closes."""


_COSTS = {
    Bond.SENTENCE: 0.0,
    Bond.CLAUSE: 0.5,
    Bond.COMMA: 1.0,
    Bond.LINK: 1.5,
    Bond.COORDINATION: 1.8,
    Bond.PREPOSITION: 2.0,
    Bond.PREDICATE: 2.5,
    Bond.COMPLEMENT: 3.0,
    Bond.PLAIN: 3.0,
    Bond.GENITIVE: 3.5,
    Bond.MODIFIER: 4.2,
    Bond.LIGHT: 4.5,
    Bond.VERB: 6.0,
    Bond.LEANING: 7.0,
    Bond.NAME: 8.0,
}
COSTS = np.array([_COSTS[bond] for bond in Bond], np.float32)
"""Of a line that ends inside each bond."""
TORN = 2.0
"""Added where a quotation or bracket has just opened or is about to close."""
UNEVEN = 7.0
"""What one line longer than the other by its full width costs, half of that a quarter as much."""
TOP_HEAVY = 0.05
"""Between two breaks as good, the lower line is the longer one (Netflix, Line Treatment)."""
ORPHAN = 1.0
"""A word alone on a line."""
