"""Whatever a search has found, what is made of it holds together."""

from __future__ import annotations

import numpy as np
import pytest
from alignment_rules import check_differences, check_times
from hypothesis import given, settings
from hypothesis import strategies as st
from vivavoz.audio.listen.acoustic_model import load_acoustic_model
from vivavoz.audio.listen.fine import Traced
from vivavoz.audio.listen.judgement import judge_words
from vivavoz.audio.listen.script import Line, write_script
from vivavoz.audio.listen.speech import Voices
from vivavoz.source import Wording
from wordings import build_wording

SAID = [
    ("Ann", "Well hello there, how are you today my friend?"),
    ("Ben", "I am [laughs] fine. It is a nice day — really it is."),
    ("Ann", "[laughs]"),
    ("Ben", "Yes, and you?"),
]
FRAME_MS = 10
FOUND = st.none() | st.tuples(st.integers(-6, 12), st.integers(1, 20), st.floats(-3, 9))
"""How many frames a word begins after the end of the one before it and lasts, and its margin."""


@pytest.fixture(scope="module")
def script() -> tuple[Wording, list[Line]]:
    wording = build_wording(SAID)
    return wording, write_script(wording, load_acoustic_model())


@settings(max_examples=100)
@given(data=st.data(), frames=st.sampled_from([9, 60, 150, 400]), rest_ms=st.integers(16, 25))
def test_times_keep_their_order_and_stay_inside_the_recording(
    script: tuple[Wording, list[Line]], data: st.DataObject, frames: int, rest_ms: int
) -> None:
    wording, lines = script
    found = data.draw(st.lists(FOUND, min_size=len(lines), max_size=len(lines)))
    steps = frames // 3
    speech = np.array(data.draw(st.lists(st.booleans(), min_size=steps, max_size=steps)))
    traced: list[Traced | None] = []
    end = 0
    for word in found:
        if word:
            start = min(max(0, end + word[0]), frames - 1)
            end = min(start + word[1], frames)
        traced.append(Traced(start, end, word[2]) if word else None)
    voices = Voices(speech, speech)
    alignment = judge_words(wording, lines, traced, voices, frames * FRAME_MS + rest_ms)
    check_times(alignment)
    check_differences(alignment)
