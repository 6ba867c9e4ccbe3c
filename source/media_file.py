"""A media file, opened so that nothing in it is obeyed."""

from __future__ import annotations

import errno
import re
import stat
import time
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from io import SEEK_SET, FileIO
from pathlib import Path

import av
from av.codec import Codec, codecs_available
from av.codec.codec import UnknownCodecError
from av.container import InputContainer
from av.error import FFmpegError

from .errors import UnreadableSource
from .interrupt import hold_signals
from .memory import limit_memory, measure_memory

RECORDING_FORMATS = (
    *("aac", "ac3", "aiff", "amr", "ape", "asf", "au", "avi", "caf", "dss", "dts", "dv", "eac3"),
    *("flac", "flv", "gxf", "loas", "matroska", "mov", "mp3", "mpeg", "mpegts", "mxf"),
    *("nistsphere", "ogg", "rm", "tta", "voc", "w64", "wav", "wtv", "wv"),
)
"""What recordings are, as FFmpeg names it. Playlists, scripts and images are none of them."""

_LONGEST_LOOK_S = 60.0
"""Recordings open in a hundredth of a second; a header can be made to keep FFmpeg for hours."""
_MOST_MEMORY = 1 << 30
"""Bytes. The index of a day takes a quarter; a kilobyte can claim one of 50 GB."""

_ADDRESS = re.compile(r"(\w{2,}):/+")
"""A path keeps but one of the slashes of `https://`."""


@contextmanager
def open_container(path: Path) -> Generator[InputContainer]:
    """Open a file by its handle: no name is taken for an address, an option or a pattern.

    Raises UnreadableSource for what is no recording.
    """
    _check_file(path)
    try:
        with _MediaFile(path) as file, _open_media(file) as container:
            yield container
    except FFmpegError as error:
        raise UnreadableSource(
            "This is not a media file, or it was cut off or damaged; play it, and save it again.",
            file=path,
        ) from error
    except PermissionError:
        raise UnreadableSource("You are not allowed to read this file.", file=path) from None
    except OSError as error:
        raise UnreadableSource(f"The file can't be read ({error}).", file=path) from error


class _MediaFile(FileIO):
    """A file that answers libavformat in its own way where a damaged header seeks to nowhere."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.deadline = time.thread_time() + _LONGEST_LOOK_S
        """When whoever still looks for what is in the file is to be stopped."""

    def read(self, size: int | None = -1, /) -> bytes:
        if time.thread_time() > self.deadline:
            raise UnreadableSource(
                "It can't be found out what is in this file; play it, and save it again.",
                file=self.name,
            )
        return super().read(size)

    def seek(self, offset: int, whence: int = SEEK_SET, /) -> int:
        try:
            return super().seek(offset, whence)
        except OSError:
            return -errno.EINVAL


def _open_media(file: _MediaFile) -> InputContainer:
    # It seeks to and fro, by calling Python.
    with hold_signals(), limit_memory(_MOST_MEMORY, than=measure_memory()):
        container = av.open(file, "r", options=_confine(), metadata_errors="replace")
    file.deadline = float("inf")  # decoding takes what it takes
    return container


@cache
def _confine() -> dict[str, str]:
    """Return the options that keep FFmpeg at the file that we opened, and at its sound.

    Whoever looks into a file decodes its pictures to learn their size, and a megabyte of PNG can
    unfold to gigabytes. We never look at pictures.
    """
    return {
        "protocol_whitelist": "none",
        "format_whitelist": ",".join(RECORDING_FORMATS),
        "codec_whitelist": ",".join(sorted(filter(_decodes_sound, codecs_available))),
    }


def _decodes_sound(name: str) -> bool:
    try:
        return Codec(name).type == "audio"
    except UnknownCodecError:
        return False  # it can only be written


def _check_file(path: Path) -> None:
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        if _ADDRESS.match(path.as_posix()):
            raise UnreadableSource(
                "This is an address, and only files are read; save the recording and name it.",
                file=_ADDRESS.sub(r"\1://", path.as_posix()),
            ) from None
        if isinstance(error, FileNotFoundError):
            raise UnreadableSource("There is no such file; check the name.", file=path) from None
        raise UnreadableSource(f"The file can't be read ({error}).", file=path) from error
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableSource("This is a folder; name the recording in it.", file=path)
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableSource("This is no file but a pipe or a device; save it.", file=path)
    if not status.st_size:
        raise UnreadableSource("The file is empty; there is nothing to hear.", file=path)
