"""Piper as an engine: the voice is a file, whose speakers, if it has several, take turns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...source import UsageError, primary_subtag
from .piper_voice import PiperVoice, load_model
from .voice import Cast, ListedVoice

_ALIKE = "This Piper voice has one speaker, so everybody sounds alike."


def check_choice(choice: str | None) -> None:
    """Ask for a file; Piper has no voice without one."""
    _locate(choice)


def cast_speakers(language: str, choice: str | None, speakers: Sequence[str]) -> Cast:
    """Let the speakers of the file take turns, and its first one be the narrator."""
    file = _locate(choice)
    config = load_model(file).config
    count = max(1, config.num_speakers)
    voices = [
        PiperVoice(file, (config.default_speaker_id + place) % count) for place in range(count)
    ]
    narrator, *others = voices
    others = others or [narrator]
    read = {name: others[place % len(others)] for place, name in enumerate(speakers)}
    notices: list[str] = []
    if speakers and count == 1:
        notices.append(_ALIKE)
    if primary_subtag(config.espeak_voice) != primary_subtag(language):
        notices.append(
            f"This Piper voice speaks “{config.espeak_voice}”, but the language of the interview "
            f"is “{language}”."
        )
    return Cast(narrator, read, tuple(notices))


def list_voices(language: str | None) -> Sequence[ListedVoice]:
    """Say how a voice is named; which files there are, and in what languages, is the user's."""
    if language is not None:
        return ()
    return [ListedVoice("piper:FILE.onnx", "many", "a Piper voice of your own")]


def _locate(choice: str | None) -> Path:
    if choice is None:
        raise UsageError("Piper needs the file of a voice: piper:FILE.onnx.")
    try:
        return Path(choice).expanduser()
    except RuntimeError as error:
        raise UsageError(
            "Nobody knows whose folder this is; write where the voice is without the “~”.",
            file=choice,
        ) from error
