"""The part of espeak-ng's C interface that is used here (its `speak_lib.h`, version 1.52).

The library is loaded afresh for each clip or list of words, and thrown away after it. Its
synthesizer carries the phase, the filters and the noise of one clip over into the next, so that
kept in memory it would never read the same text twice alike; loading takes about 3 ms.
"""

from __future__ import annotations

import _ctypes
import ctypes
import os
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import espeakng_loader  # pyright: ignore[reportMissingTypeStubs]

from ...source import UnavailableTool

_SYNCHRONOUS = 2
_WITH_PHONEME_EVENTS = 0x8001
"""Report phonemes, and return an error instead of ending the process when data is missing."""

_BUFFER_MS = 200
"""Sound per callback. Events that do not fit are dropped: this leaves room for 60 of them."""

_SEED = 1
"""espeak-ng seeds the noise in breathy voices with the time of day; any constant will do."""

UTF8 = 1
PHONEMES = 0x100
"""Take what stands in `[[...]]` for phonemes."""

EVENT_WORD = 1
EVENT_PHONEME = 7

RATE, VOLUME, PITCH = 1, 2, 3


class Event(ctypes.Structure):
    """`espeak_EVENT`; positions count characters from 1, and `sample` is that of the sound."""

    kind: int
    text_position: int
    length: int
    sample: int
    phoneme: bytes
    _fields_ = (
        ("kind", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("phoneme", ctypes.c_char * 8),
    )


class VoiceRecord(ctypes.Structure):
    """`espeak_VOICE`; `languages` points at a byte of priority and a string for each language."""

    name: bytes
    languages: int
    identifier: bytes
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_void_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("reserved", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


_alone = threading.Lock()  # the library keeps its state in globals

SynthCallback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(Event))


@contextmanager
def open_espeak() -> Generator[tuple[ctypes.CDLL, int]]:
    """Load espeak-ng afresh and say its sample rate in Hz. Raises `UnavailableTool`."""
    data = os.fsencode(Path(espeakng_loader.get_data_path()).parent)
    with _alone:
        try:
            library = _load(espeakng_loader.get_library_path())
        except OSError as error:
            message = "espeak-ng can't be loaded; reinstall the package espeakng-loader."
            raise UnavailableTool(message) from error
        try:
            rate = library.espeak_Initialize(_SYNCHRONOUS, _BUFFER_MS, data, _WITH_PHONEME_EVENTS)
            if rate <= 0:
                message = "espeak-ng can't read its data; reinstall the package espeakng-loader."
                raise UnavailableTool(message)
            library.espeak_ng_SetRandSeed(_SEED)
            yield library, rate
        finally:
            library.espeak_Terminate()
            _unload(library)


def _load(path: str) -> ctypes.CDLL:
    """Load the library and declare its functions. Raises `OSError`."""
    library = ctypes.CDLL(path)
    library.espeak_Initialize.argtypes = (
        ctypes.c_int,
        ctypes.c_int,
        ctypes.c_char_p,
        ctypes.c_int,
    )
    library.espeak_ListVoices.argtypes = (ctypes.c_void_p,)
    library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(VoiceRecord))
    library.espeak_SetVoiceByName.argtypes = (ctypes.c_char_p,)
    library.espeak_ng_SetRandSeed.argtypes = (ctypes.c_long,)
    library.espeak_Synth.argtypes = (
        ctypes.c_char_p,
        ctypes.c_size_t,
        ctypes.c_uint,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.c_uint,
        ctypes.c_void_p,
        ctypes.c_void_p,
    )
    library.espeak_TextToPhonemes.argtypes = (
        ctypes.POINTER(ctypes.c_void_p),
        ctypes.c_int,
        ctypes.c_int,
    )
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    return library


def _unload(library: ctypes.CDLL) -> None:
    """Throw the library out of memory, with all that it remembers."""
    if sys.platform == "win32":
        _ctypes.FreeLibrary(library._handle)  # noqa: SLF001 - ctypes has no public way
    else:
        _ctypes.dlclose(library._handle)  # noqa: SLF001
