"""Real speech with gaps whose truth is known: the shared recordings, cut up and spliced.

Where speech is comes from the reference words where there are any, and else from the level of what
is a quiet recording, read or spoken by one person; breaths that are heard count as speech. The gaps
between the pieces have a known length and hold the room, noise, music or what people do between
words. The same arguments always give the same samples.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import soundfile
from aligned_case import SHARED
from numpy.typing import NDArray
from synthetic_speech import RATE, make_music, make_noise, write_wave
from vivavoz.audio.describe.gap import Gap

Interval = tuple[int, int]
"""Start and end in milliseconds."""
Samples = NDArray[np.float64]

HALVES = {
    "developed on": (("acoustic", "cold", "phone2spk", "sonnet1", "sonnet3", "jfk"),),
    "held out": (("sonnet2", "address"), ("reading_es",)),
}
"""Clips that are spliced together; each of them is in one half only."""
STRANGERS = {
    "developed on": ("austen_0870", "austen_0890", "austen_0930"),
    "held out": ("austen_0880", "austen_0920"),
}
"""Speech that stands in no transcript."""
FILLINGS = (
    "room", "noise", "music", "noise under", "music under", "breath", "laughter", "strangers"
)  # fmt: skip
WRONG = 0.1
"""The share of the transcript's words that may be wrong."""

_LEVEL = 3000
"""The level of speech (root mean square of its samples)."""
_LONG = 0.6
"""The share of the gaps that are long."""
_FRAME_MS = 10
_JOINED_MS = 150
"""A stop's silence is part of its word."""
_SHORTEST_MS = 100
"""What is shorter is a click and no word."""
_RANGE_DB = 35
"""The weakest consonants are 30 dB softer than the strongest vowels; what is softer is the room."""
_TRUE_GAP_MS = 2000
_AGREED_MS = 150
"""A reference and the level agree where a phrase begins."""
_APART_MS = 100
_INHALED_MS = 600
"""What is heard so long before a phrase, and without a pause, is breath."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some speech: what is said, and when, from the start of its samples."""

    clip: str
    text: str
    spoken: tuple[Interval, ...]
    samples: Samples
    room: Samples
    """What its recording sounds like where nobody speaks."""


@dataclass(frozen=True, slots=True)
class SplicedSpeech:
    """A recording, its transcript as it should be, and where somebody speaks or laughs."""

    name: str
    turns: tuple[tuple[str, str], ...]
    spoken: tuple[Interval, ...]
    laughed: tuple[Interval, ...]
    samples: NDArray[np.int16]

    @property
    def duration_ms(self) -> int:
        """How long it sounds."""
        return len(self.samples) * 1000 // RATE

    def find_true_gaps(self) -> list[Interval]:
        """Return where nobody says anything, or laughs, for two seconds and more."""
        voices = sorted(self.spoken + self.laughed)
        edges = [(0, 0), *voices, (self.duration_ms, self.duration_ms)]
        between = ((before[1], after[0]) for before, after in pairwise(edges))
        return [(start, end) for start, end in between if end - start >= _TRUE_GAP_MS]

    def write(self, folder: Path, seed: int | None = None) -> tuple[Path, Path]:
        """Write the transcript, with wrong words where there is a seed, and the recording (WAV)."""
        transcript, recording = folder / f"{self.name}.txt", folder / f"{self.name}.wav"
        turns = self.turns if seed is None else corrupt(self.turns, seed)
        lines = (f"{speaker}: {text}\n" for speaker, text in turns)
        transcript.write_text("".join(lines), encoding="utf-8")
        write_wave(recording, self.samples)
        return transcript, recording


