"""What nearly every build needs, loaded once by the process that all workers are forked from."""

from __future__ import annotations

from ...captions import caption, check_captions, parse_caption_file, write_captions
from ...source.language import detect_language
from . import attempt

__all__ = ["attempt", "caption", "check_captions", "parse_caption_file", "write_captions"]

detect_language("The model that tells languages apart takes longer to load than all the rest.")
