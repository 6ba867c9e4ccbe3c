"""The text of a WebVTT cue: what is seen of it, who says it, and what its tags get wrong.

It is taken apart as players do (W3C WebVTT, 6.4) and held against the syntax (4.2.2).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html.entities import html5

from ..track import PLAIN, Line, Look, Run
from .stamp import STRICT_STAMP, read_stamp

CUE_TEXT = "WebVTT, 4.2.2 WebVTT caption or subtitle cue text"

_TAG = re.compile(r"<([^>]*)(>?)")
_START = re.compile(
    r"(?P<name>c|i|b|u|ruby|rt|v|lang)(?P<classes>(?:\.[^\s&<>.]+)*)(?:[ \t\n](?P<annotation>.*))?",
    re.DOTALL,
)
_VOICE = re.compile(r"<v[.>\s]")
_NAMING = {"v", "lang"}
"""The tags that must have an annotation; the others must have none."""
_LOOKS = {"i": "italic", "b": "bold", "u": "underline"}
# Longer numbers name no character, and Python refuses to count that far.
_REFERENCE = re.compile(r"&(?:#[0-9]{1,9}|#[xX][0-9A-Fa-f]{1,8}|[A-Za-z][A-Za-z0-9]{0,31});?")
_EXCERPT = 20
"""Characters of a tag that a sentence shows."""


@dataclass(frozen=True, slots=True)
class TextFault:
    """What a cue's text gets wrong; `row` counts its lines from 0."""

    row: int
    rule: str
    message: str


class CueText:
    """A cue's text, taken apart; `palette` has the colours of the file's classes."""

    def __init__(
        self, text: str, start_ms: int, end_ms: int, palette: Mapping[str, str] | None = None
    ) -> None:
        self.faults: list[TextFault] = []
        self._palette = palette or {}
        self._rows: list[list[Run]] = [[]]
        self._open: list[tuple[str, str, Look]] = []
        """Tags that are not closed yet, each with its voice and look."""
        self._span_ms = start_ms, end_ms
        self._stamp_ms: int | None = None
        """Of what comes next."""
        self._row = 0
        pieces = _TAG.split(text)
        self._show(pieces[0])
        for place in range(1, len(pieces), 3):
            body, close, after = pieces[place : place + 3]
            if close:
                self._take_tag(body)
            else:
                self._blame("tag", "A “<” has no “>”: players hide what stands behind it.")
            self._row += body.count("\n")
            self._show(after)
        self._close(text)

    def list_rows(self) -> Iterator[Line]:
        """Yield each line that is not blank."""
        for row in self._rows:
            line = trim_line(row)
            if line:
                yield line

    def _blame(self, rule: str, message: str) -> None:
        self.faults.append(TextFault(self._row, rule, message))

    def _show(self, text: str) -> None:
        self._check_references(text)
        self._row += text.count("\n")
        for number, piece in enumerate(_resolve(text).split("\n")):
            if number:
                self._rows.append([])
            if piece:
                self._add(piece)

    def _add(self, piece: str) -> None:
        _, voice, look = self._open[-1] if self._open else ("", "", PLAIN)
        self._rows[-1].append(Run(piece, voice or None, look, start_ms=self._stamp_ms))
        self._stamp_ms = None

    def _check_references(self, text: str) -> None:
        stray = _find_stray(text) if "&" in text else None
        if stray is not None:
            row = self._row + text.count("\n", 0, stray)
            shown = text[stray : stray + _EXCERPT].partition("\n")[0].rstrip()
            message = f"“{shown}” is no character reference; write “&” as “&amp;”."
            self.faults.append(TextFault(row, "escape", message))

    def _take_tag(self, body: str) -> None:
        if body[:1].isdigit():
            self._take_stamp(body)
        elif body[:1] == "/":
            self._take_end(body[1:])
        elif start := _START.fullmatch(body):
            self._take_start(start["name"], start["classes"], start["annotation"])
        else:
            self._blame("tag", f"{_quote(body)} is no WebVTT tag; players leave it out.")

    def _take_stamp(self, body: str) -> None:
        stamp = STRICT_STAMP.fullmatch(body)
        start_ms, end_ms = self._span_ms
        time_ms = read_stamp(*stamp.groups()) if stamp else None
        if time_ms is None or not start_ms < time_ms < end_ms:
            self._blame("tag", f"{_quote(body)} is no time inside the cue, after those before it.")
        else:
            self._span_ms = time_ms, end_ms
            self._stamp_ms = time_ms

    def _take_start(self, name: str, classes: str, annotation: str | None) -> None:
        _, voice, look = self._open[-1] if self._open else ("", "", PLAIN)
        if name in _NAMING:
            self._check_references(annotation or "")
            noted = " ".join(_resolve(annotation or "").split())
            if not noted:
                missing = "speaker" if name == "v" else "language"
                self._blame("voice" if name == "v" else "tag", f"<{name}> names no {missing}.")
            voice = noted if name == "v" else voice
        elif annotation is not None and annotation.strip():
            self._blame("tag", f"<{name}> allows no words behind its name.")
        if name == "rt" and (not self._open or self._open[-1][0] != "ruby"):
            self._blame("tag", "<rt> stands outside <ruby>; players leave it out.")
            return
        if name in _LOOKS:
            look = replace(look, **{_LOOKS[name]: True})
        colours = [self._palette[one] for one in classes.split(".") if one in self._palette]
        if colours:
            look = replace(look, colour=colours[-1])
        self._open.append((name, voice, look))
        if name == "rt":
            self._add("(")  # a reading stands above its letters; on their line it would join them

    def _take_end(self, name: str) -> None:
        names = [opened for opened, _, _ in self._open[-2:]]
        closes_ruby = name == "ruby" and names == ["ruby", "rt"]
        if names[-1:] == ["rt"] and (name == "rt" or closes_ruby):
            self._add(")")
        if names[-1:] == [name]:
            self._open.pop()
        elif closes_ruby:
            del self._open[-2:]
        else:
            self._blame("nesting", f"{_quote('/' + name)} closes nothing; players leave it out.")

    def _close(self, text: str) -> None:
        """Find tags left open; a voice may be, where nothing stands before it."""
        names = [name for name, _, _ in self._open]
        if names and not (
            names == ["v"] and text.startswith("<v") and len(_VOICE.findall(text)) == 1
        ):
            self._blame("nesting", f"<{names[-1]}> is not closed.")


