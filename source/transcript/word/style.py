"""How words are set: by their own properties, and by the styles that these are based on.

After ECMA-376, part 1, section 17.7 (Styles).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from xml.etree.ElementTree import Element

from ..label import is_role
from ..lexicon import load_lexicon

_OFF = {"0", "false", "off"}
_HEADING = re.compile(r"(?:title|heading(?: \d)?)")
_CONTENTS = re.compile(r"toc (?:\d|heading)")
_LONGEST_CHAIN = 32
_BODY_LEVEL = 9
"""The outline level of what is no heading."""


class Kind(StrEnum):
    """What a paragraph is by its style. Word keeps these names in English in every language."""

    HEADING = "heading"
    CAPTION = "caption"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class Face:
    """How a stretch of words is set."""

    bold: bool = False
    italic: bool = False
    hidden: bool = False

    def change(self, properties: Element | None) -> Face:
        """Lay a `w:rPr` over this face."""
        if properties is None:
            return self
        # Scripts that run from right to left have a bold and an italic of their own.
        suffix = "Cs" if _is_on(properties, "rtl", default=False) else ""
        return Face(
            _is_on(properties, f"b{suffix}", default=self.bold),
            _is_on(properties, f"i{suffix}", default=self.italic),
            _is_on(properties, "vanish", default=self.hidden),
        )


@dataclass(frozen=True, slots=True)
class Style:
    """A style, with all that it has from those that it is based on."""

    kind: Kind | None = None
    face: Face = Face()
    role: str | None = None
    """The style's name, where that is what a speaker does: `Question`, `Answer`."""


class StyleSheet:
    """A document's styles by their identifiers."""

    def __init__(self, root: Element | None) -> None:
        styles = root.iterfind("style") if root is not None else ()
        self._elements = {style.get("styleId", ""): style for style in styles}
        self._known: dict[str, Style] = {}

    def find(self, properties: Element | None, tag: str) -> Style:
        """Return the style that a `w:pPr` (by `pStyle`) or a `w:rPr` (by `rStyle`) names."""
        named = None if properties is None else properties.find(tag)
        return Style() if named is None else self._resolve(named.get("val", ""))

    def find_kind(self, properties: Element | None) -> Kind | None:
        """Return what a paragraph is; its own outline level makes it a heading too."""
        return _read_kind(properties) or self.find(properties, "pStyle").kind

    def find_face(self, properties: Element | None, base: Face) -> Face:
        """Return how a run is set in a paragraph that is set in `base`."""
        if properties is None:
            return base
        styled = self.find(properties, "rStyle").face
        face = Face(
            base.bold or styled.bold, base.italic or styled.italic, base.hidden or styled.hidden
        )
        return face.change(properties)

    def _resolve(self, identifier: str) -> Style:
        """Lay a style over the one that it is based on, and so on; circles end somewhere too."""
        if identifier not in self._known:
            chain: list[Element] = []
            element = self._elements.get(identifier)
            while element is not None and len(chain) < _LONGEST_CHAIN:
                chain.append(element)
                based_on = element.find("basedOn")
                element = None if based_on is None else self._elements.get(based_on.get("val", ""))
            style = Style()
            for element in reversed(chain):
                style = _lay_over(style, element)
            self._known[identifier] = style
        return self._known[identifier]


def _lay_over(base: Style, element: Element) -> Style:
    named = element.find("name")
    name = "" if named is None else named.get("val", "")
    kind = _name_kind(name.casefold()) or _read_kind(element.find("pPr")) or base.kind
    face = base.face.change(element.find("rPr"))
    if name.casefold() in load_lexicon().name_styles:
        return Style(kind, replace(face, bold=True), base.role)
    return Style(kind, face, name if is_role(name) else base.role)


def _name_kind(name: str) -> Kind | None:
    if _HEADING.fullmatch(name):
        return Kind.HEADING
    if _CONTENTS.fullmatch(name):
        return Kind.CONTENTS
    return Kind.CAPTION if name == "caption" else None


def _read_kind(properties: Element | None) -> Kind | None:
    level = None if properties is None else properties.find("outlineLvl")
    known = level is not None and level.get("val") != str(_BODY_LEVEL)
    return Kind.HEADING if known else None


def _is_on(properties: Element, tag: str, *, default: bool) -> bool:
    found = properties.find(tag)
    return default if found is None else found.get("val", "1") not in _OFF
