"""Who reads whom: a different voice for each speaker and for the narrator."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ...source import Interview, Role, UnavailableTool
from ...source.transcript.name import fold_accents
from .voice import Voice, VoiceSpec


@dataclass(frozen=True, slots=True)
class Cast:
    """The narrator, who reads what nobody in the interview says, and the voice of each speaker."""

    narrator: Voice
    speakers: Mapping[str, Voice]
    notices: tuple[str, ...] = ()
    """What the user should know before anything is read, a sentence each."""

    def voice_of(self, speaker: str | None) -> Voice:
        """Give a speaker's voice, or the narrator's to whoever has none of their own."""
        return self.narrator if speaker is None else self.speakers.get(speaker, self.narrator)


@dataclass(frozen=True, slots=True)
class _Timbre:
    """A variant of espeak-ng and its pitch.

    Its volume brings it to -22 LUFS (EBU R 128), within half a unit, and no peak to the limit.
    """

    variant: str
    pitch: int
    volume: int


# Behind each, the median pitch that was measured on interview prose in American English.
_NARRATOR = _Timbre("f5", 20, 101)  # 151 Hz
_HIGHER = (
    _Timbre("f3", 50, 79),  # 208 Hz
    _Timbre("f1", 50, 75),  # 176 Hz, rougher
    _Timbre("f2", 68, 67),  # 228 Hz
)
_LOWER = (
    _Timbre("m3", 50, 84),  # 104 Hz
    _Timbre("m7", 65, 72),  # 120 Hz, darker
    _Timbre("m8", 50, 141),  # 84 Hz, dark
)
_GIVEN_NAMES = Path(__file__).with_name("given_names.toml")
_PITCH_STEP = 13
"""Added for each further round of the timbres, modulo 100: 13 is prime to it, so none recurs."""

_OWN_PITCHES = (50, 30, 70, 40, 60, 20, 80, 10, 90)
"""For a variant that the user asked for: it reads everybody, told apart by pitch alone."""

_SHORTCOMINGS = {
    "ja": "espeak-ng reads kana but no kanji, for each of which it says “Chinese letter”; "
    "use --voice gtts, or build with --narration none."
}
"""Where a voice is worse than none, its users are told."""

_ACCENTS = {
    "en": ("com", "co.uk"),
    "es": ("es", "com.mx"),
    "fr": ("fr", "ca"),
    "pt": ("com.br", "pt"),
}
"""Hosts of Google Translate that read a language with different accents."""


def cast_voices(interview: Interview, spec: VoiceSpec) -> Cast:
    """Give each speaker a voice in the interview's language.

    Whether it is a higher or a lower one follows the given name, if that is a common one, and
    else the order of appearance.

    Raises `UnavailableTool` when the engine has no voice for that language, or not the one that
    was asked for.
    """
    if spec.engine == "gtts":
        return _cast_google(interview, spec.choice)
    return _cast_espeak(interview, spec.choice)


def _readers(interview: Interview) -> tuple[list[str], list[str]]:
    """List the speakers with a voice of their own, and those whom the narrator reads."""
    narrators = [one.name for one in interview.speakers if one.role is Role.NARRATOR]
    named = [one.name for one in interview.speakers]
    heard = dict.fromkeys([turn.speaker for turn in interview.turns()] + named)
    return [name for name in heard if name not in narrators], narrators


def _cast_espeak(interview: Interview, choice: str | None) -> Cast:
    from .espeak import EspeakVoice, find_espeak_voice  # noqa: PLC0415 - only what is used

    asked, _, variant = (choice or _find_espeak(interview.language)).partition("+")
    voice = find_espeak_voice(asked) or asked
    own, narrated = _readers(interview)
    if variant:
        narrator, *voices = [
            EspeakVoice(voice, variant, _own_pitch(place)) for place in range(len(own) + 1)
        ]
    else:
        narrator, *voices = [
            EspeakVoice(voice, timbre.variant, timbre.pitch, timbre.volume)
            for timbre in (_NARRATOR, *_choose_timbres(own))
        ]
    for each in (narrator, *voices):
        each.check()
    speakers = dict(zip(own, voices, strict=True)) | dict.fromkeys(narrated, narrator)
    known = _SHORTCOMINGS.get(voice)
    return Cast(narrator, speakers, (known,) if known else ())


def _choose_timbres(names: Sequence[str]) -> Iterator[_Timbre]:
    """Choose higher and lower voices by given names, and in turn where those say nothing."""
    lists = tomllib.loads(_GIVEN_NAMES.read_text(encoding="utf-8"))
    higher, lower = frozenset(lists["higher"]), frozenset(lists["lower"])
    used = {_HIGHER: 0, _LOWER: 0}
    for name in names:
        words = frozenset(fold_accents(name).split()[:1])
        if words & higher:
            timbres = _HIGHER
        elif words & lower:
            timbres = _LOWER
        else:
            timbres = min(used, key=used.__getitem__)
        lap, place = divmod(used[timbres], len(timbres))
        used[timbres] += 1
        yield replace(timbres[place], pitch=(timbres[place].pitch + lap * _PITCH_STEP) % 100)


def _own_pitch(place: int) -> int:
    lap, place = divmod(place, len(_OWN_PITCHES))
    return (_OWN_PITCHES[place] + lap * 3) % 100


def _find_espeak(language: str) -> str:
    from .espeak import choose_espeak_voice  # noqa: PLC0415 - only what is used

    found = choose_espeak_voice(language)
    if found is not None:
        return found
    message = (
        f"espeak-ng has no voice for the language “{language}”; choose one with "
        "--voice espeak:VOICE (`vivavoz voices` lists them), or build with --narration none."
    )
    raise UnavailableTool(message)


def _cast_google(interview: Interview, tld: str | None) -> Cast:
    from .google import NOTICE, GoogleVoice, find_google_language  # noqa: PLC0415

    language = find_google_language(interview.language)
    if language is None:
        message = (
            f"gTTS has no voice for the language “{interview.language}”; use --voice espeak, "
            "or build with --narration none."
        )
        raise UnavailableTool(message)
    accents = _ACCENTS.get(language, ("com",))
    voice = GoogleVoice(language, tld or accents[0])
    other = next((accent for accent in accents if accent != voice.tld), voice.tld)
    narrator = GoogleVoice(language, other)
    own, narrated = _readers(interview)
    apart = "only the narrator's accent differs" if other != voice.tld else "the narrator too"
    alike = f"gTTS has one voice for this language, so every speaker sounds alike ({apart})."
    speakers = dict.fromkeys(own, voice) | dict.fromkeys(narrated, narrator)
    return Cast(narrator, speakers, (NOTICE, alike))
