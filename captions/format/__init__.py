"""Every format that captions are written in."""

from __future__ import annotations

from .composition import compose_track
from .format import TrackFormat, write_results, write_track

__all__ = ["TrackFormat", "compose_track", "write_results", "write_track"]
