"""House styles, for someone who chooses one or writes their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..captions import Style, list_styles, load_style


@dataclass(frozen=True, slots=True)
class Rule:
    """What a style says of one thing."""

    name: str
    value: float | str
    unit: str
    section: str
    """Where its guideline says so."""


def find_rules(style: Style) -> Iterator[Rule]:
    """Yield a style's rules in the order of its file."""
    values: dict[str, tuple[float | str, str]] = {
        "line_width": (style.line_width, "columns"),
        "lines": (style.lines, "lines"),
        "one_line": ("where one is enough", ""),
        "reading_speed": (style.reading_speed, style.reading.unit),
        "label_time": (style.label_ms or 0, "ms"),
        "shortest": (style.shortest_ms, "ms"),
        "longest": (style.longest_ms, "ms"),
        "gap": (style.gap_ms, "ms"),
        "small_gap": (style.small_gap_ms, "ms"),
        "hold": (style.hold_ms, "ms"),
        "label": (style.label, ""),
        "sound": (style.sound, ""),
        "dash": (style.dash, ""),
        "colours": (" ".join(style.colours), ""),
    }
    for name, section in style.sections.items():
        yield Rule(name, *values[name], section)


def list_houses() -> str:
    """Return what `vivavoz styles` prints."""
    houses = [load_style(name) for name in list_styles()]
    lines = [
        f"{house.name:<8} {house.title}: {house.line_width} columns, "
        f"{house.reading_speed:g} {house.reading.unit}"
        for house in houses
    ]
    return "\n".join([*lines, "", "`vivavoz styles NAME` explains one, or a .toml file of yours."])


def explain_style(style: Style) -> str:
    """Return what `vivavoz styles NAME` prints: each rule with its guideline's section."""
    rows = [(rule.name, _write_value(rule), rule.section) for rule in find_rules(style)]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [f"{name:<{widths[0]}}  {value:<{widths[1]}}  {at}" for name, value, at in rows]
    return "\n".join([f"{style.name}: {style.title}", "", *lines])


def describe_style(style: Style) -> dict[str, object]:
    """Return what `vivavoz styles NAME --json` prints."""
    rules = {
        rule.name: {"value": rule.value, "unit": rule.unit, "section": rule.section}
        for rule in find_rules(style)
    }
    return {"name": style.name, "title": style.title, "rules": rules}


def _write_value(rule: Rule) -> str:
    value = rule.value if isinstance(rule.value, str) else f"{rule.value:g}"
    return f"{value} {rule.unit}".strip() or "none"
