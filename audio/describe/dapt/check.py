"""Checks a DAPT document against every demand that W3C's specification makes of one.

It shares with the writer only how XML is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from ....source import UnreadableSource
from .check_sound import SOUND_CHECKS
from .check_time import TIME_CHECKS
from .document import (
    CONTENT_PROFILE,
    DAPTM,
    EBUTTM,
    PROCESSOR_PROFILE,
    TT,
    TTM,
    TTP,
    XML,
    Element,
    Subject,
    find_events,
    is_known,
    name_element,
    open_subject,
    parse_document,
    read_profiles,
)
from .rule import DESCRIPTION_TYPES, DESCRIPTORS, SCRIPT_TYPES, Finding, Rule

_NAME = re.compile(r"[^\W\d][\w.\-\u00b7\u0300-\u036f\u203f\u2040]*")
_LANGUAGE = re.compile(
    r"""
    (?: (?: [a-z]{2,3} (?:-[a-z]{3}){0,3} | [a-z]{4,8} )
        (?: -[a-z]{4} )?
        (?: -(?: [a-z]{2} | [0-9]{3} ) )?
        (?: -(?: [a-z0-9]{5,8} | [0-9][a-z0-9]{3} ) )*
        (?: -[0-9a-wy-z] (?: -[a-z0-9]{2,8} )+ )*
        (?: -x (?: -[a-z0-9]{1,8} )+ )?
      | x (?: -[a-z0-9]{1,8} )+
      | en-gb-oed | i-[a-z]{3,8} | sgn-(?:be-fr|be-nl|ch-de)
    )""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
"""RFC 5646, section 2.1; the other grandfathered tags are of the regular form."""

_ON_SCREEN = frozenset({"ON", "OFF", "ON_OFF", "OFF_ON"})


_MANY = 1 << 30

_Group = tuple[frozenset[str], int]
"""Names of elements that stand together, and how many of them there may be."""


def _name(names: str, most: int = _MANY) -> _Group:
    return frozenset(TT + name for name in names.split()), most


_METADATA = _name("metadata")
_ANIMATED = _name("animate set")
_INLINE = _name("span br audio image")

_CONTENT: dict[str, Sequence[_Group]] = {
    TT + name: groups
    for name, groups in {
        "tt": (_name("head", 1), _name("body", 1)),
        "head": (
            _METADATA,
            (frozenset({TTP + "profile"}), _MANY),
            _name("resources", 1),
            _name("styling", 1),
            _name("layout", 1),
        ),
        "resources": (_METADATA, _name("data audio image font")),
        "body": (_METADATA, _ANIMATED, _name("div audio image")),
        "div": (_METADATA, _ANIMATED, _name("div p audio image")),
        "p": (_METADATA, _ANIMATED, _INLINE),
        "span": (_METADATA, _ANIMATED, _INLINE),
        "br": (_METADATA, _ANIMATED),
        "audio": (_METADATA, _ANIMATED, _name("source")),
        "source": (_METADATA, _name("data", 1)),
        "data": (_METADATA, _name("chunk source")),
        "chunk": (),
        "animate": (_METADATA,),
        "set": (_METADATA,),
    }.items()
}
"""What may stand in an element, in this order. Of style and layout nothing is said."""

_WITHOUT_TEXT = frozenset(
    TT + name
    for name in "tt head resources body div audio source animate set".split()  # noqa: SIM905
)


def check_dapt(document: str | bytes) -> tuple[Finding, ...]:
    """Return what is wrong with a document, in the order of its lines; nothing when it conforms."""
    try:
        parsed = parse_document(document)
    except UnreadableSource as error:
        return (Finding(Rule.XML, error.line, error.message),)
    if parsed.root.name != TT + "tt":
        message = f"The root is {name_element(parsed.root)}, not TTML's tt."
        return (Finding(Rule.ROOT, parsed.root.line, message),)
    subject = open_subject(parsed)
    checks = (*_CHECKS, *SOUND_CHECKS, *TIME_CHECKS)
    findings = chain.from_iterable(check(subject) for check in checks)
    return tuple(sorted(findings, key=lambda finding: finding.line or 0))


