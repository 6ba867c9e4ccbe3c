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
from ..audio.step import ALIGNMENT, EDITION, LOUDNESS, MIX, PLAYBACK, SILENCE, SPEECH, Step
from ..source import Edition
from ..source.folder import is_file
from .plan import NarrationPlan, Plan
from .record import Mark

TRANSCRIPT = "the transcript"
EDITS = "the edits"
RECORDING = "the recording"

ALWAYS = (
    Step("reading", 4, ("charset-normalizer", "py3langid")),
    Step("timing", 1),
    Step("captions", 2, ("budoux", "sentencex", "uniseg", "wcwidth", "webvtt-py")),
    Step("report", 1),
    Step("page", 1),
)
"""The steps of every build."""

TRANSLATION = Step("translation", 2)


def list_inputs(plan: Plan) -> dict[str, Path]:
    """Return the files that a build reads, by what they are to it."""
    files = {TRANSCRIPT: plan.transcript, **_list_own_files(plan)}
    if plan.media:
        files[RECORDING] = plan.media
    for translation in plan.translations:
        name = translation.transcript.name
        files[f"the translation {name}"] = translation.transcript
        files |= {f"{it} of {name}": path for it, path in _list_own_files(translation).items()}
    return files


def name_edits(plan: Plan, text: Plan) -> str:
    """Return what the edits of an interview's text, or of a translation of it, are to its build."""
    own = text.transcript == plan.transcript
    return EDITS if own else f"{EDITS} of {text.transcript.name}"


def _list_own_files(plan: Plan) -> dict[str, Path]:
    """Return the files that a translation has, too, each its own."""
    files = {EDITS: plan.edits} if is_file(plan.edits) else {}
    for number, voice in enumerate(plan.narration.list_voices(), 1):
        # Of a voice that is a file, Piper reads what is beside it too.
        if voice.choice and is_file(Path(voice.choice)):
            files[f"the file of voice {number}"] = Path(voice.choice)
            if is_file(Path(f"{voice.choice}.json")):
                files[f"the settings of voice {number}"] = Path(f"{voice.choice}.json")
    return files


def list_ingredients(plan: Plan, inputs: Mapping[str, Mark]) -> dict[str, str]:
    """Return all that decides about a plan's results, by name; `inputs` are its files' marks."""
    digests = {name: mark.digest for name, mark in inputs.items()}
    options = {**dict(_list_options(plan)), **dict(_list_translations(plan))}
    return {**options, **digests, **_list_engines(tuple(_list_steps(plan)))}


def _list_translations(plan: Plan) -> Iterator[tuple[str, str]]:
    names = [translation.transcript.name for translation in plan.translations]
    yield "the translations", ", ".join(names) or "none"
    for name, translation in zip(names, plan.translations, strict=True):
        yield from ((f"{it} of {name}", value) for it, value in _list_options(translation))


def _list_options(plan: Plan) -> Iterator[tuple[str, str]]:
    yield "the transcript's name", plan.transcript.name
    yield EDITS, "none"
    yield "the recording's name", plan.media.name if plan.media else "none"
    yield "the style", plan.style.name
    yield "the rules of the style", _digest(plan.style)
    yield "the formats", ", ".join(plan.formats)
    yield "the words' times", "written" if plan.word_times else "left out"
    yield "the language", plan.language or "detected"
    yield "the editorial policy", plan.editorial.value
    yield "the page", "made" if plan.page else "left out"
    yield "the transcript's own times", "kept" if plan.keeps_times else "not kept"
    yield "the speakers' names", _digest((plan.speakers, plan.expected))
    yield from _list_spoken(plan.narration)


def _list_spoken(narration: NarrationPlan) -> Iterator[tuple[str, str]]:
    yield "the narration", narration.edition.value
    if narration.edition is Edition.NONE:
        return
    yield "the voice", _name(narration.voice)
    yield "the narrator", _name(narration.narrator or narration.voice)
    yield "the speakers' voices", _digest({who: _name(it) for who, it in narration.voices.items()})
    for engine in {voice.engine: None for voice in narration.list_voices()}:
        yield f"the voices of “{engine}”", _name_release(engine)
    yield "the pronunciations", _digest(narration.pronounce)
    yield "the ducking", f"{narration.duck_db:g} dB"
    loudness = narration.loudness_lufs
    yield "the loudness", "as it is" if loudness is None else f"{loudness:g} LUFS"


def _list_steps(plan: Plan) -> Iterator[Step]:
    yield from ALWAYS
    if plan.translations:
        yield TRANSLATION
    if plan.media:
        yield ALIGNMENT
    if plan.media and plan.page:
        yield PLAYBACK
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
    """Name a voice; one that is a file is the same wherever the file is."""
    choice = voice.choice and Path(voice.choice)
    name = choice.name if choice and is_file(choice) else voice.choice
    return f"{voice.engine}:{name}" if name else voice.engine


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(msgspec.to_builtins(value)).encode()).hexdigest()
