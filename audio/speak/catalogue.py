"""All the voices there are, of every engine."""

from __future__ import annotations

from .engine import find_engine, list_engines
from .voice import ListedVoice


def list_voices(language: str | None = None) -> tuple[ListedVoice, ...]:
    """List the voices that `--voice` takes, engine by engine.

    With a BCP 47 tag, only those that speak the language. Raises `UnavailableTool`.
    """
    return tuple(
        voice for engine in list_engines() for voice in find_engine(engine).list_voices(language)
    )
