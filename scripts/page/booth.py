"""Where a recording is made ready for browsers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...audio.playback import Playback, Shown, choose_playback, choose_version, write_playback
from ...audio.step import PLAYBACK
from ...audio.step_store import StepStore
from ...source import Notice, Recording, open_recording
from ..output import OutputFolder
from ..timing import Say
from .content import Media

_PLAYED, _DESCRIBED = "recording", "recording_described"
"""What the report calls them."""


class Booth:
    """Makes a recording ready for browsers; what stands there already is not made again."""

    def __init__(
        self, recording: Recording, store: StepStore, output: OutputFolder, step: Say
    ) -> None:
        self._recording = recording
        self._store = store
        self._output = output
        self._step = step
        self._playback = choose_playback(recording)

    def stage_recording(self) -> Media:
        """Stage the recording: by another name, if browsers play it as it is."""
        playback = self._playback
        name = f"recording{playback.ending}"
        made_of = {"media": self._store.name_result(PLAYBACK, "recording", name)}
        if playback.keeps_file:
            self._output.lend(_PLAYED, name, self._recording.path)
        elif not self._output.reuse(_PLAYED, name, made_of):
            self._write(self._recording, playback, self._output.stage(_PLAYED, name))
        return Media(name, self._recording.has_video and playback.shown is not Shown.NOWHERE)

    def stage_described(self, described: str, output: OutputFolder) -> str:
        """Stage a language's described recording with no other sound, where it has more."""
        if not self._recording.has_video:
            return described
        version = choose_version(self._playback)
        name = output.tell_apart(f"recording.described{version.ending}")
        made_of = {"media": PLAYBACK.name_result(name, output.parts[described])}
        if not output.reuse(_DESCRIBED, name, made_of):
            source = open_recording(output.find("described"))
            staged = output.stage(_DESCRIBED, name)
            self._write(source, version, staged, track=self._recording.tracks)
        return name

    def note_loss(self) -> Iterator[Notice]:
        """Say which pictures are not seen."""
        if self._playback.shown is Shown.SOMEWHERE:
            yield Notice(
                None,
                "Not every browser shows pictures as this recording has them; where one does not, "
                "the page plays the sound. MP4 with H.264 is shown everywhere.",
            )
        elif self._playback.shown is Shown.NOWHERE:
            yield Notice(
                None,
                "No browser shows pictures as this recording has them, so the page plays the sound "
                "alone; save it as MP4 with H.264 to have them there.",
            )

    def _write(
        self, source: Recording, playback: Playback, out: Path, track: int | None = None
    ) -> None:
        self._step("preparing the page")
        write_playback(source, playback, out, track=track)
