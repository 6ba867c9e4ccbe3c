"""Forced alignment: an interview's words found in its recording."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from ...source import Recording, UnreadableSource, Wording, decode_speech
from ..compiled import watch_compiler
from .acoustic_model import AcousticModel, load_acoustic_model
from .alignment import Alignment
from .background import Background, choose_background, learn_background
from .cepstra import RATE, difference_cepstra, extract_cepstra, normalise_cepstra
from .coarse import STEP, Heard, find_words
from .fine import Traced, trace_passage
from .judgement import judge_words, refuse_strangers
from .onset import move_onsets
from .passage import plan_passages
from .script import Line, write_script
from .sketch import score_phones, sketch_model
from .speech import hear_sound, hear_voices

Floats = NDArray[np.float32]

_CHUNK = 2000
"""Steps whose features are in memory at once."""
_SILENT = 33
"""−60 dBFS: what never gets louder is the hum of a device, or a file that went wrong."""
_QUIET, _USUAL = 3277, 10362
"""−20 and −10 dBFS. Softer speech drowns in what the model's front end adds to every sound; where
it is made louder first, it is found down to −60 dBFS."""
_UNKNOWN = np.float32(15)
"""Without a background to go by, silence may be as likely as the likeliest phone, and more."""


def align_wording(
    wording: Wording, recording: Recording, step: Callable[[str], None] = lambda _: None
) -> Alignment:
    """Find when each word of an interview is said in its recording.

    `step` is told what is being done. Raises UnreadableSource where the recording can't be decoded,
    is silent or is not that of the interview, UnavailableTool where the acoustic model or espeak-ng
    is missing.
    """
    try:
        with watch_compiler(step) as begin:
            return _align(wording, recording, begin)
    except UnreadableSource as error:
        if recording.tracks > 1:
            error.message += (
                f" The file has {recording.tracks} sound tracks, and only the one that plays by "
                "default was heard; if the interview is in another, save that one by itself."
            )
        raise


def _align(wording: Wording, recording: Recording, step: Callable[[str], None]) -> Alignment:
    model = load_acoustic_model()
    step("pronouncing")
    script = write_script(wording, model)
    step("listening")
    sound = _listen(recording)
    if len(sound) < STEP:
        raise UnreadableSource(
            "This recording is over before anybody could speak; see that it is the right file.",
            file=recording.path,
        )
    step("finding words")
    levels, energy = _score(sound, model), sound.energy[sound.middles]
    heard = find_words(script, levels, energy, model)
    step("timing words")
    traced = _trace(script, heard, sound, levels.max(axis=1), model)
    onsets = list(move_onsets(traced, script, sound.energy, model))
    voices = hear_voices(levels, energy, model.quiet)
    alignment = judge_words(wording, script, onsets, voices, sound.duration_ms)
    refuse_strangers(alignment, recording.path)
    return alignment


@dataclass(frozen=True, slots=True)
class _Sound:
    """A recording as the acoustic model hears it, a row for each frame of 10 ms."""

    cepstra: Floats
    energy: Floats
    """Of the frames, before their level was evened out."""
    duration_ms: int
    peak: int
    """Of the samples as they were recorded, up to 32768."""

    def __len__(self) -> int:
        return len(self.cepstra)

    @property
    def middles(self) -> NDArray[np.intp]:
        """The middle frame of each step of the coarse search."""
        return np.arange(1, len(self), STEP)

    def features(self, places: NDArray[np.intp]) -> Floats:
        """Return (places, 3, 13): cepstra and their differences in some frames."""
        return difference_cepstra(self.cepstra, places)


def _listen(recording: Recording) -> _Sound:
    """Listen to a recording, and once more to a quiet one, made louder."""
    sound = _take_in(recording)
    if sound.peak < _SILENT:
        _refuse_silence(sound.peak, recording)
    return _take_in(recording, _USUAL / sound.peak) if sound.peak < _QUIET else sound


def _take_in(recording: Recording, gain: float = 1.0) -> _Sound:
    samples = peak = 0

    def amplify() -> Iterator[Floats]:
        nonlocal samples, peak
        for block in decode_speech(recording, RATE):
            samples += len(block)
            peak = max(peak, int(block.max()), -int(block.min()))
            yield block * np.float32(gain)

    cepstra = extract_cepstra(amplify())
    energy = cepstra[:, 0].copy()
    normalise_cepstra(cepstra)
    return _Sound(cepstra, energy, samples * 1000 // RATE, peak)


def _refuse_silence(peak: int, recording: Recording) -> NoReturn:
    heard = (
        f"Nothing can be heard in this recording: at its loudest it is at "
        f"−{20 * math.log10(32768 / peak):.0f} dBFS; see that it is the right file, or raise its "
        "level."
        if peak
        else "This recording is silent from beginning to end; see that it is the right file."
    )
    raise UnreadableSource(heard, file=recording.path)


def _score(sound: _Sound, model: AcousticModel) -> Floats:
    """Return (steps, phones): how likely each phone is in the middle frame of each step."""
    sketch = sketch_model(model)
    middles = sound.middles
    scores = np.empty((len(middles), len(model.phones)), np.float32)
    for start in range(0, len(middles), _CHUNK):
        chunk = slice(start, start + _CHUNK)
        scores[chunk] = score_phones(sound.features(middles[chunk]), sketch)
    return scores


def _trace(
    script: list[Line],
    heard: list[Heard | None],
    sound: _Sound,
    likeliest: Floats,
    model: AcousticModel,
) -> list[Traced | None]:
    references = np.repeat(likeliest, STEP)
    references = np.pad(references, (0, max(0, len(sound) - len(references))), mode="edge")
    background = _learn(sound, heard)
    audible = hear_sound(sound.energy[sound.middles])
    traced: list[Traced | None] = [None] * len(script)
    for passage in plan_passages(script, heard, audible, len(sound)):
        start, stop = passage.words[0].earliest, passage.words[-1].latest + 1
        features = sound.features(np.arange(start, stop))
        pauses = background.score(features) if background else references[start:stop] - _UNKNOWN
        found = trace_passage(passage, script, features, pauses, references[start:stop], model)
        for sought, word in zip(passage.words[passage.first : passage.stop], found, strict=True):
            traced[sought.word] = word
    return traced


def _learn(sound: _Sound, heard: list[Heard | None]) -> Background | None:
    edges = [0]
    for word in heard:
        if word:
            edges += [word.start, word.stop]
    edges.append(len(sound))
    gaps = list(zip(edges[::2], edges[1::2], strict=True))
    chosen = choose_background(sound.energy, gaps)
    return learn_background(sound.features(chosen))
