"""What a build made, and what a person should look at."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .. import __version__
from ..source import Notice, Picture, Sound, SpanKind, TokenKind, Turn, VivavozError
from .alignment import describe_differences, summarise_alignment
from .delivery import Delivery
from .finding import count_findings, describe_findings
from .listing import describe_error, describe_notices, describe_speakers
from .notices import note_failures
from .terminal import tame
from .translation import Translated


@dataclass(frozen=True, slots=True)
class Report:
    """What came of one build."""

    original: Delivery
    translations: Sequence[Translated]
    notices: Sequence[Notice]
    failures: Sequence[VivavozError]
    """Why some of the results are not there."""

    @property
    def failure(self) -> VivavozError | None:
        """The one that the build ends with."""
        return self.failures[0] if self.failures else None

    @property
    def warnings(self) -> Sequence[Notice]:
        """What a person should look at beside it."""
        others = note_failures(self.failures[1:], self.original.plan.transcript)
        return (*self.notices, *others)

    def summarise(self) -> dict[str, object]:
        """Return what `vivavoz build --json` prints; the outputs are whole paths."""
        original, output = self.original, self.original.output
        timeline, hearing = original.captions.timeline, original.timing.hearing
        translated = [translated.summarise() for translated in self.translations]
        return {
            "interview": str(original.plan.transcript),
            "outputs": {kind: str(output.folder / name) for kind, name in output.names.items()},
            "clock": timeline.clock.value,
            "media": str(hearing.recording.path) if hearing else None,
            "language": original.interview.language,
            "speakers": describe_speakers(original.interview),
            "cues": len(original.captions.cues),
            "findings": len(original.tracks.findings),
            "words": _count_words(original),
            "duration_ms": timeline.duration_ms,
            **({"translations": translated} if translated else {}),
            **({"unapplied": unapplied} if (unapplied := self._count_unapplied()) else {}),
            "warnings": describe_notices(self.warnings),
            **({"error": describe_error(self.failure)} if self.failure else {}),
        }

    def _count_unapplied(self) -> dict[str, int]:
        """Count the edits of each text that could not be applied, and wait."""
        deliveries = [self.original, *(translated.delivery for translated in self.translations)]
        return {
            each.plan.transcript.name: len(each.editing.conflicts)
            for each in deliveries
            if each.editing.conflicts
        }

    def explain(self) -> str:
        """Return the same for a person's eyes, in a few lines."""
        original, hearing = self.original, self.original.timing.hearing
        minutes, seconds = divmod(round(original.captions.timeline.duration_ms / 1000), 60)
        length = f"{len(original.captions.cues)} cues, {_count_words(original)} words"
        checked = f"captions checked under {original.plan.style.name}"
        lines = [
            f"{original.output.folder}: {length}, {minutes} min {seconds:02} s",
            f"  {', '.join(original.output.names.values())}",
            f"  {checked}: {count_findings(original.tracks.findings)}",
        ]
        if original.editing.count:
            lines.append(f"  {original.editing.summarise()}")
        lines += [f"  {translated.explain()}" for translated in self.translations]
        if hearing:
            told = summarise_alignment(hearing.alignment)
            lines.append(f"  timed to {hearing.recording.path.name}: {told}")
        if original.spoken.described:
            lines.append(f"  {original.spoken.described.summarise()}")
        return "\n".join(map(tame, lines))

    def describe(self) -> str:
        """Return the text of `report.json`: the summary and all that was decided on the way.

        It names files without their folders, so that the same input gives the same bytes
        wherever it is built.
        """
        original, plan, timing = self.original, self.original.plan, self.original.timing
        hearing, described = timing.hearing, original.spoken.described
        findings, parts = original.tracks.findings, original.interview.parts
        details = {
            **self.summarise(),
            "interview": plan.transcript.name,
            "outputs": dict(original.output.names),
            "media": hearing.recording.path.name if hearing else None,
            **({"error": describe_error(self.failure.without_folder())} if self.failure else {}),
            "title": original.interview.title,
            "style": plan.style.name,
            "editorial": {"policy": plan.editorial.value, **timing.wording.editorial},
            "voices": timing.readers.name_voices() if timing.readers else {},
            "narration": described.describe() if described else None,
            "alignment": describe_differences(hearing.alignment) if hearing else None,
            "edits": original.editing.describe(),
            "exceptions": describe_findings(original.editing.list_exceptions()),
            "check": {
                "findings": len(findings),
                "by_rule": Counter(found.rule for found in findings),
                "list": describe_findings(findings),
            },
            "translations": [translated.describe() for translated in self.translations],
            "sounds": _count_sounds(original),
            "pictures": sum(isinstance(part, Picture) for part in parts),
            "vivavoz": __version__,
        }
        return json.dumps(details, ensure_ascii=False, indent=2) + "\n"


def _count_words(original: Delivery) -> int:
    """Count the words in the captions: a recording may not have them all."""
    return sum(
        word.token.kind is TokenKind.SPEECH and word.token.is_word
        for timed in original.captions.timeline.parts
        if isinstance(timed.part, Turn)
        for word in timed.words
    )


def _count_sounds(original: Delivery) -> int:
    interview = original.interview
    inside = sum(span.kind is SpanKind.SOUND for turn in interview.turns() for span in turn.spans)
    return inside + sum(isinstance(part, Sound) for part in interview.parts)
