"""An interview's captions in any format."""

from __future__ import annotations

from ...source.track import Written
from ..cue import Captions
from .composition import compose_track
from .format import TrackFormat, write_track
from .page import write_page
from .passage import tell_timeline
from .plain import write_plain


def write_results(captions: Captions, form: TrackFormat, *, word_times: bool = False) -> Written:
    """Write an interview in a format; `word_times` are for WebVTT, and are called karaoke.

    A transcript has all of the interview, pictures and headings too. Raises UsageError as
    `write_track` does.
    """
    if form.is_transcript:
        transcript = tell_timeline(captions.timeline)
        write = write_plain if form is TrackFormat.TEXT else write_page
        return Written(write(transcript))
    return write_track(compose_track(captions, word_times=word_times), form)
