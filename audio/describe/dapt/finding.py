"""What is found in a DAPT document, and what is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .document import DAPTM, EBUTTM, TT, TTM, TTP, XML, Document, Element, index_shared
from .rule import Rule
from .sound import Shared

_KNOWN = tuple(namespace.strip() for namespace in (TT, TTM, TTP, DAPTM, EBUTTM))


@dataclass(frozen=True, slots=True)
class Finding:
    """A demand that a document does not meet."""

    rule: Rule
    line: int | None
    message: str


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
