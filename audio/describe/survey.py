"""What has to be known of a programme before anything is mixed: its length, and how loud it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from msgspec import Struct

from ..step import LOUDNESS
from ..step_store import StepStore
from .loudness import Loudness, measure_loudness
from .pcm import Layout, Programme


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known of a programme."""

    layout: Layout
    duration_ms: int
    loudness: Loudness


class _Kept(Struct, frozen=True, array_like=True):
    channels: int
    duration_ms: int
    powers: bytes


def survey_programme(decode: Callable[[], Programme], store: StepStore) -> Survey:
    """Return what is known of the store's recording; it is decoded and measured if nothing is."""
    kept = store.recall(store.name_result(LOUDNESS), _Kept, lambda: _measure(decode()))
    powers = np.frombuffer(kept.powers, np.float64)
    return Survey(Layout.of(kept.channels), kept.duration_ms, Loudness(powers))


def _measure(programme: Programme) -> _Kept:
    powers = measure_loudness(programme).powers
    return _Kept(programme.layout.channels, programme.duration_ms, powers.tobytes())
