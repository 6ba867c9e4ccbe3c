"""Sound that is embedded in a DAPT document (DAPT, Audio Recording; TTML2 sections 9.1 to 9.3)."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import soundfile as sf
from numpy.typing import NDArray

from ....source import UnreadableSource
from ...speak.voice import Clip
from .clock import Clock
from .document import TT, Element, Shared

ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "base16": base64.b16decode,
    "base32": base64.b32decode,
    "base32hex": base64.b32hexdecode,
    "base64": partial(base64.b64decode, validate=True),
    "base64url": partial(base64.b64decode, altchars=b"-_", validate=True),
}


_MOST_SAMPLES = 1 << 28
"""An hour and a half at 48 kHz; a header can claim more than any memory holds."""


def read_clip(audio: Element, shared: Shared, clock: Clock, file: str | None) -> Clip | None:
    """Decode the first sound that an audio element embeds; None where all are elsewhere.

    Raises `UnreadableSource` with the line of what is damaged.
    """
    data = next(_find_data(audio, shared), None)
    if data is None:
        return None
    try:
        sound = b"".join(map(decode_data, list(data.children(TT + "chunk")) or [data]))
        samples, rate = _decode(sound)
    except (ValueError, sf.LibsndfileError) as error:
        message = "The sound that is embedded here is damaged, or of a kind that can't be read."
        raise UnreadableSource(message, file=file, line=data.line) from error
    begin, end = (
        None if seconds is None else round(seconds * rate)
        for seconds in (
            clock.parse(audio.attributes.get(name, "")) for name in ("clipBegin", "clipEnd")
        )
    )
    mono = np.round(samples[begin:end].mean(axis=1))
    return Clip(mono.astype("<i2").tobytes(), rate)


def _decode(sound: bytes) -> tuple[NDArray[np.number], int]:
    """Return samples, with a column for each channel, and their rate. Raises ValueError."""
    with sf.SoundFile(io.BytesIO(sound)) as file:
        if file.frames * file.channels > _MOST_SAMPLES:
            message = f"{file.frames} frames"
            raise ValueError(message)
        return file.read(dtype="int16", always_2d=True), file.samplerate


def decode_data(element: Element) -> bytes:
    """Decode what a data or chunk element holds. Raises ValueError where it can't be."""
    encoding = element.attributes.get("encoding", "base64")
    if encoding not in ENCODINGS:
        raise ValueError(encoding)
    return ENCODINGS[encoding]("".join(element.text.split()))


def find_shared(shared: Shared, reference: str | None, name: str) -> Element | None:
    """Find the element of some name that a fragment refers to."""
    element = shared.get(reference or "")
    return element if element is not None and element.name == name else None


def _find_data(audio: Element, shared: Shared) -> Iterator[Element]:
    """Yield the data elements that an audio element holds or refers to."""
    reference = audio.attributes.get("src")
    holder = audio if reference is None else find_shared(shared, reference, TT + "audio")
    for source in holder.children(TT + "source") if holder else ():
        yield from source.children(TT + "data")
        if named := find_shared(shared, source.attributes.get("src"), TT + "data"):
            yield named
