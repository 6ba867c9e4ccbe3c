"""The pictures of an interview, described over its recording: every file that comes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..audio import ClipStore, ShelvedClip, Utterance
from ..audio.describe import (
    Description,
    ExtendedClock,
    Extension,
    Hold,
    Narration,
    Place,
    Placement,
    Step,
    Subject,
    Survey,
    compose_extension,
    compose_narration,
    compose_reel,
    compose_script,
    extend_descriptions,
    extend_timeline,
    find_gaps,
    find_places,
    find_spans,
    hold_omitted,
    list_script,
    list_voice,
    match_levels,
    place_descriptions,
    speak_places,
    time_pictures,
    write_reel,
    write_stem,
)
from ..audio.describe.dapt import script_narration, write_dapt
from ..audio.step import MIX
from ..captions import Captions, caption
from ..source import Edition
from .described import Described
from .desk import Desk
from .studio import Studio
from .timing import Readers
from .tracks import stage_extended_tracks

STEM = "narration.flac"

_Match = Callable[[Sequence[Description]], Sequence[float]]
"""Returns the gain of each description, in dB."""


def describe_recording(desk: Desk, readers: Readers) -> Described:
    """Stage the narration, and all that is mixed with it."""
    timeline, hearing = desk.timeline, desk.hearing
    desk.step("describing")
    places = find_places(timeline)
    subjects = _speak(places, readers)
    gaps = find_gaps(hearing.alignment, hearing.recording, hearing.store)
    placements = place_descriptions(subjects, gaps)
    extensions = ()
    if _wants_extension(desk.narration.edition, placements):
        extensions = extend_descriptions(subjects, gaps, timeline)
    studio = Studio(desk)
    match, duration_ms = _match(desk, studio.survey), studio.survey.duration_ms
    narration = compose_narration(placements, match, duration_ms, desk.narration.duck_db)
    mixed = None
    if narration.descriptions:
        _stage_stem(desk, narration, duration_ms)
        mixed = studio.stage_described(narration)
    if extensions:
        _stage_extended(desk, studio, extensions, match)
    omitted = hold_omitted(placements, gaps, timeline)
    if subjects:
        pictures = [subject.place.picture for subject in subjects]
        script = compose_script(narration, omitted, match, pictures)
        _stage_script(desk, script, duration_ms)
    reel = compose_reel(subjects, match) if desk.plan.page else ()
    if reel:
        _stage_reel(desk, reel)
    return Described(
        narrator=readers.cast.narrator.name,
        timeline=time_pictures(timeline, places, narration),
        placements=placements,
        extensions=extensions,
        gaps=gaps,
        mixed=mixed,
        doubted=(*hearing.alignment.untranscribed, *hearing.alignment.unclear),
        omitted=omitted,
        clips=find_spans(reel),
    )


def _speak(places: Sequence[Place], readers: Readers) -> list[Subject]:
    store = ClipStore()

    def say(text: str, rate: int) -> ShelvedClip:
        utterance = Utterance(text, rate, readers.lexicon.pronounce(text))
        return store.shelve(readers.cast.narrator, utterance)

    return list(speak_places(places, say))


def _wants_extension(edition: Edition, placements: Sequence[Placement]) -> bool:
    if edition is Edition.AUTO:
        return any(placement.step is Step.NOWHERE for placement in placements)
    return edition is Edition.EXTENDED and bool(placements)


def _stage_extended(
    desk: Desk, studio: Studio, extensions: Sequence[Extension], match: _Match
) -> None:
    """Stage the extended edition: its captions, its chapters, and what is played."""
    holds = [extension.hold for extension in extensions if extension.hold]
    stage_extended_tracks(_caption_held(desk, holds), desk.plan, desk.output)
    duration_ms = studio.survey.duration_ms
    extended = compose_extension(extensions, match, duration_ms, desk.narration.duck_db)
    studio.stage_extended(extended, holds)


def _caption_held(desk: Desk, holds: Sequence[Hold]) -> Captions:
    """Caption the extended edition: anew, so that no caption stays while the picture holds."""
    clock = ExtendedClock(holds)
    switches_ms = {clock.move_start(switch_ms) for switch_ms in desk.switches_ms}
    held = caption(extend_timeline(desk.timeline, holds), desk.plan.style, switches_ms)
    return desk.editing.repeat(held, clock)


def _match(desk: Desk, survey: Survey) -> _Match:
    speech = [(word.start_ms, word.end_ms) for timed in desk.timeline.parts for word in timed.words]
    return lambda descriptions: match_levels(descriptions, survey.loudness, speech, survey.layout)


def _stage_stem(desk: Desk, narration: Narration, duration_ms: int) -> None:
    voice = list_voice(narration.descriptions)
    made_of = desk.hearing.store.name_result(MIX, "stem", list(voice), duration_ms)
    name = desk.output.tell_apart(STEM)
    if not desk.output.reuse("narration", name, {"sound": made_of}):
        write_stem(narration, duration_ms, desk.output.stage("narration", name))


def _stage_reel(desk: Desk, reel: Sequence[Description]) -> None:
    name = f"descriptions.{desk.language}.mp3"
    made_of = MIX.name_result("reel", list(list_voice(reel)))
    if not desk.output.reuse("spoken_descriptions", name, {"sound": made_of}):
        write_reel(reel, desk.output.stage("spoken_descriptions", name))


def _stage_script(desk: Desk, narration: Narration, duration_ms: int) -> None:
    interview = desk.timeline.interview
    script = script_narration(
        narration, title=interview.title, language=interview.language, duration_ms=duration_ms
    )
    name = f"descriptions.{desk.language}.dapt.xml"
    made_of = desk.hearing.store.name_result(MIX, *list_script(script))
    if not desk.output.reuse("script", name, {"script": made_of}):
        path = desk.output.stage("script", name)
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(write_dapt(script))
