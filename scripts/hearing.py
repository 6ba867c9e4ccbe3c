"""An interview's wording beside its recording: what was heard of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..audio import Alignment, HeardWord, Stretch
from ..audio.listen.kept_alignment import recall_alignment
from ..audio.step_store import StepStore
from ..source import Recording, TokenKind, Turn, Wording
from ..source.language import forget_languages
from .record import Mark


@dataclass(frozen=True, slots=True)
class Hearing:
    """A recording and what it has of an interview."""

    recording: Recording
    alignment: Alignment
    store: StepStore
    """What else is known of the recording."""


def hear_wording(
    wording: Wording, recording: Recording, store: StepStore, step: Callable[[str], None]
) -> Hearing:
    """Find an interview's words in its recording. Raises what `align_wording` raises."""

    def align() -> Alignment:
        # An hour of sound needs the room more.
        forget_languages()

        # It brings numba with it, which what is no recording need not wait for.
        from ..audio import align_wording  # noqa: PLC0415

        return align_wording(wording, recording, step)

    return Hearing(recording, recall_alignment(wording, store, align), store)


def open_store(path: Path, mark: Mark, *, renew: bool = False) -> StepStore:
    """Open the store for a recording that was looked at; `renew` replaces what is in it."""
    return StepStore(mark.digest, lambda: mark.stays(path), renew=renew)


@dataclass(frozen=True, slots=True)
class HeardTurn:
    """A turn and what the recording has of it; `words` are those that can be said."""

    number: int
    """From 0, among the interview's turns."""
    part: int
    """The index of the wording's part."""
    turn: Turn
    words: tuple[HeardWord, ...]

    def find_stretch(self) -> Stretch | None:
        """Return from when to when it is said; None where it is not."""
        starts = [word.start_ms for word in self.words if word.start_ms is not None]
        ends = [word.end_ms for word in self.words if word.end_ms is not None]
        return Stretch(starts[0], ends[-1]) if starts and ends else None

    def rate_confidence(self) -> float:
        """Return the mean confidence of what is said."""
        heard = [word.confidence for word in self.words if word.start_ms is not None]
        return sum(heard) / len(heard) if heard else 0.0


@dataclass(frozen=True, slots=True)
class Tally:
    """How many words of the turns are heard; an editor's, which nobody need say, stand apart."""

    heard: int
    unheard: int
    editorial_unheard: int


def find_turns(alignment: Alignment) -> Iterator[HeardTurn]:
    """Yield the turns in order."""
    number = 0
    pairs = zip(alignment.wording.parts, alignment.words, strict=True)
    for index, (worded, heard) in enumerate(pairs):
        if isinstance(worded.part, Turn):
            words = tuple(word for word in heard if word.token.kind is TokenKind.SPEECH)
            yield HeardTurn(number, index, worded.part, words)
            number += 1


def tally_words(alignment: Alignment) -> Tally:
    """Count the words; what has neither letter nor digit is none."""
    heard = unheard = editorial = 0
    for turn in find_turns(alignment):
        for word in turn.words:
            if not word.token.is_word:
                continue
            if word.start_ms is not None:
                heard += 1
            elif word.token.editorial:
                editorial += 1
            else:
                unheard += 1
    return Tally(heard, unheard, editorial)
