"""Checks that TTML's elements stand where they may (TTML2 sections 8.1, 9.1 and 13.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .document import DAPTM, EBUTTM, TT, TTM, TTP, Element
from .finding import Finding, Subject, is_known, name_element
from .rule import Rule

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


def check_structure(subject: Subject) -> Iterator[Finding]:
    """Find what stands where TTML2 does not let it stand."""
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
