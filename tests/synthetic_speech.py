"""Recordings whose every word's time is known: interviews that espeak-ng's voices speak.

Its word marks are exact to the millisecond. The same arguments always give the same samples.
"""

from __future__ import annotations

import random
import wave
from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from vivavoz.audio import Clip, Utterance
from vivavoz.audio.resample import resample
from vivavoz.audio.speak.espeak import EspeakVoice

RATE = 16_000
VOICES = {
    "en": ("en-us+f2", "en-us+m3", "en-gb-x-rp+f4", "en-us-nyc+m7", "en-gb-scotland+f1"),
    "es": ("es+f2", "es-419+m3", "es+m7"),
}
TURN_PAUSE_MS = (250, 900)
OVERLAPPING_MS = (-250, 600)
"""A pause below zero: the next speaker begins before the one before has finished."""

_FOLDER = Path(__file__).parent / "interviews"
_OPENING_MS = 700
_LOUDNESS = 3000
"""The level of speech (root mean square of its samples) that every speaker is brought near."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What one person says before the next one does."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Script:
    """What an interview's transcript has, turn by turn."""

    language: str
    sayings: tuple[Saying, ...]

    @property
    def transcript(self) -> str:
        """One line for each turn, under its speaker."""
        return "".join(f"{saying.speaker}: {saying.text}\n" for saying in self.sayings)


@dataclass(frozen=True, slots=True)
class KnownWord:
    """A word of the transcript, in the turn (from 0) it stands in.

    Its times are None where nobody says it, and where the voice runs it together with the word
    before (`one of`), so that no time of its own is known.
    """

    text: str
    turn: int
    said: bool
    start_ms: int | None = None
    end_ms: int | None = None

    def move(self, by_ms: int) -> KnownWord:
        """Return the word, so much later."""
        start_ms = None if self.start_ms is None else self.start_ms + by_ms
        end_ms = None if self.end_ms is None else self.end_ms + by_ms
        return replace(self, start_ms=start_ms, end_ms=end_ms)


@dataclass(frozen=True, slots=True)
class SpokenInterview:
    """A recording, mono at `RATE`, and the truth about it. `foreign` is said but not written."""

    script: Script
    words: tuple[KnownWord, ...]
    foreign: tuple[tuple[int, int], ...]
    samples: NDArray[np.int16]

    @property
    def duration_ms(self) -> int:
        """How long it sounds."""
        return len(self.samples) * 1000 // RATE

    def write(self, folder: Path, name: str) -> tuple[Path, Path]:
        """Write the transcript and the recording (WAV), and say where."""
        transcript, recording = folder / f"{name}.txt", folder / f"{name}.wav"
        transcript.write_text(self.script.transcript, encoding="utf-8")
        write_wave(recording, self.samples)
        return transcript, recording


def write_wave(path: Path, samples: NDArray[np.int16]) -> None:
    """Write mono samples at `RATE`."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.astype("<i2").tobytes())


def read_script(name: str) -> Script:
    """Read one of the interviews in `interviews/`, such as `ferry.en`."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    language = name.rpartition(".")[2]
    return Script(language, tuple(Saying(*line.split(": ", 1)) for line in lines))


def speak_interview(
    script: Script,
    *,
    seed: int = 1,
    cut: Collection[int] = (),
    foreign: Mapping[int, Saying] | None = None,
    pauses_ms: tuple[int, int] = TURN_PAUSE_MS,
) -> SpokenInterview:
    """Have an interview spoken, a voice for each speaker.

    The turns whose numbers are in `cut` are not in the recording; what `foreign` has for a turn
    is said before that turn and not in the transcript. The seed chooses voices and pauses.
    """
    chance = random.Random(seed)  # noqa: S311 - chosen by lot, but always the same
    inserted = dict(foreign or {})
    speakers = [saying.speaker for saying in (*script.sayings, *inserted.values())]
    voices = _cast(speakers, VOICES[script.language], seed)
    tape = _Tape([])
    words: list[KnownWord] = []
    unwritten: list[tuple[int, int]] = []
    for turn, saying in enumerate(script.sayings):
        if turn in inserted:
            said = inserted[turn]
            unwritten.append(tape.record(voices[said.speaker], said.text)[1])
            tape.pause(chance.randint(*pauses_ms))
        if turn in cut:
            words += (KnownWord(word, turn, said=False) for word in saying.text.split())
            continue
        clip, (start_ms, _) = tape.record(voices[saying.speaker], saying.text)
        words += (word.move(start_ms) for word in _know_words(saying.text, turn, clip))
        tape.pause(chance.randint(*pauses_ms))
    return SpokenInterview(script, tuple(words), tuple(unwritten), tape.develop())


def play_music_first(interview: SpokenInterview, seconds: int) -> SpokenInterview:
    """Put music before the first word, and move everything after it."""
    shift_ms = seconds * 1000
    words = tuple(word.move(shift_ms) for word in interview.words)
    foreign = tuple((start + shift_ms, end + shift_ms) for start, end in interview.foreign)
    music = _round(make_music(seconds * RATE) * 2 * _LOUDNESS)
    samples = np.concatenate([music, interview.samples])
    return SpokenInterview(interview.script, words, foreign, samples)


def lay_music_under(interview: SpokenInterview, below_db: float) -> SpokenInterview:
    """Play music all the while, this much softer than the speech."""
    return _mix(interview, make_music(len(interview.samples)), below_db)


def add_noise(interview: SpokenInterview, below_db: float, seed: int = 1) -> SpokenInterview:
    """Add the noise of a room (pink: less of it the higher), this much softer than the speech."""
    return _mix(interview, make_noise(len(interview.samples), seed), below_db)


