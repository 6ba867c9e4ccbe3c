"""espeak-ng as an engine: who among its voices reads whom, all of them equally loud."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ...source import UnavailableTool
from ...source.transcript.name import fold_accents
from .espeak import EspeakVoice, choose_espeak_voice, find_espeak_voice, list_espeak_voices
from .voice import Cast, ListedVoice


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
    "choose gtts in its place, or build with --narration none."
}
"""Where a voice is worse than none, its users are told."""


def check_choice(choice: str | None) -> None:
    """Let any name pass: only espeak-ng knows its voices, and it is asked when they are cast."""


def cast_speakers(language: str, choice: str | None, speakers: Sequence[str]) -> Cast:
    """Tell speakers apart by variant and pitch.

    Whether it is a higher or a lower one follows the given name, if that is a common one, and
    else the order of appearance.
    """
    asked, _, variant = (choice or _choose_voice(language)).partition("+")
    voice = find_espeak_voice(asked) or asked
    if variant:
        narrator, *voices = [
            EspeakVoice(voice, variant, _own_pitch(place)) for place in range(len(speakers) + 1)
        ]
    else:
        narrator, *voices = [
            EspeakVoice(voice, timbre.variant, timbre.pitch, timbre.volume)
            for timbre in (_NARRATOR, *_choose_timbres(speakers))
        ]
    for each in (narrator, *voices):
        each.check()
    known = _SHORTCOMINGS.get(voice)
    return Cast(narrator, dict(zip(speakers, voices, strict=True)), (known,) if known else ())


def list_voices(language: str | None) -> Sequence[ListedVoice]:
    """List the voices of espeak-ng, all or those of a language and its regions."""
    return list_espeak_voices(language)


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


def _choose_voice(language: str) -> str:
    found = choose_espeak_voice(language)
    if found is not None:
        return found
    message = (
        f"espeak-ng has no voice for the language “{language}”; choose one "
        "that `vivavoz voices` lists, or build with --narration none."
    )
    raise UnavailableTool(message)
