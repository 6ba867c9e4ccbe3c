"""Who says what in captions: by voice spans, labels, chevrons and dashes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise

from ...interview import Said
from ..evidence import accept_label, weigh_evidence
from ..label import Label, LabelForm, could_be_name, find_label, is_capitalised, is_part, is_role
from ..name import fold
from ..question_mark import asks
from ..sound import is_sound
from ..speech import Utterance, join_texts
from .cue import Cue, Row, cut_row, text_of

_MARK = re.compile(r"\s*(?:>>+|[-–—])\s*(?=\S)")
_DASH = re.compile(r"\s*[-–—]\s*(?=\S)")
_BRACKETED = re.compile(r"\s*(?:\[(?P<square>[^\[\]]+)\]|\((?P<round>[^()]+)\))\s*(?P<rest>.*)")


@dataclass(frozen=True, slots=True)
class _Strand:
    """What one person says on one row, up to the next time that the file has inside a cue."""

    text: str
    row: int
    speaker: str | None
    turn: int
    """Counts who begins to speak within the cue."""
    start_ms: int | None


class Voices:
    """Finds the speakers of cues, which must come in order: who speaks goes on until another does.

    Many files have a voice span only where the speaker changes.
    """

    def __init__(self, cues: Sequence[Cue]) -> None:
        rows = [row for cue in cues for row in cue.rows]
        self._spans = {fold(piece.voice) for row in rows for piece in row if piece.voice}
        found = [_find_label(row) for row in rows]
        labels = [label for label in found if label]
        self._bracketed = Counter(label.key for label in labels if label.form is LabelForm.VOICE)
        self._evidence = weigh_evidence(
            [label for label in labels if label.form is LabelForm.COLON],
            [
                label.rest if label and label.form is LabelForm.COLON else text_of(row)
                for row, label in zip(rows, found, strict=True)
            ],
            "",
        )
        self._current: str | None = None
        self._people, self._asker = self._find_people(rows)

    def split_cue(self, cue: Cue) -> Iterator[Utterance]:
        """Yield a cue's utterances."""
        strands = [*self._find_strands(cue.rows)]
        said = _time_strands(cue, strands)
        for (turn, speaker), group in groupby(
            zip(strands, said, strict=True), lambda pair: (pair[0].turn, pair[0].speaker)
        ):
            run = [*group]
            text = _join_rows([strand for strand, _ in run])
            stretches = tuple(_join_stretches(run))
            if text:
                opens = turn > 0 and speaker is None
                yield Utterance(cue.line, text, stretches, speaker, opens)

    def _find_strands(self, rows: Sequence[Row]) -> Iterator[_Strand]:
        dashed = sum(bool(_DASH.match(text_of(row))) for row in rows) > 1
        turn = 0
        for number, row in enumerate(rows):
            rest, opens = _take_mark(row, dashed=dashed)
            label = self._accept(_find_label(rest), rest)
            if label:
                rest = cut_row(rest, len(text_of(rest).rstrip()) - len(label.rest))
            if label or opens:
                answered = dashed and turn == 0 and self._is_answered(rows[number:])
                self._current = label.name if label else self._pass_on(answered=answered)
                turn += 1
            for piece in rest:
                self._current = piece.voice or self._current
                yield _Strand(piece.text, number, self._current, turn, piece.start_ms)

    def _find_people(self, rows: Sequence[Row]) -> tuple[dict[str, str], str | None]:
        """Find who is named, and who of them ends most rows with a question."""
        people: dict[str, str] = {}
        asked: Counter[str] = Counter()
        current = ""
        for row in rows:
            voice = next((piece.voice for piece in row if piece.voice), None)
            label = None if voice else self._accept(_find_label(row), row)
            name = voice or (label.name if label else None)
            if name:
                current = fold(name)
                people.setdefault(current, name)
            asked[current] += asks(text_of(row))
        often = [key for key in people if asked[key] == max(asked.values(), default=0)]
        return people, often[0] if len(often) == 1 else None

    def _pass_on(self, *, answered: bool) -> str | None:
        """Return who speaks next, unnamed: of two people the other, or who asks what is answered.

        Of more people nobody can tell.
        """
        key = fold(self._current or "")
        if len(self._people) != 2 or key not in self._people:  # noqa: PLR2004 - two people
            return None
        if answered and self._asker:
            return self._people[self._asker]
        return next(name for other, name in self._people.items() if other != key)

    def _is_answered(self, rows: Sequence[Row]) -> bool:
        """Say whether the first of two people who share a cue asks and the other doesn't."""
        marks = [number for number, row in enumerate(rows) if _DASH.match(text_of(row))]
        texts = [text_of(row) for row in rows]
        return len(marks) > 1 and asks(texts[marks[1] - 1]) and not asks(texts[-1])

    def _accept(self, label: Label | None, row: Row) -> Label | None:
        """Believe a label by what the whole file says, or by the voice span beside it."""
        if label is None:
            return None
        voice = fold(next((piece.voice for piece in row if piece.voice), ""))
        if voice:
            return label if set(label.key.split()) <= set(voice.split()) else None
        if label.form is LabelForm.VOICE:
            known = label.key in self._spans or self._bracketed[label.key] > 1
            return label if known or is_part(label) else None
        return label if accept_label(label, self._evidence) else None


