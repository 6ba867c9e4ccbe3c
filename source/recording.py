"""A recording: what is in it, and its speech as samples on the programme's clock."""

from __future__ import annotations

import re
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream
from numpy.typing import NDArray

from .errors import UnreadableSource
from .media_file import open_container
from .memory import limit_memory, measure_memory
from .tape import LONGEST_RECORDING_S, Form, Sample, Tape, decode

SPEECH_RATE = 16000
"""Samples a second: what acoustic models of speech are trained on."""

PROGRAMME_RATE = 48_000
"""Frames a second: what sound for pictures has."""

_LAYOUTS = {1: "mono", 2: "stereo"}
_BEST_FILTER = {
    "filter_size": "128",
    "cutoff": "0.97",
    "filter_type": "kaiser",
    "kaiser_beta": "14",
    "internal_sample_fmt": "dblp",
}
"""FFmpeg's own choices leave spurs 25 dB below a high tone; with these they lie 148 dB below."""

_MICROSECONDS = 1_000_000
_MOST_MEMORY = 4 << 30
"""Bytes, for whoever listens too. Decoding takes a hundredth of it, a false index all there is."""
_HEADERLESS = {"aac", "ac3", "eac3", "amr", "loas", "mp3"}
"""Formats whose duration is a guess from the first bit rate, but for an MP3 with LAME's header."""

_DURATION_TAG = re.compile(r"DURATION(?:-\w+)?", re.IGNORECASE)
"""Matroska has a stream's length in a tag, in some files with a language behind the name."""
_TAGGED_TIME = re.compile(r"(\d+):(\d+):(\d+(?:\.\d+)?)")

_UNTOLD_BYTES = 0x7FFF_0000
"""What writes to a pipe announces 2 or 4 GiB of samples: it can't go back to say how many."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A media file: sound, or a video that may have none."""

    path: Path
    duration_ms: int | None
    """Of the sound, as the file says; None where it does not. What can be decoded may be less."""
    has_video: bool
    tracks: int
    """How many sound tracks there are: a video may have none. Of those that can be decoded
    the one that plays by default is."""


def open_recording(path: Path | str) -> Recording:
    """Look what is in a media file, without decoding it.

    Raises UnreadableSource for what is missing, a folder, empty, no media, neither sound nor
    video, sound that nothing decodes, longer than a day, or an address.
    """
    path = Path(path)
    with open_container(path) as container:
        has_video = _has_video(container)
        if has_video and not container.streams.audio:
            return Recording(path, None, has_video, tracks=0)
        stream = _find_speech(container, path)
        duration_ms = _read_wave_duration(path) or _find_duration(container, stream)
        _check_length((duration_ms or 0) / 1000, path)
        return Recording(
            path=path,
            duration_ms=duration_ms,
            has_video=has_video,
            tracks=len(container.streams.audio),
        )


def decode_speech(recording: Recording, rate: int = SPEECH_RATE) -> Iterator[NDArray[np.int16]]:
    """Yield the sound as mono 16-bit samples, in blocks of about a second.

    Sample 0 is the start of the programme. Where the sound begins late or has a gap there is
    silence; what is damaged is left out and what follows keeps its time. Raises UnreadableSource
    where nothing at all can be decoded.
    """
    form = Form(np.int16, "mono", rate)
    return (block[:, 0] for block in _decode_as(recording, lambda _: form))


def decode_sound(recording: Recording) -> Iterator[NDArray[np.signedinteger]]:
    """Yield the sound at 48 kHz with all its channels, in blocks of about a second.

    A block has a row for each frame, and 1, 2 or 6 (5.1) columns: of more than two channels, 5.1
    is what keeps most. Samples have 32 bits where the recording is lossless and deeper than 16,
    else 16; those that are so at 48 kHz already stay what they are. Time is kept as by
    `decode_speech`. Raises UnreadableSource where nothing at all can be decoded.
    """
    return _decode_as(recording, _find_form)


def _find_form(stream: AudioStream) -> Form[np.signedinteger]:
    context = stream.codec_context
    layout = _LAYOUTS.get(context.channels, "5.1")
    # What a codec made of the sound needs no more than 16 bits.
    deep = context.codec.lossless and context.format.bytes > np.dtype(np.int16).itemsize
    return Form(np.int32 if deep else np.int16, layout, PROGRAMME_RATE, _BEST_FILTER)


