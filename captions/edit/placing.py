"""An edit's cues, put where its words stand in a new build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise

from ...source import Clock
from ...source.track import Line, Run
from ..cue import Cue, VoiceSpan
from ..line import break_lines
from .anchor import Place
from .flow import Flow
from .ink import ink, ink_token
from .model import EditedCue
from .tracing import trace_lines

_DASHES = "-–— "
"""What may stand before the label of one who shares a cue."""
_OWN = {Clock.VOICES, Clock.ESTIMATE}
"""Clocks of our own making: what they time is said later when more is said before it."""


@dataclass(frozen=True, slots=True)
class PlacedCue:
    """A cue of the edited captions."""

    cue: Cue
    place: Place | None = None
    """Of the edit that it is from."""
    start_set: bool = False
    """Whether a person set its start, …"""
    end_set: bool = False
    """… and its end."""
    cutters: tuple[Place, ...] = ()
    """The edits whose times cut it."""

    def begin_after(self, other: PlacedCue) -> PlacedCue:
        """Wait for the end of a cue that a person set, unless they set this start, too."""
        if self.start_set or self.cue.start_ms >= other.cue.end_ms:
            return self
        return self._cut(replace(self.cue, start_ms=other.cue.end_ms), other)

    def end_before(self, other: PlacedCue) -> PlacedCue:
        """Make way for the start of a cue that a person set, unless they set this end, too."""
        if self.end_set or self.cue.end_ms <= other.cue.start_ms:
            return self
        return self._cut(replace(self.cue, end_ms=other.cue.start_ms), other)

    def _cut(self, cue: Cue, other: PlacedCue) -> PlacedCue:
        cutters = (*self.cutters, other.place) if other.place else self.cutters
        return replace(self, cue=cue, cutters=cutters)


def place_cues(flow: Flow, place: Place) -> Iterator[PlacedCue]:
    """Yield an edit's cues with its own words, line breaks and times, and else with the build's.

    A time that a person set is a time of the programme and stays. Where times are of our own
    making, it stays as far from the beginning of its words as it was.
    """
    own = flow.captions.timeline.clock in _OWN
    # What was added keeps its distance from what follows it, also where it is said by now.
    began_ms = flow.start_at(place.start if place.edit.was else place.stop)
    shift_ms = began_ms - place.edit.at_ms if own else 0
    for cue, made in zip(_make_cues(flow, place), place.edit.cues, strict=True):
        start_ms = cue.start_ms if made.start_ms is None else made.start_ms + shift_ms
        end_ms = cue.end_ms if made.end_ms is None else made.end_ms + shift_ms
        timed = replace(cue, start_ms=start_ms, end_ms=end_ms, place=made.place)
        yield PlacedCue(timed, place, made.start_ms is not None, made.end_ms is not None)


def _make_cues(flow: Flow, place: Place) -> list[Cue]:
    """Make an edit's cues at the times of their words."""
    edited = _set_labels(flow, place)
    if not edited:
        return []
    built = list(flow.keep(place.start, place.stop))
    if not edited[0].lines:
        return [_join(flow, built)]
    lines = [line for cue in edited for line in cue.lines]
    if place.label:
        lines[0] = f"{place.label} {lines[0]}"
    offsets = _find_offsets(place, lines)
    spans = _make_spans(flow, place, edited, lines, offsets)
    rows = [0, *accumulate(len(cue.lines) for cue in edited)]
    if len(built) == len(edited):
        times = [(cue.start_ms, cue.end_ms) for cue in built]
    else:
        starts = [flow.start_at(offsets[row]) for row in rows[:-1]]
        times = list(pairwise([*starts, flow.end_at(place.stop)]))
    return [
        Cue(start_ms, end_ms, tuple(_merge(spans[first:stop])))
        for (start_ms, end_ms), (first, stop) in zip(times, pairwise(rows), strict=True)
    ]


def _set_labels(flow: Flow, place: Place) -> list[EditedCue]:
    """Write the labels that a person left alone as the style has them now."""
    labels = dict(_find_labels(flow, place))
    if all(before == now for before, now in labels.items()):
        return list(place.edit.cues)
    return [
        replace(
            cue,
            lines=tuple(_set_label(line, labels) for line in cue.lines),
            marked=tuple(
                (replace(first, text=_set_label(first.text, labels)), *others)
                for first, *others in cue.marked
            ),
        )
        for cue in place.edit.cues
    ]


