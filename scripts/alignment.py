"""What a recording says of its transcript, for a person's eyes or for a script's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..audio import Alignment, Stretch
from ..source import Notice
from .difference import format_stretch, format_total
from .hearing import HeardTurn, find_turns, tally_words
from .listing import abridge, describe_notices, to_seconds


def describe_alignment(alignment: Alignment, notices: Iterable[Notice]) -> dict[str, object]:
    """Return what `vivavoz align --json` prints; times are in seconds."""
    return {
        "words": [
            {
                "text": word.token.text,
                "start": to_seconds(word.start_ms),
                "end": to_seconds(word.end_ms),
                "confidence": round(word.confidence, 3),
                "turn": turn.number,
                "speaker": turn.turn.speaker,
            }
            for turn in find_turns(alignment)
            for word in turn.words
        ],
        "unspoken": _describe_unspoken(alignment),
        "untranscribed": _describe_in_seconds(alignment.untranscribed),
        "unclear": _describe_in_seconds(alignment.unclear),
        "doubtful": _describe_in_seconds(alignment.doubtful),
        "confidence": round(alignment.confidence, 3),
        "duration": to_seconds(alignment.duration_ms),
        "warnings": describe_notices(notices),
    }


def describe_differences(alignment: Alignment) -> dict[str, object]:
    """Return what `report.json` has of an alignment; times are in milliseconds."""
    tally = tally_words(alignment)
    return {
        "confidence": round(alignment.confidence, 3),
        "words_heard": tally.heard,
        "words_unheard": tally.unheard,
        "editorial_words_unheard": tally.editorial_unheard,
        "unspoken": _describe_unspoken(alignment),
        "untranscribed": _describe_in_milliseconds(alignment.untranscribed),
        "unclear": _describe_in_milliseconds(alignment.unclear),
        "doubtful": _describe_in_milliseconds(alignment.doubtful),
    }


def list_alignment(alignment: Alignment, notices: Iterable[Notice]) -> str:
    """Return what `vivavoz align` prints: each turn in time, then where the two differ."""
    interview = alignment.wording.interview
    lines = [f"{interview.title} ({interview.language})", ""]
    lines += map(_list_turn, find_turns(alignment))
    lines += _list_section("Not in the recording", _list_unspoken(alignment))
    lines += _list_section("Not in the transcript", _list_stretches(alignment.untranscribed))
    lines += _list_section("Perhaps speech", _list_stretches(alignment.unclear))
    lines += _list_section("Doubtful", _list_stretches(alignment.doubtful))
    lines += _list_section("Note", (_list_notice(notice) for notice in notices))
    return "\n".join([*lines, "", summarise_alignment(alignment)])


def summarise_alignment(alignment: Alignment) -> str:
    """Return in one line how well the two belong together."""
    tally = tally_words(alignment)
    told = [
        f"{tally.heard} of {tally.heard + tally.unheard} words heard",
        f"confidence {alignment.confidence:.2f}",
    ]
    if alignment.unspoken:
        told.append(f"passages not in the recording: {len(alignment.unspoken)}")
    if alignment.untranscribed:
        told.append(f"speech not in the transcript: {format_total(alignment.untranscribed)}")
    if alignment.doubtful:
        told.append(f"doubtful stretches: {len(alignment.doubtful)}")
    return ", ".join(told)


def _list_turn(heard: HeardTurn) -> str:
    stretch = heard.find_stretch()
    when = (
        f"{format_stretch(stretch):<15} {heard.rate_confidence():.2f}" if stretch else "not heard"
    )
    return f"{heard.turn.line:>5} {when:<20} {heard.turn.speaker}: {abridge(heard.turn.text)}"


def _list_unspoken(alignment: Alignment) -> Iterator[str]:
    for passage in alignment.unspoken:
        line = alignment.wording.parts[passage.part].part.line
        yield f"{line:>5} {abridge(passage.text)}"


def _list_stretches(stretches: Iterable[Stretch]) -> Iterator[str]:
    for stretch in stretches:
        yield f"{'':>5} {format_stretch(stretch)}"


def _list_notice(notice: Notice) -> str:
    return f"{notice.line or '':>5} {notice.message}"


def _list_section(title: str, entries: Iterable[str]) -> list[str]:
    listed = list(entries)
    return ["", f"{title}:", *listed] if listed else []


def _describe_unspoken(alignment: Alignment) -> list[dict[str, object]]:
    """Return the passages that are not said, each with the number of its turn, from 0."""
    numbers = {turn.part: turn.number for turn in find_turns(alignment)}
    return [{"turn": numbers[passage.part], "text": passage.text} for passage in alignment.unspoken]


def _describe_in_seconds(stretches: Sequence[Stretch]) -> list[dict[str, float | None]]:
    return [
        {"start": to_seconds(stretch.start_ms), "end": to_seconds(stretch.end_ms)}
        for stretch in stretches
    ]


def _describe_in_milliseconds(stretches: Sequence[Stretch]) -> list[dict[str, int]]:
    return [{"start_ms": stretch.start_ms, "end_ms": stretch.end_ms} for stretch in stretches]
