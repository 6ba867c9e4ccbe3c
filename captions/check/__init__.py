"""Caption files, held against a house style and against what their format allows."""

from __future__ import annotations

from .figures import Figures
from .verdict import Verdict, check_captions

__all__ = ["Figures", "Verdict", "check_captions"]