def trim_line(row: Iterable[Run]) -> Line:
    """Join runs that are alike, without the white space at the ends of their line."""
    runs: list[Run] = []
    for run in row:
        last = runs[-1] if runs else None
        if last is None:
            text = run.text.lstrip(" \t")
            if text:
                runs.append(run if text == run.text else replace(run, text=text))
        elif run.start_ms is None and replace(last, text="", start_ms=None) == replace(
            run, text=""
        ):
            runs[-1] = replace(last, text=last.text + run.text)
        else:
            runs.append(run)
    while runs:
        text = runs[-1].text.rstrip(" \t")
        if text:
            runs[-1] = runs[-1] if text == runs[-1].text else replace(runs[-1], text=text)
            break
        runs.pop()
    return tuple(runs)


def list_voices(line: Line) -> tuple[str, ...]:
    """Return who speaks on a line."""
    if len(line) == 1:
        return (line[0].speaker,) if line[0].speaker else ()
    said = (run for run in line if run.speaker and run.text.strip())
    return tuple(dict.fromkeys(run.speaker for run in said if run.speaker))


def _find_stray(text: str) -> int | None:
    """Find the first `&` that begins no character reference."""
    references = {found.start() for found in _REFERENCE.finditer(text) if _is_reference(found[0])}
    places = (found.start() for found in re.finditer("&", text))
    return next((place for place in places if place not in references), None)


def _resolve(text: str) -> str:
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def _is_reference(text: str) -> bool:
    return text.endswith(";") and (text[1] == "#" or text[1:] in html5)


def _quote(body: str) -> str:
    line = " ".join(body.split())
    return f"<{line}>" if len(line) <= _EXCERPT else f"<{line[:_EXCERPT]}…>"
