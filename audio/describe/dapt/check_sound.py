"""Checks the sound of a DAPT document: where it is, what it is, how loud it is played."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .document import TT, TTA, XML, Element, Subject, name_element
from .rule import Finding, Rule
from .sound import ENCODINGS, decode_data, find_shared

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)")
_MEDIA_TYPE = re.compile(r"[^\s/;]+/[^\s/;]+(\s*;.*)?")
_ANIMATED = (TTA + "gain", TTA + "pan")
_SPEAK = frozenset({"none", "normal", "fast", "slow"})


def _check_audio(subject: Subject) -> Iterator[Finding]:
    for audio in subject.find(TT + "audio"):
        reference = audio.attributes.get("src")
        sources = list(audio.children(TT + "source"))
        if (reference is None) == (not sources):
            message = "An audio has either a src or sources, and here has both or neither."
            yield Finding(Rule.SOURCE, audio.line, message)
        yield from _check_type(audio, needed=_is_shared(audio) or _is_outside(reference))
        yield from _check_reference(subject, audio, TT + "audio")
        for source in sources:
            yield from _check_source(subject, source)


def _check_source(subject: Subject, source: Element) -> Iterator[Finding]:
    reference = source.attributes.get("src")
    held = list(source.children(TT + "data"))
    if (reference is None) == (not held):
        message = "A source has either a src or data, and here has both or neither."
        yield Finding(Rule.SOURCE, source.line, message)
    yield from _check_type(source, needed=_is_outside(reference))
    yield from _check_reference(subject, source, TT + "data")


def _check_reference(subject: Subject, element: Element, name: str) -> Iterator[Finding]:
    reference = element.attributes.get("src", "")
    if reference.startswith("#") and find_shared(subject.shared, reference, name) is None:
        message = f"There is no {name.split()[1]} “{reference[1:]}” in /tt/head/resources."
        yield Finding(Rule.REFERENCE, element.line, message)


def _check_data(subject: Subject) -> Iterator[Finding]:
    for data in subject.find(TT + "data"):
        holder = data.parent
        if holder is None or holder.name not in {TT + "source", TT + "resources"}:
            continue
        shared_audio = holder.parent is not None and _is_shared(holder.parent)
        if not (holder.name == TT + "source" and shared_audio):
            yield from _check_type(data, needed=True)
        for source in data.children(TT + "source"):
            yield Finding(Rule.DATA_SOURCE, source.line, "There is a source in data.")
        yield from _check_embedded(data)


def _check_embedded(data: Element) -> Iterator[Finding]:
    chunks = list(data.children(TT + "chunk"))
    if bool(chunks) == bool(data.text.strip()):
        yield Finding(Rule.DATA, data.line, "Data holds text or chunks, and here both or neither.")
        return
    length = 0
    for part in chunks or [data]:
        try:
            found = len(decode_data(part))
        except ValueError:
            encoding = part.attributes.get("encoding", "base64")
            known = "damaged" if encoding in ENCODINGS else "unknown"
            yield Finding(Rule.DATA, part.line, f"The {encoding} here is {known}.")
            return
        length += found
        if part is not data:
            yield from _check_length(part, found)
    yield from _check_length(data, length)


def _check_length(element: Element, found: int) -> Iterator[Finding]:
    length = element.attributes.get("length")
    if length is not None and length.lstrip("0") != (str(found) if found else ""):
        message = f"It is said to have {length} bytes and has {found}."
        yield Finding(Rule.DATA, element.line, message)


def _check_type(element: Element, *, needed: bool) -> Iterator[Finding]:
    media_type = element.attributes.get("type")
    if media_type is None:
        if needed:
            message = f"{name_element(element)} does not say its media type."
            yield Finding(Rule.MEDIA_TYPE, element.line, message)
    elif not needed and element.name == TT + "audio":
        message = f"{name_element(element)} has a type, though it only refers to its sound."
        yield Finding(Rule.MEDIA_TYPE, element.line, message)
    elif not _MEDIA_TYPE.fullmatch(media_type):
        yield Finding(Rule.MEDIA_TYPE, element.line, f"“{media_type}” is no media type.")


def _check_languages(subject: Subject) -> Iterator[Finding]:
    for audio in subject.find(TT + "audio"):
        if audio.parent is None or _is_shared(audio):
            continue
        language = audio.inherit(XML + "lang")
        for part in (audio.parent, *_gather_sound(subject, audio)):
            other = part.inherit(XML + "lang")
            if other != language:
                message = f"The sound is in “{language}”, {name_element(part)} in “{other}”."
                yield Finding(Rule.AUDIO_LANGUAGE, audio.line, message)


def _gather_sound(subject: Subject, audio: Element) -> Iterator[Element]:
    """Yield all that an audio element holds or refers to."""
    shared = find_shared(subject.shared, audio.attributes.get("src"), TT + "audio")
    for holder in (audio, shared):
        for element in holder.descend() if holder else ():
            if element.name in {TT + "audio", TT + "source", TT + "data"} and element is not audio:
                yield element
            if named := find_shared(subject.shared, element.attributes.get("src"), TT + "data"):
                yield named


def _check_mixing(subject: Subject) -> Iterator[Finding]:
    for animation in subject.find(TT + "animation"):
        yield Finding(Rule.OUT_OF_LINE, animation.line, "There is an animation element.")
    for element, value in subject.find_values("animate"):
        yield Finding(Rule.OUT_OF_LINE, element.line, f"An animation “{value}” is referred to.")
    for element, value in subject.find_values("fill"):
        if value not in {"freeze", "remove"}:
            yield Finding(Rule.FILL, element.line, f"fill is “{value}”.")
    for element, value in subject.find_values(TTA + "speak"):
        if value not in _SPEAK:
            yield Finding(Rule.SPEAK, element.line, f"tta:speak is “{value}”.")


def _check_gains(subject: Subject) -> Iterator[Finding]:
    for name in _ANIMATED:
        local = f"tta:{name.split()[1]}"
        for element, value in subject.find_values(name):
            animated = element.name == TT + "animate"
            numbers = value.split(";") if animated else [value]
            if animated and len(numbers) < 2:  # noqa: PLR2004 - from one to another
                message = f"{local} is animated with one value, “{value}”."
                yield Finding(Rule.ANIMATION, element.line, message)
            for number in numbers:
                if not _NUMBER.fullmatch(number.strip()):
                    yield Finding(Rule.GAIN, element.line, f"{local} is “{number}”, no number.")


def _is_shared(audio: Element) -> bool:
    return audio.parent is not None and audio.parent.name == TT + "resources"


def _is_outside(reference: str | None) -> bool:
    return reference is not None and not reference.startswith("#")


SOUND_CHECKS = (_check_audio, _check_data, _check_languages, _check_mixing, _check_gains)
