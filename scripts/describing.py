"""The pictures of an interview, described over its recording: every file that comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ..audio.describe import (
    Extension,
    Narration,
    Programme,
    Subject,
    compose_extension,
    compose_narration,
    decode_programme,
    extend_descriptions,
    find_gaps,
    find_places,
    hold_programme,
    measure_levels,
    mix_narration,
    name_described,
    name_extended,
    normalise,
    place_descriptions,
    script_narration,
    speak_places,
    write_dapt,
    write_described,
    write_extended,
    write_stem,
)
from ..source import Recording, Timeline
from .described import Described, Loudness
from .output import OutputFolder
from .plan import Edition, NarrationPlan
from .timing import Say, Timing

if TYPE_CHECKING:
    from ..captions import Captions
