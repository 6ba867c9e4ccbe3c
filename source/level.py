"""How loud: what may be asked for, by an option of the command or in a settings file."""

from __future__ import annotations

DUCK_DB = (-60, 0)
"""The least and the most that the programme's gain under a description may be."""

LOUDNESS_LUFS = (-40, -8)
"""The least and the most that a mix may be brought to."""
