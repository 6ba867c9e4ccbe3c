"""An interview's captions as a track, with the times of their words where these are wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...source import Clock, Timeline, Word
from ...source.track import Line, Run, Track, TrackCue
from ..colour import colour_speakers
from ..cue import Captions, Cue, VoiceSpan
from ..style import Style

CLOCKS = {
    Clock.RECORDING: "the recording",
    Clock.FILE: "the transcript's file",
    Clock.STAMPS: "the transcript's time stamps, and an estimate between them",
    Clock.VOICES: "the voices that read the interview",
    Clock.ESTIMATE: "an estimate from the length of the words",
    Clock.ORIGINAL: "the interview that this is a translation of",
}


def compose_track(captions: Captions, *, word_times: bool = False) -> Track:
    """Return captions as a track."""
    timeline = captions.timeline
    cues = (
        TrackCue(
            cue.start_ms,
            cue.end_ms,
            tuple(_list_lines(cue, captions, word_times=word_times)),
            cue.place,
        )
        for cue in captions.cues
    )
    speakers = (span.speaker for cue in captions.cues for span in cue.spans)
    colours = colour_speakers(speakers, captions.style.colours)
    interview = timeline.interview
    return Track(
        tuple(cues),
        interview.language,
        interview.title,
        tuple(colours.items()),
        tell_clock(timeline),
    )


def tell_clock(timeline: Timeline) -> str:
    """Say for the readers of a file where its times come from."""
    return f"Times come from {CLOCKS[timeline.clock]}."


def _list_lines(cue: Cue, captions: Captions, *, word_times: bool) -> Iterator[Line]:
    for span in cue.spans:
        sound = span.speaker is None
        if span.rows:
            for row in span.rows:
                yield tuple(replace(run, speaker=span.speaker, sound=sound) for run in row)
        elif word_times:
            yield from _time_words(span, cue, captions.timeline, captions.style)
        else:
            yield from ((Run(line, span.speaker, sound=sound),) for line in span.lines)


def _time_words(span: VoiceSpan, cue: Cue, timeline: Timeline, style: Style) -> Iterator[Line]:
    """Part lines where words begin; what a person typed stays with the word before it."""
    words = timeline.parts[span.part].words[span.first_word : span.last_word + 1]
    latest_ms = cue.start_ms
    for line in span.lines:
        places, words = _find_words(line, words, len(style.find_label(line)))
        cuts: list[tuple[int, int | None]] = [(0, None)]
        for place, start_ms in places:
            # A time must lie inside its cue, and behind the one before.
            if latest_ms < start_ms < cue.end_ms:
                latest_ms = start_ms
                cuts = [] if place == 0 else cuts
                cuts.append((place, start_ms))
        stops = [*(place for place, _ in cuts[1:]), len(line)]
        yield tuple(
            Run(line[place:stop], span.speaker, sound=span.speaker is None, start_ms=start_ms)
            for (place, start_ms), stop in zip(cuts, stops, strict=True)
        )


def _find_words(
    line: str, words: Sequence[Word], place: int
) -> tuple[list[tuple[int, int]], Sequence[Word]]:
    """Return where on a line words begin, and when, and the words that are not on it."""
    shown = line.lower()
    found: list[tuple[int, int]] = []
    after = 0
    for number, word in enumerate(words):
        at = shown.find(word.token.text.lower(), place)
        # Where the word before it is missing, a person may have changed what stands here.
        if at < 0 or (number > after and shown[at - 1 : at].isalnum()):
            continue
        found.append((at, word.start_ms))
        place, after = at + len(word.token.text), number + 1
    return found, words[after:]
