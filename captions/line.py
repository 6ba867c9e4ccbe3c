"""Lines of a text that has no times, by the same optimum as cues."""

from __future__ import annotations

from .segment import compose_lines, segment_units
from .style import Style
from .style_file import load_style
from .unit import lay_text


def break_lines(text: str, style: Style | str = "netflix", language: str = "en") -> list[str]:
    """Break a text at the best place into the lines of a full cue, or of several if it needs them.

    This is for a text that is to stand on several lines even if one would hold it.
    """
    house = load_style(style) if isinstance(style, str) else style
    units = lay_text(text, house)
    if not units.texts:
        return []
    cuts = segment_units(units, house, language, clock=None)
    return [line for cue in compose_lines(units, cuts, house) for line in cue]
