"""Who reads whom: a different voice for each speaker and for the narrator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...source import Interview, Role, match_names
from .engine import VoiceSpec, contain_engine, find_engine
from .voice import Cast

_NONE: Mapping[str, VoiceSpec] = {}


def cast_voices(
    interview: Interview,
    spec: VoiceSpec,
    narrator_spec: VoiceSpec | None = None,
    voices: Mapping[str, VoiceSpec] = _NONE,
) -> Cast:
    """Give each speaker a voice in the interview's language, and the narrator's to who narrates.

    The narrator's is one of the same engine unless another is asked for. `voices` has those of
    single speakers, by a label or a name; of people who are not in the interview they are passed
    over. Raises `UnavailableTool` when an engine has no voice for that language, or not the one
    that was asked for.
    """
    chosen = _choose(interview, voices)
    own, narrated = _readers(interview, chosen)
    # Each asks for all: who has a voice of their own leaves the others theirs, and takes nobody's.
    casts = {
        one: _cast(interview.language, one, own) for one in dict.fromkeys((spec, *chosen.values()))
    }
    narrator = casts[spec].narrator
    notices = [notice for cast in casts.values() for notice in cast.notices]
    if narrator_spec:
        apart = cast_narrator(interview.language, narrator_spec)
        narrator, notices = apart.narrator, [*notices, *apart.notices]
    speakers = {name: casts[chosen.get(name, spec)].speakers[name] for name in own}
    return Cast(
        narrator, {**speakers, **dict.fromkeys(narrated, narrator)}, tuple(dict.fromkeys(notices))
    )


def cast_narrator(language: str, spec: VoiceSpec) -> Cast:
    """Choose a voice for who describes a recording: a cast with no speakers. Raises as above."""
    return _cast(language, spec, ())


def _cast(language: str, spec: VoiceSpec, speakers: Sequence[str]) -> Cast:
    with contain_engine(spec.engine):
        return find_engine(spec.engine).cast_speakers(language, spec.choice, speakers)


def _choose(interview: Interview, voices: Mapping[str, VoiceSpec]) -> dict[str, VoiceSpec]:
    """Return the voices that are asked for by the speakers' full names; the last word counts."""
    speakers = {one.name: one.called for one in interview.speakers}
    return {name: voices[called] for called, name in match_names(voices, speakers).items()}


def _readers(interview: Interview, chosen: Mapping[str, VoiceSpec]) -> tuple[list[str], list[str]]:
    """List the speakers with a voice of their own, and those whom the narrator reads."""
    narrators = [
        one.name
        for one in interview.speakers
        if one.role is Role.NARRATOR and one.name not in chosen
    ]
    named = [one.name for one in interview.speakers]
    heard = dict.fromkeys([turn.speaker for turn in interview.turns()] + named)
    return [name for name in heard if name not in narrators], narrators