def make_noise(count: int, seed: int = 1) -> NDArray[np.float64]:
    """Make so many samples of pink noise; their root mean square is 1."""
    size = 1 << count.bit_length()  # a Fourier transform of any other size may take long
    white = np.fft.rfft(np.random.default_rng(seed).standard_normal(size))
    white /= np.sqrt(np.maximum(np.arange(len(white)), size * 50 / RATE))  # level below 50 Hz
    pink = np.fft.irfft(white, size)[:count]
    return pink / _level(pink)


def _cast(speakers: Sequence[str], names: Sequence[str], seed: int) -> dict[str, EspeakVoice]:
    """Give each speaker the next voice, beginning with another one for every seed."""
    voices: dict[str, EspeakVoice] = {}
    for place, speaker in enumerate(dict.fromkeys(speakers), start=seed - 1):
        voice, variant = names[place % len(names)].split("+")
        voices[speaker] = EspeakVoice(voice, variant)
    return voices


@dataclass(slots=True)
class _Tape:
    """Clips in their places, and where the next one goes."""

    clips: list[tuple[int, Clip]]
    now_ms: int = _OPENING_MS

    def record(self, voice: EspeakVoice, text: str) -> tuple[Clip, tuple[int, int]]:
        """Have something said now; returns it, when it starts, and when it ends."""
        clip = voice.speak(Utterance(text, 160))
        start_ms, self.now_ms = self.now_ms, self.now_ms + clip.duration_ms
        self.clips.append((start_ms, clip))
        return clip, (start_ms, self.now_ms)

    def pause(self, pause_ms: int) -> None:
        self.now_ms += pause_ms

    def develop(self) -> NDArray[np.int16]:
        """Mix the clips, each as loud as the others."""
        rate = self.clips[0][1].rate
        mixed = np.zeros((self.now_ms + 2 * _OPENING_MS) * rate // 1000)
        for start_ms, clip in self.clips:
            sound = np.frombuffer(clip.samples, "<i2").astype(np.float64)
            first = start_ms * rate // 1000
            mixed[first : first + len(sound)] += sound * _LOUDNESS / _level(sound)
        return resample(_round(mixed), rate, RATE)


def _know_words(text: str, turn: int, clip: Clip) -> list[KnownWord]:
    """Give each word the time from its first mark to its last, from the start of the clip.

    A mark also lasts through the words that follow without one: its end is not its word's.
    """
    words = text.split()
    ends = list(accumulate(len(word) + 1 for word in words))
    heard: dict[int, tuple[int, int]] = {}
    for mark in clip.marks:
        place = bisect_right(ends, mark.offset)
        start_ms, _ = heard.get(place, (mark.start_ms, 0))
        heard[place] = start_ms, mark.end_ms
    known: list[KnownWord] = []
    for place, word in enumerate(words):
        start_ms, end_ms = heard.get(place, (None, None))
        if place + 1 not in heard and place + 1 < len(words):
            end_ms = None
        known.append(KnownWord(word, turn, said=True, start_ms=start_ms, end_ms=end_ms))
    return known


def make_music(count: int) -> NDArray[np.float64]:
    """Play broken chords on something plucked, two notes a second; their root mean square is 1."""
    chords = ((220, 262, 330), (196, 247, 294), (175, 220, 262), (165, 208, 247))
    length = RATE // 2
    music = np.zeros(count + 2 * length)
    for number, first in enumerate(range(0, count, length)):
        pitch = chords[number // 6 % len(chords)][number % 3]
        music[first : first + 2 * length] += _pluck(pitch)
    return music[:count] / _level(music[:count])


@cache
def _pluck(pitch: int) -> NDArray[np.float64]:
    """Play one note of a second, of five harmonics."""
    moments = np.arange(RATE) / RATE
    orders = np.arange(1, 6)[:, np.newaxis]
    harmonics = np.sin(2 * np.pi * pitch * orders * moments) / orders**1.5
    return np.minimum(1, moments * 100) * np.exp(-4 * moments) * harmonics.sum(axis=0)


def _mix(
    interview: SpokenInterview, sound: NDArray[np.float64], below_db: float
) -> SpokenInterview:
    loudness = _LOUDNESS * 10 ** (-below_db / 20)
    return replace(interview, samples=_round(interview.samples + sound * loudness))


def _level(samples: NDArray[np.float64]) -> float:
    """Say the root mean square of what sounds, leaving out the silence."""
    sounding = samples[np.abs(samples) > 1e-3 * np.abs(samples).max(initial=0)]
    return float(np.sqrt(np.mean(sounding**2)))


def _round(samples: NDArray[np.float64]) -> NDArray[np.int16]:
    return np.clip(np.round(samples), -32768, 32767).astype("<i2")


def _differ() -> SpokenInterview:
    """Cut four questions with their answers; let someone else say three things in between."""
    strangers = read_script("orchard.en").sayings
    return speak_interview(
        read_script("ferry.en"),
        seed=4,
        cut={4, 5, 10, 11, 18, 19, 22, 23},
        foreign={6: strangers[1], 14: strangers[5], 24: strangers[9]},
    )


CASES: dict[str, Callable[[], SpokenInterview]] = {
    "clean": lambda: speak_interview(read_script("ferry.en")),
    "noise": lambda: add_noise(speak_interview(read_script("ferry.en"), seed=2), 10),
    "music under": lambda: lay_music_under(speak_interview(read_script("ferry.en"), seed=3), 15),
    "music first": lambda: play_music_first(speak_interview(read_script("orchard.en")), 20),
    "overlaps": lambda: speak_interview(read_script("ferry.en"), seed=5, pauses_ms=OVERLAPPING_MS),
    "differing": _differ,
    "Spanish": lambda: speak_interview(read_script("bakery.es")),
}
"""The recordings that tests and benchmarks align, by what is hard about them."""
