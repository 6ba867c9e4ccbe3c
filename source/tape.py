"""Sound laid where its time stamps say that it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.layout import AudioLayout
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError
from numpy.typing import NDArray

Sample = TypeVar("Sample", bound=np.signedinteger)

_MICROSECONDS = 1_000_000
_BELIEVED_JITTER_S = 0.04
"""Containers round their time stamps; what differs by less than this is no gap."""
_LONGEST_OVERLAP_S = 1.0
"""A time stamp that goes further back begins a new count and not a repetition."""
LONGEST_RECORDING_S = 24 * 3600.0
"""A time stamp beyond this is damaged, whatever the container says."""

_HIGHEST_RATE = 3_000_000
"""Samples a second: more than any recorder makes. A damaged rate would cost gigabytes to resample
from."""


@dataclass(frozen=True, slots=True)
class Form(Generic[Sample]):
    """What sound is wanted as. `rate` counts frames a second.

    `layout` is FFmpeg's name for the channels; `resampling` has its options for another rate.
    """

    depth: type[Sample]
    layout: str
    rate: int
    resampling: Mapping[str, str] = field(default_factory=dict[str, str])

    def silence(self, frames: int) -> NDArray[Sample]:
        """Return that many frames, a row for each."""
        return np.zeros((frames, AudioLayout(self.layout).nb_channels), self.depth)


class Tape(Generic[Sample]):
    """Lays frames where their time stamps say, in one form, from the programme's start on."""

    def __init__(self, container: InputContainer, form: Form[Sample]) -> None:
        self._form = form
        # Sound before zero is an encoder's run-up, and not the programme's start.
        self._origin_s = max(container.start_time or 0, 0) / _MICROSECONDS
        self._end_s = LONGEST_RECORDING_S
        if container.duration and container.duration > 0:
            self._end_s = min(self._end_s, container.duration / _MICROSECONDS + 1)
        self._due_s = 0.0
        """When the next frame begins if nothing is missing."""
        self._laid = 0
        self._surplus = 0
        """How many rows to come are there already, or belong before the start."""
        self._run = _Run(form)

    def record(self, frames: Iterable[AudioFrame]) -> Iterator[NDArray[Sample]]:
        """Yield blocks of about a second, with a row for each moment and a column a channel."""
        for frame in frames:
            begin_s = self._find_begin(frame)
            if not self._run.continues(frame) or abs(begin_s - self._due_s) > _BELIEVED_JITTER_S:
                yield from self._lay(self._run.finish())
                yield from self._wind(round(begin_s * self._form.rate))
                self._run = _Run(self._form)
                self._due_s = begin_s
            self._due_s += frame.samples / frame.sample_rate
            yield from self._lay(self._run.add(frame))
        yield from self._lay(self._run.finish())

    def _find_begin(self, frame: AudioFrame) -> float:
        """Return when a frame begins, in seconds; it follows on where its stamp makes no sense."""
        if frame.pts is None or frame.time_base is None:
            return self._due_s
        begin_s = float(frame.pts * frame.time_base) - self._origin_s
        if not self._due_s - _LONGEST_OVERLAP_S <= begin_s <= self._end_s:
            self._origin_s += begin_s - self._due_s
            return self._due_s
        return begin_s

    def _wind(self, place: int) -> Iterator[NDArray[Sample]]:
        """Go to a row: forwards there is silence, backwards what is there already stays."""
        self._surplus = max(0, self._laid - place)
        while self._laid < place:
            silence = self._form.silence(min(self._form.rate, place - self._laid))
            self._laid += len(silence)
            yield silence

    def _lay(self, blocks: Iterator[NDArray[Sample]]) -> Iterator[NDArray[Sample]]:
        for block in blocks:
            kept = block[self._surplus :]
            self._surplus -= len(block) - len(kept)
            self._laid += len(kept)
            if len(kept):
                yield kept


class _Run(Generic[Sample]):
    """Frames of one shape without a gap, brought into a form."""

    def __init__(self, form: Form[Sample]) -> None:
        self._resampler = av.AudioResampler(
            f"s{8 * form.depth().nbytes}", form.layout, form.rate, options=dict(form.resampling)
        )
        self._empty = form.silence(0)
        # A second at a time takes half as long as frame by frame.
        self._waiting = av.AudioFifo()
        self._shape: tuple[str, str, int] | None = None

    def continues(self, frame: AudioFrame) -> bool:
        """Return whether a frame has the shape of those before."""
        return self._shape == _shape_of(frame)

    def add(self, frame: AudioFrame) -> Iterator[NDArray[Sample]]:
        """Take a frame, and yield what is ready."""
        self._shape = _shape_of(frame)
        frame.pts = None  # the tape has the time
        self._waiting.write(frame)
        if self._waiting.samples >= frame.sample_rate:
            yield from self._resample(self._waiting.read())

    def finish(self) -> Iterator[NDArray[Sample]]:
        """Yield what is left."""
        if self._waiting.samples:
            yield from self._resample(self._waiting.read())
        if self._shape:
            yield from self._resample(None)

    def _resample(self, frame: AudioFrame | None) -> Iterator[NDArray[Sample]]:
        for part in self._resampler.resample(frame):
            rows = part.to_ndarray().reshape(-1, self._empty.shape[1])
            yield rows.astype(self._empty.dtype, copy=False)


def decode(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """Decode what can be decoded: a damaged packet is passed over, a torn end is the end."""
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets, None)
        except (FFmpegError, OSError):
            return
        if packet is None:
            return
        try:
            frames = stream.decode(packet)
        except FFmpegError:
            continue
        yield from (frame for frame in frames if frame.sample_rate <= _HIGHEST_RATE)


def _shape_of(frame: AudioFrame) -> tuple[str, str, int]:
    return frame.format.name, frame.layout.name, frame.sample_rate
