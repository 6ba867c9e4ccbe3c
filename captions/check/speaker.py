"""The rules of who speaks, where a file says so, and of the colours that tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ...source.caption_file import CueColour, ReadCue
from ..colour import LEAST_CONTRAST, measure_contrast
from ..finding import Finding
from ..measure import shorten
from ..style import Style

_EXCERPT = 40
"""Columns of a name that a sentence shows."""


def find_unclear_speakers(cues: Sequence[ReadCue], style: Style) -> Iterator[Finding]:
    """Find cues in which another person speaks and nothing that is seen says so."""
    latest = ""
    for number, cue in enumerate(cues):
        voices = [voice for voice, _ in groupby(voice for row in cue.voices for voice in row)]
        if len(voices) > 1:
            message = _judge_dialogue(cue, style)
            if message:
                section = style.sections.get("dash", style.sections["label"])
                yield Finding(cue=number, rule="dash", message=message, section=section)
        elif voices and voices[0] != latest and not _names(cue.lines[0], voices[0], style):
            yield Finding(
                cue=number,
                rule="label",
                message=f"{shorten(voices[0], _EXCERPT)} begins to speak, and no label such as "
                f"{style.show_label('Name')} says so.",
                section=style.sections["label"],
            )
        latest = voices[-1] if voices else latest


def _names(line: str, speaker: str, style: Style) -> bool:
    """Tell whether a line begins with a label that is the speaker's: by a word of the name."""
    label = style.find_label(line).casefold()
    name = speaker.casefold()
    shortened = style.find_label(f"{style.show_label(speaker)} ").casefold()
    return bool(label) and (
        label.endswith(shortened)
        or not set(re.findall(r"\w+", label)).isdisjoint(re.findall(r"\w+", name))
    )


def _judge_dialogue(cue: ReadCue, style: Style) -> str:
    """Say what is wrong with a cue in which several people speak."""
    if not style.dash:
        return "Two people speak in it; this style gives each a cue."
    if any(len(voices) > 1 for voices in cue.voices):
        return "Two people speak on one line."
    speakers = [speaker for speaker, _ in groupby(cue.voices) if speaker]
    if sum(map(style.has_dash, cue.lines)) < len(speakers):
        form = style.show_dash("…")
        return f"Two people speak in it; each needs a line such as “{form}”."
    return ""


def find_pale_colours(colours: Sequence[CueColour]) -> Iterator[Finding]:
    """Find colours that many people can't read."""
    for colour in colours:
        contrast = measure_contrast(colour.text, colour.background)
        if contrast < LEAST_CONTRAST:
            yield Finding(
                cue=None,
                rule="contrast",
                message=f"{shorten(colour.selector, _EXCERPT)}: {colour.text} on "
                f"{colour.background} has a contrast of {contrast:.2f}:1; {LEAST_CONTRAST}:1 is "
                "the least.",
                section="WCAG 2.2, 1.4.3 Contrast (Minimum)",
                value=contrast,
                limit=LEAST_CONTRAST,
                unit="to 1",
                line=colour.line,
            )
