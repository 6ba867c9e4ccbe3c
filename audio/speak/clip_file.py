"""A clip in a file of its own: FLAC, with its word marks as the comment, so that one write is all.

Any player opens it. What was damaged since it was written is noticed by its checksums.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zlib import crc32

import msgspec
import soundfile

from ..cache import note_use, stage_file
from .voice import Clip, Mark

_FAST = 0.25
"""Half the time to write of the most that FLAC can do, and 6 % more to store."""


@dataclass(frozen=True, slots=True)
class ClipLabel:
    """All of a clip but its sound: `length` samples, `rate` of them a second."""

    length: int
    rate: int
    marks: tuple[Mark, ...]
    sent_to: str | None
    checksum: int
    """CRC-32 of the samples."""

    @property
    def duration_ms(self) -> int:
        """How long it sounds, to the nearest millisecond."""
        return round(self.length * 1000 / self.rate)


def label_clip(clip: Clip) -> ClipLabel:
    """Say of a clip what its file says of it."""
    length = len(clip.samples) // 2
    return ClipLabel(length, clip.rate, clip.marks, clip.sent_to, crc32(clip.samples))


def write_clip(clip: Clip, path: Path) -> Clip:
    """Write a clip that is not empty, and return what is kept: whoever was there first stays.

    Nobody ever sees half of it, and one that is damaged is replaced. Raises `OSError`.
    """
    with stage_file(path) as part:
        part.write_bytes(_encode(clip))
        with suppress(OSError):  # there is one, or the file system has no hard links
            path.hardlink_to(part)
        kept = read_clip(path)
        if kept is None:
            part.replace(path)
    return kept or clip


def read_clip(path: Path) -> Clip | None:
    """Read a clip; None where there is none, or one that is damaged."""
    try:
        with soundfile.SoundFile(path) as file:
            label = _read_label(file)
            samples: bytes = file.read(dtype="int16").tobytes() if label else b""
    except (soundfile.SoundFileError, msgspec.MsgspecError):
        return None
    if label is None or crc32(samples) != label.checksum:
        return None
    note_use(path)
    return Clip(samples, label.rate, label.marks, label.sent_to)


def read_label(path: Path) -> ClipLabel | None:
    """Read what a clip's file says before its sound; None where it says nothing, or is damaged."""
    try:
        with soundfile.SoundFile(path) as file:
            label = _read_label(file)
    except (soundfile.SoundFileError, msgspec.MsgspecError):
        return None
    note_use(path)
    return label


def _encode(clip: Clip) -> bytes:
    """Encode in memory, for libsndfile itself keeps to itself that a disk is full."""
    label = msgspec.json.encode(label_clip(clip))
    sound = BytesIO()
    with soundfile.SoundFile(
        sound, "w", clip.rate, 1, "PCM_16", format="FLAC", compression_level=_FAST
    ) as file:
        file.comment = f"{crc32(label):08x}{label.decode()}"
        file.buffer_write(clip.samples, "int16")
    return sound.getvalue()


def _read_label(file: soundfile.SoundFile) -> ClipLabel | None:
    checksum, label = file.comment[:8], file.comment[8:].encode()
    if f"{crc32(label):08x}" != checksum:
        return None
    read = msgspec.json.decode(label, type=ClipLabel)
    # A damaged length would take as much memory as it says.
    return read if read.length == file.frames else None
