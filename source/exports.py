"""A room's public names, each loaded when it is first used.

So nobody pays for numpy, ffmpeg or a lexicon who does not use them, least of all the help.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module


def defer_exports(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """Return a package's `__getattr__` (PEP 562). `homes` maps each name to its module."""

    def load(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f".{homes[name]}", package), name)

    return load
