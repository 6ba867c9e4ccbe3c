"""TTML (IMSC, EBU-TT-D, DFXP) as a track: who speaks, how letters look, and where cues stand.

ttconv reads TTML too, and more of it, but forgets who speaks. A document type is refused, and with
it go entities of one's own and their bombs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree as ET

from ..errors import UnreadableSource
from ..track import PLAIN, USUAL, Align, Look, Run, Track, TrackCue
from .cue_text import trim_line
from .stylesheet import name_colour
from .ttml_place import TT, TTS, XML, read_regions
from .ttml_time import Beat, read_beat, read_time

_NAMESPACE = "http://www.w3.org/ns/ttml"
TTM = f"{{{_NAMESPACE}#metadata}}"

_DRAFT = re.compile(r"http://www\.w3\.org/2006/(?:04|10)/ttaf1(#style\b)?")
"""The namespace of TTML before it was a standard, which DFXP files still have."""
NO_LANGUAGE = "und"
"""What BCP 47 has for a language that nobody knows; TTML must have one."""
_DEEPEST = 100
"""Real documents are hardly ten deep."""
_SPACE = re.compile(r"[ \t\n\r]+")


class _Builder(ET.TreeBuilder):
    def doctype(self, name: str, *_: str | None) -> None:
        """Refuse what may hold entities."""
        raise UnreadableSource(
            f"The document has a document type ({name}), which captions never need; remove it."
        )


@dataclass(frozen=True, slots=True)
class _Scope:
    """What an element hands down to those in it."""

    begin_ms: int = 0
    end_ms: int | None = None
    timed: bool = False
    """Whether any element from the paragraph down has times of its own."""
    speaker: str | None = None
    look: Look = PLAIN
    sound: bool = False
    region: str | None = None
    align: str | None = None
    keeps_space: bool = False


def parse_ttml(text: str, path: Path) -> Track:
    """Read a document. Raises UnreadableSource for what is no XML, or no TTML."""
    text = _DRAFT.sub(lambda found: _NAMESPACE + ("#styling" if found[1] else ""), text)
    try:
        root = ET.fromstring(text, ET.XMLParser(target=_Builder()))  # noqa: S314 - no entities
    except ET.ParseError as error:
        line, _ = error.position
        raise UnreadableSource(
            "The XML is broken here; export it again.", file=path, line=line
        ) from None
    except UnreadableSource as error:
        raise UnreadableSource(error.message, file=path) from None
    if not root.tag.endswith("}tt"):
        raise UnreadableSource(
            "This XML file is no TTML: its first element is not <tt>.", file=path
        )
    return _Document(root, path).read()


class _Document:
    """A document, and what its head says."""

    def __init__(self, root: ET.Element, path: Path) -> None:
        self._path = path
        self._root = root
        self._beat: Beat = read_beat(root)
        self._agents = dict(_find_agents(root))
        self._styles = {
            style.get(f"{XML}id", ""): style for style in root.iterfind(f".//{TT}styling/{TT}style")
        }
        self._regions = read_regions(root, self._gather)
        self.cues: list[TrackCue] = []

    def read(self) -> Track:
        body = self._root.find(f"{TT}body")
        if body is not None:
            self._take(body, _Scope(keeps_space=self._root.get(f"{XML}space") == "preserve"), 0)
        title = self._root.findtext(f".//{TTM}title", "")
        colours, cues = lift_colours(self.cues)
        language = self._root.get(f"{XML}lang", "")
        language = "" if language == NO_LANGUAGE else language
        return Track(tuple(cues), language, " ".join(title.split()), colours)

    def _take(self, element: ET.Element, above: _Scope, depth: int) -> None:
        """Read a body, a division or a paragraph."""
        if depth > _DEEPEST:
            raise UnreadableSource("The elements lie too deep in each other.", file=self._path)
        scope = self._enter(element, above)
        if element.tag == f"{TT}p":
            self._take_paragraph(element, scope)
        else:
            for child in element:
                if child.tag in {f"{TT}div", f"{TT}p"}:
                    self._take(child, scope, depth + 1)

    def _enter(self, element: ET.Element, above: _Scope) -> _Scope:
        begin, end, dur = (
            read_time(element.get(name), self._beat) for name in ("begin", "end", "dur")
        )
        begin_ms = above.begin_ms + (begin or 0)
        ends = [] if above.end_ms is None else [above.end_ms]
        ends += [] if end is None else [above.begin_ms + end]
        ends += [] if dur is None else [begin_ms + dur]
        agents = [self._agents[one] for one in _list(element, f"{TTM}agent") if one in self._agents]
        space = element.get(f"{XML}space")
        told = self._gather(element, 0)
        return _Scope(
            begin_ms=begin_ms,
            end_ms=min(ends, default=None),
            timed=begin is not None,
            speaker=" & ".join(agents) or above.speaker,
            look=_read_look(told, above.look) if told else above.look,
            sound="sound" in _list(element, f"{TTM}role") or above.sound,
            region=element.get("region") or above.region,
            align=told.get(f"{TTS}textAlign") or above.align,
            keeps_space=space == "preserve" if space else above.keeps_space,
        )

    def _gather(self, element: ET.Element, depth: int) -> dict[str, str]:
        """Return an element's styling attributes, those of the styles it names below its own."""
        told: dict[str, str] = {}
        for name in _list(element, "style"):
            if name in self._styles and depth < _DEEPEST:
                told |= self._gather(self._styles[name], depth + 1)
        return told | {name: value for name, value in element.items() if name.startswith(TTS)}

    def _take_paragraph(self, element: ET.Element, scope: _Scope) -> None:
        runs = list(self._list_runs(element, scope, 0))
        if scope.timed or scope.end_ms is not None or not any(inner.timed for _, inner in runs):
            self._add_cue(runs, scope)
            return
        for inner in dict.fromkeys(inner for _, inner in runs if inner.timed):
            said = [(text, replace(one, timed=False)) for text, one in runs if one == inner]
            self._add_cue(said, inner)

    def _list_runs(
        self, element: ET.Element, scope: _Scope, depth: int
    ) -> Iterator[tuple[str, _Scope]]:
        """Yield the pieces of a paragraph, a line break as one of them."""
        if depth > _DEEPEST:
            raise UnreadableSource("The elements lie too deep in each other.", file=self._path)
        yield _tidy(element.text, scope), scope
        for child in element:
            if child.tag == f"{TT}br":
                yield "\n", scope
            elif child.tag == f"{TT}span":
                yield from self._list_runs(child, self._enter(child, scope), depth + 1)
            yield _tidy(child.tail, scope), scope

    def _add_cue(self, runs: list[tuple[str, _Scope]], scope: _Scope) -> None:
        rows: list[list[Run]] = [[]]
        for text, inner in runs:
            start_ms = inner.begin_ms if inner.timed and inner.begin_ms > scope.begin_ms else None
            for number, piece in enumerate(text.split("\n")):
                if number:
                    rows.append([])
                if piece:
                    rows[-1].append(Run(piece, inner.speaker, inner.look, inner.sound, start_ms))
        lines = tuple(line for line in map(trim_line, rows) if line)
        end_ms = scope.begin_ms if scope.end_ms is None else scope.end_ms
        place = self._regions.get(scope.region or "")
        if place and scope.align in {*Align}:
            place = replace(place, align=Align(scope.align))
        place = None if place == USUAL else place
        self.cues.append(TrackCue(scope.begin_ms, end_ms, lines, place))


