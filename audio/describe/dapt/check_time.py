"""Checks the times and timecodes of a DAPT document (DAPT, Timing constraints)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .clock import CLOCK, OFFSET, Interval, read_clock
from .document import (
    DAPTM,
    EBUTTM,
    TT,
    TTP,
    VIVAVOZ,
    Subject,
    find_events,
    find_spoken,
    name_element,
    stands_in_head,
)
from .rule import Finding, Rule

_TIMECODE = re.compile(r"[0-9]{2,}:[0-5][0-9]:[0-5][0-9]:([0-9]{2,9})")
_PROHIBITED = ("clockMode", "dropMode", "markerMode", "subFrameRate")
_TIMED = frozenset({"begin", "end", "dur"})
_ORIGIN, _START = DAPTM + "daptOriginTimecode", EBUTTM + "documentStartOfProgramme"


def _check_parameters(subject: Subject) -> Iterator[Finding]:
    root = subject.root
    for name in _PROHIBITED:
        if TTP + name in root.attributes:
            yield Finding(Rule.PROHIBITED, root.line, f"tt has ttp:{name}.")
    base = root.attributes.get(TTP + "timeBase", "media")
    if base != "media":
        yield Finding(Rule.TIME_BASE, root.line, f"ttp:timeBase is “{base}”.")
    for element, value in subject.find_values("timeContainer"):
        if value != "par":
            message = f"{name_element(element)} has the timeContainer “{value}”."
            yield Finding(Rule.TIME_CONTAINER, element.line, message)


def _check_times(subject: Subject) -> Iterator[Finding]:
    for name in ("begin", "end", "dur"):
        for element, value in subject.find_values(name):
            if not CLOCK.fullmatch(value) and not OFFSET.fullmatch(value):
                message = f"{name} is “{value}”, which is no time here."
                yield Finding(Rule.TIME, element.line, message)
    for name in ("clipBegin", "clipEnd"):
        for element, value in subject.find_values(name):
            if not OFFSET.fullmatch(value):
                message = f"{name} is “{value}”, not a number with its metric."
                yield Finding(Rule.CLIP_TIME, element.line, message)


def _check_rates(subject: Subject) -> Iterator[Finding]:
    root = subject.root
    times = [
        (element, value)
        for name in ("begin", "end", "dur", "clipBegin", "clipEnd")
        for element, value in subject.find_values(name)
    ]
    framed = [e for e, value in times if value.endswith("f") or _TIMECODE.match(value)]
    framed.extend(e for e in subject.find(_ORIGIN) if _TIMECODE.fullmatch(e.text.strip()))
    ticked = [element for element, value in times if value.endswith("t")]
    if framed and TTP + "frameRate" not in root.attributes:
        yield Finding(Rule.FRAME_RATE, framed[0].line, "There are frames, and no ttp:frameRate.")
    if ticked and TTP + "tickRate" not in root.attributes:
        yield Finding(Rule.TICK_RATE, ticked[0].line, "There are ticks, and no ttp:tickRate.")


def _check_timecodes(subject: Subject) -> Iterator[Finding]:
    counted: Counter[str] = Counter()
    for element in subject.find(_ORIGIN, _START):
        counted[element.name] += 1
        if counted[element.name] > 1 or not stands_in_head(element):
            message = f"{name_element(element)} stands at a second place, or at a wrong one."
            yield Finding(Rule.TIMECODE_PLACE, element.line, message)
        rule = Rule.ORIGIN_TIMECODE if element.name == _ORIGIN else Rule.PROGRAMME_TIMECODE
        timecode = element.text.strip()
        match = _TIMECODE.fullmatch(timecode)
        rate = subject.root.attributes.get(TTP + "frameRate", "")
        too_many = match and rate.isdecimal() and int(match[1]) >= int(rate[:9])
        if not match or too_many:
            yield Finding(rule, element.line, f"“{timecode}” is no timecode of the programme.")


def _check_intervals(subject: Subject) -> Iterator[Finding]:
    clock = read_clock(subject.root)
    for element in subject.elements:
        if not _TIMED.isdisjoint(element.attributes):
            interval = clock.measure(element)
            if interval.end_ms is not None and interval.end_ms < interval.start_ms:
                message = f"{name_element(element)} ends before it begins."
                yield Finding(Rule.INTERVAL, element.line, message)


def _check_holds(subject: Subject) -> Iterator[Finding]:
    clock = read_clock(subject.root)
    events = list(find_events(subject.root))
    timed = (event for event in events if not _TIMED.isdisjoint(event.attributes))
    spoken = {event: clock.measure(find_spoken(event)) for event in timed}
    ends = [clock.measure(body).end_ms for body in subject.find(TT + "body")]
    for event in events:
        for hold in event.find(VIVAVOZ + "hold"):
            at_s, lasts_s = (
                clock.parse(hold.attributes.get(name, "")) for name in ("begin", "dur")
            )
            if at_s is None or lasts_s is None:
                yield Finding(Rule.HOLD, hold.line, "A hold lacks its begin or its dur.")
                continue
            at_ms = clock.measure(event).start_ms + round(at_s * 1000)
            if any(end_ms is not None and end_ms < at_ms for end_ms in ends):
                yield Finding(Rule.HOLD, hold.line, "The hold is behind the programme's end.")
            for other, interval in spoken.items():
                if other is not event and _lies_within(at_ms, interval):
                    message = f"The hold is while {name_element(other)} is spoken."
                    yield Finding(Rule.HOLD, hold.line, message)


def _lies_within(at_ms: int, interval: Interval) -> bool:
    return interval.end_ms is not None and interval.start_ms < at_ms < interval.end_ms


TIME_CHECKS = (
    _check_parameters,
    _check_times,
    _check_rates,
    _check_timecodes,
    _check_intervals,
    _check_holds,
)
