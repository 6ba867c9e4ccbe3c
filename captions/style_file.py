"""Style files: a house's rules in TOML, read, checked and completed from the style they extend."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from ..source import UsageError
from ..source.quotation import quote
from ..source.toml_file import Table, fit_table, read_toml
from .colour import LEAST_CONTRAST, measure_contrast
from .measure import measure_columns
from .style import FRAME_MS, Reading, Style

STYLES = Path(__file__).with_name("styles")

_LEAST_NAME = 3
"""Columns: a wide character, and an ellipsis for the rest of a name."""
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")


def _check_form(form: str, field: str) -> None:
    places = f"{{{field}}}", f"{{{field.upper()}}}"
    if not any(place in form for place in places) or [*map(form.count, "{}")] != [1, 1]:
        raise ValueError(
            f"Expected a text that holds {places[0]}, or {places[1]} for capitals, once"
        )


class _Rule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    section: str


class _Width(_Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    columns: Annotated[int, Meta(ge=10, le=200)]


class _Lines(_Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    count: Annotated[int, Meta(ge=1, le=2)]


class _Speed(_Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    columns_per_second: Annotated[float, Meta(ge=1, le=200)] | None = None
    words_per_minute: Annotated[float, Meta(ge=10, le=2000)] | None = None

    def __post_init__(self) -> None:
        if (self.columns_per_second is None) == (self.words_per_minute is None):
            raise ValueError("Expected either columns_per_second or words_per_minute")


class _Time(_Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    frames: Annotated[int, Meta(ge=0, le=1000)] | None = None
    seconds: Annotated[float, Meta(ge=0, le=60)] | None = None

    def __post_init__(self) -> None:
        if (self.frames is None) == (self.seconds is None):
            raise ValueError("Expected either frames or seconds")

    @property
    def milliseconds(self) -> int:
        """Rounded up, so that a rule of whole milliseconds is never weaker than the guideline's."""
        time_ms = (self.frames or 0) * FRAME_MS + (self.seconds or 0) * 1000
        return -int(-time_ms // 1)


class _Label(_Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    form: str

    def __post_init__(self) -> None:
        _check_form(self.form, "name")


class _Sound(_Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    form: str
    inline: str | None = None

    def __post_init__(self) -> None:
        _check_form(self.form, "text")
        _check_form(self.inline or self.form, "text")


class _Dash(_Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    form: str

    def __post_init__(self) -> None:
        if self.form:
            _check_form(self.form, "text")


class _Colours(_Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    values: tuple[str, ...]

    def __post_init__(self) -> None:
        for colour in self.values:
            if not _COLOUR.fullmatch(colour):
                raise ValueError(f"Expected colours such as #ffe14d, not {quote(colour)}")
            contrast = measure_contrast(colour, "#000000")
            if contrast < LEAST_CONTRAST:
                raise ValueError(
                    f"Expected colours that can be read on black; {colour} has a contrast of "
                    f"{contrast:.1f}:1 (WCAG 2.2, 1.4.3 asks for {LEAST_CONTRAST}:1)"
                )


class _StyleFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    title: str
    line_width: _Width
    lines: _Lines
    one_line: _Rule | None = None
    reading_speed: _Speed
    label_time: _Time | None = None
    shortest: _Time
    longest: _Time
    gap: _Time
    small_gap: _Time
    hold: _Time
    label: _Label
    sound: _Sound
    dash: _Dash | None = None
    colours: _Colours | None = None

    def __post_init__(self) -> None:
        if self.longest.milliseconds < self.shortest.milliseconds:
            raise ValueError("Expected longest to be no less than shortest")
        label = self.label.form.format(name="", NAME="")
        if self.line_width.columns - measure_columns(label) < _LEAST_NAME:
            raise ValueError("Expected label to leave room for a name on a line")

    def compose(self, name: str) -> Style:
        speed = self.reading_speed
        rules = {key: getattr(self, key) for key in self.__struct_fields__}
        return Style(
            name=name,
            title=self.title,
            line_width=self.line_width.columns,
            lines=self.lines.count,
            reading=Reading.COLUMNS if speed.columns_per_second else Reading.WORDS,
            reading_speed=speed.columns_per_second or speed.words_per_minute or 0.0,
            label_ms=self.label_time.milliseconds if self.label_time else None,
            shortest_ms=self.shortest.milliseconds,
            longest_ms=self.longest.milliseconds,
            gap_ms=self.gap.milliseconds,
            small_gap_ms=max(self.gap.milliseconds, self.small_gap.milliseconds),
            hold_ms=self.hold.milliseconds,
            label=self.label.form,
            sound=self.sound.form,
            inline_sound=self.sound.inline or self.sound.form,
            dash=self.dash.form if self.dash else "",
            colours=self.colours.values if self.colours else (),
            sections={key: rule.section for key, rule in rules.items() if isinstance(rule, _Rule)},
        )


def list_styles() -> list[str]:
    """Name the house styles there are."""
    return sorted(entry.stem for entry in STYLES.glob("*.toml"))


def load_style(name: str) -> Style:
    """Read a house style by its name, or a style of one's own by the path of its `.toml` file.

    Raises UsageError where there is no such style, or where the file is no style file;
    UnreadableSource where there is no such file.
    """
    if name.endswith(".toml"):
        path = Path(name)
        return _fit(_extend(read_toml(path), path), path).compose(path.stem)
    return _load_house(name)


@lru_cache
def _load_house(name: str) -> Style:
    """Houses never change; a producer's own file may, between two builds."""
    return _fit(_read_house(name, None), STYLES / f"{name}.toml").compose(name)


def _read_house(name: str, asking: Path | None) -> Table:
    houses = list_styles()
    if name not in houses:
        own = "" if asking else ", or name a .toml file of your own"
        raise UsageError(
            f"There is no caption style {quote(name)}; choose one of: {', '.join(houses)}{own}.",
            file=asking,
        )
    return read_toml(STYLES / f"{name}.toml")


def _extend(table: Table, path: Path) -> Table:
    """Lay a producer's own rules over those of the house style that they start from."""
    base = table.pop("extends", None)
    if not isinstance(base, str):
        raise UsageError(
            "A style of your own starts from a house style; begin with a line such as "
            f'extends = "netflix" (or one of: {", ".join(list_styles())}).',
            file=path,
        )
    rules = {
        key: {"section": path.name, **rule} if isinstance(rule, dict) else rule
        for key, rule in table.items()
    }
    return {**_read_house(base, path), "title": f"{path.stem}, after {base}", **rules}


def _fit(table: Table, path: Path) -> _StyleFile:
    return fit_table(table, _StyleFile, path, "style")
