"""Who reads whom: a different voice for each speaker and for the narrator."""

from __future__ import annotations

from collections.abc import Sequence

from ...source import Interview, Role
from .engine import VoiceSpec, contain_engine, find_engine
from .voice import Cast


def cast_voices(
    interview: Interview, spec: VoiceSpec, narrator_spec: VoiceSpec | None = None
) -> Cast:
    """Give each speaker a voice in the interview's language, and the narrator's to who narrates.

    The narrator's is one of the same engine unless another is asked for. Raises `UnavailableTool`
    when the engine has no voice for that language, or not the one that was asked for.
    """
    own, narrated = _readers(interview)
    cast = _cast(interview.language, spec, own)
    narrator, notices = cast.narrator, cast.notices
    if narrator_spec:
        apart = cast_narrator(interview.language, narrator_spec)
        narrator, notices = apart.narrator, tuple(dict.fromkeys((*notices, *apart.notices)))
    return Cast(narrator, {**cast.speakers, **dict.fromkeys(narrated, narrator)}, notices)


def cast_narrator(language: str, spec: VoiceSpec) -> Cast:
    """Choose a voice for who describes a recording: a cast with no speakers. Raises as above."""
    return _cast(language, spec, ())


def _cast(language: str, spec: VoiceSpec, speakers: Sequence[str]) -> Cast:
    with contain_engine(spec.engine):
        return find_engine(spec.engine).cast_speakers(language, spec.choice, speakers)


def _readers(interview: Interview) -> tuple[list[str], list[str]]:
    """List the speakers with a voice of their own, and those whom the narrator reads."""
    narrators = [one.name for one in interview.speakers if one.role is Role.NARRATOR]
    named = [one.name for one in interview.speakers]
    heard = dict.fromkeys([turn.speaker for turn in interview.turns()] + named)
    return [name for name in heard if name not in narrators], narrators
