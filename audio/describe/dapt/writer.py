"""Writes an audio description as W3C's DAPT: one file with text, times, gains and the sound.

The sound is WAV, embedded: every tool plays it, and nothing can be lost on the way to one.
"""

from __future__ import annotations

import base64
import io
import re
import wave
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from ...speak.voice import Clip
from ..gain import GainPoint
from .document import CONTENT_PROFILE, DAPTM, TT, TTA, TTM, TTP, VIVAVOZ
from .script import Script, ScriptEvent, cut_gains, find_ducks

_REPRESENTS = "visual"
"""Any part of the picture: nobody says which words of a description are read from it."""

_NO_LANGUAGE = "zxx"
"""What is described has no language of its own (DAPT, Text Language Source)."""

_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to say (XML, section 2.2)."""


def write_dapt(script: Script) -> str:
    """Write an as-recorded script; save it as UTF-8.

    An event is active as long as it softens the programme, its text as long as it is spoken. The
    event's gain acts on the programme alone, the sound's own gain on the sound (TTML2, tta:gain).
    A character that XML can't hold is written as U+FFFD.
    """
    return "\n".join([*_write_head(script), *_write_body(script), "</tt>", ""])


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
    ducks = tuple(find_ducks(script.gains))
    spoken = [event for event in script.events if event.hold is None]
    neighbours = zip([None, *spoken], spoken, [*spoken[1:], None], strict=False)
    shares = {event.id: _share(ducks, before, event, after) for before, event, after in neighbours}
    for event in script.events:
        at_once = (GainPoint(event.start_ms, 1.0), GainPoint(event.end_ms, 1.0))
        yield from _write_event(event, shares.get(event.id, at_once))
    yield "  </body>"


def _share(
    ducks: Sequence[tuple[GainPoint, ...]],
    before: ScriptEvent | None,
    event: ScriptEvent,
    after: ScriptEvent | None,
) -> tuple[GainPoint, ...]:
    """Return an event's part of the duck that it is spoken in: events share one half-way."""
    place = bisect_right(ducks, event.start_ms, key=lambda duck: duck[-1].at_ms)
    duck = ducks[place] if place < len(ducks) else ()
    if not duck or duck[0].at_ms >= event.end_ms:
        return GainPoint(event.start_ms, 1.0), GainPoint(event.end_ms, 1.0)
    start_ms, end_ms = duck[0].at_ms, duck[-1].at_ms
    if before and before.end_ms > start_ms:
        start_ms = (before.end_ms + event.start_ms) // 2
    if after and after.start_ms < end_ms:
        end_ms = (event.end_ms + after.start_ms) // 2
    return cut_gains(duck, min(start_ms, event.start_ms), max(end_ms, event.end_ms))


def _write_event(event: ScriptEvent, gains: Sequence[GainPoint]) -> Iterator[str]:
    zero_ms = gains[0].at_ms
    times = f'begin="{_say(zero_ms)}" end="{_say(gains[-1].at_ms)}"'
    yield f'    <div xml:id={_quote(event.id)} {times} daptm:represents="{_REPRESENTS}">'
    if event.hold:
        # DAPT leaves to the implementation how a picture is held: this is ours.
        moment = _say(event.hold.at_ms - zero_ms)
        hold = f'begin="{moment}" dur="{_say(event.hold.duration_ms)}"'
        yield f'      <metadata><hold xmlns="{VIVAVOZ.strip()}" {hold}/></metadata>'
    if event.picture is not None:
        attributes = 'daptm:descType="x-picture" xml:space="preserve"'
        yield f"      <ttm:desc {attributes}>{_escape(event.picture)}</ttm:desc>"
    yield from _write_gains(gains, zero_ms)
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


def _write_sound(clip: Clip, gain_db: float) -> str:
    gain = f' tta:gain="{_write_factor(10 ** (gain_db / 20))}"' if gain_db else ""
    data = base64.encodebytes(_wrap(clip)).decode("ascii")
    return f'<audio{gain}><source><data type="audio/wave">\n{data}</data></source></audio>'


def _wrap(clip: Clip) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(clip.rate)
        sound.writeframes(clip.samples)
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
