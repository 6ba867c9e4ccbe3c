"""The translations of an interview: all that it has itself, in other languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..source import (
    CAPTIONS,
    Edition,
    Interview,
    Notice,
    Part,
    Picture,
    Translation,
    UnavailableTool,
    VivavozError,
    Wording,
    contradict_language,
    read_interview,
    refuse_stranger,
    split_ending,
    time_translation,
    word_interview,
)
from .delivery import Delivery, deliver
from .finding import count_findings, describe_findings
from .listing import describe_speakers, format_time, name_kind, say_where
from .notices import NOTED_LAG_MS, note_delivery
from .plan import Plan
from .timing import Readers, Say, Timing, find_readers, time_by_original


@dataclass(frozen=True, slots=True)
class Translated:
    """What came of one translation."""

    delivery: Delivery
    translation: Translation

    @property
    def name(self) -> str:
        """The file's."""
        return self.delivery.plan.transcript.name

    @property
    def interview(self) -> Interview:
        """The translation itself."""
        return self.delivery.interview

    def summarise(self) -> dict[str, object]:
        """Return what `vivavoz build --json` has of it."""
        return {
            "translation": self.name,
            "language": self.interview.language,
            "speakers": describe_speakers(self.interview),
            "cues": len(self.delivery.captions.cues),
            "findings": len(self.delivery.tracks.findings),
        }

    def explain(self) -> str:
        """Return the same for a person's eyes, in a line."""
        editing = self.delivery.editing
        findings = count_findings(self.delivery.tracks.findings)
        told = f"{self.name} ({self.interview.language}): {len(editing.captions.cues)} cues"
        told += f", checked under {self.delivery.plan.style.name}: {findings}"
        return f"{told}; {editing.summarise()}" if editing.count else told

    def describe(self) -> dict[str, object]:
        """Return what `report.json` has of it: what has no counterpart, by line, and more."""
        readers, described = self.delivery.timing.readers, self.delivery.spoken.described
        return {
            **self.summarise(),
            "voices": readers.name_voices() if readers else {},
            "narration": described.describe() if described else None,
            "lacking": [_describe_part(part) for part in self.translation.lacking],
            "added": [_describe_part(part) for part in self.translation.added],
            "edits": self.delivery.editing.describe(),
            "exceptions": describe_findings(self.delivery.editing.list_exceptions()),
            "check": describe_findings(self.delivery.tracks.findings),
        }

    def note(self) -> Iterator[Notice]:
        """Yield what to look at; a line is one of the original."""
        for part in self.translation.lacking:
            yield Notice(part.line, f"{_name(part)} has no counterpart in {self.name}.")
        for notice in self._note_own():
            yield Notice(None, say_where(self.name, notice.line, notice.message))

    def _note_own(self) -> Iterator[Notice]:
        """Yield what to look at in the translation, with its lines."""
        yield from self._note_language()
        yield from note_delivery(self.delivery)
        yield from self._note_added()
        yield from self._note_lateness()

    def _note_language(self) -> Iterator[Notice]:
        """Note a text that is surely not in the language that its file's name says."""
        text = "\n".join(turn.text for turn in self.interview.turns())
        if found := contradict_language(text, self.interview.language):
            yield Notice(
                None,
                f"The text is in “{found}”, as it seems, and not in “{self.interview.language}”; "
                "give the file the right name if that is so.",
            )

    def _note_added(self) -> Iterator[Notice]:
        added = {id(part) for part in self.translation.added}
        for timed in self.translation.timeline.parts:
            if id(timed.part) in added:
                seconds = (timed.end_ms - timed.start_ms) / 1000
                yield Notice(
                    timed.part.line,
                    f"{_name(timed.part)} has no counterpart in the original, and has what time is "
                    f"between its neighbours: {seconds:.1f} s.",
                )

    def _note_lateness(self) -> Iterator[Notice]:
        """Note where voices need longer than those of the original."""
        if not self.delivery.timing.reading:
            return
        parts = zip(
            self.delivery.timing.timeline.parts,
            self.delivery.timing.reading.timeline.parts,
            strict=True,
        )
        late = [(read.start_ms - planned.start_ms, planned) for planned, read in parts]
        most_ms, part = max(late, key=lambda one: one[0], default=(0, None))
        if part and most_ms > NOTED_LAG_MS:
            yield Notice(
                part.part.line,
                "Read 1.3 times as fast, this still takes longer than the original: the voices run "
                f"up to {most_ms / 1000:.0f} s behind, most of all here "
                f"({format_time(part.start_ms)}).",
            )


@dataclass(frozen=True, slots=True)
class Translations:
    """What came of all of them."""

    built: Sequence[Translated]
    notices: Sequence[Notice]
    failures: Sequence[VivavozError]
    """Why some of them are not there, or not all of their results are."""


def build_translations(plans: Iterable[Plan], original: Delivery, step: Say) -> Translations:
    """Stage the results of each translation; one that fails costs the others nothing."""
    built: list[Translated] = []
    notices: list[Notice] = []
    failures: list[VivavozError] = []
    for plan in plans:
        if plan.language == original.interview.language:
            notices += _note_same_language(plan)
            continue
        try:
            one = _build_translation(plan, original, step)
            built.append(one)
            notices += one.note()
            failures += one.delivery.failures
        except VivavozError as error:
            failures.append(error.blame(plan.transcript))
    return Translations(built, notices, failures)


def _build_translation(plan: Plan, original: Delivery, step: Say) -> Translated:
    interview = read_interview(plan.transcript, plan.language, plan.speakers)
    wording = word_interview(interview, plan.editorial)
    timeline = original.editing.base.timeline
    translation = time_translation(timeline, original.timing.wording, wording)
    refuse_stranger(translation, original.timing.wording, wording)
    timing = _time_wording(plan, wording, translation, original.timing, step)
    switches = translation.switches_ms & {cue.start_ms for cue in original.captions.cues}
    folder = original.output.translate(interview.language)
    return Translated(deliver(timing, plan, folder, step, switches), translation)


def _time_wording(
    plan: Plan, wording: Wording, translation: Translation, original: Timing, step: Say
) -> Timing:
    """Time a translation, and have it read by whom there is."""
    try:
        readers = _find_readers(wording.interview, plan, original)
    except UnavailableTool as error:
        return Timing(wording, translation.timeline, failure=error)
    return time_by_original(translation, wording, readers, original, step)


def _find_readers(interview: Interview, plan: Plan, original: Timing) -> Readers | None:
    """Choose who speaks what is spoken of the original, too."""
    if plan.narration.edition is Edition.NONE:
        return None
    if original.reading:
        return find_readers(interview, plan.narration, pictures_only=False)
    pictures = any(isinstance(part, Picture) for part in interview.parts)
    if original.hearing and pictures:
        return find_readers(interview, plan.narration, pictures_only=True)
    return None


def _note_same_language(plan: Plan) -> Iterator[Notice]:
    """Note a text in the language of the original; captions in it were made of that."""
    if split_ending(plan.transcript.name)[1] not in CAPTIONS:
        yield Notice(
            None,
            f"{plan.transcript.name} is in the language of the interview itself and was left out; "
            "give it another name if it is one of its own, or name the interview's language with "
            "--language.",
        )


def _name(part: Part) -> str:
    kind = name_kind(part)
    return "This paragraph" if kind == "front" else f"This {kind}"


def _describe_part(part: Part) -> dict[str, object]:
    return {"kind": name_kind(part), "line": part.line, "text": part.text}
