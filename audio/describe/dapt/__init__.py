"""Audio description as W3C's DAPT, a profile of TTML2: written, read back, and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....source.exports import defer_exports

if TYPE_CHECKING:
    from .check import check_dapt
    from .reader import parse_dapt, read_dapt
    from .rule import NOT_CHECKED, Finding, Rule
    from .script import Script, ScriptEvent, script_narration
    from .writer import write_dapt

__getattr__ = defer_exports(
    __name__,
    {
        "NOT_CHECKED": "rule",
        "Finding": "rule",
        "Rule": "rule",
        "Script": "script",
        "ScriptEvent": "script",
        "check_dapt": "check",
        "parse_dapt": "reader",
        "read_dapt": "reader",
        "script_narration": "script",
        "write_dapt": "writer",
    },
)

__all__ = [
    "NOT_CHECKED",
    "Finding",
    "Rule",
    "Script",
    "ScriptEvent",
    "check_dapt",
    "parse_dapt",
    "read_dapt",
    "script_narration",
    "write_dapt",
]
