"""A programme's sound in a file: PCM at 48 kHz, as WAV or, beyond 4 GB, as RF64."""

from __future__ import annotations

import struct
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import BinaryIO, Literal

import numpy as np

from ...source import UnreadableSource
from ..whole_file import create_file, report_unwritable
from .sample import Floats, Pcm, to_floats

RATE = 48_000
FRAMES_PER_MS = RATE // 1000
BLOCK = 1 << 16
"""How many frames are worked on at a time."""

HEADER_BYTES = 104

Depth = Literal[16, 32]
"""Bits a sample."""

_RIFF_LIMIT = 0xFFFF_FFFF
_EXTENSIBLE = 0xFFFE
_PCM_GUID = bytes.fromhex("0100000000001000800000aa00389b71")


class Layout(Enum):
    """Which channels there are; in a file they stand in the order of the bits of `mask`."""

    MONO = ("mono", 1, 0x4)
    STEREO = ("stereo", 2, 0x3)
    SURROUND = ("5.1", 6, 0x3F)

    def __init__(self, title: str, channels: int, mask: int) -> None:
        self.title = title
        self.channels = channels
        self.mask = mask

    @classmethod
    def of(cls, channels: int) -> Layout:
        """Return the layout with so many channels: 1, 2 or 6."""
        for layout in cls:
            if layout.channels == channels:
                return layout
        message = f"no layout has {channels} channels"
        raise ValueError(message)

    @property
    def spoken(self) -> slice:
        """The channels that a description is heard from: of 5.1 the centre, where speech is."""
        return slice(2, 3) if self is Layout.SURROUND else slice(None)


@dataclass(frozen=True, slots=True)
class Programme:
    """Sound at 48 kHz in a file: signed samples from `data_start` (bytes) on, frame by frame."""

    path: Path
    layout: Layout
    bits: Depth
    frames: int
    data_start: int = HEADER_BYTES

    @property
    def depth(self) -> np.dtype[np.signedinteger]:
        """The type of its samples."""
        return np.dtype(f"<i{self.bits // 8}")

    @property
    def frame_bytes(self) -> int:
        """How many bytes a frame has."""
        return self.layout.channels * self.bits // 8

    @property
    def duration_ms(self) -> int:
        """How long it sounds, to the nearest millisecond."""
        return round(self.frames / FRAMES_PER_MS)

    def offset(self, frame: int) -> int:
        """Return where in the file a frame begins."""
        return self.data_start + frame * self.frame_bytes


class PcmFile:
    """A programme's file that is open."""

    def __init__(self, programme: Programme, file: BinaryIO) -> None:
        self.programme = programme
        self.file = file

    def read(self, start: int, count: int) -> Pcm:
        """Return frames; before the beginning and after the end there is silence.

        Raises UnreadableSource.
        """
        first = min(max(start, 0), self.programme.frames)
        last = max(first, min(start + count, self.programme.frames))
        with _report_unreadable(self.programme.path):
            self.file.seek(self.programme.offset(first))
            data = self.file.read((last - first) * self.programme.frame_bytes)
        frames = np.frombuffer(data, self.programme.depth).reshape(-1, self.channels)
        if len(frames) == count:
            return frames
        whole = np.zeros((count, self.channels), self.programme.depth)
        whole[first - start : first - start + len(frames)] = frames
        return whole

    def read_floats(self, start: int, count: int) -> Floats:
        """Return frames as floats, with silence around the programme."""
        return to_floats(self.read(start, count))

    def blocks(self, start: int, end: int) -> Iterator[Pcm]:
        """Yield the frames from one to another."""
        for at in range(start, end, BLOCK):
            yield self.read(at, min(BLOCK, end - at))

    def write(self, start: int, blocks: Iterable[Pcm]) -> None:
        """Put blocks of frames in the place of those that are there from a frame on."""
        self.file.seek(self.programme.offset(start))
        for block in blocks:
            self.file.write(np.ascontiguousarray(block).data)

    @property
    def channels(self) -> int:
        """How many channels there are."""
        return self.programme.layout.channels


@contextmanager
def open_pcm(programme: Programme) -> Generator[PcmFile]:
    """Open a programme's file to read it. Raises UnreadableSource."""
    with _report_unreadable(programme.path):
        file = programme.path.open("rb")
    with file:
        yield PcmFile(programme, file)


@contextmanager
def change_pcm(programme: Programme) -> Generator[PcmFile]:
    """Open a programme's file to change it in place. Raises UnwritableOutput."""
    with report_unwritable(programme.path), programme.path.open("r+b") as file:
        yield PcmFile(programme, file)


@contextmanager
def _report_unreadable(path: Path) -> Generator[None]:
    """Make the system's errors UnreadableSource, lest they pass for those of what is written."""
    try:
        yield
    except OSError as error:
        message = f"The sound can't be read ({error.strerror or error})."
        raise UnreadableSource(message, file=path) from error


def write_programme(path: Path, layout: Layout, bits: Depth, blocks: Iterable[Pcm]) -> Programme:
    """Write blocks of frames, whatever they come to. Raises UnwritableOutput."""
    frames = 0
    with create_file(path) as part, part.open("wb") as file:
        file.seek(HEADER_BYTES)
        for block in blocks:
            file.write(np.ascontiguousarray(block).data)
            frames += len(block)
        programme = Programme(path, layout, bits, frames)
        write_header(file, programme)
    return programme


def write_header(file: BinaryIO, programme: Programme) -> None:
    """Write what a WAV file begins with, or where its sizes pass 4 GB an RF64 file (EBU Tech 3306).

    The header of both is equally long, so that it can be written when the length is known.
    """
    size = programme.frames * programme.frame_bytes
    long = HEADER_BYTES + size > _RIFF_LIMIT
    told = _RIFF_LIMIT if long else size
    file.seek(0)
    file.write(
        struct.pack(
            "<4sI4s4sIQQQI4sIHHIIHHHHI16s4sI",
            *(b"RF64" if long else b"RIFF", told if long else HEADER_BYTES - 8 + size, b"WAVE"),
            # What has no use in a WAV file says so itself: JUNK.
            *(b"ds64" if long else b"JUNK", 28),
            *((HEADER_BYTES - 8 + size, size, programme.frames, 0) if long else (0, 0, 0, 0)),
            *(b"fmt ", 40, _EXTENSIBLE, programme.layout.channels, RATE),
            *(RATE * programme.frame_bytes, programme.frame_bytes, programme.bits),
            *(22, programme.bits, programme.layout.mask, _PCM_GUID),
            *(b"data", told),
        )
    )
