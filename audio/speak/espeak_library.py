"""The part of espeak-ng's C interface that is used here (its `speak_lib.h`, version 1.52)."""

from __future__ import annotations

import _ctypes
import ctypes
import sys

SYNCHRONOUS = 2
WITH_PHONEME_EVENTS = 0x8001
"""Report phonemes, and return an error instead of ending the process when data is missing."""

UTF8 = 1
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


SynthCallback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(Event))


def load(path: str) -> ctypes.CDLL:
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
    return library


def unload(library: ctypes.CDLL) -> None:
    """Throw the library out of memory, with all that it remembers."""
    if sys.platform == "win32":
        _ctypes.FreeLibrary(library._handle)  # noqa: SLF001 - ctypes has no public way
    else:
        _ctypes.dlclose(library._handle)  # noqa: SLF001
