"""The types of what a file says, in plain words instead of msgspec's."""

from __future__ import annotations

import re

_TYPES = re.compile(r"\b(Expected|got) `([^`]+)`")
_NAMES = {
    "object": "a table",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "str": "a text",
    "array": "a list",
    "datetime": "a date",
    "date": "a date",
    "time": "a time",
    "null": "nothing",
}


def name_types(message: str) -> str:
    """Put the types that a message of msgspec expected and got into plain words."""
    return _TYPES.sub(lambda found: f"{found[1]} {_name_all(found[2])}", message)


def _name_all(types: str) -> str:
    return " or ".join(_NAMES.get(name, name) for name in types.split(" | "))
