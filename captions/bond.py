"""What ties a unit to the next one, and what it costs to part them.

The numbers are what a captioner's choice between two places is worth: with costs 1 apart, one is
chosen e times as often. They stand for the guidelines' order, and `tests/benchmarks/line_breaks.py`
shows how they do on captions made by people, and that fitting them to such captions on some cues
does no better on the others.
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
    VERB = 11
    """After an auxiliary, a pronoun or an adverb of degree; before an object pronoun."""
    LEANING = 12
    """After an article, determiner, preposition or conjunction."""
    NAME = 13
    """In a name, after a title, between a number and its unit; before a mark that closes."""


COSTS = np.array([0.0, 0.5, 1.0, 1.5, 1.8, 2.0, 2.5, 3.0, 3.0, 3.5, 4.2, 6.0, 7.0, 8.0], np.float32)
"""Of a line that ends inside each bond."""
TORN = 2.0
"""Added where a quotation or bracket has just opened or is about to close."""
UNEVEN = 8.0
"""What one line longer than the other by its full width costs, half of that a quarter as much."""
TOP_HEAVY = 0.1
"""The lower line is better the longer one (Netflix, Line Treatment)."""
ORPHAN = 1.0
"""A word alone on a line."""
