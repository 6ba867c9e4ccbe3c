"""Where a transcript and its recording differ, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from ..audio import Alignment, Stretch
from ..source import Front, Heading, Notice, Turn, primary_subtag
from .hearing import Hearing
from .listing import abridge, format_time

_MODEL_LANGUAGE = "en"
_LISTED = 10
"""What is more than this is told as a sum; the report has all of it."""
_POINTER = "; `vivavoz align` lists them"
_TORN_MS = 2000
"""Sound may end a moment before the pictures do."""


def note_all(hearing: Hearing) -> list[Notice]:
    """Return a notice for each thing to look at before trusting the times, or one for many."""
    alignment = hearing.alignment
    return [
        *note_conditions(hearing),
        *_note_unspoken(alignment),
        *_note_untranscribed(alignment.untranscribed),
        *_note_unclear(alignment.unclear),
        *_note_doubtful(alignment.doubtful),
    ]


def note_conditions(hearing: Hearing) -> list[Notice]:
    """Return a notice for what is not to be seen from the differences one by one."""
    return [
        *_note_language(hearing.alignment),
        *_note_torn_end(hearing),
        *_note_front(hearing.alignment),
    ]


def _note_language(alignment: Alignment) -> Iterator[Notice]:
    language = alignment.wording.interview.language
    if primary_subtag(language) != _MODEL_LANGUAGE:
        yield Notice(
            None,
            f"The words in “{language}” were found with a model of English speech, by their "
            "sounds; listen to a few captions to see that they are in time.",
        )


def _note_torn_end(hearing: Hearing) -> Iterator[Notice]:
    told_ms, heard_ms = hearing.recording.duration_ms, hearing.alignment.duration_ms
    if told_ms is not None and told_ms - heard_ms > _TORN_MS:
        yield Notice(
            None,
            f"The sound ends at {format_time(heard_ms)}, but the recording says that it lasts "
            f"{format_time(told_ms)}; it may have been cut off.",
        )


def _note_front(alignment: Alignment) -> Iterator[Notice]:
    """Note that what is said first may be what the transcript has above the interview."""
    above = takewhile(lambda part: not isinstance(part, Turn), alignment.wording.interview.parts)
    lines = [part.line for part in above if isinstance(part, (Front, Heading))]
    starts = (word.start_ms for part in alignment.words for word in part)
    first_ms = next((start_ms for start_ms in starts if start_ms is not None), 0)
    if lines and any(stretch.end_ms <= first_ms for stretch in alignment.untranscribed):
        place = f"Lines {lines[0]}–{lines[-1]} were" if len(lines) > 1 else "This was"
        yield Notice(
            lines[0],
            f"{place} taken as text above the interview, and not looked for in the recording; if "
            f"that is what is said before {_format_tenths(first_ms)}, give it a speaker's label.",
        )


def _note_unspoken(alignment: Alignment) -> Iterator[Notice]:
    unspoken = alignment.unspoken
    if len(unspoken) > _LISTED:
        yield Notice(
            None,
            f"{len(unspoken)} passages of the transcript are not in the recording, and have no "
            f"caption{_POINTER}.",
        )
        return
    for passage in unspoken:
        line = alignment.wording.parts[passage.part].part.line
        yield Notice(
            line, f"This is not in the recording, and has no caption: “{abridge(passage.text)}”"
        )


def _note_untranscribed(stretches: Sequence[Stretch]) -> Iterator[Notice]:
    for place in _name_places(stretches):
        yield Notice(None, f"What is said at {place} is not in the transcript, and has no caption.")


def _note_unclear(stretches: Sequence[Stretch]) -> Iterator[Notice]:
    for place in _name_places(stretches):
        yield Notice(
            None,
            f"The sound at {place} may be speech that is not in the transcript; it has no caption.",
        )


def _note_doubtful(stretches: Sequence[Stretch]) -> Iterator[Notice]:
    for place in _name_places(stretches):
        yield Notice(
            None, f"The words' times are doubtful at {place}; see that the captions are in time."
        )


def _name_places(stretches: Sequence[Stretch]) -> list[str]:
    if len(stretches) > _LISTED:
        return [f"{len(stretches)} places ({format_total(stretches)} in all{_POINTER})"]
    return [format_stretch(stretch) for stretch in stretches]


def format_stretch(stretch: Stretch) -> str:
    """Return `mm:ss.t–mm:ss.t`: speech is too quick for whole seconds."""
    return f"{_format_tenths(stretch.start_ms)}–{_format_tenths(stretch.end_ms)}"


def format_total(stretches: Sequence[Stretch]) -> str:
    """Return how long the stretches are together, as `mm:ss.t`."""
    return _format_tenths(sum(stretch.end_ms - stretch.start_ms for stretch in stretches))


def _format_tenths(time_ms: int) -> str:
    """Return the nearest tenth of a second."""
    seconds, tenth = divmod((time_ms + 50) // 100, 10)
    return f"{format_time(seconds * 1000)}.{tenth}"
