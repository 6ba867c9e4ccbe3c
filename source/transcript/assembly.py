"""Blocks into the parts of an interview: who says what, and where one turn ends."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ..interview import (
    Front,
    Heading,
    Notice,
    Part,
    Picture,
    Role,
    Said,
    Sound,
    Span,
    SpanKind,
    Turn,
)
from .block import Block, BlockKind
from .bracket import split_spans
from .editorial import is_editorial
from .label import Label
from .picture import Description, split_forms, split_pictures
from .sound import is_sound
from .speaker import Roster
from .stamp import first_stamp

_PARAGRAPH = Span(SpanKind.SPEECH, "\n\n")
_DOUBTS = {
    BlockKind.SOUND: "“{}” stands alone in brackets; is it a sound?",
    BlockKind.FRONT: "“{}” is read as an editor's note, in no caption; is it one?",
}


@dataclass(slots=True)
class _OpenTurn:
    speaker: str
    line: int
    start_ms: int | None
    spans: list[Span]
    said: list[Said]


class Assembly:
    """Builds the parts in order; what can't be placed is kept and noted with its line."""

    def __init__(self, roster: Roster, *, labelled: bool) -> None:
        self.parts: list[Part] = []
        self.notices: list[Notice] = []
        self._roster = roster
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
                self._change_speaker(self._roster.interviewer)
                self._say(block, block.text)
            elif block.kind is BlockKind.TEXT:
                self._add_unlabelled(block, questions)
            else:
                self._add_silent(block)
        self._close_turn()

    def _add_labelled(self, block: Block, label: Label) -> None:
        text = block.text
        speaker = self._roster.names[label.key]
        if label.note and is_sound(label.note):
            text = f"[{label.note}] {text}"
        elif label.note:
            self._note(block, f"“({label.note})” beside {speaker} is not part of what is said.")
        self._change_speaker(speaker)
        self._close_turn()
        said, start_ms = self._say(block, text)
        if said:
            return
        if start_ms is None:
            self._note(block, f"“{label.name}” says nothing here.")
        else:
            # `Break: [22:55]` is a label and a time, and no person.
            self.parts.append(Sound(label.name, block.line, start_ms))
            self._speaker = None

    def _add_unlabelled(self, block: Block, questions: Collection[int]) -> None:
        text = block.text
        if not block.said and is_editorial(text):
            self._add_front(block)
        elif not self._labelled:
            # What was said is said, even above the first question.
            if self._speaker is None and questions and not block.said:
                self._add_front(block)
                return
            self._change_speaker(self._roster.guest)
            self._say(block, text)
        elif self._speaker is None:
            if any(isinstance(part, Turn) for part in self.parts):
                self._note(block, "Nobody is named for this paragraph; it is kept out of captions.")
            self._add_front(block)
        else:
            if questions and self._speaker == self._roster.interviewer and self._guest:
                self._change_speaker(self._guest)
            self._say(block, text)

    def _add_front(self, block: Block) -> None:
        self._close_turn()
        self.parts.append(Front(block.text, block.line, block.start_ms))

    def _add_silent(self, block: Block) -> None:
        if block.kind is BlockKind.STAMP:
            self._note(block, f"Nothing follows the time stamp {block.text}; it is not used.")
            return
        self._close_turn()
        if block.doubtful:
            self._note(block, _DOUBTS[block.kind].format(block.text))
        match block.kind:
            case BlockKind.PICTURE:
                self._add_picture(block, Description(block.text, block.file), block.start_ms)
                return
            case BlockKind.SOUND:
                end_ms = block.said[-1].end_ms if block.said else None
                part = Sound(block.text, block.line, block.start_ms, end_ms)
            case BlockKind.HEADING:
                part = Heading(block.text, block.line, block.start_ms)
                self._speaker = None
            case _:
                part = Front(block.text, block.line, block.start_ms)
        self.parts.append(part)

    def _add_picture(self, block: Block, seen: Description, start_ms: int | None) -> None:
        text, short = split_forms(seen.text)
        if text:
            self.parts.append(Picture(text, block.line, start_ms, seen.file, short))
        else:
            self._note(block, f"The picture {seen.file or ''} has no description.")

    def _say(self, block: Block, text: str) -> tuple[bool, int | None]:
        """Add a paragraph to the speaker's turn; pictures inside it end the turn for a moment.

        Return whether there was anything to add, and the time stamp of its beginning.
        """
        start_ms = block.start_ms
        added = False
        # What was said has its times as a whole: no picture is looked for inside it.
        for piece in (text,) if block.said else split_pictures(text):
            if isinstance(piece, Description):
                self._close_turn()
                self._add_picture(block, piece, start_ms)
                start_ms, added = None, True
                continue
            spans, opening_ms = split_spans(piece)
            start_ms = first_stamp(start_ms, opening_ms)
            for span in spans:
                if span.kind is SpanKind.SOUND and not is_sound(span.text):
                    self._note(block, f"“[{span.text}]” is read as a direction, which nobody says.")
            if spans:
                self._extend_turn(spans, block, start_ms)
                start_ms, added = None, True
        return added, start_ms

    def _extend_turn(self, spans: tuple[Span, ...], block: Block, start_ms: int | None) -> None:
        if self._speaker is None:
            raise AssertionError("somebody speaks before a turn is extended")
        if self._turn is None:
            self._turn = _OpenTurn(
                self._speaker, block.line, start_ms, list(spans), list(block.said)
            )
            return
        if start_ms is not None:
            spans = (replace(spans[0], start_ms=start_ms), *spans[1:])
        self._turn.spans += [_PARAGRAPH, *spans]
        self._turn.said += block.said

    def _change_speaker(self, speaker: str) -> None:
        if speaker != self._speaker:
            self._close_turn()
        self._speaker = speaker
        if self._roster.roles.get(speaker, Role.GUEST) is Role.GUEST:
            self._guest = speaker

    def _close_turn(self) -> None:
        if self._turn is not None:
            turn = self._turn
            self.parts.append(
                Turn(turn.speaker, tuple(turn.spans), turn.line, turn.start_ms, tuple(turn.said))
            )
            self._turn = None

    def _note(self, block: Block, message: str) -> None:
        self.notices.append(Notice(block.line, message))
