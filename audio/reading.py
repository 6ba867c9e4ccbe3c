"""The interview read aloud: every clip, and the time at which each word is heard."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import ceil

from ..source import (
    Clock,
    Part,
    Sound,
    TimedPart,
    Timeline,
    Token,
    TokenKind,
    Turn,
    Word,
    WordedPart,
    Wording,
    join_tokens,
)
from ..source.punctuation import (
    INLINE_SOUND_MS,
    PARAGRAPH_MS,
    SOUND_MS,
    TURN_MS,
    ends_sentence,
)
from .speak.lexicon import Lexicon
from .speak.store import ClipStore, ShelvedClip
from .speak.voice import Cast, Utterance, Voice
from .word_marks import place_words

AROUND_NARRATION_MS = 800

_SILENT_RATE = 22_050
"""Where nobody says anything, a rate is still needed for the silence."""

_FASTEST = 1.3
"""How many times faster than usual a translation may be said."""
_BREATH_MS = 150
"""The least silence between two of its sentences, where it is not late."""

_LONG_CLIP = 120
"""Words after which the next sentence begins a clip of its own, so that clips stay small."""


@dataclass(frozen=True, slots=True)
class PlacedClip:
    """A clip in its place: its words are those of the timeline with the numbers in `words`."""

    start_ms: int
    clip: ShelvedClip
    words: range


@dataclass(frozen=True, slots=True)
class Reading:
    """What the voices made of an interview, to be joined to mono sound of `rate` in Hz.

    In the timeline every token has a time: of clock `VOICES`, or of a translation's `ORIGINAL`.
    """

    timeline: Timeline
    rate: int
    clips: tuple[PlacedClip, ...]


def speak_wording(
    wording: Wording,
    cast: Cast,
    progress: Callable[[int, int], None] | None = None,
    store: ClipStore | None = None,
    lexicon: Lexicon | None = None,
) -> Reading:
    """Read a whole interview aloud: turns by their speakers, all else by the narrator.

    Words are said as the lexicon has them; without one, as each voice would of itself.
    What is in the store, the user's own unless another is given, is not spoken again. Tells
    `progress` how many parts are read, of how many. Raises `UnavailableTool` when a voice fails.
    """
    desk = _Desk(store or ClipStore(), lexicon)
    timed: list[TimedPart] = []
    previous: Part | None = None
    for count, worded in enumerate(wording.parts, start=1):
        if worded.tokens:
            desk.now_ms += _pause_ms(previous, worded.part)
            previous = worded.part
        start_ms = desk.now_ms
        words = tuple(_read_part(desk, worded, cast))
        timed.append(TimedPart(worded.part, start_ms, desk.now_ms, words))
        if progress:
            progress(count, len(wording.parts))
    timeline = Timeline(wording.interview, Clock.VOICES, tuple(timed), desk.now_ms)
    return Reading(timeline, desk.rate or _SILENT_RATE, tuple(desk.clips))


def speak_in_time(
    timeline: Timeline,
    starts_ms: Collection[int],
    cast: Cast,
    progress: Callable[[int, int], None] | None = None,
    lexicon: Lexicon | None = None,
) -> Reading:
    """Read a translation aloud in the time of its original, each sentence when that one's begins.

    Sentences begin at `starts_ms`. One that takes too long is said faster, up to 1.3 times; what
    is late even then catches up in the pauses, and nobody speaks before the last one has ended.
    Raises `UnavailableTool` when a voice fails.
    """
    desk = _Desk(ClipStore(), lexicon)
    timed: list[TimedPart] = []
    passages = [[*_part_words(part.words, starts_ms)] for part in timeline.parts]
    dues = _find_dues(passages, timeline.duration_ms)
    for count, (part, said) in enumerate(zip(timeline.parts, passages, strict=True), start=1):
        words: list[Word] = []
        voice = cast.voice_of(part.part.speaker if isinstance(part.part, Turn) else None)
        for passage in said:
            words += _read_passage(desk, passage, voice, next(dues))
        start_ms = words[0].start_ms if words else max(part.start_ms, desk.now_ms)
        timed.append(TimedPart(part.part, start_ms, max(start_ms, desk.now_ms), tuple(words)))
        if progress:
            progress(count, len(timeline.parts))
    duration_ms = max(timeline.duration_ms, desk.now_ms)
    read = replace(timeline, parts=tuple(timed), duration_ms=duration_ms)
    return Reading(read, desk.rate or _SILENT_RATE, tuple(desk.clips))


def _part_words(words: Sequence[Word], starts_ms: Collection[int]) -> Iterator[Sequence[Word]]:
    """Part words where sentences begin, and at sounds."""
    first = 0
    for place in range(1, len(words)):
        before, word = words[place - 1], words[place]
        if word.token.kind is not before.token.kind or (
            word.start_ms in starts_ms and word.start_ms > before.start_ms
        ):
            yield words[first:place]
            first = place
    if words:
        yield words[first:]


def _find_dues(passages: Sequence[Sequence[Sequence[Word]]], last_ms: int) -> Iterator[int]:
    """Return for each passage when the next one begins that is spoken."""
    dues: list[int] = []
    for passage in reversed([passage for said in passages for passage in said]):
        dues.append(last_ms)
        if passage[0].token.kind is TokenKind.SPEECH:
            last_ms = passage[0].start_ms
    return reversed(dues)


def _read_passage(desk: _Desk, passage: Sequence[Word], voice: Voice, due_ms: int) -> list[Word]:
    tokens = [word.token for word in passage]
    desk.now_ms = max(desk.now_ms, passage[0].start_ms)
    if tokens[0].kind is TokenKind.SPEECH:
        return desk.speak(tokens, voice, due_ms)
    return desk.rest(tokens, 0)


def _pause_ms(previous: Part | None, part: Part) -> int:
    """Choose the silence before a part. A sound of its own is silence enough."""
    match previous, part:
        case (None, _) | (Sound(), _) | (_, Sound()):
            return 0
        case Turn(speaker=before), Turn(speaker=now):
            return PARAGRAPH_MS if before == now else TURN_MS
        case _:
            return AROUND_NARRATION_MS


def _read_part(desk: _Desk, worded: WordedPart, cast: Cast) -> Iterator[Word]:
    part = worded.part
    if isinstance(part, Sound):
        yield from desk.rest(worded.tokens, SOUND_MS)
        return
    voice = cast.voice_of(part.speaker if isinstance(part, Turn) else None)
    spoke = False
    for stretch in _stretches(worded.tokens):
        if stretch[0].kind is TokenKind.SOUND:
            yield from desk.rest(stretch, INLINE_SOUND_MS)
            spoke = False
            continue
        if spoke:
            desk.now_ms += PARAGRAPH_MS
        yield from desk.speak(stretch, voice)
        spoke = True


def _stretches(tokens: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """Part tokens at paragraphs and sounds, and long paragraphs at ends of sentences."""
    first = 0
    for place in range(1, len(tokens)):
        before, token = tokens[place - 1], tokens[place]
        long = place - first >= _LONG_CLIP and ends_sentence(before.text)
        if long or token.opens_paragraph or token.kind is not before.kind:
            yield tuple(tokens[first:place])
            first = place
    if tokens:
        yield tuple(tokens[first:])


@dataclass(slots=True)
class _Desk:
    """Where the reading has got to."""

    store: ClipStore
    lexicon: Lexicon | None
    now_ms: int = 0
    rate: int = 0
    """That of the first clip; the others are brought to it."""
    count: int = 0
    clips: list[PlacedClip] = field(default_factory=list[PlacedClip])

    def rest(self, tokens: Sequence[Token], pause_ms: int) -> list[Word]:
        """Let a sound have its time, shared evenly by the words that name it."""
        edges = [self.now_ms + pause_ms * place // len(tokens) for place in range(len(tokens) + 1)]
        self.now_ms += pause_ms
        self.count += len(tokens)
        return [Word(token, *edge) for token, edge in zip(tokens, pairwise(edges), strict=True)]

    def speak(self, tokens: Sequence[Token], voice: Voice, due_ms: int | None = None) -> list[Word]:
        """Have a stretch of speech read, faster where it would not be done in time."""
        text, offsets = join_tokens(tokens)
        pronunciations = self.lexicon.pronounce(text) if self.lexicon else ()
        utterance = Utterance(text, pronunciations=pronunciations)
        clip = self.store.shelve(voice, utterance)
        room_ms = clip.duration_ms if due_ms is None else due_ms - _BREATH_MS - self.now_ms
        if clip.duration_ms > room_ms:
            rate = _hurry(utterance.words_per_minute, clip.duration_ms, room_ms)
            clip = self.store.shelve(voice, replace(utterance, words_per_minute=rate))
        self.rate = self.rate or clip.rate
        texts = [token.text for token in tokens]
        start_ms = self.now_ms
        spans = place_words(texts, offsets, clip.marks, clip.duration_ms)
        if clip.label.length:
            words = range(self.count, self.count + len(tokens))
            self.clips.append(PlacedClip(start_ms, clip, words))
        self.now_ms += clip.duration_ms
        self.count += len(tokens)
        return [
            Word(token, start_ms + span[0], start_ms + span[1])
            for token, span in zip(tokens, spans, strict=True)
        ]


def _hurry(words_per_minute: int, length_ms: int, room_ms: int) -> int:
    """Return the rate at which a clip takes no longer than there is room, or the fastest."""
    return ceil(words_per_minute * min(_FASTEST, length_ms / max(room_ms, 1)))
