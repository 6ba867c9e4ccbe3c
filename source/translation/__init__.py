"""A transcript and its translation: what stands for what, and when the translation is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..exports import defer_exports

if TYPE_CHECKING:
    from .timing import Translation, time_translation

__getattr__ = defer_exports(__name__, {"Translation": "timing", "time_translation": "timing"})

__all__ = ["Translation", "time_translation"]
