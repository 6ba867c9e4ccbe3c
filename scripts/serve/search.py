"""The search in what all interviews say.

Every text is kept folded, and each query goes through all of them: two million words take a tenth
of a second, and need no index that would have to be built, stored and trusted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .cache import FileCache
from .query import Query
from .script import Script, Sentence, read_script
from .shelf import BuiltInterview, Shelf


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that was searched for."""

    interview: BuiltInterview
    language: str
    sentence: Sentence


class Search:
    """Searches a shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._scripts = FileCache(read_script)

    def find(self, query: Query) -> Sequence[Hit]:
        """Return the sentences that have all terms of a query, in the order of the shelf."""
        return [
            Hit(interview, language, sentence)
            for interview, language, script in self.read()
            for sentence in script.find(query)
        ]

    def read(self) -> Sequence[tuple[BuiltInterview, str, Script]]:
        """Return what all interviews say in which language; what is known is not read again."""
        interviews = self._shelf.list_interviews()
        with self._scripts.renew() as read:
            scripts = [
                (interview, language, read(file))
                for interview in interviews
                for language, file in interview.captions
            ]
        return [(interview, language, script) for interview, language, script in scripts if script]
