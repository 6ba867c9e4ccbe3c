"""What a build made, and what a person should look at."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .. import __version__
from ..source import Editorial, Interview, Notice, VivavozError
from .alignment import describe_differences, summarise_alignment
from .finding import count_findings, describe_findings
from .hearing import Hearing
from .listing import describe_error, describe_notices, describe_speakers
from .terminal import tame

if TYPE_CHECKING:
    from ..captions import Finding
    from .described import Described
    from .editing import Editing
    from .translation import Translated


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
    described: Described | None
    """What became of the pictures, where they are described over a recording."""
    cues: int
    editing: Editing
    exceptions: Sequence[Finding]
    """Where captions can't keep the style, for speech leaves them no time."""
    findings: Sequence[Finding]
    """What a check of the captions file found."""
    words: int
    """In the captions: a recording may not have them all."""
    sounds: int
    pictures: int
    duration_ms: int
    translations: Sequence[Translated]
    warnings: Sequence[Notice]
    failure: VivavozError | None
    """Why some of the results are not there."""

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
            "findings": len(self.findings),
            "words": self.words,
            "duration_ms": self.duration_ms,
            **self._summarise_translations(),
            "warnings": describe_notices(self.warnings),
            **({"error": describe_error(self.failure)} if self.failure else {}),
        }

    def _summarise_translations(self) -> dict[str, object]:
        told = [translated.summarise() for translated in self.translations]
        return {"translations": told} if told else {}

    def explain(self) -> str:
        """Return the same for a person's eyes, in a few lines."""
        minutes, seconds = divmod(round(self.duration_ms / 1000), 60)
        length = f"{self.cues} cues, {self.words} words, {minutes} min {seconds:02} s"
        checked = f"captions checked under {self.style}: {count_findings(self.findings)}"
        files = ", ".join(self.outputs.values())
        lines = [f"{self.folder}: {length}", f"  {files}", f"  {checked}"]
        if self.editing.count:
            lines.append(f"  {self.editing.summarise()}")
        lines += [f"  {translated.explain()}" for translated in self.translations]
        if self.hearing:
            told = summarise_alignment(self.hearing.alignment)
            lines.append(f"  timed to {self.hearing.recording.path.name}: {told}")
        if self.described:
            lines.append(f"  {self.described.summarise()}")
        return "\n".join(map(tame, lines))

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
            "narration": self.described.describe() if self.described else None,
            "alignment": describe_differences(self.hearing.alignment) if self.hearing else None,
            "edits": self.editing.describe(),
            "exceptions": describe_findings(self.exceptions),
            "check": {
                "findings": len(self.findings),
                "by_rule": Counter(found.rule for found in self.findings),
                "list": describe_findings(self.findings),
            },
            "translations": [translated.describe() for translated in self.translations],
            "sounds": self.sounds,
            "pictures": self.pictures,
            "vivavoz": __version__,
        }
        return json.dumps(details, ensure_ascii=False, indent=2) + "\n"