def splice(clips: Sequence[str], filling: str, seed: int) -> SplicedSpeech:
    """Lay the pieces of clips one after the other, with short gaps and long ones between."""
    chance = random.Random(seed)  # noqa: S311 - chosen by lot, but always the same
    pieces = [piece for clip in clips for piece in cut_up(clip)]
    half = next(half for half, groups in HALVES.items() if tuple(clips) in groups)
    play = MUSIC[half]
    strangers = [piece for clip in STRANGERS[half] for piece in cut_up(clip)]
    parts: list[Samples] = []
    spoken: list[Interval] = []
    laughed: list[Interval] = []
    turns: list[tuple[str, str]] = []
    now_ms = 0

    def lay(samples: Samples) -> None:
        nonlocal now_ms
        parts.append(samples)
        now_ms += len(samples) * 1000 // RATE

    def pause(before: Piece, after: Piece) -> None:
        pause_ms = chance.randint(*((2050, 8000) if chance.random() < _LONG else (200, 1500)))
        lay(_fill(_fade(before.room, after.room, pause_ms), filling, chance, play))

    def say(piece: Piece) -> None:
        spoken.extend((start + now_ms, end + now_ms) for start, end in piece.spoken)
        lay(piece.samples)

    pause(pieces[0], pieces[0])
    for number, (piece, following) in enumerate(pairwise([*pieces, pieces[-1]])):
        say(piece)
        text = piece.text
        if filling == "laughter" and number % 3 == 0:
            text += " [laughs]"
            lay(_fade(piece.room, piece.room, chance.randint(300, 1500)))
            laugh = _laugh(chance)
            laughed.append((now_ms, now_ms + len(laugh) * 1000 // RATE))
            lay(laugh)
        turns.append((piece.clip.capitalize(), text))
        if filling == "strangers" and number % 4 == 1:
            stranger = chance.choice(strangers)
            pause(piece, stranger)
            say(stranger)
            pause(stranger, following)
        else:
            pause(piece, following)
    samples = np.concatenate(parts)
    if filling == "noise under":
        samples += make_noise(len(samples), seed) * _LEVEL / 6
    if filling == "music under":
        samples += play(len(samples)) * _LEVEL / 6
    name = "-".join((clips[0], *filling.split(), str(seed)))
    return SplicedSpeech(name, tuple(turns), tuple(spoken), tuple(laughed), _round(samples))


def judge_gaps(spoken: SplicedSpeech, gaps: Sequence[Gap]) -> tuple[int, list[int]]:
    """Count the true gaps of which one gap has 80 %.

    Also returns, for each gap, by how many milliseconds a description that fills it, but for the
    guards, overlaps speech: the longest overlap with what is said without a pause.
    """
    true = spoken.find_true_gaps()
    found = sum(
        any(_overlap(one, (gap.start_ms, gap.end_ms)) >= 0.8 * (one[1] - one[0]) for gap in gaps)
        for one in true
    )
    covered_ms = [
        max(
            _overlap((gap.start_ms + gap.guard_ms, gap.end_ms - gap.guard_ms), said)
            for said in spoken.spoken
        )
        for gap in gaps
    ]
    return found, covered_ms


@cache
def cut_up(clip: str) -> tuple[Piece, ...]:
    """Cut a clip where its references say that a phrase begins and it is quiet."""
    folder = SHARED / "speech"
    stored, rate = soundfile.read(folder / f"{clip}.flac", dtype="int16")
    assert rate == RATE
    samples = stored.astype(np.float64)
    levels = _measure_levels(samples)
    spoken = _read_words(folder / clip) or _leave_breath(folder / clip, _find_loud(levels))
    samples *= _LEVEL / _level_of(samples, spoken)
    room = _find_room(samples, levels)
    text = _read_text(folder / f"{clip}.txt")
    cuts = [0, *(begin for begin, _ in _find_cuts(folder / clip, text, spoken)), len(stored)]
    places = [0, *(place for _, place in _find_cuts(folder / clip, text, spoken)), len(text)]
    pieces: list[Piece] = []
    for (first, last), (word, end) in zip(pairwise(cuts), pairwise(places), strict=True):
        begin_ms, end_ms = first * 1000 // RATE, last * 1000 // RATE
        inside = [one for one in spoken if begin_ms <= one[0] and one[1] <= end_ms]
        if not inside:
            continue
        start_ms, stop_ms = inside[0][0], inside[-1][1]
        sound = samples[start_ms * RATE // 1000 : stop_ms * RATE // 1000]
        moved = tuple((start - start_ms, stop - start_ms) for start, stop in inside)
        pieces.append(Piece(clip, " ".join(text[word:end]), moved, sound, room))
    return tuple(pieces)


def corrupt(turns: Sequence[tuple[str, str]], seed: int) -> tuple[tuple[str, str], ...]:
    """Leave out, replace and insert words: a tenth is wrong; by odd seeds in runs of up to six."""
    chance = random.Random(seed)  # noqa: S311 - chosen by lot, but always the same
    vocabulary = [word for _, text in turns for word in text.split() if "[" not in word]
    longest = 6 if seed % 2 else 1
    wrong = {"leave out": 0, "replace": 0, "insert": 0}
    budget = round(WRONG * len(vocabulary))
    places = [
        (turn, place) for turn, (_, text) in enumerate(turns) for place in range(len(text.split()))
    ]
    changed: dict[tuple[int, int], str] = {}
    while budget > 0:
        first, length = chance.randrange(len(places)), min(chance.randint(1, longest), budget)
        kind = chance.choice(tuple(wrong))
        for place in places[first : first + length]:
            if place not in changed:
                changed[place] = kind
                budget -= 1

    def write(turn: int, place: int, word: str) -> str:
        kind = "" if "[" in word else changed.get((turn, place), "")
        if kind == "leave out":
            return ""
        other = chance.choice(vocabulary)
        return other if kind == "replace" else f"{word} {other}" if kind == "insert" else word

    written = [
        (speaker, [write(turn, place, word) for place, word in enumerate(text.split())])
        for turn, (speaker, text) in enumerate(turns)
    ]
    texts = [(speaker, " ".join(filter(None, words))) for speaker, words in written]
    return tuple((speaker, text) for speaker, text in texts if text)


def _overlap(one: Interval, other: Interval) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _fade(before: Samples, after: Samples, pause_ms: int) -> Samples:
    """Make a pause in which one room becomes another."""
    count = pause_ms * RATE // 1000
    share = np.linspace(0, 1, count)
    first, last = (np.resize(np.append(room, room[::-1]), count) for room in (before, after))
    return first * np.cos(share * np.pi / 2) + last * np.sin(share * np.pi / 2)


def _fill(
    tone: Samples, filling: str, chance: random.Random, play: Callable[[int], Samples]
) -> Samples:
    """Make what is heard in a gap of a room."""
    count = len(tone)
    ramp = np.minimum(1, np.minimum(np.arange(count), np.arange(count)[::-1]) / (RATE * 0.05))
    breath = _breathe()
    if filling == "noise":
        tone += ramp * make_noise(count, chance.randrange(100)) * _LEVEL / 4
    elif filling == "music":
        tone += ramp * play(count) * _LEVEL / 2
    elif filling == "breath" and len(breath) < count:
        first = chance.randrange(count - len(breath))
        tone[first : first + len(breath)] += breath
    return tone


def _play_band(count: int) -> Samples:
    """Hold chords for two seconds each, over a drum; root mean square 1."""
    moments = np.arange(count) / RATE
    chords = ((131, 165, 196), (147, 175, 220), (123, 147, 196), (110, 131, 165))
    music = np.zeros(count)
    for number, first in enumerate(range(0, count, 2 * RATE)):
        held = moments[first : first + 2 * RATE]
        swell = np.sin(np.pi * (held - held[0]) / 2) ** 0.5
        for pitch in chords[number % len(chords)]:
            tones = [np.sin(2 * np.pi * pitch * order * held) / order for order in range(1, 9)]
            music[first : first + len(held)] += swell * np.sum(tones, axis=0)
    music += 3 * make_noise(count, 3) * np.exp(-12 * (moments % 0.5))
    return music / np.sqrt(np.mean(music**2))


def _breathe() -> Samples:
    """Breathe in for 0.4 s, softly."""
    count = RATE * 2 // 5
    return make_noise(count) * np.hanning(count) * _LEVEL / 15


def _laugh(chance: random.Random) -> Samples:
    """Laugh without a voice: bursts of noise, five a second, that die away."""
    count = RATE + chance.randrange(RATE)
    moments = np.arange(count) / RATE
    bursts = np.maximum(0, np.sin(2 * np.pi * 5 * moments)) * np.exp(-moments)
    return make_noise(count, 7) * bursts * _LEVEL / 2


def _measure_levels(samples: Samples) -> Samples:
    size = RATE * _FRAME_MS // 1000
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    return 10 * np.log10((frames**2).mean(axis=1) + 1)


def _find_loud(levels: Samples) -> list[Interval]:
    """Find what stands out of the room and is not much softer than the loudest."""
    floor, loud = np.percentile(levels, (5, 95))
    smooth = np.convolve(levels, np.ones(3) / 3, "same")
    places = np.flatnonzero(smooth > max(floor + 6, loud - _RANGE_DB))
    breaks = np.flatnonzero(np.diff(places) * _FRAME_MS > _JOINED_MS)
    begins, ends = places[[0, *(breaks + 1)]], places[[*breaks, -1]] + 1
    return [
        (int(begin) * _FRAME_MS, int(end) * _FRAME_MS)
        for begin, end in zip(begins, ends, strict=True)
        if (end - begin) * _FRAME_MS >= _SHORTEST_MS
    ]


def _leave_breath(clip: Path, loud: Sequence[Interval]) -> list[Interval]:
    """Let what is heard begin with the phrase that a reference has in it, not with a breath."""
    starts = [start for start, _, _ in _read_rows(clip.with_name(f"{clip.name}.phrases.tsv"))]

    def begin(first: int, end: int) -> int:
        inside = (start for start in starts if first <= start < min(first + _INHALED_MS, end))
        return next(inside, first)

    return [(begin(first, end), end) for first, end in loud]


def _find_room(samples: Samples, levels: Samples) -> Samples:
    """Return the longest stretch, up to 2 s, that does not stand out."""
    loud = _find_loud(levels)
    edges = [(0, 0), *loud, (len(levels) * _FRAME_MS, 0)]
    start, stop = max(
        ((before[1], after[0]) for before, after in pairwise(edges)), key=lambda it: it[1] - it[0]
    )
    return samples[start * RATE // 1000 : min(stop, start + 2000) * RATE // 1000]


def _level_of(samples: Samples, spoken: Sequence[Interval]) -> float:
    said = [samples[start * RATE // 1000 : end * RATE // 1000] for start, end in spoken]
    return float(np.sqrt(np.mean(np.concatenate(said) ** 2)))


def _read_words(clip: Path) -> list[Interval]:
    """Read the times of words, else of phrases, where the reference has their ends."""
    for kind in ("words", "phrases"):
        path = clip.with_name(f"{clip.name}.{kind}.tsv")
        rows = list(_read_rows(path))
        if rows and all(end for _, end, _ in rows):
            return [(start, end) for start, end, _ in rows if end]
    return []


def _read_rows(path: Path) -> Iterator[tuple[int, int | None, str]]:
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        start, end, text = line.split("\t")
        yield round(float(start) * 1000), round(float(end) * 1000) if end else None, text


def _read_text(path: Path) -> list[str]:
    """Read the words of a transcript without the labels; none where there is no transcript."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [word for line in lines for word in line.partition(": ")[2].split()]


def _find_cuts(
    clip: Path, text: Sequence[str], spoken: Sequence[Interval]
) -> Iterator[tuple[int, int]]:
    """Yield the sample and the word at which phrases begin, where it is quiet for 0.1 s before."""
    plain = [_bare(word) for word in text]
    following = 0
    for start, _, phrase in _read_rows(clip.with_name(f"{clip.name}.phrases.tsv")):
        wanted = [_bare(word) for word in phrase.split()][:3]
        place = next(
            (at for at in range(following, len(text)) if plain[at : at + len(wanted)] == wanted), 0
        )
        begins = [begin for begin, _ in spoken if abs(begin - start) <= _AGREED_MS]
        before = [end for begin, end in spoken if begin < start - _AGREED_MS]
        if place and begins and before and begins[0] - max(before) >= _APART_MS:
            following = place + 1
            yield (begins[0] - _APART_MS // 2) * RATE // 1000, place


def _bare(word: str) -> str:
    return "".join(character for character in word.casefold() if character.isalnum())


def _round(samples: Samples) -> NDArray[np.int16]:
    return np.clip(np.round(samples), -32768, 32767).astype("<i2")


MUSIC: dict[str, Callable[[int], Samples]] = {"developed on": make_music, "held out": _play_band}
