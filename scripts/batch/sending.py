"""Whom texts are sent to, told before anything is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from ...audio.speak.engine import contain_engine, find_engine
from ...source import VivavozError
from ..plan import Plan


def note_receivers(plans: Iterable[Plan]) -> Iterator[str]:
    """Yield a sentence for each engine of the plans' voices that sends what it reads away."""
    for engine in sorted(
        {voice.engine for plan in plans for voice in plan.narration.list_voices()}
    ):
        with suppress(VivavozError), contain_engine(engine):  # the builds will say what is wrong
            voices = find_engine(engine).list_voices(None)
            for receiver in sorted({voice.sends_to for voice in voices if voice.sends_to}):
                yield f"What {engine} reads aloud is sent to {receiver}, a third party."
