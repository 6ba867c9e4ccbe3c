"""Blocks into the parts of an interview: who says what, and where one turn ends."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from ..interview import Front, Heading, Notice, Part, Picture, Role, Sound, Span, SpanKind, Turn
from .block import Block, BlockKind
from .bracket import split_spans
from .label import Label
from .lexicon import load_lexicon
from .picture import Description, find_bracketed_picture
from .sound import is_sound
from .speaker import Cast

_BRACKET = re.compile(r"\[([^\[\]]+)\]")
_PARAGRAPH = Span(SpanKind.SPEECH, "\n\n")


@dataclass(slots=True)
class _OpenTurn:
    speaker: str
    line: int
    start_ms: int | None
    spans: list[Span]


class Assembly:
    """Builds the parts in order; what can't be placed is kept and noted with its line."""

    def __init__(self, cast: Cast, *, labelled: bool) -> None:
        self.parts: list[Part] = []
        self.notices: list[Notice] = []
        self._cast = cast
        self._labelled = labelled
        self._turn: _OpenTurn | None = None
        self._speaker: str | None = None
        self._guest: str | None = None

    def add_all(self, blocks: Sequence[Block], questions: Collection[int]) -> None:
        """Add every block; `questions` are the numbers of the interviewer's unlabelled ones."""
        for number, block in enumerate(blocks):
            if block.label is not None:
                self._add_labelled(block, block.label)
            elif number in questions:
                self._change_speaker(self._cast.interviewer)
                self._say(block, block.text)
            elif block.kind is BlockKind.TEXT:
                self._add_unlabelled(block, questions)
            else:
                self._add_silent(block)
        self._close_turn()

    def _add_labelled(self, block: Block, label: Label) -> None:
        text = block.text
        speaker = self._cast.names[label.key]
        if label.note and is_sound(label.note):
            text = f"[{label.note}] {text}"
        elif label.note:
            self._note(block, f"“({label.note})” beside {speaker} is not part of what is said.")
        self._close_turn()
        spans, start_ms = split_spans(text)
        start_ms = block.start_ms if block.start_ms is not None else start_ms
        if spans:
            self._change_speaker(speaker)
            self._say(replace(block, start_ms=start_ms), text)
        elif start_ms is None:
            self._note(block, f"“{label.name}” says nothing here.")
            self._change_speaker(speaker)
        else:
            # `Break: [22:55]` is a label and a time, and no person.
            self.parts.append(Sound(label.name, block.line, start_ms))
            self._speaker = None

    def _add_unlabelled(self, block: Block, questions: Collection[int]) -> None:
        text = block.text
        if text.casefold().startswith(load_lexicon().editorial):
            self._add_front(block)
        elif not self._labelled:
            if self._speaker is None and questions:
                self._add_front(block)
                return
            self._change_speaker(self._cast.guest)
            self._say(block, text)
        elif self._speaker is None:
            if any(isinstance(part, Turn) for part in self.parts):
                self._note(block, "Nobody is named for this paragraph; it is kept out of captions.")
            self._add_front(block)
        else:
            if questions and self._speaker == self._cast.interviewer and self._guest:
                self._change_speaker(self._guest)
            self._say(block, text)

    def _add_front(self, block: Block) -> None:
        self._close_turn()
        self.parts.append(Front(block.text, block.line, block.start_ms))

    def _add_silent(self, block: Block) -> None:
        self._close_turn()
        if block.doubtful:
            self._note(block, f"“{block.text}” stands alone in brackets; is it a {block.kind}?")
        match block.kind:
            case BlockKind.PICTURE:
                part = Picture(block.text, block.line, block.start_ms, block.file)
            case BlockKind.SOUND:
                part = Sound(block.text, block.line, block.start_ms)
            case BlockKind.HEADING:
                part = Heading(block.text, block.line, block.start_ms)
                self._speaker = None
            case _:
                part = Front(block.text, block.line, block.start_ms)
        self.parts.append(part)

    def _say(self, block: Block, text: str) -> None:
        """Add a paragraph to the speaker's turn; pictures inside it end the turn for a moment."""
        for piece in _split_pictures(text):
            if isinstance(piece, Description):
                self._close_turn()
                self.parts.append(Picture(piece.text, block.line, None, piece.file))
                continue
            spans, opening = split_spans(piece)
            start_ms = block.start_ms if block.start_ms is not None else opening
            block = replace(block, start_ms=None)
            if spans:
                self._extend_turn(spans, block.line, start_ms)

    def _extend_turn(self, spans: tuple[Span, ...], line: int, start_ms: int | None) -> None:
        if self._speaker is None:
            raise AssertionError("somebody speaks before a turn is extended")
        if self._turn is None:
            self._turn = _OpenTurn(self._speaker, line, start_ms, list(spans))
            return
        if start_ms is not None:
            spans = (replace(spans[0], start_ms=start_ms), *spans[1:])
        self._turn.spans += [_PARAGRAPH, *spans]

    def _change_speaker(self, speaker: str) -> None:
        if speaker != self._speaker:
            self._close_turn()
        self._speaker = speaker
        if self._cast.roles.get(speaker, Role.GUEST) is Role.GUEST:
            self._guest = speaker

    def _close_turn(self) -> None:
        if self._turn is not None:
            turn = self._turn
            self.parts.append(Turn(turn.speaker, tuple(turn.spans), turn.line, turn.start_ms))
            self._turn = None

    def _note(self, block: Block, message: str) -> None:
        self.notices.append(Notice(block.line, message))


def _split_pictures(text: str) -> Iterator[str | Description]:
    """Part what is said from `[Picture: …]` inside it."""
    position = 0
    for found in _BRACKET.finditer(text):
        picture = find_bracketed_picture(found[1])
        if picture:
            yield text[position : found.start()].strip()
            yield picture
            position = found.end()
    yield text[position:].strip()
