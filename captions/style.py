"""House styles: the rules that captions obey, as data with the guideline each comes from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypedDict, cast

from ..source import UsageError

STYLES = Path(__file__).with_name("styles")

FRAME_MS = 1000 / 24
"""Guidelines count in frames at 24 per second."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a house asks of its captions."""

    name: str
    title: str
    line_width: int
    """Columns a line."""
    lines: int
    """Lines a cue: one or two."""
    reading_speed: float
    """Columns a second, of all that is visible; a line break counts as one."""
    shortest_ms: int
    longest_ms: int
    gap_ms: int
    """The least time between two cues."""
    small_gap_ms: int
    """A gap up to this long is closed to `gap_ms`."""
    hold_ms: int
    """How long a cue may stay after its last word where reading does not need longer."""
    label: str
    """How a speaker's name is shown: a form with `{name}`."""
    sound: str
    """How a sound is shown: a form with `{text}`."""
    sections: dict[str, str]
    """The guideline's section for each rule."""

    def reading_ms(self, columns: int) -> int:
        """Return how long a cue of so many columns must stay on the screen."""
        return max(self.shortest_ms, -int(-columns * 1000 // self.reading_speed))


class _Rule(TypedDict):
    """A section, and whichever of these values the rule is about."""

    columns: int
    count: int
    columns_per_second: float
    frames: int
    seconds: float
    form: str
    section: str


def list_styles() -> list[str]:
    """Name the house styles there are."""
    return sorted(entry.stem for entry in STYLES.glob("*.toml"))


@lru_cache
def load_style(name: str) -> Style:
    """Read a house style by its name.

    Raises UsageError where there is no such style.
    """
    if name not in list_styles():
        raise UsageError(
            f"There is no caption style “{name}”; choose one of: {', '.join(list_styles())}."
        )
    text = (STYLES / f"{name}.toml").read_text(encoding="utf-8")
    return _compose_style(name, tomllib.loads(text))


def _compose_style(name: str, table: dict[str, object]) -> Style:
    rules = {key: cast("_Rule", rule) for key, rule in table.items() if isinstance(rule, dict)}
    return Style(
        name=name,
        title=str(table["title"]),
        line_width=rules["line_width"]["columns"],
        lines=rules["lines"]["count"],
        reading_speed=rules["reading_speed"]["columns_per_second"],
        shortest_ms=_milliseconds(rules["shortest"]),
        longest_ms=_milliseconds(rules["longest"]),
        gap_ms=_milliseconds(rules["gap"]),
        small_gap_ms=_milliseconds(rules["small_gap"]),
        hold_ms=_milliseconds(rules["hold"]),
        label=rules["label"]["form"],
        sound=rules["sound"]["form"],
        sections={key: rule["section"] for key, rule in rules.items()},
    )


def _milliseconds(rule: _Rule) -> int:
    """Round up, so that a rule of whole milliseconds is never weaker than the guideline's."""
    if "frames" in rule:
        return -int(-rule["frames"] * FRAME_MS // 1)
    return -int(-rule["seconds"] * 1000 // 1)