def _read_look(told: dict[str, str], look: Look) -> Look:
    italic, bold, line = (
        told.get(f"{TTS}{name}") for name in ("fontStyle", "fontWeight", "textDecoration")
    )
    colour = name_colour(told.get(f"{TTS}color", "").strip().lower())
    return Look(
        italic=italic in {"italic", "oblique"} if italic else look.italic,
        bold=bold == "bold" if bold else look.bold,
        underline="underline" in line.split() if line else look.underline,
        colour=colour or look.colour,
    )


def lift_colours(
    cues: list[TrackCue],
) -> tuple[tuple[tuple[str, str], ...], Iterator[TrackCue]]:
    """Part the colours that all a speaker's letters have from those that only some have."""
    worn: dict[str, set[str | None]] = {}
    for cue in cues:
        for run in cue.runs:
            if run.speaker:
                worn.setdefault(run.speaker, set()).add(run.look.colour)
    colours = {
        speaker: colour
        for speaker, looks in worn.items()
        if len(looks) == 1 and (colour := next(iter(looks)))
    }
    bare = (
        replace(
            cue, lines=tuple(tuple(_undress(run, colours) for run in line) for line in cue.lines)
        )
        for cue in cues
    )
    return tuple(colours.items()), bare


def _undress(run: Run, colours: dict[str, str]) -> Run:
    worn = run.speaker in colours
    return replace(run, look=replace(run.look, colour=None)) if worn else run


def _tidy(text: str | None, scope: _Scope) -> str:
    if not text:
        return ""
    return text if scope.keeps_space else _SPACE.sub(" ", text)


def _list(element: ET.Element, attribute: str) -> list[str]:
    return element.get(attribute, "").split()


def _find_agents(root: ET.Element) -> Iterator[tuple[str, str]]:
    """Yield each agent's identifier and name."""
    for agent in root.iter(f"{TTM}agent"):
        identifier = agent.get(f"{XML}id", "")
        name = " ".join(agent.findtext(f"{TTM}name", identifier).split())
        if identifier and name:
            yield identifier, name