def _decode_as(
    recording: Recording, find_form: Callable[[AudioStream], Form[Sample]]
) -> Iterator[NDArray[Sample]]:
    heard = 0
    with open_container(recording.path) as container:
        stream = _find_speech(container, recording.path)
        form = find_form(stream)
        blocks = Tape(container, form).record(decode(container, stream))
        for block in _bound_memory(blocks, recording.path):
            heard += len(block)
            _check_length(heard / form.rate, recording.path)
            yield block
    if not heard:
        raise UnreadableSource(
            "Nothing of this recording's sound can be decoded; play it, and save it again.",
            file=recording.path,
        )


def _bound_memory(blocks: Iterator[NDArray[Sample]], path: Path) -> Iterator[NDArray[Sample]]:
    """Refuse a file that is made so that decoding it fills the memory."""
    before = measure_memory()
    while True:
        try:
            with limit_memory(_MOST_MEMORY, than=before):
                block = next(blocks, None)
        except MemoryError:
            raise UnreadableSource(
                "To decode it takes more memory than any recording needs; save it again.", file=path
            ) from None
        if block is None:
            return
        yield block


def _find_speech(container: InputContainer, path: Path) -> AudioStream:
    """Return the audio that plays by default, of what can be decoded.

    Raises UnreadableSource where there is none.
    """
    if not container.streams.audio:
        raise UnreadableSource("There is no sound in this file; name one with speech.", file=path)
    streams = [stream for stream in container.streams.audio if has_decoder(stream)]
    if not streams:
        raise UnreadableSource(
            "The sound in this file is of a kind that FFmpeg does not know; save it as another.",
            file=path,
        )
    streams.sort(key=lambda stream: not stream.disposition & Disposition.default)
    return streams[0]


def has_decoder(stream: AudioStream | VideoStream) -> bool:
    """Say whether FFmpeg knows what a stream is made of."""
    return bool(stream.codec_context)  # None if not, which PyAV's types keep to themselves


def _check_length(lasts_s: float, path: Path) -> None:
    """Raise UnreadableSource for what would be at work for days: a kilobyte can claim a year."""
    if lasts_s > LONGEST_RECORDING_S:
        raise UnreadableSource(
            "This recording is longer than a day, or its header is wrong; cut it into parts.",
            file=path,
        )


def _find_duration(container: InputContainer, stream: AudioStream) -> int | None:
    """Return when the sound ends, as the file says: the pictures may go on for longer."""
    guessed = container.format.name in _HEADERLESS and not container.start_time
    if guessed or not container.duration or container.duration < 0:
        return None
    whole_s = container.duration / _MICROSECONDS
    end_s = _find_end(stream)
    if end_s is not None:
        whole_s = min(whole_s, end_s - max(container.start_time or 0, 0) / _MICROSECONDS)
    return max(0, round(whole_s * 1000))


def _read_wave_duration(path: Path) -> int | None:
    """Return how long a WAV file says it is; of most, FFmpeg tells what is left."""
    try:
        with path.open("rb") as file, wave.open(file) as header:
            rate, count = header.getframerate(), header.getnframes()
            size = count * header.getnchannels() * header.getsampwidth()
    except (wave.Error, EOFError):
        return None
    return round(count / rate * 1000) if rate and size < _UNTOLD_BYTES else None


def _find_end(stream: AudioStream) -> float | None:
    """Return the time stamp, in seconds, at which a stream says that it ends."""
    if stream.duration and stream.time_base:
        return float(((stream.start_time or 0) + stream.duration) * stream.time_base)
    for name, value in stream.metadata.items():
        if _DURATION_TAG.fullmatch(name) and (found := _TAGGED_TIME.match(value)):
            hours, minutes, seconds = map(float, found.groups())
            return (hours * 60 + minutes) * 60 + seconds
    return None


def _has_video(container: InputContainer) -> bool:
    return any(
        not stream.disposition & Disposition.attached_pic for stream in container.streams.video
    )
