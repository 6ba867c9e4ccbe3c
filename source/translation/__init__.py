"""A transcript and its translation: what stands for what, and when the translation is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..exports import defer_exports

if TYPE_CHECKING:
    from .timing import Translation, refuse_stranger, time_translation

__all__ = ["Translation", "refuse_stranger", "time_translation"]

__getattr__ = defer_exports(__name__, dict.fromkeys(__all__, "timing"))
