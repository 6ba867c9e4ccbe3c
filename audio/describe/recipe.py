"""What sound is made of, in a form whose hash names the result."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..speak.store import ShelvedClip
from ..speak.voice import Clip
from .dapt.script import Script
from .narration import Description, Narration


def list_mix(narration: Narration) -> Sequence[object]:
    """Return what a narration puts into a mix: its sounds, and the programme's gain."""
    return (*list_voice(narration.descriptions), narration.gains)


def list_voice(descriptions: Sequence[Description]) -> Iterator[object]:
    """Yield what is heard of descriptions alone."""
    for one in descriptions:
        yield _name_clip(one.clip), one.start_ms, one.gain_db


def list_script(script: Script) -> Sequence[object]:
    """Return all that a script says, its sounds by their names."""
    names = [event.clip and _name_clip(event.clip) for event in script.events]
    events = tuple(replace(event, clip=None) for event in script.events)
    return (replace(script, events=events), names)


def _name_clip(clip: Clip | ShelvedClip) -> str:
    return clip.name if isinstance(clip, ShelvedClip) else hashlib.sha256(clip.samples).hexdigest()
