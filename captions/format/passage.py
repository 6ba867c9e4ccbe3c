"""What a transcript tells, in order: speech, sounds, pictures, headings (WCAG 2.2, 1.2.8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ...source import (
    Front,
    Heading,
    Part,
    Picture,
    Sound,
    Timeline,
    Token,
    TokenKind,
    Turn,
    Word,
)
from ...source.track import Track
from .composition import tell_clock
from .speech import Speech, find_speech

_BREAK = "\n"
"""Parts paragraphs: no token has any white space."""
_SILENCE_MS = 3000
"""Where nobody knows who speaks, a paragraph ends before a silence as long as this."""


class PassageKind(StrEnum):
    """What a passage tells."""

    SPEECH = "speech"
    SOUND = "sound"
    PICTURE = "picture"
    HEADING = "heading"
    FRONT = "front"
    """What nobody in the interview says: its introduction, an editor's note."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A thing that is told; `speaker` says it, where somebody does."""

    kind: PassageKind
    paragraphs: tuple[str, ...]
    start_ms: int
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """All that is heard and seen, in words. `language` is a BCP 47 tag, or nothing."""

    title: str
    language: str
    passages: tuple[Passage, ...]
    remark: str = ""


def tell_timeline(timeline: Timeline) -> Transcript:
    """Return an interview as a transcript."""
    passages = (
        Passage(
            find_kind(part.part),
            tuple(_list_paragraphs(part.part, part.words)),
            part.start_ms,
            part.part.speaker if isinstance(part.part, Turn) else None,
        )
        for number, part in enumerate(timeline.parts)
        if number or part.part.text != timeline.interview.title  # it stands above already
    )
    interview = timeline.interview
    return Transcript(
        interview.title,
        interview.language,
        tuple(passage for passage in passages if passage.paragraphs),
        tell_clock(timeline),
    )


def find_kind(part: Part) -> PassageKind:
    """Say what a part tells."""
    kinds = {
        Turn: PassageKind.SPEECH,
        Sound: PassageKind.SOUND,
        Picture: PassageKind.PICTURE,
        Heading: PassageKind.HEADING,
        Front: PassageKind.FRONT,
    }
    return kinds[type(part)]


def _list_paragraphs(part: Part, words: Sequence[Word]) -> Sequence[str]:
    """Return what a part tells; of a turn its words, for not all that is written may be said."""
    if not isinstance(part, Turn):
        return [" ".join(part.text.split())]
    tokens = [word.token for word in words]
    text = "".join(before + token for before, token in spell_tokens(tokens))
    return text.split(_BREAK) if text else []


def spell_tokens(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Yield what stands before each token of a turn, and the token: sounds are in brackets.

    Before it stands a blank, nothing, or a line break where a paragraph begins.
    """
    for place, token in enumerate(tokens):
        before = _BREAK if token.opens_paragraph else " " * token.spaced
        text = token.text
        if token.kind is TokenKind.SOUND:
            following = tokens[place + 1] if place + 1 < len(tokens) else None
            goes_on = following and following.kind is TokenKind.SOUND and not following.opens_sound
            text = f"{'[' * token.opens_sound}{text}{'' if goes_on else ']'}"
        yield before if place else "", text


def tell_track(track: Track) -> Transcript:
    """Return captions as a transcript, a passage for each person's turn."""
    passages: list[Passage] = []
    said: list[Speech] = []
    for speech in find_speech(track):
        if said and not _belongs(said[-1], speech):
            passages.append(_join(said))
            said = []
        said.append(speech)
    if said:
        passages.append(_join(said))
    return Transcript(track.title, track.language, tuple(passages), track.remark)


def _belongs(before: Speech, after: Speech) -> bool:
    if before.speaker != after.speaker or before.sound or after.sound:
        return False
    return bool(after.speaker) or after.start_ms - before.end_ms < _SILENCE_MS


def _join(said: Sequence[Speech]) -> Passage:
    text = " ".join(speech.text for speech in said)
    first = said[0]
    if first.sound:
        shown = text.strip("[]() ") or text
        return Passage(PassageKind.SOUND, (shown,), first.start_ms)
    return Passage(PassageKind.SPEECH, (text,), first.start_ms, first.speaker)
