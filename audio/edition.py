"""The voiced edition: the clips of a reading, joined to one MP3."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..source import Interview, Timeline, Word
from .ffmpeg import encode_mp3
from .reading import PlacedClip, Reading
from .resample import resample
from .whole_file import work_beside

Samples = NDArray[np.int16]

_FADE_MS = 4
_CLOSE_MS = 25
"""How far before a word a cut may fall where no pause parts it from the word before."""

_LEAST_MS = 100
"""An MP3 can't be empty."""

_LONGEST_TAG = 200


def render_edition(reading: Reading, timeline: Timeline, path: str | Path) -> None:
    """Write the voiced edition as an MP3 in which every word starts when the timeline says.

    The timeline is that of the reading, or one with the same words of which some start later:
    silence is put in before those. Raises `UnwritableOutput` or `UnavailableTool`, and leaves no
    file behind then; raises `ValueError` when the words are others, or start earlier.
    """
    path = Path(path)
    before, after = _words(reading.timeline), _words(timeline)
    _check(before, after)
    length = _sample(max(timeline.duration_ms, _LEAST_MS), reading.rate)
    with work_beside(path) as folder:
        raw = folder / "edition.raw"
        _write_raw(_place_pieces(reading, before, after), length, raw)
        encode_mp3(raw, reading.rate, path, _tags(timeline.interview))


def list_edition(reading: Reading, timeline: Timeline) -> Sequence[object]:
    """Return all that the voiced edition is made of, in a form whose hash names it."""
    clips = [
        (placed.clip.name, placed.start_ms, placed.words.start, placed.words.stop)
        for placed in reading.clips
    ]
    times = [
        (before.start_ms, before.end_ms, after.start_ms)
        for before, after in zip(_words(reading.timeline), _words(timeline), strict=True)
    ]
    return clips, times, reading.rate, timeline.duration_ms, _tags(timeline.interview)


def _tags(interview: Interview) -> dict[str, str]:
    tags = {
        "title": interview.title,
        "artist": ", ".join(speaker.name for speaker in interview.speakers),
    }
    return {key: _tidy(value) for key, value in tags.items()}


def _tidy(value: str) -> str:
    """Make one line of a tag, since it is an argument of a command: no NUL, no end of length."""
    printable = "".join(one if one.isprintable() else " " for one in value)
    return " ".join(printable.split())[:_LONGEST_TAG]


def _place_pieces(
    reading: Reading, before: Sequence[Word], after: Sequence[Word]
) -> Iterator[tuple[int, Samples]]:
    """Fetch one clip after the other, and say at which sample each piece of it starts."""
    for placed in reading.clips:
        sound = np.frombuffer(placed.clip.samples, "<i2")
        samples = resample(sound, placed.clip.rate, reading.rate)
        yield from _cut(placed, samples, before, after, reading.rate)


def _write_raw(pieces: Iterator[tuple[int, Samples]], length: int, path: Path) -> None:
    """Put every piece in its place in one silence, which is never in memory as a whole."""
    with path.open("wb") as file:
        file.truncate(2 * length)
        for start, piece in pieces:
            file.seek(2 * start)
            file.write(piece.tobytes())


def _words(timeline: Timeline) -> list[Word]:
    return [word for part in timeline.parts for word in part.words]


def _check(before: Sequence[Word], after: Sequence[Word]) -> None:
    if [word.token for word in before] != [word.token for word in after]:
        message = "the timeline does not have the words that were read"
        raise ValueError(message)
    if any(now.start_ms < then.start_ms for then, now in zip(before, after, strict=True)):
        message = "in the timeline a word starts earlier than it was read"
        raise ValueError(message)


def _sample(moment_ms: int, rate: int) -> int:
    return round(moment_ms * rate / 1000)


def _cut(
    clip: PlacedClip, samples: Samples, before: Sequence[Word], after: Sequence[Word], rate: int
) -> Iterator[tuple[int, Samples]]:
    """Cut a clip wherever the next word moves, and say at which sample each piece starts."""
    anchor, cut = clip.words[0], 0
    for place in clip.words[1:]:
        if _moved(before, after, place) == _moved(before, after, anchor):
            continue
        low = max(cut, _sample(before[place - 1].end_ms - clip.start_ms, rate))
        high = _sample(before[place].start_ms - clip.start_ms, rate)
        following = _quietest(samples, max(cut, min(low, high - _sample(_CLOSE_MS, rate))), high)
        start = _start(clip, before[anchor], after[anchor], rate) + cut
        yield start, _fade(samples[cut:following], rate, start=cut > 0, end=True)
        anchor, cut = place, following
    start = _start(clip, before[anchor], after[anchor], rate) + cut
    yield start, _fade(samples[cut:], rate, start=cut > 0, end=False)


def _moved(before: Sequence[Word], after: Sequence[Word], place: int) -> int:
    return after[place].start_ms - before[place].start_ms


def _start(clip: PlacedClip, before: Word, after: Word, rate: int) -> int:
    """Say at which sample the clip would start for a word of it to start when it should."""
    return _sample(after.start_ms, rate) - _sample(before.start_ms - clip.start_ms, rate)


def _quietest(samples: Samples, low: int, high: int) -> int:
    """Find the sample between two around which there is least energy."""
    if high <= low:
        return low
    window = max(1, (high - low) // 8)
    energy = np.cumsum(samples[low:high].astype(np.int64) ** 2)
    around = energy[window:] - energy[:-window]
    return low + window // 2 + int(np.argmin(around)) if len(around) else high


def _fade(piece: Samples, rate: int, *, start: bool, end: bool) -> Samples:
    """Fade a piece in where it was cut from what precedes it, and out where from what follows."""
    length = min(_sample(_FADE_MS, rate), len(piece) // 2)
    if not length or not (start or end):
        return piece
    ramp = np.arange(length) / length
    faded = piece.astype(np.float64)
    if start:
        faded[:length] *= ramp
    if end:
        faded[-length:] *= ramp[::-1]
    return np.round(faded).astype("<i2")
