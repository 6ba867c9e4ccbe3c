"""Which interviews there are, and what is to be made of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...audio import VoiceSpec
from ...captions import load_style
from ...source import (
    Editorial,
    Settings,
    VivavozError,
    canonicalise_language,
    find_recording,
    load_settings,
)
from ..plan import Edition, NarrationPlan, Plan
from ..record import HIDDEN

DEFAULTS = Settings(
    style="netflix", editorial=Editorial.UNWRAP, narration="auto", voice="espeak", duck_db=-10.0
)
_NO_MEDIA = Path("none")


@dataclass(frozen=True, slots=True)
class Refusal:
    """An interview that can't be planned, and why."""

    transcript: Path
    error: VivavozError


def plan_all(
    paths: Sequence[Path], options: Settings, out: Path | None
) -> Iterator[Plan | Refusal]:
    """Yield what is to be made of each transcript that is named, in order.

    `options` are those of the command, which beat an interview's settings.
    """
    for path in paths:
        try:
            yield _plan(path, options, out or Path("out"))
        except VivavozError as error:
            error.file = error.file or str(path)
            yield Refusal(path, error)


def _plan(transcript: Path, options: Settings, out: Path) -> Plan:
    settings = options.over(load_settings(transcript)).over(DEFAULTS)
    media = settings.media or find_recording(transcript)
    return Plan(
        transcript=transcript,
        out=out,
        name=_choose_name(transcript),
        media=None if media == _NO_MEDIA else media,
        media_found=settings.media is None,
        style=load_style(settings.style or ""),
        language=canonicalise_language(settings.language) if settings.language else None,
        editorial=settings.editorial or Editorial.UNWRAP,
        narration=NarrationPlan(
            Edition(settings.narration),
            VoiceSpec.parse(settings.voice or ""),
            VoiceSpec.parse(settings.narrator) if settings.narrator else None,
            settings.duck_db or 0.0,
            settings.loudness_lufs,
            pronounce=settings.pronounce,
        ),
        speakers=settings.speakers,
    )


def _choose_name(transcript: Path) -> str:
    """Name the folder of the results, which is neither outside of the others' nor the records'."""
    stem = transcript.stem  # that of `...txt` is `..`
    return transcript.name if not stem.strip(".") or stem.casefold() == HIDDEN else stem
