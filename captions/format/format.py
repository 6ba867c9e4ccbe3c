"""The formats that a track is written in, by the name that people ask for them with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from importlib import import_module

from ...source import UsageError
from ...source.quotation import quote
from ...source.track import Track, Written


class TrackFormat(StrEnum):
    """A format of captions or of a transcript."""

    WEBVTT = "vtt"
    SUBRIP = "srt"
    IMSC = "imsc"
    EBU_TT_D = "ebu-tt-d"
    SCC = "scc"
    """29.97 frames a second, drop frame."""
    SCC_NON_DROP = "scc-ndf"
    PODCAST = "podcast"
    TEXT = "txt"
    HTML = "html"

    @property
    def ending(self) -> str:
        """How the names of its files end."""
        return _ENDINGS.get(self, f".{self}")

    @property
    def is_transcript(self) -> bool:
        """Whether it tells the whole interview, not what is on the screen and when."""
        return self in {TrackFormat.TEXT, TrackFormat.HTML}


def parse_formats(names: Iterable[str]) -> tuple[TrackFormat, ...]:
    """Read the names of formats; WebVTT comes first, and always.

    Raises UsageError for a name that is none, and for two that would be one file.
    """
    forms = [TrackFormat.WEBVTT]
    for name in names:
        if name not in list(TrackFormat):
            known = ", ".join(TrackFormat)
            raise UsageError(f"There is no format {quote(name)}; choose among {known}.")
        forms.append(TrackFormat(name))
    if {TrackFormat.SCC, TrackFormat.SCC_NON_DROP} <= set(forms):
        raise UsageError("scc and scc-ndf would be one file; choose one of them.")
    return tuple(dict.fromkeys(forms))


_ENDINGS = {
    TrackFormat.IMSC: ".ttml",
    TrackFormat.EBU_TT_D: ".ebu-tt-d.xml",
    TrackFormat.SCC_NON_DROP: ".scc",
    TrackFormat.PODCAST: ".json",
}
_WRITERS = {
    TrackFormat.WEBVTT: ("..webvtt", "write_track"),
    TrackFormat.SUBRIP: (".subrip", "write_subrip"),
    TrackFormat.IMSC: (".ttml", "write_imsc"),
    TrackFormat.EBU_TT_D: (".ttml", "write_ebu_tt_d"),
    TrackFormat.SCC: (".scc", "write_scc"),
    TrackFormat.SCC_NON_DROP: (".scc", "write_scc_non_drop"),
    TrackFormat.PODCAST: (".podcast", "write_podcast"),
    TrackFormat.TEXT: (".plain", "write_plain_track"),
    TrackFormat.HTML: (".page", "write_page_of_track"),
}


def write_track(track: Track, form: TrackFormat) -> Written:
    """Write a track, and say what the format can't hold.

    Raises UsageError where a format has no letters for the track's script.
    """
    module, name = _WRITERS[form]
    # Only what is asked for is imported.
    write: Callable[[Track], Written] = getattr(import_module(module, __package__), name)
    return write(track)