def _check_encoding(subject: Subject) -> Iterator[Finding]:
    document = subject.document
    if document.encoding.upper() != "UTF-8":
        yield Finding(Rule.ENCODING, 1, f"It is {document.encoding}.")
    if document.starts_with_mark:
        yield Finding(Rule.ENCODING, 1, "It starts with a byte order mark.")


def _check_profiles(subject: Subject) -> Iterator[Finding]:
    root = subject.root
    named = read_profiles(root, "contentProfiles")
    if CONTENT_PROFILE not in named:
        message = f"ttp:contentProfiles is “{' '.join(named)}” and lacks {CONTENT_PROFILE}."
        yield Finding(Rule.CONTENT_PROFILE, root.line, message)
    if TTP + "profile" in root.attributes:
        yield Finding(Rule.PROFILE, root.line, "tt has ttp:profile.")
    needed = read_profiles(root, "processorProfiles")
    if TTP + "processorProfiles" in root.attributes and PROCESSOR_PROFILE not in needed:
        message = f"ttp:processorProfiles is “{' '.join(needed)}” and lacks {PROCESSOR_PROFILE}."
        yield Finding(Rule.PROCESSOR_PROFILE, root.line, message)


def _check_script(subject: Subject) -> Iterator[Finding]:
    root = subject.root
    represented = root.attributes.get(DAPTM + "scriptRepresents", "").split()
    if not represented:
        yield Finding(Rule.SCRIPT_REPRESENTS, root.line, "tt has no daptm:scriptRepresents.")
    for descriptor in represented:
        yield from _check_descriptor(root, descriptor)
    script_type = root.attributes.get(DAPTM + "scriptType", "")
    if script_type not in SCRIPT_TYPES:
        yield Finding(Rule.SCRIPT_TYPE, root.line, f"daptm:scriptType is “{script_type}”.")


def _check_descriptor(element: Element, descriptor: str) -> Iterator[Finding]:
    registered, own, rest = descriptor.partition(".x-")
    known = registered in DESCRIPTORS and (not own or bool(rest))
    wellformed = re.fullmatch(r"[^\s.,;#/]+(\.[^\s.,;#/]+)*", descriptor)
    if not wellformed or not (known or descriptor.startswith("x-")):
        yield Finding(Rule.DESCRIPTOR, element.line, f"“{descriptor}” is not registered.")


def _check_represents(subject: Subject) -> Iterator[Finding]:
    whole = subject.root.attributes.get(DAPTM + "scriptRepresents", "").split()
    for element, value in subject.find_values(DAPTM + "represents"):
        if len(value.split()) != 1 or value != value.strip():
            message = f"daptm:represents is “{value}”, not one descriptor."
            yield Finding(Rule.REPRESENTS, element.line, message)
            continue
        yield from _check_descriptor(element, value)
        if not any(f"{value}.".startswith(f"{descriptor}.") for descriptor in whole):
            message = f"The script, which represents “{' '.join(whole)}”, has no “{value}”."
            yield Finding(Rule.MISMATCH, element.line, message)
    for div in find_events(subject.root):
        if div.inherit(DAPTM + "represents") is None:
            message = f"{name_element(div)} does not say what it represents."
            yield Finding(Rule.REPRESENTED, div.line, message)


def _check_languages(subject: Subject) -> Iterator[Finding]:
    root = subject.root
    if not root.attributes.get(XML + "lang"):
        yield Finding(Rule.DEFAULT_LANGUAGE, root.line, "tt has no language (xml:lang).")
    for element, tag in subject.find_values(XML + "lang"):
        if tag and not _LANGUAGE.fullmatch(tag):
            yield Finding(Rule.LANGUAGE, element.line, f"“{tag}” is no language tag.")
    for element, tag in subject.find_values(DAPTM + "langSrc"):
        if tag and not _LANGUAGE.fullmatch(tag):
            yield Finding(Rule.LANGUAGE_SOURCE, element.line, f"“{tag}” is no language tag.")


