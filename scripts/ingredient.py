"""Everything that decides about an interview's results, so that a change of any of it is seen."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

from ..audio import VoiceSpec
from ..audio.speak.engine import name_release
from .plan import Edition, NarrationPlan, Plan
from .record import Mark

STEPS = {
    "reading": 1,
    "timing": 1,
    "captions": 1,
    "alignment": 1,
    "speech": 1,
    "description": 1,
    "report": 1,
}
"""The steps of a build. A number is counted up with every change of what a step gives, so that
what it gave before is made anew."""

_ALWAYS = ("reading", "timing", "captions", "report")
_PACKAGES = {
    "reading": ("charset-normalizer", "py3langid"),
    "captions": ("budoux", "sentencex", "uniseg", "wcwidth"),
    "alignment": ("av", "num2words", "pocketsphinx"),
    "speech": ("espeakng-loader", "gTTS", "imageio-ffmpeg", "piper-tts", "pydub"),
    "description": ("imageio-ffmpeg", "soundfile", "soxr", "webrtcvad-wheels"),
}
"""Whose version decides about what a step gives."""


def list_inputs(plan: Plan) -> dict[str, Path]:
    """Return the files that a build reads, by what they are to it."""
    files = {"the transcript": plan.transcript}
    if plan.media:
        files["the recording"] = plan.media
    for voice in _list_voices(plan.narration):
        # Of a voice that is a file, Piper reads what is beside it too.
        for name in (voice.choice, f"{voice.choice}.json") if voice.choice else ():
            if Path(name).is_file():
                files[f"the voice {name}"] = Path(name)
    return files


def _list_voices(narration: NarrationPlan) -> list[VoiceSpec]:
    if narration.edition is Edition.NONE:
        return []
    voices = (narration.voice, narration.narrator, *narration.voices.values())
    return [voice for voice in voices if voice]


def list_ingredients(plan: Plan, inputs: Mapping[str, Mark]) -> dict[str, str]:
    """Return all that decides about a plan's results, by name; `inputs` are its files' marks."""
    digests = {name: mark.digest for name, mark in inputs.items()}
    return {**digests, **dict(_list_options(plan)), **_list_engines(tuple(_list_steps(plan)))}


def _list_options(plan: Plan) -> Iterator[tuple[str, str]]:
    yield "the transcript's name", plan.transcript.name
    yield "the recording's name", plan.media.name if plan.media else "none"
    yield "the style", plan.style.name
    yield "the rules of the style", _digest(plan.style)
    yield "the language", plan.language or "detected"
    yield "the editorial policy", plan.editorial.value
    yield "the speakers' names", _digest(plan.speakers)
    yield from _list_spoken(plan.narration)


def _list_spoken(narration: NarrationPlan) -> Iterator[tuple[str, str]]:
    yield "the narration", narration.edition.value
    if narration.edition is Edition.NONE:
        return
    yield "the voice", _name(narration.voice)
    yield "the narrator", _name(narration.narrator or narration.voice)
    yield "the speakers' voices", _digest(narration.voices)
    for engine in {voice.engine: None for voice in _list_voices(narration)}:
        yield f"the voices of “{engine}”", _name_release(engine)
    yield "the pronunciations", _digest(narration.pronounce)
    yield "the ducking", f"{narration.duck_db:g} dB"
    loudness = narration.loudness_lufs
    yield "the loudness", "as it is" if loudness is None else f"{loudness:g} LUFS"


def _list_steps(plan: Plan) -> Iterator[str]:
    yield from _ALWAYS
    if plan.media:
        yield "alignment"
    if plan.narration.edition is not Edition.NONE:
        yield from ("speech", "description") if plan.media else ("speech",)


def _list_engines(steps: tuple[str, ...]) -> dict[str, str]:
    packages = {package for step in steps for package in _PACKAGES.get(step, ())}
    versions = {package: _find_version(package) for package in sorted(packages)}
    ffmpeg = os.environ.get("IMAGEIO_FFMPEG_EXE")
    if ffmpeg and "imageio-ffmpeg" in versions:
        versions["imageio-ffmpeg"] += f" ({ffmpeg})"
    return {**{f"the step “{step}”": str(STEPS[step]) for step in steps}, **versions}


@cache
def _name_release(engine: str) -> str:
    return name_release(engine) or "our own"


@cache
def _find_version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def _name(voice: VoiceSpec) -> str:
    return f"{voice.engine}:{voice.choice}" if voice.choice else voice.engine


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(msgspec.to_builtins(value)).encode()).hexdigest()
