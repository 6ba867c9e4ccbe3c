"""One caption file into another format, and a word about what that one can't hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..source import Notice, UsageError
from .disk import write_whole
from .listing import describe_notices
from .output import refuse_output
from .terminal import say, write_json

if TYPE_CHECKING:
    from ..captions import TrackFormat

_ENDINGS = {
    ".vtt": "vtt",
    ".srt": "srt",
    ".ttml": "imsc",
    ".dfxp": "imsc",
    ".scc": "scc",
    ".json": "podcast",
    ".txt": "txt",
    ".html": "html",
    ".htm": "html",
}
"""What a name's ending stands for; `.xml` may be several."""


def convert_file(
    source: Path, target: Path, *, to: str | None, language: str | None, as_json: bool
) -> None:
    """Write captions in another format, and say what became of them.

    Raises UsageError where the format is not told or the captions would be replaced,
    UnreadableSource, or UnwritableOutput.
    """
    from ..captions import read_track, write_track  # noqa: PLC0415 - the help needs neither

    form = _choose_format(target, to)
    _refuse_source(target, source)
    track, read = read_track(source)
    track = replace(track, title=track.title or source.stem, language=language or track.language)
    written = write_track(track, form)
    notices = [*read, *_note_language(track.language, form), *written.notices]
    with refuse_output(target.parent, "OUT"):
        write_whole(target, written.text.encode("utf-8", errors="replace"))
    if as_json:
        told = {
            "file": str(source),
            "output": str(target),
            "format": form.value,
            "cues": len(track.cues),
            "warnings": describe_notices(notices),
        }
        say(write_json(told))
    else:
        _tell(target, len(track.cues), notices)


def _choose_format(target: Path, to: str | None) -> TrackFormat:
    from ..captions import TrackFormat  # noqa: PLC0415

    name = to or _ENDINGS.get(target.suffix.lower())
    if name is None:
        raise UsageError(
            f"The name's ending doesn't say which format is meant; say it with --to: "
            f"{', '.join(TrackFormat)}.",
            file=target,
        )
    return TrackFormat(name)


def _refuse_source(target: Path, source: Path) -> None:
    """Raise UsageError where the captions would be replaced."""
    with refuse_output(target.parent, "OUT"):
        same = target.exists() and source.exists() and target.samefile(source)
    if same:
        raise UsageError(
            "The captions would be replaced; give the new file another name.", file=target
        )


def _note_language(language: str, form: TrackFormat) -> Sequence[Notice]:
    """Note a language that nobody gives, where readers of the format need it."""
    if language or form.value not in {"imsc", "ebu-tt-d", "html"}:
        return ()
    return (Notice(None, "Nothing says which language this is; say it with --language."),)


def _tell(target: Path, cues: int, notices: Sequence[Notice]) -> None:
    say(f"{target}: {cues} cue{'s' * (cues != 1)}.")
    for notice in notices:
        where = f"line {notice.line}: " if notice.line else ""
        say(f"  {where}{notice.message}")
