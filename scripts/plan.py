"""What a build shall make of each interview, and how."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from ..source import Editorial, find_recording

if TYPE_CHECKING:
    from ..audio import VoiceSpec
    from ..captions import Style


class Media(StrEnum):
    """Where recordings are, when no file is named."""

    BESIDE = "beside"
    """Beside each transcript, under its name."""
    NONE = "none"
    """Nowhere: what stands beside a transcript does not count."""


class Edition(StrEnum):
    """What is spoken: the choices of `--narration`."""

    AUTO = "auto"
    """The pictures, over a recording, in an extended edition too where there is no time for them;
    without a recording the whole interview."""
    NONE = "none"
    STANDARD = "standard"
    """Never an extended edition."""
    EXTENDED = "extended"
    """An extended edition whether or not it is needed."""


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


@dataclass(frozen=True, slots=True)
class Plan:
    """What to build, and how."""

    out: Path
    style: Style
    language: str | None
    narration: NarrationPlan
    editorial: Editorial
    media: Path | Media = Media.BESIDE

    def folder_of(self, transcript: Path) -> Path:
        """Return where a transcript's results go: a folder in `out`, whatever the file's name."""
        # The stem of `...txt` is `..`, which would lead out of the folder.
        return self.out / (transcript.stem if transcript.stem.strip(".") else transcript.name)

    def media_of(self, transcript: Path) -> Path | None:
        """Return a transcript's recording, if it has one."""
        match self.media:
            case Media.NONE:
                return None
            case Media.BESIDE:
                return find_recording(transcript)
            case path:
                return path