def _find_labels(flow: Flow, place: Place) -> Iterator[tuple[str, str]]:
    """Yield each label among an edit's words, as it was and as the style has it now."""
    tokens = place.was.split()
    numbers: dict[int, int] = {}
    for number, offset in enumerate(_measure_begins(place)):
        first = numbers.get(flow.labels.get(offset, -1))
        if first is not None and offset not in numbers:
            speaker = flow.words[flow.find_word(flow.labels[offset])].speaker or ""
            label = " ".join(tokens[first:number]).lstrip(_DASHES)
            yield label, flow.captions.style.show_label(" ".join(speaker.split()))
        numbers[offset] = number


def _set_label(line: str, labels: Mapping[str, str]) -> str:
    for before, now in labels.items():
        dash, found, rest = line.partition(before)
        if found and not dash.strip(_DASHES) and not rest[:1].strip():
            return f"{dash}{now}{rest}"
    return line


def _measure_begins(place: Place) -> list[int]:
    """Return where in the flow each word begins, and where the last ends."""
    sizes = (len(ink_token(token)) for token in place.was.split())
    return list(accumulate(sizes, initial=place.start + len(ink(place.label))))


def _find_offsets(place: Place, lines: Sequence[str]) -> list[int]:
    """Return where in the flow the words of each line begin."""
    inks = list(map(ink_token, place.was.split()))
    begins = _measure_begins(place)
    return [place.start, *(begins[word] for word in trace_lines(inks, lines)[1:])]


def _make_spans(
    flow: Flow,
    place: Place,
    edited: Sequence[EditedCue],
    lines: Sequence[str],
    offsets: Sequence[int],
) -> list[VoiceSpan]:
    """Make a span of each line, under who says its words or whom a person named."""
    named = [voice for cue in edited for voice in cue.voices or [None] * len(cue.lines)]
    marked = [row for cue in edited for row in cue.marked or [()] * len(cue.lines)]
    if place.label and marked[0]:
        marked[0] = (Run(f"{place.label} "), *marked[0])
    firsts = [flow.find_word(offset) for offset in offsets]
    added = place.start == place.stop
    after = firsts[0] if added else flow.find_word(place.stop - 1) + 1
    spans: list[VoiceSpan] = []
    ranges = pairwise([*firsts, after])
    for line, voice, row, (first, stop) in zip(lines, named, marked, ranges, strict=True):
        word = flow.words[first]
        said = [each.word for each in flow.words[first:stop] if each.part == word.part]
        speaker = (None if added else word.speaker) if voice is None else voice or None
        last = said[-1] if said else word.word - 1
        rows = (row,) if row else ()
        spans.append(VoiceSpan((line,), speaker, word.part, word.word, last, rows))
    return spans


def _merge(spans: Sequence[VoiceSpan]) -> Iterator[VoiceSpan]:
    """Put lines of one person's words into one span."""
    for _, group in groupby(spans, lambda span: (span.speaker, span.part)):
        first, *others = group
        lines = tuple(line for span in (first, *others) for line in span.lines)
        last_word = max(span.last_word for span in (first, *others))
        rows: tuple[Line, ...] = ()
        if any(span.rows for span in (first, *others)):
            rows = tuple(
                row
                for span in (first, *others)
                for row in span.rows or [(Run(line),) for line in span.lines]
            )
        yield replace(first, lines=lines, last_word=last_word, rows=rows)


def _join(flow: Flow, built: Sequence[Cue]) -> Cue:
    """Make one cue of those that were built, and break each person's words into lines anew."""
    if len(built) == 1:
        return built[0]
    style, language = flow.captions.style, flow.captions.timeline.interview.language
    spans = (
        replace(span, lines=tuple(break_lines(" ".join(span.lines), style, language)))
        for span in _merge([span for cue in built for span in cue.spans])
    )
    return Cue(built[0].start_ms, built[-1].end_ms, tuple(spans))