def _check_identifiers(subject: Subject) -> Iterator[Finding]:
    identified = [e for e in subject.root.descend() if XML + "id" in e.attributes]
    seen: set[str] = set()
    for element in identified:
        identifier = element.attributes[XML + "id"]
        if not _NAME.fullmatch(identifier):
            message = f"“{identifier}” is no XML name; begin it with a letter."
            yield Finding(Rule.IDENTIFIER, element.line, message)
        if identifier in seen:
            message = f"The xml:id “{identifier}” is given a second time."
            yield Finding(Rule.UNIQUE, element.line, message)
        seen.add(identifier)


def _check_agents(subject: Subject) -> Iterator[Finding]:
    for agent in subject.find(TTM + "agent"):
        kind = agent.attributes.get("type", "")
        wanted = {"character": "alias", "person": "full"}.get(kind)
        if wanted is None:
            continue
        if not agent.attributes.get(XML + "id"):
            yield Finding(Rule.CHARACTER_ID, agent.line, f"A {kind} has no xml:id.")
        names = (name.attributes.get("type") for name in agent.children(TTM + "name"))
        if wanted not in names:
            message = f"{name_element(agent)} has no ttm:name of type {wanted}."
            yield Finding(Rule.CHARACTER_NAME, agent.line, message)
        for actor in agent.children(TTM + "actor"):
            named = actor.attributes.get("agent", "")
            talent = subject.agents.get(named)
            if talent is None or talent.attributes.get("type") != "person":
                message = f"The actor “{named}” is no agent of type person."
                yield Finding(Rule.TALENT, actor.line, message)


def _check_events(subject: Subject) -> Iterator[Finding]:
    for element, value in subject.find_values(TTM + "agent"):
        for named in value.split() or [""]:
            if named not in subject.agents:
                message = f"ttm:agent names “{named}”, which is no agent of the document."
                yield Finding(Rule.AGENT_REFERENCE, element.line, message)
    for element, value in subject.find_values(DAPTM + "onScreen"):
        if value not in _ON_SCREEN:
            yield Finding(Rule.ON_SCREEN, element.line, f"daptm:onScreen is “{value}”.")
    for element, value in subject.find_values(DAPTM + "descType"):
        if value not in DESCRIPTION_TYPES and not value.startswith("x-"):
            message = f"daptm:descType is “{value}”; begin your own with x-."
            yield Finding(Rule.DESCRIPTION_TYPE, element.line, message)


def _check_structure(subject: Subject) -> Iterator[Finding]:
    for element in subject.elements:
        groups = _CONTENT.get(element.name)
        if groups is None:
            continue
        yield from _check_children(element, groups)
        if element.name in _WITHOUT_TEXT and element.text.strip():
            message = f"There is text in {name_element(element)}, which can have none."
            yield Finding(Rule.STRUCTURE, element.line, message)


def _check_children(element: Element, groups: Sequence[_Group]) -> Iterator[Finding]:
    reached, counted = 0, [0] * len(groups)
    for child in element.children():
        if not is_known(child.name) or child.name == TT + "animation":
            continue
        place = _find_place(child, groups)
        if place is None:
            message = f"{name_element(child)} can't stand in {name_element(element)}."
        elif place < reached:
            message = f"{name_element(child)} stands too late in {name_element(element)}."
        elif counted[place] == groups[place][1]:
            message = f"{name_element(element)} has a second {name_element(child)}."
        else:
            reached, counted[place] = place, counted[place] + 1
            continue
        yield Finding(Rule.STRUCTURE, child.line, message)


def _find_place(child: Element, groups: Sequence[_Group]) -> int | None:
    """Find a child's group. Whatever is metadata stands with metadata."""
    is_metadata = child.name.startswith((TTM, DAPTM, EBUTTM))
    name = TT + "metadata" if is_metadata else child.name
    return next((place for place, (names, _) in enumerate(groups) if name in names), None)


_CHECKS: tuple[Callable[[Subject], Iterator[Finding]], ...] = (
    _check_encoding,
    _check_profiles,
    _check_script,
    _check_represents,
    _check_languages,
    _check_identifiers,
    _check_agents,
    _check_events,
    _check_structure,
)