def _take_mark(row: Row, *, dashed: bool) -> tuple[Row, bool]:
    """Take the sign off a row by which somebody else begins to speak, if there is one."""
    found = _MARK.match(text_of(row))
    if found is None or (found[0].strip()[0] != ">" and not dashed):
        return row, False
    return cut_row(row, found.end()), True


def _find_label(row: Row) -> Label | None:
    """Find what may be a label before a row's words: `Name:`, `[Name]`, `(Name)`."""
    text = text_of(row)
    text = text[mark.end() :] if (mark := _MARK.match(text)) else text
    label = find_label(text)
    if label and label.form is LabelForm.COLON and label.stamp_ms is None:
        return label
    if found := _BRACKETED.fullmatch(text):
        name = " ".join((found["square"] or found["round"]).split())
        named = is_capitalised(name) or is_role(name)
        if named and could_be_name(name) and not is_sound(name):
            return Label(name, found["rest"].rstrip(), LabelForm.VOICE)
    return None


def _time_strands(cue: Cue, strands: Sequence[_Strand]) -> list[Said | None]:
    """Give each strand its time; between two times that the file has, by the count of letters."""
    if cue.span_ms is None:
        return [None] * len(strands)
    start_ms, end_ms = cue.span_ms
    knots = [(0, start_ms)]
    for number, strand in enumerate(strands):
        if strand.start_ms is not None and strand.start_ms >= knots[-1][1]:
            knots.append((number, strand.start_ms))
    said: list[Said | None] = []
    for (first, begin_ms), (stop, stop_ms) in pairwise([*knots, (len(strands), end_ms)]):
        texts = [strand.text for strand in strands[first:stop]]
        sums = [0, *accumulate(len("".join(text.split())) for text in texts)]
        length_ms = max(begin_ms, stop_ms) - begin_ms
        edges = [begin_ms + length_ms * part // max(1, sums[-1]) for part in sums]
        said += map(Said, texts, edges, edges[1:])
    return said


def _join_rows(strands: Sequence[_Strand]) -> str:
    rows = groupby(strands, lambda strand: strand.row)
    texts = (" ".join("".join(strand.text for strand in row).split()) for _, row in rows)
    return join_texts((text, False) for text in texts if text)


def _join_stretches(run: Sequence[tuple[_Strand, Said | None]]) -> Iterator[Said]:
    """Yield a stretch for each time that the file has: one for most cues."""
    latest: Said | None = None
    for strand, said in run:
        if said is None or not said.text.strip():
            continue
        text = " ".join(said.text.split())
        if latest and strand.start_ms is None:
            latest = replace(latest, text=f"{latest.text} {text}", end_ms=said.end_ms)
            continue
        if latest:
            yield latest
        latest = replace(said, text=text)
    if latest:
        yield latest
