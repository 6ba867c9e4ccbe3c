"""Writes an audio description as W3C's DAPT: one file with text, times, gains and the sound.

The sound is WAV, embedded: every tool plays it, and nothing can be lost on the way to one.
"""

from __future__ import annotations

import base64
import io
import re
import wave
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain, pairwise
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from ...speak.store import ShelvedClip
from ...speak.voice import Clip
from ..gain import GainPoint
from ..limiter import CONTEXT, limit
from ..sample import to_floats, to_samples
from .document import CONTENT_PROFILE, DAPTM, TT, TTA, TTM, TTP, VIVAVOZ
from .script import Script, ScriptEvent

_REPRESENTS = "visual"
"""Any part of the picture: nobody says which words of a description are read from it."""

_NO_LANGUAGE = "zxx"
"""What is described has no language of its own (DAPT, Text Language Source)."""

_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to say (XML, section 2.2)."""


def write_dapt(script: Script) -> Iterator[str]:
    """Yield the lines of an as-recorded script, each with its end; save them as UTF-8.

    An event is active as long as it softens the programme, its text as long as it is spoken. The
    event's gain acts on the programme alone, the sound's own gain on the sound (TTML2, tta:gain);
    a sound that has to be louder is written so. A character that XML can't hold is written as
    U+FFFD.
    """
    for line in chain(_write_head(script), _write_body(script), ["</tt>"]):
        yield f"{line}\n"


def _write_head(script: Script) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<tt xmlns="{TT.strip()}"'
    for prefix, namespace in (("ttp", TTP), ("tta", TTA), ("ttm", TTM), ("daptm", DAPTM)):
        yield f'    xmlns:{prefix}="{namespace.strip()}"'
    yield f'    ttp:contentProfiles="{CONTENT_PROFILE}"'
    yield f'    daptm:scriptRepresents="{_REPRESENTS}"'
    yield '    daptm:scriptType="asRecorded"'
    yield f'    daptm:langSrc="{_NO_LANGUAGE}"'
    yield f"    xml:lang={_quote(script.language)}>"
    yield "  <head>"
    yield "    <metadata>"
    yield f'      <ttm:title xml:space="preserve">{_escape(script.title)}</ttm:title>'
    yield "    </metadata>"
    yield "  </head>"


def _write_body(script: Script) -> Iterator[str]:
    yield f'  <body begin="0.000s" end="{_say(script.duration_ms)}">'
    for event in script.events:
        yield from _write_event(event)
    yield "  </body>"


def _write_event(event: ScriptEvent) -> Iterator[str]:
    moments = [event.start_ms, event.end_ms, *(point.at_ms for point in event.gains)]
    zero_ms = min(moments)
    times = f'begin="{_say(zero_ms)}" end="{_say(max(moments))}"'
    yield f'    <div xml:id={_quote(event.id)} {times} daptm:represents="{_REPRESENTS}">'
    if event.hold:
        # DAPT leaves to the implementation how a picture is held: this is ours.
        moment = _say(event.hold.at_ms - zero_ms)
        hold = f'begin="{moment}" dur="{_say(event.hold.duration_ms)}"'
        yield f'      <metadata><hold xmlns="{VIVAVOZ.strip()}" {hold}/></metadata>'
    if event.picture is not None:
        attributes = 'daptm:descType="x-picture" xml:space="preserve"'
        yield f"      <ttm:desc {attributes}>{_escape(event.picture)}</ttm:desc>"
    yield from _write_gains(event.gains, zero_ms)
    language = f'xml:lang={_quote(event.language)} daptm:langSrc="{_NO_LANGUAGE}"'
    sound = _write_sound(event.clip, event.gain_db) if event.clip else ""
    times = f'begin="{_say(event.start_ms - zero_ms)}" end="{_say(event.end_ms - zero_ms)}"'
    span = f"<span {times}>{sound}{_escape(event.text)}</span>"
    yield f'      <p {language} xml:space="preserve">{span}</p>'
    yield "    </div>"


def _write_gains(gains: Sequence[GainPoint], zero_ms: int) -> Iterator[str]:
    """Animate each piece of the programme's gain; what stays as it is, is frozen."""
    pieces = [(first, last) for first, last in pairwise(gains) if last.at_ms > first.at_ms]
    frozen = 1.0
    for first, last in pieces:
        if first.gain == last.gain == frozen:
            continue
        times = f'begin="{_say(first.at_ms - zero_ms)}" end="{_say(last.at_ms - zero_ms)}"'
        values = f"{_write_factor(first.gain)};{_write_factor(last.gain)}"
        fill = "" if last is gains[-1] else ' fill="freeze"'
        yield f'      <animate {times} tta:gain="{values}"{fill}/>'
        frozen = last.gain


def _write_sound(clip: Clip | ShelvedClip, gain_db: float) -> str:
    gain = f' tta:gain="{_write_factor(10 ** (gain_db / 20))}"' if gain_db < 0 else ""
    data = base64.encodebytes(_wrap(_amplify(clip.samples, gain_db), clip.rate)).decode("ascii")
    return f'<audio{gain}><source><data type="audio/wave">\n{data}</data></source></audio>'


def _amplify(samples: bytes, gain_db: float) -> bytes:
    """Make sound louder as the mix does, peaks limited: DAPT's own gain makes nothing louder.

    Samples of more bits would not do instead: none goes beyond full scale, and of floats that do
    a player cuts off what is beyond.
    """
    if gain_db <= 0:
        return samples
    sound = to_floats(np.frombuffer(samples, "<i2").reshape(-1, 1)) * np.float32(
        10 ** (gain_db / 20)
    )
    around = np.zeros((CONTEXT, 1), np.float32)
    louder = np.concatenate(list(limit([around, sound, around])))
    return to_samples(louder, np.dtype("<i2")).tobytes()


def _wrap(samples: bytes, rate: int) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(samples)
    return file.getvalue()


def _write_factor(gain: float) -> str:
    """Write a gain to six digits, never with an exponent: TTML2 has none."""
    return f"{Decimal(f'{gain:.6g}'):f}"


def _say(time_ms: int) -> str:
    return f"{time_ms // 1000}.{time_ms % 1000:03}s"


def _escape(text: str) -> str:
    return escape(_UNWRITABLE.sub("\ufffd", text), {"\r": "&#13;"})


def _quote(value: str) -> str:
    return quoteattr(_UNWRITABLE.sub("\ufffd", value))
