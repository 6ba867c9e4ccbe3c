"""What a build made, and what a person should look at."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .. import __version__
from ..source import Editorial, Interview, Notice
from .alignment import describe_differences
from .hearing import Hearing
from .listing import describe_notices, describe_speakers

if TYPE_CHECKING:
    from ..captions import Captions


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one build."""

    transcript: Path
    interview: Interview
    folder: Path
    outputs: Mapping[str, str]
    """Kind → file name in the folder."""
    clock: str
    hearing: Hearing | None
    """What the recording has of the interview, if there is one."""
    style: str
    editorial: Editorial
    brackets: Mapping[str, int]
    """How many editorial brackets were unwrapped, kept and dropped."""
    voices: Mapping[str, str]
    """Who is read by which voice; empty where nothing is read."""
    cues: int
    exceptions: Sequence[Mapping[str, object]]
    """Where captions don't keep the style."""
    words: int
    """In the captions: a recording may not have them all."""
    sounds: int
    pictures: int
    duration_ms: int
    warnings: Sequence[Notice]

    def summarise(self) -> dict[str, object]:
        """Return what `vivavoz build --json` prints; the outputs are whole paths."""
        outputs = {kind: str(self.folder / name) for kind, name in self.outputs.items()}
        return {
            "interview": str(self.transcript),
            "outputs": outputs,
            "clock": self.clock,
            "media": str(self.hearing.recording.path) if self.hearing else None,
            "language": self.interview.language,
            "speakers": describe_speakers(self.interview),
            "cues": self.cues,
            "words": self.words,
            "duration_ms": self.duration_ms,
            "warnings": describe_notices(self.warnings),
        }

    def describe(self) -> str:
        """Return the text of `report.json`: the summary and all that was decided on the way.

        It names files without their folders, so that the same input gives the same bytes
        wherever it is built.
        """
        details = {
            **self.summarise(),
            "interview": self.transcript.name,
            "outputs": dict(self.outputs),
            "media": self.hearing.recording.path.name if self.hearing else None,
            "title": self.interview.title,
            "style": self.style,
            "editorial": {"policy": self.editorial.value, **self.brackets},
            "voices": dict(self.voices),
            "alignment": describe_differences(self.hearing.alignment) if self.hearing else None,
            "exceptions": list(self.exceptions),
            "sounds": self.sounds,
            "pictures": self.pictures,
            "vivavoz": __version__,
        }
        return json.dumps(details, ensure_ascii=False, indent=2) + "\n"


def describe_exceptions(captions: Captions) -> list[dict[str, object]]:
    """Return where cues don't keep their style; each is named by its number, from 0, and start."""
    return [
        {
            "cue": found.cue,
            "start_ms": captions.cues[found.cue].start_ms,
            "rule": found.rule,
            "value": round(found.value, 1),
            "limit": found.limit,
        }
        for found in captions.exceptions
    ]
