"""How long something took, or may take, in words."""

from __future__ import annotations

_MINUTE_S = 60
_HOUR_MIN = 60
_LEAST_S = 5
"""Nobody can know better how long something will take."""


def word_span(seconds: float) -> str:
    """Say how long something took, as exactly as anybody wants to know."""
    if seconds < _MINUTE_S:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), _MINUTE_S)
    return f"{minutes} min {rest:02} s" if minutes < _HOUR_MIN else _word_hours(minutes)


def word_estimate(seconds: float) -> str:
    """Say how long something may take, no more exactly than anybody can know."""
    if seconds < _MINUTE_S:
        return f"about {max(_LEAST_S, round(seconds / _LEAST_S) * _LEAST_S)} s"
    minutes = round(seconds / _MINUTE_S)
    return f"about {minutes} min" if minutes < _HOUR_MIN else f"about {_word_hours(minutes)}"


def _word_hours(minutes: int) -> str:
    return f"{minutes // _HOUR_MIN} h {minutes % _HOUR_MIN:02} min"
