"""All the voices there are, of every engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...source import UnavailableTool
from .engine import contain_engine, find_engine, list_engines
from .voice import ListedVoice


def list_voices(
    language: str | None = None, tell: Callable[[str], None] | None = None
) -> tuple[ListedVoice, ...]:
    """List the voices that `--voice` takes, engine by engine.

    With a BCP 47 tag, only those that speak the language. An engine that fails is left out, and
    `tell` is told why in a sentence.
    """
    found: list[ListedVoice] = []
    for engine in list_engines():
        try:
            found += _ask(engine, language)
        except UnavailableTool as error:
            if tell:
                tell(str(error))
    return tuple(found)


def _ask(engine: str, language: str | None) -> Sequence[ListedVoice]:
    with contain_engine(engine):
        return find_engine(engine).list_voices(language)
