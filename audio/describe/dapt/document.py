"""The XML of a DAPT document, each element with its line: what reading and checking share.

DAPT forbids a document type, and with it go entities of one's own, external ones and their bombs:
a document that has one is refused where it begins. So Python's own expat is parser enough.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from ....source import UnreadableSource

TT = "http://www.w3.org/ns/ttml "
TTA = "http://www.w3.org/ns/ttml#audio "
TTM = "http://www.w3.org/ns/ttml#metadata "
TTP = "http://www.w3.org/ns/ttml#parameter "
DAPTM = "http://www.w3.org/ns/ttml/profile/dapt#metadata "
EBUTTM = "urn:ebu:tt:metadata "
XML = "http://www.w3.org/XML/1998/namespace "
VIVAVOZ = "urn:uuid:6f0f3c1e-52f4-4b0e-9d43-6c1d8a1f7b25 "
"""A name is its namespace, a space and its local part, as expat gives it."""

CONTENT_PROFILE = "http://www.w3.org/ns/ttml/profile/dapt1.0/content"
PROCESSOR_PROFILE = "http://www.w3.org/ns/ttml/profile/dapt1.0/processor"

_KNOWN = tuple(namespace.strip() for namespace in (TT, TTM, TTP, DAPTM, EBUTTM))

_DEEPEST = 100
"""Real documents are hardly ten deep."""


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """An element; its children and its text stand in `content` in their order."""

    name: str
    attributes: dict[str, str]
    line: int
    parent: Element | None
    content: list[Element | str]

    def children(self, *names: str) -> Iterator[Element]:
        """Yield the child elements, or those of some names."""
        for part in self.content:
            if isinstance(part, Element) and (not names or part.name in names):
                yield part

    def descend(self) -> Iterator[Element]:
        """Yield the element and all in it, in document order."""
        yield self
        for child in self.children():
            yield from child.descend()

    def find(self, *names: str) -> Iterator[Element]:
        """Yield all elements of some names in the element, itself included."""
        return (element for element in self.descend() if element.name in names)

    def inherit(self, attribute: str) -> str | None:
        """Return the value that the element, or else the nearest above that has one, gives."""
        if attribute in self.attributes or self.parent is None:
            return self.attributes.get(attribute)
        return self.parent.inherit(attribute)

    @property
    def text(self) -> str:
        """What stands in the element itself, not in its children."""
        return "".join(part for part in self.content if isinstance(part, str))


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document, and the encoding that it is in."""

    root: Element
    encoding: str
    starts_with_mark: bool


Shared = Mapping[str, Element]
"""What stands in /tt/head/resources, by the fragment that refers to it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A document as DAPT sees it: foreign elements, with all that is in them, are pruned."""

    document: Document
    elements: tuple[Element, ...]
    agents: dict[str, Element]
    """Those that can be referred to, by their xml:id."""
    shared: Shared

    @property
    def root(self) -> Element:
        return self.document.root

    def find(self, *names: str) -> Iterator[Element]:
        """Yield all elements of some names, in document order."""
        return (element for element in self.elements if element.name in names)

    def find_values(self, attribute: str) -> Iterator[tuple[Element, str]]:
        """Yield each element that has an attribute, with its value."""
        for element in self.elements:
            if attribute in element.attributes:
                yield element, element.attributes[attribute]


def parse_document(document: str | bytes, file: str | None = None) -> Document:
    """Parse a document. Raises `UnreadableSource` with the line where it is no such XML.

    Text is decoded already: the encoding that it names is not obeyed.
    """
    if isinstance(document, str):
        return _Builder(file, "utf-8").build(document.encode(errors="surrogatepass"))
    return _Builder(file, None).build(document)


def open_subject(document: Document) -> Subject:
    """Prune a document and look up its agents."""
    elements = tuple(_prune(document.root))
    agents = (e for e in elements if e.name == TTM + "agent" and stands_in_head(e))
    named = {agent.attributes.get(XML + "id", ""): agent for agent in agents}
    return Subject(document, elements, named, index_shared(document.root))


