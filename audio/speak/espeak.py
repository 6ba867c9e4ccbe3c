"""espeak-ng, in process: the voice that needs no network."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import espeakng_loader  # pyright: ignore[reportMissingTypeStubs]

from ...source import UnavailableTool, primary_subtag
from ...source.interrupt import hold_signals
from .espeak_library import (
    EVENT_PHONEME,
    EVENT_WORD,
    PHONEMES,
    PITCH,
    RATE,
    UTF8,
    VOLUME,
    Event,
    SynthCallback,
    VoiceRecord,
    open_espeak,
)
from .espeak_text import Tongue, write_espeak_text
from .spoken_text import SpokenText
from .voice import Clip, ListedVoice, Mark, Utterance

_PART = 1
"""Counted up whenever Vivavoz asks espeak-ng for the same utterance in another way than before, so
that what was kept of it is spoken anew."""

_NOMINAL = 0.858
"""What espeak-ng is told for each word a minute that it shall really say. Measured in American
English on 47 sentences of picture descriptions, one and two to a clip: told 95 it says 110 words a
minute, told 137 it says 160 (its own 175 are 205), told 225 it says 261. It is linear within 1 %.
Lower variants (m1 …) are 5 % faster."""

_PREFERRED = {"en": "en-us", "es-es": "es", "zh": "cmn", "zh-hk": "yue", "zh-mo": "yue", "nn": "nb"}
_LATIN_AMERICAN = "es-419"

_WITHOUT_DICTIONARY = frozenset({"fo", "kaa", "xex"})
"""Voices that espeak-ng 1.52 lists although the wheel lacks the dictionary that they need."""


@dataclass(frozen=True, slots=True)
class EspeakVoice:
    """A voice of espeak-ng: `voice` and `variant` as it names them (`en-us`, `f3`).

    `pitch` goes from 0 to 99 (50 is the voice's own), `volume` is a percentage.
    """

    voice: str
    variant: str | None = None
    pitch: int = 50
    volume: int = 100

    @property
    def name(self) -> str:
        """The voice as `--voice` takes it, and its pitch where that is not its own."""
        pitch = "" if self.pitch == 50 else f" at pitch {self.pitch}"  # noqa: PLR2004
        return f"espeak:{self._full_name}{pitch}"

    @property
    def fingerprint(self) -> str:
        """The version of espeak-ng's wheel, the voice, its pitch and volume, and our own part."""
        sound = f"{self._full_name}, {self.pitch}, {self.volume}"
        return f"espeakng-loader {_find_version()}, {sound}, part {_PART}"

    @property
    def reads_ipa(self) -> bool:
        """Always: as its own phonemes."""
        return True

    @property
    def _full_name(self) -> str:
        return self.voice + (f"+{self.variant}" if self.variant else "")

    def speak(self, utterance: Utterance) -> Clip:
        """Read a text; the same utterance gives the same samples, in any process."""
        spoken = self._write(utterance)
        with open_espeak() as (library, rate):
            if not spoken.given.strip():
                return Clip(b"", rate)
            self._choose(library, utterance.words_per_minute)
            phonemes = PHONEMES if utterance.pronunciations else 0
            samples, events = _synthesize(library, spoken, UTF8 | phonemes)
        return Clip(samples, rate, _mark(events, len(samples) // 2, rate))

    def check(self) -> None:
        """Raise `UnavailableTool` if espeak-ng has no such voice.

        Asked for an unknown voice it would keep the one before, and for an unknown variant say
        nothing at all.
        """
        if self.variant is not None and self.variant not in espeak_variants():
            message = (
                f"espeak-ng has no variant “{self.variant}”; "
                f"use one of {', '.join(espeak_variants())}."
            )
            raise UnavailableTool(message)
        if self.voice.lower() not in _voices():
            raise self._unavailable()

    def _write(self, utterance: Utterance) -> SpokenText:
        languages = {one.language for one in utterance.pronunciations if one.language}
        voices = {language: choose_espeak_voice(language) for language in languages}
        others = {language: _find_tongue(voice) for language, voice in voices.items() if voice}
        return write_espeak_text(utterance, _find_tongue(self.voice.lower()), others)

    def _choose(self, library: ctypes.CDLL, words_per_minute: int) -> None:
        if library.espeak_SetVoiceByName(self._full_name.encode()):
            raise self._unavailable()
        rate = round(_NOMINAL * words_per_minute)
        for parameter, value in ((RATE, rate), (VOLUME, self.volume), (PITCH, self.pitch)):
            library.espeak_SetParameter(parameter, value, 0)

    def _unavailable(self) -> UnavailableTool:
        return UnavailableTool(
            f"espeak-ng has no voice “{self.voice}”; choose one that `vivavoz voices` lists."
        )


def list_espeak_voices(language: str | None = None) -> tuple[ListedVoice, ...]:
    """List the voices of espeak-ng, all or those of a language and its regions."""
    wanted = language and primary_subtag(language)
    return tuple(
        ListedVoice(f"espeak:{name}", record.tags[0], record.description)
        for name, record in _voices().items()
        if wanted is None or any(tag.split("-")[0] == wanted for tag in record.tags)
    )


def find_espeak_voice(tag: str) -> str | None:
    """Find the voice that espeak-ng has for exactly this BCP 47 tag, if it has one."""
    wanted = tag.casefold()
    if wanted in _voices():
        return wanted
    return next((name for name, record in _voices().items() if wanted in record.tags), None)


def choose_espeak_voice(language: str) -> str | None:
    """Choose the voice for a BCP 47 tag: for the whole of it first, then for ever less of it."""
    subtags = language.casefold().split("-")
    for length in range(len(subtags), 0, -1):
        tag = "-".join(subtags[:length])
        found = find_espeak_voice(_PREFERRED.get(tag, tag))
        if found is None and length > 1 and subtags[0] == "es":
            found = _LATIN_AMERICAN  # every other region that speaks Spanish is nearer to it
        if found is not None:
            return found
    return None


@cache
def _find_version() -> str:
    return version("espeakng-loader")


@cache
def espeak_variants() -> tuple[str, ...]:
    """List the variants that can be put after a voice's name and a plus sign."""
    folder = Path(espeakng_loader.get_data_path()) / "voices" / "!v"
    return tuple(sorted(file.name for file in folder.iterdir()))


@dataclass(frozen=True, slots=True)
class _Listed:
    description: str
    tags: tuple[str, ...]
    file: Path


@cache
def _voices() -> dict[str, _Listed]:
    """Map the names that espeak-ng really accepts (`fr`, but not `fr-fr`) to what they speak."""
    with open_espeak() as (library, _rate):
        records = library.espeak_ListVoices(None)
        found: dict[str, _Listed] = {}
        place = 0
        while records[place]:
            record = records[place].contents
            place += 1
            identifier = (record.identifier or b"").decode()
            name = identifier.rpartition("/")[2].lower()
            if name not in _WITHOUT_DICTIONARY:
                file = Path(espeakng_loader.get_data_path()) / "lang" / identifier
                found[name] = _Listed((record.name or b"").decode().strip(), _tags(record), file)
    return dict(sorted(found.items()))


@cache
def _find_tongue(voice: str) -> Tongue:
    """Find the phoneme table of a voice: its file names it, or else the first of its languages."""
    listed = _voices().get(voice)
    lines = listed.file.read_text(encoding="utf-8").splitlines() if listed else []
    named = dict(reversed([line.split()[:2] for line in lines if len(line.split()) > 1]))
    return Tongue(voice, named.get("phonemes") or primary_subtag(named.get("language", voice)))


def _tags(record: VoiceRecord) -> tuple[str, ...]:
    """Read the language tags: each a byte of priority and a string, an empty one ending them."""
    tags: list[str] = []
    place = record.languages or 0
    while place and ctypes.string_at(place, 1) != b"\0":
        tag = ctypes.string_at(place + 1)
        tags.append(tag.decode())
        place += len(tag) + 2
    return tuple(tags)


@dataclass(frozen=True, slots=True)
class _Event:
    """A word or a phoneme, the character it stands for (from 0), and the sample it starts at."""

    offset: int
    length: int
    sample: int
    phoneme: bytes | None


def _synthesize(library: ctypes.CDLL, spoken: SpokenText, flags: int) -> tuple[bytes, list[_Event]]:
    sound: list[bytes] = []
    events: list[_Event] = []

    def receive(samples: int | None, count: int, reported: ctypes.Array[Event]) -> int:
        if samples and count > 0:
            sound.append(ctypes.string_at(samples, 2 * count))
        place = 0
        while kind := reported[place].kind:
            if kind in (EVENT_WORD, EVENT_PHONEME):
                event = reported[place]
                phoneme = event.phoneme if kind == EVENT_PHONEME else None
                events.append(_Event(event.text_position - 1, event.length, event.sample, phoneme))
            place += 1
        return 0

    callback = SynthCallback(receive)
    library.espeak_SetSynthCallback(callback)
    encoded = spoken.given.encode()
    with hold_signals():
        failed = library.espeak_Synth(encoded, len(encoded) + 1, 0, 1, 0, flags, None, None)
    if failed:
        message = "espeak-ng failed to read a text; build with --narration none, and report it."
        raise UnavailableTool(message)
    return b"".join(sound), list(_place(events, spoken))


def _place(events: list[_Event], spoken: SpokenText) -> Iterator[_Event]:
    """Say of each event which characters of the text it stands for; instructions have none."""
    words = [(event.offset, event.length) for event in events if event.phoneme is None]
    places = spoken.locate(words)
    for event in events:
        if event.phoneme is not None:
            yield event
        elif (place := next(places)) is not None:
            yield replace(event, offset=place[0], length=place[1])


def _mark(events: list[_Event], samples: int, rate: int) -> tuple[Mark, ...]:
    """Turn word events into marks: a word ends where the next one starts, or a pause before it."""
    words = [place for place, event in enumerate(events) if event.phoneme is None]
    marks: list[Mark] = []
    for place, following in pairwise([*words, len(events)]):
        event = events[place]
        limit = events[following].sample if following < len(events) else samples
        end = _end_of_sound(events[place + 1 : following], limit)
        start_ms = round(min(event.sample, samples) * 1000 / rate)
        end_ms = max(start_ms, round(min(end, samples) * 1000 / rate))
        marks.append(Mark(event.offset, event.length, start_ms, end_ms))
    return tuple(marks)


def _end_of_sound(phonemes: list[_Event], limit: int) -> int:
    """Find the sample at which the pauses after a word begin; their names begin with `_`."""
    end = limit
    for phoneme in reversed(phonemes):
        if not (phoneme.phoneme or b"").startswith(b"_"):
            break
        end = phoneme.sample
    return end
