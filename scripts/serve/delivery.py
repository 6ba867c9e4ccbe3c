"""Files of interviews, as they are sent: whole or in part, and only if they changed."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles

from .shelf import PAGE, Shelf, is_plain

_TYPES = {
    ".html": "text/html",
    ".json": "application/json",
    ".srt": "application/x-subrip",
    ".ttml": "application/ttml+xml",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".xml": "application/xml",
    ".aac": "audio/aac",
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".m4v": "video/mp4",
    ".mka": "audio/x-matroska",
    ".mkv": "video/x-matroska",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".ogv": "video/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".webm": "video/webm",
}
"""By the name's ending; a system's own list may lack some of them, or say something else."""
_UNKNOWN = "application/octet-stream"
_PAGE_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""An interview's page has a stricter one of its own; this holds for one from elsewhere, too, which
could ask for other interviews and send them away.
"""
_CHUNK = 1 << 18
"""Bytes that are read at a time."""


class _FileAnswer(FileResponse):
    chunk_size = _CHUNK


_STATIC = StaticFiles(check_dir=False)
"""Knows when a browser has a file already (RFC 9110, 13.2.2)."""


def locate_file(shelf: Shelf, raw_path: bytes) -> Path | None:
    """Return where a path leads, percent-encoded as it was sent; a folder's is that of its page.

    None for what is no plain way down the shelf: hidden names, `..`, another separator.
    """
    names = os.fsdecode(unquote_to_bytes(raw_path)).split("/")[1:]
    if not names[-1]:
        names[-1] = PAGE
    if not all(map(is_plain, names)):
        return None
    path = shelf.root.joinpath(*names)
    return path if path.is_relative_to(shelf.top) else None


def answer_file(shelf: Shelf, path: Path, headers: Headers) -> Response | None:
    """Return the answer with an interview's file; None where there is none.

    A link that leads out of the shelf, or to something hidden, is none.
    """
    try:
        target = path.resolve(strict=True)
        status = target.stat()
    except (OSError, RuntimeError):  # Python 3.11 and 3.12 raise the latter for links in a ring
        return None
    if not target.is_relative_to(shelf.top):
        return None
    if not all(map(is_plain, target.relative_to(shelf.top).parts)):
        return None
    if not stat.S_ISREG(status.st_mode) or not os.access(target, os.R_OK):
        return None
    kind = _TYPES.get(path.suffix.lower(), _UNKNOWN)
    answer: Response = _FileAnswer(target, media_type=kind, stat_result=status)
    if _STATIC.is_not_modified(answer.headers, headers):
        answer = NotModifiedResponse(answer.headers)
    if kind == _TYPES[".html"]:
        answer.headers["content-security-policy"] = _PAGE_POLICY
    return answer
