"""A transcript file into an Interview."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ..errors import UsageError
from ..interview import Interview, Notice, Part, Picture, Turn
from ..language import canonicalise_language, detect_language, split_language
from ..settings import Person
from .assembly import Assembly
from .block import Block, BlockKind, find_breaks, split_blocks
from .closing import set_notes_apart
from .document import Document, load_document
from .evidence import Evidence, weigh_evidence
from .front import LONGEST_TITLE
from .label import LabelForm, is_role
from .lexicon import load_lexicon
from .name import fold
from .paragraph import lay_blocks
from .question import find_unlabelled_questions
from .speaker import CHEVRONS, Roster, identify_speakers

_TITLE_WORDS = 14
_KEY_VALUE = re.compile(r"(?P<key>[^:：\t]{1,20}?)(?:\s*[:：]|\t)\s*[\"']?(?P<value>.+?)[\"']?")
_ASKED = (
    "There are no speaker labels: questions are read as the interviewer's, and all else as the "
    "guest's."
)
_NOBODY: Mapping[str, Person] = {}


def read_interview(
    path: str | Path, language: str | None = None, people: Mapping[str, Person] = _NOBODY
) -> Interview:
    """Read a transcript, whatever its form.

    `language` is a BCP 47 tag; without it the language is detected. `people` are speakers' full
    names and roles, by a label or a name of the transcript, and beat what its text suggests. Raises
    UnreadableSource for what is no transcript, UsageError for a tag that is none.
    """
    path = Path(path)
    tag = canonicalise_language(language) if language else None
    document = load_document(path)
    speech = document.speech
    blocks, evidence, passed_over = _find_blocks(document, path)
    notices = [*document.notices, *passed_over]
    tag = tag or (_read_language(speech.language) if speech else None)
    if tag is None:
        tag, doubts = _detect_language(blocks, path)
        notices += doubts
    labelled = any(block.label for block in blocks)
    questions = frozenset[int]() if speech and labelled else find_unlabelled_questions(blocks)
    front = _count_front(blocks, questions)
    above = "\n".join(block.text for block in blocks[:front])
    roster = identify_speakers(blocks, questions, tag, above, people)
    assembly = Assembly(roster, labelled=labelled)
    assembly.add_all(blocks, questions)
    notices += [*assembly.notices, *_note_doubtful_labels(blocks, evidence, roster)]
    notices += _note_backward_stamps(assembly.parts)
    notices += _note_who_speaks(assembly.parts, roster, questions)
    if speech and questions:
        notices.append(Notice(None, _ASKED))
    return Interview(
        title=(speech and speech.title) or _find_title(blocks[:front], path),
        language=tag,
        speakers=roster.list_speakers(assembly.parts),
        parts=tuple(assembly.parts),
        notices=tuple(sorted(notices, key=lambda notice: notice.line or 0)),
    )


def _find_blocks(document: Document, path: Path) -> tuple[list[Block], Evidence, list[Notice]]:
    """Sort lines into blocks; speech with times knows its own."""
    if document.speech:
        return lay_blocks(document.speech.utterances), weigh_evidence([], [], ""), []
    blocks, evidence, notices = split_blocks(document, path)
    return set_notes_apart(blocks, find_breaks(document)), evidence, notices


def _read_language(told: str) -> str | None:
    """Read what a file says about its language; many write a name, or nothing."""
    try:
        return canonicalise_language(told) if told else None
    except UsageError:
        return None


def _detect_language(blocks: Sequence[Block], path: Path) -> tuple[str, list[Notice]]:
    """Detect the language; where that is in doubt, a translation's name may say it."""
    tag, doubt = detect_language("\n".join(block.text for block in blocks))
    if not doubt:
        return tag, []
    told = split_language(path.stem)[1]
    return (told, []) if told else (tag, [Notice(None, doubt)])


def _count_front(blocks: Sequence[Block], questions: frozenset[int]) -> int:
    """Count the blocks before the first that somebody says."""
    return next(
        (number for number, block in enumerate(blocks) if block.label or number in questions), 0
    )


def _find_title(front: Sequence[Block], path: Path) -> str:
    """Find the title: a heading, a `Title:`, a short first line, or else the file's name."""
    for block in front:
        found = _KEY_VALUE.fullmatch(block.text)
        if found and fold(found["key"]) in load_lexicon().titles:
            return found["value"]
    for block in front:
        if block.kind is BlockKind.HEADING:
            return block.text
    paragraphs = (block for block in front if block.kind in {BlockKind.FRONT, BlockKind.TEXT})
    for block in [*paragraphs][:1]:
        short = len(block.text) <= LONGEST_TITLE and len(block.text.split()) <= _TITLE_WORDS
        if short and block.text[-1] not in ".!…:,;":
            return block.text
    words = re.sub(r"[-_\s]+", " ", split_language(path.stem)[0]).strip()
    return words[:1].upper() + words[1:]


def _note_who_speaks(
    parts: Sequence[Part], roster: Roster, questions: frozenset[int]
) -> Iterator[Notice]:
    if not any(isinstance(part, Turn) for part in parts):
        yield Notice(None, "Nobody says anything here, so the captions are empty.")
    elif not questions and not roster.names:
        yield Notice(
            None, "There are no speaker labels and no questions: all is read as one person's."
        )
    if CHEVRONS in roster.names:
        nobody = roster.names[CHEVRONS]
        yield Notice(None, f"Where nobody is named, as by “>>”, “{nobody}” stands for who speaks.")


def _note_doubtful_labels(
    blocks: Sequence[Block], evidence: Evidence, roster: Roster
) -> Iterator[Notice]:
    """Note who has a label once, among others who come again, with nothing to back them."""
    counts = Counter(roster.names[block.label.key] for block in blocks if block.label)
    if sum(count > 1 for count in counts.values()) < 2:  # noqa: PLR2004
        return
    for block in blocks:
        label = block.label
        if (
            label
            and counts[roster.names[label.key]] == 1
            and label.form is LabelForm.COLON
            and label.stamp_ms is None
            and label.key not in evidence.named_in_front
            and not is_role(label.name)
        ):
            yield Notice(block.line, f"“{label.name}” speaks only here; is it a speaker's name?")


def _note_backward_stamps(parts: Sequence[Part]) -> Iterator[Notice]:
    latest = 0
    for part in parts:
        if isinstance(part, Picture):
            continue  # a list of shots may stand anywhere
        stamps = [part.start_ms]
        if isinstance(part, Turn):
            stamps += [span.start_ms for span in part.spans]
        for stamp in stamps:
            if stamp is not None and stamp < latest:
                yield Notice(part.line, "A time stamp goes back in time; it is not used.")
            latest = max(latest, stamp or 0)
