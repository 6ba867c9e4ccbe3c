"""Everything that decides about an interview's results, so that a change of any of it is seen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path

import msgspec

from ..audio import VoiceSpec
from ..audio.speak.engine import name_release
from ..audio.step import ALIGNMENT, EDITION, LOUDNESS, MIX, SILENCE, SPEECH, Step
from .plan import Edition, NarrationPlan, Plan
from .record import Mark

_ALWAYS = (
    Step("reading", 1, ("charset-normalizer", "py3langid")),
    Step("timing", 1),
    Step("captions", 1, ("budoux", "sentencex", "uniseg", "wcwidth")),
    Step("report", 1),
)


def list_inputs(plan: Plan) -> dict[str, Path]:
    """Return the files that a build reads, by what they are to it."""
    files = {"the transcript": plan.transcript}
    if plan.media:
        files["the recording"] = plan.media
    for voice in plan.narration.list_voices():
        # Of a voice that is a file, Piper reads what is beside it too.
        for name in (voice.choice, f"{voice.choice}.json") if voice.choice else ():
            if Path(name).is_file():
                files[f"the voice {name}"] = Path(name)
    return files


def list_ingredients(plan: Plan, inputs: Mapping[str, Mark]) -> dict[str, str]:
    """Return all that decides about a plan's results, by name; `inputs` are its files' marks."""
    digests = {name: mark.digest for name, mark in inputs.items()}
    return {**digests, **dict(_list_options(plan)), **_list_engines(tuple(_list_steps(plan)))}


def _list_options(plan: Plan) -> Iterator[tuple[str, str]]:
    yield "the transcript's name", plan.transcript.name
    yield "the recording's name", plan.media.name if plan.media else "none"
    yield "the style", plan.style.name
    yield "the rules of the style", _digest(plan.style)
    yield "the formats", ", ".join(plan.formats)
    yield "the words' times", "written" if plan.word_times else "left out"
    yield "the language", plan.language or "detected"
    yield "the editorial policy", plan.editorial.value
    yield "the transcript's own times", "kept" if plan.keeps_times else "not kept"
    yield "the speakers' names", _digest((plan.speakers, plan.expected))
    yield from _list_spoken(plan.narration)


def _list_spoken(narration: NarrationPlan) -> Iterator[tuple[str, str]]:
    yield "the narration", narration.edition.value
    if narration.edition is Edition.NONE:
        return
    yield "the voice", _name(narration.voice)
    yield "the narrator", _name(narration.narrator or narration.voice)
    yield "the speakers' voices", _digest(narration.voices)
    for engine in {voice.engine: None for voice in narration.list_voices()}:
        yield f"the voices of “{engine}”", _name_release(engine)
    yield "the pronunciations", _digest(narration.pronounce)
    yield "the ducking", f"{narration.duck_db:g} dB"
    loudness = narration.loudness_lufs
    yield "the loudness", "as it is" if loudness is None else f"{loudness:g} LUFS"


def _list_steps(plan: Plan) -> Iterator[Step]:
    yield from _ALWAYS
    if plan.media:
        yield ALIGNMENT
    if plan.narration.edition is not Edition.NONE:
        yield SPEECH
        yield from (SILENCE, LOUDNESS, MIX) if plan.media else (EDITION,)


def _list_engines(steps: tuple[Step, ...]) -> dict[str, str]:
    numbers = {f"the step “{step.name}”": str(step.number) for step in steps}
    versions = (step.find_versions() for step in steps)
    return numbers | dict(sorted(chain.from_iterable(one.items() for one in versions)))


@cache
def _name_release(engine: str) -> str:
    return name_release(engine) or "our own"


def _name(voice: VoiceSpec) -> str:
    return f"{voice.engine}:{voice.choice}" if voice.choice else voice.engine


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(msgspec.to_builtins(value)).encode()).hexdigest()