def stands_in_head(element: Element) -> bool:
    """Tell whether an element stands at /tt/head/metadata."""
    parent = element.parent
    return (
        parent is not None
        and parent.name == TT + "metadata"
        and parent.parent is not None
        and parent.parent.name == TT + "head"
    )


def name_element(element: Element) -> str:
    """Return the name of an element as people know it, with its identifier where it has one."""
    local = element.name.rpartition(" ")[2]
    identifier = element.attributes.get(XML + "id")
    return f"<{local}>" if identifier is None else f"<{local} xml:id=“{identifier}”>"


def is_known(name: str) -> bool:
    """Tell whether a name is in a namespace that DAPT knows."""
    return name.rpartition(" ")[0] in _KNOWN


def _prune(element: Element) -> Iterator[Element]:
    if is_known(element.name):
        yield element
        for child in element.children():
            yield from _prune(child)


def find_events(body: Element) -> Iterator[Element]:
    """Yield the script events (DAPT, Handling div and p elements)."""
    for div in body.find(TT + "div"):
        if XML + "id" in div.attributes and not any(div.children(TT + "div")):
            yield div


def find_spoken(event: Element) -> Element:
    """Return the part of an event that has the times at which it is spoken."""
    return next(event.find(TT + "audio"), next(event.find(TT + "span"), event))


def index_shared(root: Element) -> Shared:
    """Return what stands in /tt/head/resources."""
    shared = (
        element
        for head in root.children(TT + "head")
        for resources in head.children(TT + "resources")
        for element in resources.children()
    )
    return {"#" + element.attributes.get(XML + "id", ""): element for element in shared}


def read_profiles(root: Element, attribute: str) -> list[str]:
    """Read the profiles that a parameter lists, in all(…) or any(…) or bare (TTML2 6.2.1)."""
    value = root.attributes.get(TTP + attribute, "").strip()
    return re.sub(r"(?s)^(all|any)\((.*)\)$", r"\2", value).split()


class _Builder:
    """Expat's callbacks, and the tree that they build."""

    def __init__(self, file: str | None, encoding: str | None) -> None:
        self.file = file
        self.encoding = "UTF-8"
        self.roots: list[Element] = []
        self.open: list[Element] = []
        self.parser = expat.ParserCreate(encoding, " ")
        self.parser.buffer_text = True
        self.parser.XmlDeclHandler = self.declare
        self.parser.StartDoctypeDeclHandler = self.refuse_doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.add_text

    def build(self, data: bytes) -> Document:
        try:
            self.parser.Parse(data, True)  # noqa: FBT003 - expat takes it by place only
        except expat.ExpatError as error:
            message = f"This is no well-formed XML: {expat.ErrorString(error.code)}."
            raise UnreadableSource(message, file=self.file, line=error.lineno) from error
        except (LookupError, ValueError) as error:
            message = "It names an encoding that can't be read; save it as UTF-8."
            raise UnreadableSource(message, file=self.file, line=1) from error
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            self.encoding = "UTF-16"
        return Document(self.roots[0], self.encoding, data.startswith(codecs.BOM_UTF8))

    def declare(self, version: str, encoding: str | None, _standalone: int) -> None:
        self.encoding = encoding or self.encoding
        if version != "1.0":
            self.refuse(f"A DAPT document is XML 1.0, not {version}.")

    def refuse_doctype(self, *_declaration: object) -> None:
        self.refuse("A DAPT document has no document type and no entities; take DOCTYPE out.")

    def refuse(self, message: str) -> None:
        raise UnreadableSource(message, file=self.file, line=self.parser.CurrentLineNumber)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        parent = self.open[-1] if self.open else None
        if len(self.open) == _DEEPEST:
            self.refuse(f"Its elements are more than {_DEEPEST} deep; no script needs that.")
        element = Element(name, attributes, self.parser.CurrentLineNumber, parent, [])
        if parent is None:
            self.roots.append(element)
        else:
            parent.content.append(element)
        self.open.append(element)

    def end(self, _name: str) -> None:
        self.open.pop()

    def add_text(self, text: str) -> None:
        self.open[-1].content.append(text)
