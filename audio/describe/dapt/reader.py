"""Reads an audio description back from a DAPT document, whoever wrote it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ....source import UnreadableSource, load_bytes
from ..gain import GainPoint
from ..hold import Hold
from .clock import Clock, Interval, read_clock
from .document import (
    CONTENT_PROFILE,
    DAPTM,
    TT,
    TTA,
    TTM,
    VIVAVOZ,
    XML,
    Element,
    Shared,
    find_events,
    find_spoken,
    index_shared,
    parse_document,
    read_profiles,
)
from .script import Script, ScriptEvent, simplify_gains
from .sound import read_clip

_FACTOR = re.compile(r"[+-]?([0-9]{1,9}\.?[0-9]*|\.[0-9]+)")
_SOFTEST = 1e-6
"""-120 dB: what is muted."""


def read_dapt(path: Path | str) -> Script:
    """Read a document from a file.

    Nothing but the file is opened: an event whose sound is elsewhere has no clip. Raises
    `UnreadableSource` where it is no DAPT document, is damaged, or says nothing of the picture.
    """
    return parse_dapt(load_bytes(Path(path)), str(path))


def parse_dapt(document: str | bytes, file: str | None = None) -> Script:
    """Read a document that is at hand; `file` is what errors call it."""
    root = parse_document(document, file).root
    if root.name != TT + "tt" or CONTENT_PROFILE not in read_profiles(root, "contentProfiles"):
        message = "This is no DAPT document: its root does not name DAPT's content profile."
        raise UnreadableSource(message, file=file, line=root.line)
    if not re.search(r"(^|\s)visual\b", root.attributes.get(DAPTM + "scriptRepresents", "")):
        message = "This script says what is heard, not what is seen; take an audio description's."
        raise UnreadableSource(message, file=file, line=root.line)
    return _Reader(root, index_shared(root), read_clock(root), file).read()


@dataclass(frozen=True, slots=True)
class _Reader:
    root: Element
    shared: Shared
    clock: Clock
    file: str | None

    def read(self) -> Script:
        title = next(self.root.find(TTM + "title"), None)
        body = next(self.root.find(TT + "body"), None)
        divs = [] if body is None else list(_find_seen(body))
        events = sorted(map(self.read_event, divs), key=lambda event: event.start_ms)
        end_ms = None if body is None else self.clock.measure(body).end_ms
        return Script(
            title="" if title is None else _read_text(title),
            language=self.root.attributes.get(XML + "lang", ""),
            duration_ms=max((e.end_ms for e in events), default=0) if end_ms is None else end_ms,
            events=tuple(events),
        )

    def read_event(self, div: Element) -> ScriptEvent:
        paragraphs = list(div.children(TT + "p"))
        audio = next(div.find(TT + "audio"), None)
        clip = None if audio is None else read_clip(audio, self.shared, self.clock, self.file)
        spoken = self.clock.measure(find_spoken(div))
        whole = next((desc for desc in div.children(TTM + "desc") if _is_picture(desc)), None)
        return ScriptEvent(
            id=div.attributes[XML + "id"],
            start_ms=spoken.start_ms,
            end_ms=_find_end(spoken, clip.duration_ms if clip else 0),
            text="\n".join(map(_read_text, paragraphs)),
            language=(paragraphs[0] if paragraphs else div).inherit(XML + "lang") or "",
            clip=clip,
            gain_db=0.0 if audio is None else _read_decibels(audio),
            hold=self.read_hold(div),
            picture=None if whole is None else _read_text(whole),
            gains=simplify_gains(sorted(self.trace_gains(div), key=lambda point: point.at_ms)),
        )

    def read_hold(self, div: Element) -> Hold | None:
        hold = next(div.find(VIVAVOZ + "hold"), None)
        if hold is None:
            return None
        begin, duration = (self.clock.parse(hold.attributes.get(a, "")) for a in ("begin", "dur"))
        if begin is None or duration is None:
            message = "A hold needs its begin and its dur, as times."
            raise UnreadableSource(message, file=self.file, line=hold.line)
        at_ms = self.clock.measure(div).start_ms + round(begin * 1000)
        return Hold(at_ms, round(duration * 1000))

    def trace_gains(self, div: Element) -> Iterator[GainPoint]:
        """Yield the points of the programme's gain under an event."""
        for holder in (div, *div.children(TT + "p")):
            active = self.clock.measure(holder)
            usual = next(iter(_read_factors(holder)), 1.0)
            animations = [
                (animate, points)
                for animate in holder.children(TT + "animate")
                if (points := list(self.trace_animation(animate)))
            ]
            if usual == 1 and not animations:
                continue
            yield from (GainPoint(active.start_ms, factor) for factor in (1.0, usual))
            for animate, points in animations:
                yield GainPoint(points[0].at_ms, usual)
                yield from points
                if animate.attributes.get("fill") == "freeze":
                    usual = points[-1].gain
                yield GainPoint(points[-1].at_ms, usual)
            yield from (GainPoint(_find_end(active, 0), factor) for factor in (usual, 1.0))

    def trace_animation(self, animate: Element) -> Iterator[GainPoint]:
        active, factors = self.clock.measure(animate), _read_factors(animate)
        length_ms = _find_end(active, 0) - active.start_ms
        for place, factor in enumerate(factors):
            share_ms = length_ms * place // max(1, len(factors) - 1)
            yield GainPoint(active.start_ms + share_ms, factor)


def _find_seen(body: Element) -> Iterator[Element]:
    """Yield what represents something to be seen."""
    for div in find_events(body):
        represents = div.inherit(DAPTM + "represents") or ""
        if represents.split(".")[0] == "visual":
            yield div


def _is_picture(desc: Element) -> bool:
    return desc.attributes.get(DAPTM + "descType") == "x-picture"


def _find_end(interval: Interval, length_ms: int) -> int:
    return interval.start_ms + length_ms if interval.end_ms is None else interval.end_ms


def _read_text(element: Element) -> str:
    """Return the words of an element, without its sound and metadata (DAPT, Text)."""
    text = "".join(_gather_text(element))
    if element.inherit(XML + "space") == "preserve":
        return text
    return "\n".join(" ".join(line.split()) for line in text.split("\v"))


def _gather_text(element: Element) -> Iterator[str]:
    line_break = "\n" if element.inherit(XML + "space") == "preserve" else "\v"
    for part in element.content:
        if isinstance(part, str):
            yield part
        elif part.name == TT + "br":
            yield line_break
        elif part.name == TT + "span":
            yield from _gather_text(part)


def _read_factors(element: Element) -> list[float]:
    """Read the gains of an element, without their phase; those that are no numbers are none."""
    factors = [part.strip() for part in element.attributes.get(TTA + "gain", "").split(";")]
    if not all(_FACTOR.fullmatch(factor) for factor in factors):
        return []
    return [min(1.0, abs(float(factor))) for factor in factors]


def _read_decibels(audio: Element) -> float:
    factors = _read_factors(audio)
    return round(20 * math.log10(max(_SOFTEST, factors[0])), 3) if factors else 0.0
