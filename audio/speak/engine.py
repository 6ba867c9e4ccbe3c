"""Engines, which voices come from: those that come with Vivavoz, and those that others add."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol, cast

from ...source import UsageError
from .foreign_code import contain_failures
from .voice import Cast, ListedVoice

GROUP = "vivavoz.voices"

_OWN = {
    name: EntryPoint(name, f"{__package__}.{module}", GROUP)
    for name, module in {
        "espeak": "espeak_engine",
        "gtts": "google_engine",
        "piper": "piper_engine",
    }.items()
}
"""Found in a bare checkout too, which has no metadata; nobody else can take their names."""


class Engine(Protocol):
    """Where voices come from.

    Any package adds one with an entry point in the group `vivavoz.voices`: its name is what stands
    before the colon in `--voice`, and what it leads to, a module or an object, has these functions.
    """

    def check_choice(self, choice: str | None) -> None:
        """Raise `UsageError` if this can't stand behind the colon, or must not be left out."""
        ...

    def cast_speakers(self, language: str, choice: str | None, speakers: Sequence[str]) -> Cast:
        """Give each of these speakers a voice in a language (BCP 47), and choose a narrator's.

        With no speakers there is only a narrator. Raises `UnavailableTool` when there is no voice
        for that language, or not the one that was asked for.
        """
        ...

    def list_voices(self, language: str | None) -> Sequence[ListedVoice]:
        """List the voices that can be asked for, all or those of a language."""
        ...


@dataclass(frozen=True, slots=True)
class VoiceSpec:
    """Which engine reads, and which of its voices; without a choice the language decides."""

    engine: str = "espeak"
    choice: str | None = None

    @classmethod
    def parse(cls, text: str) -> VoiceSpec:
        """Read `ENGINE` or `ENGINE:CHOICE`.

        Raises `UsageError` when there is no such engine, or when it can't have such a voice.
        Whether it really has it is found out when the voices are cast.
        """
        engine, colon, choice = text.strip().partition(":")
        names = list_engines()
        if engine not in names or (colon and not choice):
            message = (
                f"There is no voice “{text}”; use {', '.join(names)}, or one of their voices, such "
                "as espeak:en-gb (`vivavoz voices` lists them)."
            )
            raise UsageError(message)
        with contain_engine(engine):
            find_engine(engine).check_choice(choice or None)
        return cls(engine, choice or None)


def list_engines() -> tuple[str, ...]:
    """List the names of the engines there are, ours first."""
    others = {entry.name for entry in entry_points(group=GROUP)}
    return (*_OWN, *sorted(others - set(_OWN)))


def find_engine(name: str) -> Engine:
    """Load an engine. Raises `UnavailableTool` when it can't be, `UsageError` if there is none."""
    entry = _OWN.get(name) or next(iter(entry_points(group=GROUP, name=name)), None)
    if entry is None:
        raise UsageError(f"There is no engine “{name}”; use one of {', '.join(list_engines())}.")
    package = entry.dist.name if entry.dist else "vivavoz"
    with contain_failures(f"The voices of “{name}” can't be loaded", f"reinstall {package}"):
        return cast("Engine", entry.load())


def name_release(name: str) -> str | None:
    """Name the package, and its version, that another's engine comes from; None for our own."""
    entry = None if name in _OWN else next(iter(entry_points(group=GROUP, name=name)), None)
    return f"{entry.dist.name} {entry.dist.version}" if entry and entry.dist else None


def contain_engine(name: str) -> AbstractContextManager[None]:
    """Contain the failures of an engine that was found, while it is asked for something."""
    return contain_failures(f"The voices of “{name}” failed")
