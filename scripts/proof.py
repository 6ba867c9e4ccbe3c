"""Proofs: captions as they were built, kept so that it can be told what a person changed in them.

They are a JSON file beside the record; without it, what a person edited is kept and not read.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct, structs

from .disk import write_whole
from .plan import Plan
from .record import HIDDEN

_FORMAT = 1


class Proof(Struct, frozen=True):
    """One build's captions, as WebVTT."""

    base: str
    """Without any edits."""
    edited: str | None
    """With those that were applied; None where there were none."""
    edits: str
    """The digest of the edits file that these are of; empty where there was none."""

    @property
    def shown(self) -> str:
        """As it was written."""
        return self.base if self.edited is None else self.edited


class Proofs(Struct, frozen=True, kw_only=True):
    """What is known of an interview's caption files."""

    format: int = _FORMAT
    latest: Proof | None = None
    names: tuple[str, ...] = ()
    """The files that the last build made."""
    older: dict[str, Proof] = {}
    """By file name, of those that it left to a person."""
    count: int = 0
    """How many edits there were."""
    conflicts: dict[int, str] = {}
    """Of the edits file's edits, counted from 0, why the last build did not apply them."""
    settled: tuple[int, ...] = ()
    """Which of them have words that the transcript has by now."""

    translations: dict[str, Proofs] = {}
    """What is known of each translation's, by language, also of those that could not be built."""

    def find(self, name: str) -> Proof | None:
        """Return what a file was before a person edited it, if that is known."""
        return self.latest if name in self.names else self.older.get(name)

    def find_language(self, name: str) -> str:
        """Return the language of the translation that a file is of; none for the original's."""
        known = (language for language, each in self.translations.items() if each.find(name))
        return "" if self.find(name) else next(known, "")

    def take(self, language: str) -> Proofs:
        """Return those of a translation; of the original, where there is no language."""
        return self.translations.get(language, Proofs()) if language else self

    def forget(self) -> Proofs:
        """Return what is known after a build that nobody knows the end of."""
        translations = {language: each.forget() for language, each in self.translations.items()}
        return structs.replace(self, latest=None, names=(), translations=translations)


def locate_proofs(plan: Plan) -> Path:
    """Return where an interview's proofs are."""
    return plan.out / HIDDEN / "proofs" / f"{plan.name}.json"


def read_proofs(plan: Plan) -> Proofs:
    """Read an interview's proofs: none where there is no such file, or one of another kind."""
    try:
        proofs = msgspec.json.decode(locate_proofs(plan).read_bytes(), type=Proofs)
    except (OSError, ValueError):
        return Proofs()
    return proofs if proofs.format == _FORMAT else Proofs()


def write_proofs(proofs: Proofs, plan: Plan) -> None:
    """Write an interview's proofs, whole and flushed to disk. Raises OSError."""
    write_whole(locate_proofs(plan), msgspec.json.encode(proofs))
