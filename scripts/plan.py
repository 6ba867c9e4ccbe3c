"""What a build shall make of one interview, from what, where, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ..source import EDITS, Edition, Editorial, FileTimes, Person, split_ending

if TYPE_CHECKING:
    from ..audio import VoiceSpec
    from ..captions import Style, TrackFormat


@dataclass(frozen=True, slots=True)
class NarrationPlan:
    """What is spoken, by whom, and how loud."""

    edition: Edition
    voice: VoiceSpec
    narrator: VoiceSpec | None = None
    """Who describes the pictures; without a choice that follows the voice."""
    duck_db: float = -10.0
    """The programme's gain under a description."""
    loudness_lufs: float | None = None
    """What the described mix is brought to; None keeps the programme as loud as it is."""
    voices: Mapping[str, VoiceSpec] = field(default_factory=dict[str, "VoiceSpec"])
    """Voices that were chosen for speakers, by a label or a name of the transcript."""
    pronounce: Mapping[str, str] = field(default_factory=dict[str, str])
    """How words are said, as the settings have it."""

    def list_voices(self) -> list[VoiceSpec]:
        """Return the voices that may speak: none where nothing is spoken."""
        if self.edition is Edition.NONE:
            return []
        return [voice for voice in (self.voice, self.narrator, *self.voices.values()) if voice]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to build of one interview; it goes to a worker as it is."""

    transcript: Path
    out: Path
    """The folder that the results of all interviews are in."""
    name: str
    """The interview's own folder in `out`, and in it perhaps further ones: parts with slashes."""
    media: Path | None
    media_found: bool
    """Whether the recording was found beside the transcript, and named by nobody."""
    style: Style
    formats: tuple[TrackFormat, ...]
    """What captions are written in; WebVTT is always among them."""
    word_times: bool
    """Whether WebVTT says when each word is said."""
    language: str | None
    """A BCP 47 tag; None lets the reader find out."""
    editorial: Editorial
    narration: NarrationPlan
    speakers: Mapping[str, Person] = field(default_factory=dict[str, Person])
    """Full names and roles, by the labels or names that the transcript has."""
    expected: tuple[str, ...] = ()
    """Whom the interview's own settings name, who should be in it; a folder's name all people."""
    timing: FileTimes | None = None
    """None keeps the file's times where there is no recording."""
    page: bool = True
    """Whether there is to be a page that plays and shows all of it."""
    translations: tuple[Plan, ...] = ()
    """What is to be made of each, in the same folder; its language is known."""

    @property
    def keeps_times(self) -> bool:
        """Whether the times that the transcript's file may have are kept."""
        return self.media is None if self.timing is None else self.timing is FileTimes.KEEP

    @property
    def folder(self) -> Path:
        """Where its results go."""
        return self.out / self.name

    def list_texts(self) -> tuple[Plan, ...]:
        """Return this and the translations."""
        return (self, *self.translations)

    @property
    def edits(self) -> Path:
        """Where it stands what people changed in its captions: beside the transcript."""
        return self.transcript.with_name(split_ending(self.transcript.name)[0] + EDITS)
