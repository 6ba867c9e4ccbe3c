"""House styles: the rules that captions obey, as data with the guideline each comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from .measure import count_words, measure_columns, shorten

FRAME_MS = 1000 / 24
"""Guidelines count in frames at 24 per second."""


class Reading(StrEnum):
    """What a house counts when it limits how fast captions must be read."""

    COLUMNS = "columns_per_second"
    """All that is visible; a line break counts as one."""
    WORDS = "words_per_minute"
    """Labels and sounds are words too."""

    def measure(self, lines: Sequence[str]) -> float:
        """Count what is to be read."""
        if self is Reading.WORDS:
            return sum(map(count_words, lines))
        return sum(map(measure_columns, lines)) + len(lines) - 1

    @property
    def unit(self) -> str:
        """The name of what a speed is counted in."""
        return "words a minute" if self is Reading.WORDS else "columns a second"

    @property
    def span_ms(self) -> int:
        """The time that a speed is counted over."""
        return 60_000 if self is Reading.WORDS else 1000


@dataclass(frozen=True)
class Style:
    """What a house asks of its captions."""

    name: str
    title: str
    line_width: int
    """Columns a line."""
    lines: int
    """Lines a cue: one or two."""
    reading: Reading
    reading_speed: float
    """The most there may be to read, in what `reading` says."""
    label_ms: int | None
    """How long it takes to read a label, where the house counts it apart from the words."""
    shortest_ms: int
    longest_ms: int
    gap_ms: int
    """The least time between two cues."""
    small_gap_ms: int
    """A gap up to this long is closed to `gap_ms`."""
    hold_ms: int
    """How long a cue may stay after its last word where reading does not need longer."""
    label: str
    """How a speaker's name is shown: a form with `{name}`, or `{NAME}` for capitals."""
    sound: str
    """How a sound is shown that has a cue of its own: a form with `{text}` or `{TEXT}`."""
    inline_sound: str
    """How one is shown among words."""
    dash: str
    """How a line is shown where two people share a cue: a form with `{text}`; or else nothing."""
    colours: tuple[str, ...]
    """For the speakers in the order in which they first speak, as #rrggbb."""
    sections: Mapping[str, str]
    """The guideline's section for each rule."""

    def reading_ms(self, lines: Sequence[str]) -> int:
        """Return how long a cue must stay on the screen, in milliseconds."""
        need = self._measure_reading(lines) * self.reading.span_ms / self.reading_speed
        return max(self.shortest_ms, -int(-need // 1))

    def measure_speed(self, lines: Sequence[str], shown_ms: int) -> float:
        """Return how fast a cue that stands so long must be read, in what `reading` says."""
        return self._measure_reading(lines) * self.reading.span_ms / shown_ms

    def show_label(self, name: str) -> str:
        """Write a speaker's name as it is shown, shortened to what a line holds."""
        room = self.line_width - measure_columns(self.label.format(name="", NAME=""))
        shown = shorten(name.upper() if "{NAME}" in self.label else name, room)
        return self.label.format(name=shown, NAME=shown)

    def show_dash(self, text: str) -> str:
        """Write a line that stands in one cue with a line of somebody else."""
        return self.dash.format(text=text, TEXT=text.upper())

    def show_sound(self, text: str, *, inline: bool) -> str:
        """Write a sound as it is shown."""
        form = self.inline_sound if inline else self.sound
        return form.format(text=text, TEXT=text.upper())

    def find_label(self, line: str) -> str:
        """Return the label that a line begins with, its dash included, or nothing."""
        found = self._label_form.match(line)
        if found is None or ("{NAME}" in self.label and found[1] != found[1].upper()):
            return ""
        return found[0]

    def has_dash(self, line: str) -> bool:
        """Tell whether a line begins as one of several speakers' does."""
        return bool(self.dash) and line.startswith(self.dash.partition("{")[0])

    @cached_property
    def _label_form(self) -> re.Pattern[str]:
        before, after = re.split(r"\{name\}|\{NAME\}", self.label)
        dash = re.escape(self.dash.partition("{")[0])
        return re.compile(rf"(?:{dash})?{re.escape(before)}(\S.*?){re.escape(after)}(?=\s|$)")

    def _measure_reading(self, lines: Sequence[str]) -> float:
        """Measure what is to be read; a label may count for the words of its time."""
        if self.label_ms is None:
            return self.reading.measure(lines)
        bare = [line.removeprefix(self.find_label(line)) for line in lines]
        labels = sum(one != other for one, other in zip(lines, bare, strict=True))
        label = self.label_ms * self.reading_speed / self.reading.span_ms
        return self.reading.measure(bare) + labels * label
